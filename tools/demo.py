#!/usr/bin/env python3
"""The demo store: a server with its private database, a till and a back office in windows; without a display, a day of
trade through several console tills, with the figures printed at the end.

Everything lies in one folder and goes on where it was at the next start. Ctrl-C stops it all, cleanly.
"""
import argparse
import csv
import decimal
import os
import pathlib
import pwd
import random
import shutil
import signal
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))
import lab  # noqa: E402

DEMO = ROOT / "sql" / "demo"
PORT = 7443
FLOAT = decimal.Decimal(500)
MANAGER = ("1001", "141421")
CASHIERS = (("1027", "271828"), ("1031", "314159"), ("1015", "246810"), ("1042", "161803"))


def say(text=""):
    print(text, flush=True)


def become_ordinary(options):
    """As root: the programs and the demo store move to a folder of an ordinary user, and we become that user."""
    name = "lanekeeper-demo"
    try:
        user = pwd.getpwnam(name)
    except KeyError:
        subprocess.run(["useradd", "--system", "--create-home", "--home-dir", f"/var/lib/{name}", "--shell",
                        "/usr/sbin/nologin", name], check=True, capture_output=True)
        user = pwd.getpwnam(name)
    home = pathlib.Path(user.pw_dir)
    programs = home / "bin"
    programs.mkdir(exist_ok=True)
    for program in pathlib.Path(options.bin).glob("lanekeeper-*"):
        # A new file beside the old one: a program that still runs keeps its own.
        fresh = programs / (program.name + ".new")
        shutil.copy2(program, fresh)
        fresh.replace(programs / program.name)
    data = home / "demo-data"
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(DEMO, data)
    for path in [home, *home.glob("*"), *programs.glob("*"), *data.rglob("*")]:
        os.chown(path, user.pw_uid, user.pw_gid)
    if os.environ.get("XAUTHORITY"):
        authority = home / ".Xauthority"
        shutil.copy2(os.environ["XAUTHORITY"], authority)
        os.chown(authority, user.pw_uid, user.pw_gid)
        os.environ["XAUTHORITY"] = str(authority)
    "".encode("idna")  # loaded now: where Python itself lies may be closed to the other user
    os.initgroups(name, user.pw_gid)
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)
    os.environ.update(HOME=str(home), USER=name, LOGNAME=name)
    os.environ.pop("XDG_RUNTIME_DIR", None)
    os.chdir(home)
    say(f"Running as the ordinary user {name}, in {home}.")
    return programs, data, home / "store"


