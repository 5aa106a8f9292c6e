#!/usr/bin/env python3
"""Two hundred scans at thirty a second, while everything else goes wrong.

The real window of a till hears a scanner that types like a keyboard. Meanwhile its printer is dead, tens of thousands of
new goods are being loaded from the server, and then the server is killed. Afterwards the sale is paid and read from the
till's journal: every scan must be in it, in the order in which it was made, none merged with another and none elsewhere.

  fast_input.py --bin build/dev/bin --scans 200 --rate 30
"""
import argparse
import contextlib
import csv
import json
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import lab  # noqa: E402

CASHIER, PIN = "1015", "246810"
PERSON_MS = 110  # between the keys of a person: slower than any scanner


class Display:
    """An X server without a screen, on a free number."""

    def __init__(self, folder):
        read, write = os.pipe()
        self.process = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-noreset",
                                         "-nolisten", "tcp"], pass_fds=[write], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=open(folder / "xvfb.log", "wb"))
        os.close(write)
        with os.fdopen(read) as number:
            self.name = ":" + number.readline().strip()

    def close(self):
        self.process.terminate()
        self.process.wait()


class Keys:
    """One xdotool for all keys: starting a program for each would be slower than the scanner."""

    def __init__(self, display):
        self.environment = dict(os.environ, DISPLAY=display)
        self.process = subprocess.Popen(["xdotool", "-"], stdin=subprocess.PIPE, env=self.environment, text=True)

    def send(self, *lines):
        self.process.stdin.write("".join(line + "\n" for line in lines))
        self.process.stdin.flush()

    def type_by_hand(self, text):
        self.send(f"type --delay {PERSON_MS} {text}")

    def scan(self, code):
        self.send(f"type --delay 0 {code}", "key Return")

    def finish(self, timeout_s=60):
        self.process.stdin.close()
        self.process.wait(timeout_s)


