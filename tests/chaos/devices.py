#!/usr/bin/env python3
"""A lane with all its devices, each broken in every way it can be: the sale stays right.

A real till with a virtual printer, scale, line display and scanner sells one basket per fault: goods from the scanner, a
weight from the scale, cash. Whatever the devices do, the sale in the journal has exactly these goods for exactly this
money; a weight that is not certain is never taken; and when the printer works again every receipt is there once, whole.

  devices.py --bin build/dev/bin
"""
import argparse
import contextlib
import decimal
import json
import pathlib
import queue
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import lab  # noqa: E402

Decimal = decimal.Decimal
GOODS = ("6901000002176", "6905011026503")  # crisps and oil of the demo store
PLU, KILOGRAMS = "301", Decimal("0.840")
TARE = Decimal("0.005")  # of that PLU in the demo store

PRINTER_FAULTS = ("paper_low", "paper_out", "paper_out after 12", "cover_open", "jam", "slow", "garbage", "silent")
SCALE_FAULTS = ("silent", "garbage", "slow", "split", "late", "pulled")
DISPLAY_FAULTS = ("silent", "pulled")
SCANNER_FAULTS = ("slow", "split")


class Device:
    """One program of lanekeeper-devices, told by lines what to do."""

    def __init__(self, binaries, *words):
        self.process = subprocess.Popen([str(pathlib.Path(binaries) / "lanekeeper-devices"), *words],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                        text=True)
        self.said = queue.Queue()
        self.events = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            with contextlib.suppress(ValueError):
                value = json.loads(line)
                self.events.append(value)

    def tell(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def end(self):
        self.process.terminate()
        self.process.wait()


def sales(till):
    database = sqlite3.connect(f"file:{till.folder / 'journal.db'}?mode=ro", uri=True)
    with contextlib.closing(database):
        payloads = [json.loads(payload) for (payload,) in database.execute("SELECT payload FROM entry ORDER BY position")]
    return [payload["sale"] for payload in payloads if payload["kind"] == "sale"]


class Lane:
    def __init__(self, options, folder):
        self.folder = folder
        ports = {name: lab.free_port() for name in ("printer", "scale", "display", "scanner")}
        at = {name: f"127.0.0.1:{port}" for name, port in ports.items()}
        self.paper = folder / "paper"
        self.printer = Device(options.bin, "printer", "--listen", at["printer"], "--out", str(self.paper))
        self.scale = Device(options.bin, "scale", "--protocol", options.protocol, "--listen", at["scale"])
        self.display = Device(options.bin, "display", "--protocol", "cd5220", "--listen", at["display"])
        self.scanner = Device(options.bin, "scanner", "--listen", at["scanner"])
        self.server = lab.Server(options.bin, folder / "server",
                                 options=["--load-demo", str(ROOT / "sql" / "demo")]).start()
        self.till = lab.Till(options.bin, folder / "till", self.server.address, "devices", [
            "--printer", f"tcp://{at['printer']}", "--scale", f"{options.protocol}:tcp://{at['scale']}",
            "--display", f"cd5220:tcp://{at['display']}", "--scanner", f"serial:tcp://{at['scanner']}"]).start()
        self.till.pair(self.server, 1)
        lab.wait_for("goods", lambda: self.till.ask("status").get("catalogue_version", 0) > 0, 60)
        self.till.do("login 1015 246810")
        self.till.ask("shift open 500")
        self.sold = 0

    def basket(self):
        return self.till.do("basket")

    def scan(self, code, count):
        self.scanner.tell(f"scan {code}")
        lab.wait_for(f"{code} from the scanner", lambda: self.basket()["item_count"] == count, 30)

    def scan_goods(self):
        for count, code in enumerate(GOODS, 1):
            self.scan(code, count)

    def weigh(self):
        """Goods on the plate, which was empty before; the lane takes the weight by itself."""
        self.clear_plate()
        answer = self.till.ask(f"scan {PLU}")
        if answer.get("ok") and not any(line["code"] == PLU for line in answer["lines"]):
            raise lab.LabError(f"nothing waits for a weight: {answer}")
        self.scale.tell("moving")
        self.scale.tell(f"weight {KILOGRAMS}")

    def clear_plate(self):
        """Until the till has seen it: the same weight twice without that is taken for the same goods."""
        self.scale.tell("zero")
        lab.wait_for("the empty plate", lambda: self.till.do("weight")["state"] == "zero", 30)

    def weighed(self):
        return [line for line in self.basket()["lines"] if line["code"] == PLU and not line["voided"]]

    def pay(self):
        total = Decimal(self.basket()["total"])
        self.till.do("total")
        self.till.do("tender cash 500")
        self.sold += 1
        done = sales(self.till)
        if len(done) != self.sold:
            raise lab.LabError(f"{len(done)} sales instead of {self.sold}")
        if Decimal(done[-1]["payable"]) != total:
            raise lab.LabError(f"{done[-1]['payable']} instead of {total}")
        codes = [line["code"].lstrip("0") for line in done[-1]["lines"] if not line["voided"]]
        return done[-1], codes

    def sell(self, weighs=True):
        self.scan_goods()
        if weighs:
            self.weigh()
            lab.wait_for("the weight", self.weighed, 40)
        sale, codes = self.pay()
        expected = [code.lstrip("0") for code in GOODS] + ([PLU] if weighs else [])
        if codes != expected:
            raise lab.LabError(f"{codes} were sold instead of {expected}")
        if weighs and Decimal(sale["lines"][-1]["quantity"]) != KILOGRAMS - TARE:
            raise lab.LabError(f"{sale['lines'][-1]['quantity']} kg instead of {KILOGRAMS - TARE}")

    def whole_receipts(self):
        """What came out whole; torn paper is told as such."""
        return [pathlib.Path(event["file"]) for event in self.printer.events if event.get("event") == "receipt"]

    def end(self):
        for device in (self.printer, self.scale, self.display, self.scanner):
            device.end()
        if self.till.alive():
            self.till.kill()
        self.server.stop()


def break_scale(lane, fault):
    """A broken scale gives no weight; the goods wait, and are entered as soon as it works again."""
    lane.scan_goods()
    lane.clear_plate()
    lane.till.ask(f"scan {PLU}")
    lane.scale.tell(f"fault {fault}")
    lane.scale.tell("moving")
    lane.scale.tell(f"weight {KILOGRAMS}")
    if fault in ("silent", "garbage", "pulled"):
        states = {"silent": ("absent",), "garbage": ("garbled", "absent"), "pulled": ("absent",)}[fault]
        lab.wait_for("the till to see it", lambda: lane.till.do("weight")["state"] in states, 30)
        if lane.weighed():
            raise lab.LabError(f"{fault}: a weight was taken: {lane.weighed()}")
        lane.scale.tell("clear")
        lane.clear_plate()
        lane.scale.tell("moving")
        lane.scale.tell(f"weight {KILOGRAMS}")
    lab.wait_for("the weight", lane.weighed, 60)
    lane.scale.tell("clear")
    sale, _ = lane.pay()
    if Decimal(sale["lines"][-1]["quantity"]) != KILOGRAMS - TARE:
        raise lab.LabError(f"{fault}: {sale['lines'][-1]['quantity']} kg instead of {KILOGRAMS - TARE}")


def refuse_uncertain_weights(lane):
    for state in ("moving", "under", "over", "zero"):
        lane.scale.tell("clear")
        lane.scale.tell(state)
        lane.till.ask(f"scan {PLU}")
        wanted = {"moving": "moving", "under": "under_zero", "over": "overload", "zero": "zero"}[state]
        lab.wait_for(f"the scale to say {wanted}", lambda: lane.till.do("weight")["state"] == wanted, 30)
        if lane.weighed():
            raise lab.LabError(f"a weight was taken while the scale said {state}")
        lane.till.do("dismiss")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--protocol", default="mettler-8217")
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="lanekeeper-devices-"))
    folder.chmod(0o755)
    lane, failed = None, True
    try:
        lane = Lane(options, folder)
        lane.sell()
        refuse_uncertain_weights(lane)
        for fault in SCALE_FAULTS:
            break_scale(lane, fault)
        for device, faults in ((lane.display, DISPLAY_FAULTS), (lane.scanner, SCANNER_FAULTS)):
            for fault in faults:
                device.tell(f"fault {fault}")
                lane.sell()
                device.tell("clear")
        for fault in PRINTER_FAULTS:
            lane.printer.tell(fault)
            lane.sell(weighs=False)
            lane.printer.tell("ok")
        lab.wait_for("every receipt on paper", lambda: len(lane.whole_receipts()) >= lane.sold + 1, 120)
        texts = [path.read_text(encoding="utf-8") for path in lane.whole_receipts()]
        for sale in sales(lane.till):
            mark = f"{sale['till']:02d}{sale['business_date'].replace('-', '')}{sale['receipt_number']:06d}"
            copies = [text for text in texts if mark in text]
            if len(copies) != 1:
                raise lab.LabError(f"receipt {mark} is on paper {len(copies)} times")
        failed = False
        print(f"{lane.sold} sales through {len(SCALE_FAULTS) + len(DISPLAY_FAULTS) + len(SCANNER_FAULTS)} faults of devices "
              f"and {len(PRINTER_FAULTS)} of the printer; each receipt whole and once")
        print("1 passed, 0 failed")
    finally:
        if lane:
            lane.end()
        if failed or options.keep:
            print(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