class Demo:
    def __init__(self, binaries, data, folder, options):
        self.binaries, self.data, self.folder, self.options = pathlib.Path(binaries), data, folder, options
        self.windows = []
        self.tills = []
        self.server = None
        self.printer = None

    def start_server(self):
        say("Starting the store server and its private database ...")
        self.server = lab.Server(self.binaries, self.folder / "server", self.options.port, ["--load-demo", str(self.data)])
        started = time.monotonic()
        self.server.start(180)
        say(f"The server is ready after {time.monotonic() - started:.1f} s at {self.server.address}.")

    def start_printer(self):
        out = self.folder / "receipts"
        out.mkdir(parents=True, exist_ok=True)
        port = lab.free_port()
        with open(self.folder / "printer.log", "ab") as log:
            self.printer = subprocess.Popen(
                [str(self.binaries / "lanekeeper-devices"), "printer", "--listen", f"127.0.0.1:{port}", "--out", str(out), "--png"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        return f"tcp://127.0.0.1:{port}", out

    def open_till(self, number, printer="none"):
        till = lab.Till(self.binaries, self.folder / f"till{number}", self.server.address, f"lane-{number}",
                        ["--printer", printer, "--language", self.options.language])
        till.start()
        if till.do("status")["till"] == 0:
            till.pair(self.server, number)
            say(f"Till {number} showed its code and was admitted.")
        till.do("wait catalogue 60", 70)
        return till

    # ---- windows ----
    def windows_demo(self):
        printer, receipts = self.start_printer()
        self.open_till(1, printer).quit()  # pairs it; the window then goes on with the same till
        language = ["--language", self.options.language]
        with open(self.folder / "windows.log", "ab") as log:
            def window(*words, out=log):
                self.windows.append(subprocess.Popen([str(self.binaries / words[0]), *words[1:]], stdin=subprocess.DEVNULL,
                                                     stdout=out, stderr=log, text=True, start_new_session=True))
                return self.windows[-1]
            window("lanekeeper-till", "--server", self.server.address, "--data-dir", str(self.folder / "till1"), "--printer",
                   printer, *language)
            office = window("lanekeeper-backoffice", "--server", self.server.address, "--data-dir",
                            str(self.folder / "backoffice"), "--tell-code", *language, out=subprocess.PIPE)
            threading.Thread(target=self.admit_backoffice, args=(office,), daemon=True).start()
        say()
        say("The demo store is open.")
        say("  Till:         sign in as 1027 with PIN 271828 (cashier) or 1015 with 246810 (supervisor)")
        say("  Badge:        88101520260412739586 is that of 1015, scanned where an approval is asked for")
        say("  Back office:  sign in as 1001 with password lanekeeper-demo (manager)")
        say(f"  Receipts:     {receipts}")
        say("  Try:          scan 6901000002107, or the scale's label 2200301008363; type klkl; as 1015 type 301 and a weight")
        say("  The end:      Ctrl-C here closes everything")
        self.wait_for_end()

    def admit_backoffice(self, process):
        """Types the code for the manager: the demo is opened in one go."""
        for line in process.stdout:
            words = line.split()
            if len(words) == 2 and words[0] == "code":
                self.server.approve(words[1])

    def wait_for_end(self):
        while True:
            if self.server.process.poll() is not None:
                raise lab.LabError(f"the server ended by itself; see {self.server.folder.with_suffix('.log')}")
            if self.windows and all(window.poll() is not None for window in self.windows):
                say("Both windows were closed.")
                return
            time.sleep(0.3)

    # ---- text ----
    def text_demo(self):
        say("There is no display: ringing a day of trade through console tills instead.")
        printer, receipts = self.start_printer()
        self.receipts_before = list(receipts.glob("*.txt"))
        goods = self.goods()
        lanes = []
        for number in range(1, self.options.tills + 1):
            till = self.open_till(number, printer if number == 1 else "none")
            self.tills.append(till)
        randomness = random.Random(self.options.seed)
        totals = [[0, decimal.Decimal(0)] for _ in self.tills]
        closed = [None] * len(self.tills)
        slips = [1] * len(self.tills)  # that are printed beside the receipts: the Z, and that of an opening
        errors = []

        def trade(index, till, seed):
            try:
                own = random.Random(seed)
                till.do("login {} {}".format(*CASHIERS[index % len(CASHIERS)]))
                fresh = till.ask(f"shift open {FLOAT}").get("ok")  # refused where one is open from an earlier run
                slips[index] += bool(fresh)
                for _ in range(self.options.baskets):
                    for _ in range(own.choice((1, 2, 3, 5, 8, 12, 20))):
                        self.ring(till, own, goods)
                    total = decimal.Decimal(till.do("total")["cash_due"])
                    note = next(n for n in (1, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000) if n >= total)
                    till.do(f"tender cash {note}")
                    totals[index][0] += 1
                    totals[index][1] += total
                till.do("sync 60", 70)
                closed[index] = self.close_blind(till, FLOAT + totals[index][1] if fresh else None)
                till.do("sync 60", 70)
            except Exception as error:
                errors.append(f"till {index + 1}: {error}")

        started = time.monotonic()
        for index, till in enumerate(self.tills):
            lane = threading.Thread(target=trade, args=(index, till, randomness.random()), daemon=True)
            lanes.append(lane)
            lane.start()
        for lane in lanes:
            while lane.is_alive():
                lane.join(0.2)
        seconds = time.monotonic() - started
        if errors:
            raise lab.LabError("; ".join(errors))
        say()
        say(f"{'till':>6}  {'sales':>6}  {'taken':>12}")
        for index, (count, money) in enumerate(totals):
            say(f"{index + 1:>6}  {count:>6}  {money:>12}")
        say(f"{'all':>6}  {sum(t[0] for t in totals):>6}  {sum(t[1] for t in totals):>12}   in {seconds:.1f} s")
        for row in lab.sql(self.server, "SELECT business_date, COUNT(*), SUM(payable) FROM sale GROUP BY business_date"):
            say(f"The server's books: {row[0]}  {row[1]} sales  {decimal.Decimal(row[2]) / 100}")
        self.compare_with_z(closed)
        clean, text = self.server.audit()
        say(text.strip())
        before = len(self.receipts_before)
        # The printer is slower than these tills: it is waited for as long as it goes on.
        printed = -1
        papers = totals[0][0] + slips[0]
        while (now := len(list(receipts.glob("*.txt"))) - before) < papers:
            if now == printed:
                raise lab.LabError(f"the printer stopped after {printed} of {papers} papers")
            printed = now
            deadline = time.monotonic() + 15
            while len(list(receipts.glob("*.txt"))) - before == printed and time.monotonic() < deadline:
                time.sleep(0.1)
        last = sorted(receipts.glob("*.txt"))
        if last:
            say("\nThe Z of till 1:\n")
            say(last[-1].read_text(encoding="utf-8"))
        if not clean:
            raise lab.LabError("the audit is not clean")

    @staticmethod
    def close_blind(till, drawer):
        """The drawer is counted before the till says what should be in it. What an earlier run had left in it nobody
        remembers: then it is counted again. Returns the number of the Z."""
        if not till.ask("close").get("ok"):  # the shift of somebody else, left open by an earlier run
            till.do("login {} {}".format(*MANAGER))
            till.do("close")
        till.do(Demo.counted(drawer or decimal.Decimal(0)))
        close = till.do("basket")["close"]
        if drawer is None:
            drawer = decimal.Decimal(close["checks"][0]["expected"])
            till.do(Demo.counted(drawer))
            close = till.do("basket")["close"]
        if any(decimal.Decimal(check["difference"]) for check in close["checks"]):
            raise lab.LabError(f"{till.name}: the drawer and the till differ: {close['checks']}")
        till.do(f"close left {min(FLOAT, drawer)}")
        return close["z_number"]

    @staticmethod
    def counted(amount):
        hundreds, rest = divmod(amount, 100)
        ones, rest = divmod(rest, 1)
        return f"count 100x{int(hundreds)} 1x{int(ones)} 0.01x{int(rest * 100)}"

    def compare_with_z(self, closed):
        """What each till said at its close, beside what the server adds up from the sales that it has."""
        say()
        say(f"{'till':>6}  {'Z':>4}  {'sales':>6}  {'turnover':>12}  {'cash counted':>12}    the report of its sales")
        for till, number in enumerate(closed, 1):
            said = lab.sql(self.server, "SELECT sale_count, turnover, counted_cash, difference, state FROM shift "
                                        f"WHERE till = {till} AND number = {number}")
            found = lab.sql(self.server, "SELECT COUNT(*), COALESCE(SUM(total), 0) FROM sale "
                                         f"WHERE till = {till} AND shift = {number}")
            if not said:
                raise lab.LabError(f"the server has no Z {number} of till {till}")
            sales, turnover, cash, difference, state = said[0]
            money = [decimal.Decimal(amount) / 100 for amount in (turnover, cash, found[0][1])]
            say(f"{till:>6}  {number:>4}  {sales:>6}  {money[0]:>12}  {money[1]:>12}    "
                f"{found[0][0]} sales, {money[2]}: {state}")
            if [sales, turnover] != found[0] or difference != "0" or state != "agrees":
                raise lab.LabError(f"Z {number} of till {till} is not what its sales come to")

    def goods(self):
        with open(self.data / "items.csv", encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        piece, weighed = [], []
        for row in rows:
            if row["停售"] or row["年龄限制"] or not row["售价"]:
                continue
            code = (row["条码"] or row["PLU"]).split()
            if code:
                (weighed if row["称重"] == "是" else piece).append(code[0])
        return piece, weighed

    @staticmethod
    def ring(till, own, goods):
        piece, weighed = goods
        if weighed and own.random() < 0.25:
            till.do(f"weigh {own.choice(weighed)} {own.randint(50, 2500) / 1000:.3f}")
        else:
            if own.random() < 0.15:
                till.do(f"quantity {own.randint(2, 6)}")
            till.do(f"scan {own.choice(piece)}")

    def stop(self):
        say("Closing ...")
        for window in self.windows:
            if window.poll() is None:
                window.terminate()
        for till in self.tills:
            try:
                till.quit()
            except lab.LabError as error:
                say(str(error))
        for window in self.windows:
            try:
                window.wait(15)
            except subprocess.TimeoutExpired:
                window.kill()
        if self.printer:
            self.printer.terminate()
            self.printer.wait()
        if self.server and self.server.process:
            self.server.stop()
        say("Everything is closed; the next demo goes on from here.")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--bin", required=True)
    arguments.add_argument("--fresh", action="store_true", help="forget the demo store of earlier runs")
    arguments.add_argument("--language", choices=("zh", "en"), default="en" if os.environ.get("LANG", "").startswith("en") else "zh")
    arguments.add_argument("--text", action="store_true", help="a day of trade in text even when there is a display")
    arguments.add_argument("--tills", type=int, default=4)
    arguments.add_argument("--baskets", type=int, default=40, help="of each till in text")
    arguments.add_argument("--port", type=int, default=PORT)
    arguments.add_argument("--seed", type=int, default=int(time.time()))
    options = arguments.parse_args()

    if os.getuid() == 0:
        binaries, data, folder = become_ordinary(options)
    else:
        state = pathlib.Path(os.environ.get("XDG_STATE_HOME") or pathlib.Path.home() / ".local" / "state")
        binaries, data, folder = options.bin, DEMO, state / "lanekeeper-demo"
    if options.fresh:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)

    def end(*_):
        raise KeyboardInterrupt

    for wish in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):  # also where a shell had them ignored
        signal.signal(wish, end)
    demo = Demo(binaries, data, folder, options)
    try:
        demo.start_server()
        if options.text or not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            demo.text_demo()
        else:
            demo.windows_demo()
        return 0
    except KeyboardInterrupt:
        say()
        return 0
    except lab.LabError as error:
        say(f"The demo stopped: {error}")
        return 1
    finally:
        for wish in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(wish, signal.SIG_IGN)
        demo.stop()


if __name__ == "__main__":
    sys.exit(main())