def many_goods(path, count):
    """Goods that nobody has seen yet, so that the till has a lot to load."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["条码", "名称", "单位", "售价", "税率", "分类"])
        for number in range(count):
            body = f"695{number:09d}"
            check = (10 - sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body)) % 10) % 10
            rows.writerow([body + str(check), f"新到商品 {number}", "件", f"{1 + number % 90}.50", "13%", "新品"])


def pieces_with_barcodes():
    with open(ROOT / "sql" / "demo" / "items.csv", encoding="utf-8", newline="") as file:
        return [row["条码"] for row in csv.DictReader(file)
                if row["条码"] and row["单位"] != "公斤" and not row["年龄限制"] and not row["停售"] and row["售价"]]


def sequence(random_, codes, count):
    """With doubles and triples among them: the same goods scanned again at once are counted up, never lost."""
    scans = []
    while len(scans) < count:
        scans += [random_.choice(codes)] * random_.choice((1, 1, 1, 2, 3))
    return scans[:count]


def journalled_sales(folder):
    database = sqlite3.connect(f"file:{folder / 'journal.db'}?mode=ro", uri=True)
    with contextlib.closing(database):
        payloads = [json.loads(payload) for (payload,) in database.execute("SELECT payload FROM entry ORDER BY position")]
    return [payload["sale"] for payload in payloads if payload["kind"] == "sale"]


def rung(sale):
    """The codes of a sale, one per piece, in order."""
    return [line["code"].lstrip("0") for line in sale["lines"] if not line["voided"] for _ in range(int(line["quantity"]))]


def start_window(binaries, folder, server, display):
    environment = dict(os.environ, DISPLAY=display, LC_ALL="C.UTF-8")
    till = subprocess.Popen([str(pathlib.Path(binaries) / "lanekeeper-till"), "--data-dir", str(folder), "--server",
                             server.address, "--printer", f"tcp://127.0.0.1:{lab.free_port()}", "--language", "zh",
                             "--window-size", "1366x768"], env=environment, stdin=subprocess.DEVNULL,
                            stdout=subprocess.DEVNULL, stderr=open(folder.with_suffix(".window.log"), "wb"),
                            start_new_session=True)
    subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--all", "--pid", str(till.pid), "--name",
                    "Lanekeeper", "mousemove", "--window", "%1", "300", "10"], env=environment, check=True, timeout=60,
                   stdout=subprocess.DEVNULL)
    return till


def basket_holds(folder, code):
    """The open basket's file tells when what was typed has arrived."""
    try:
        return code.encode() in (folder / "basket.db-wal").read_bytes()
    except OSError:
        return False


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--scans", type=int, default=200)
    parser.add_argument("--rate", type=int, default=30, help="scans a second")
    parser.add_argument("--goods", type=int, default=40_000, help="that are loaded meanwhile")
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    missing = [tool for tool in ("Xvfb", "xdotool") if shutil.which(tool) is None]
    if missing:
        print(f"SKIPPED: {' and '.join(missing)} is not installed")
        return 0
    print(f"seed {options.seed}")
    random_ = random.Random(options.seed)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="lanekeeper-fast-"))
    folder.chmod(0o755)
    server, display, window, failed = None, None, None, True
    try:
        server = lab.Server(options.bin, folder / "server", options=["--load-demo", str(ROOT / "sql" / "demo")]).start()
        console = lab.Till(options.bin, folder / "till", server.address, "fast-lane").start()
        console.pair(server, 1)
        lab.wait_for("goods", lambda: console.ask("status").get("catalogue_version", 0) > 0, 60)
        console.do(f"login {CASHIER} {PIN}")
        console.ask("shift open 500")  # refused where the store wants none
        console.quit()

        display = Display(folder)
        window = start_window(options.bin, folder / "till", server, display.name)
        keys = Keys(display.name)
        scans = sequence(random_, pieces_with_barcodes(), options.scans)
        for _ in range(5):  # a window that is shown may still be too busy to hear the first key
            keys.send("key Escape", "key Tab")
            keys.type_by_hand(CASHIER)
            keys.send("key Return")
            keys.type_by_hand(PIN)
            keys.send("key Return", "sleep 1")
            keys.scan(scans[0])
            with contextlib.suppress(lab.LabError):
                lab.wait_for("the first scan", lambda: basket_holds(folder / "till", scans[0]), 12)
                break
        else:
            raise lab.LabError("the window did not take what was typed")

        many_goods(folder / "new.csv", options.goods)
        loading = subprocess.Popen([server.binary, "import", str(folder / "new.csv"), "--data-dir", str(server.folder)],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        before = (folder / "till" / "replica.db").stat().st_size
        loading.wait(300)
        lab.wait_for("the load to have begun", lambda: sum(
            part.stat().st_size for part in (folder / "till").glob("replica.db*")) > before + 100_000, 60, 0.01)
        began = time.monotonic()
        for number, code in enumerate(scans[1:], 1):
            if number == options.scans // 2:
                server.kill()
                server.kill_database()
            ahead = began + number / options.rate - time.monotonic()
            if ahead > 0:
                time.sleep(ahead)  # the scanner's own pace
            keys.scan(code)
        seconds = time.monotonic() - began
        keys.send("sleep 2", "key plus", "sleep 0.5")
        keys.type_by_hand("90000")
        keys.send("key Return")
        sold = lab.wait_for("the sale in the journal", lambda: journalled_sales(folder / "till"), 60)
        keys.finish()
        expected = [code.lstrip("0") for code in scans]
        found = rung(sold[0])
        if found != expected:
            at = next((i for i, (a, b) in enumerate(zip(expected, found)) if a != b), min(len(expected), len(found)))
            raise lab.LabError(f"{len(expected)} scans, {len(found)} pieces; the first difference at {at}: "
                               f"{expected[at:at + 3]} and {found[at:at + 3]}")
        failed = False
        print(f"{len(found)} of {len(expected)} scans in their order, {options.scans / seconds:.0f} a second, for "
              f"{sold[0]['payable']}")
        print("1 passed, 0 failed")
    finally:
        if window and window.poll() is None:
            window.kill()
            window.wait()
        if display:
            display.close()
        if server and server.process and server.process.poll() is None:
            server.stop()
        elif server:
            server.kill_database()
        if failed or options.keep:
            print(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
