#!/usr/bin/env python3
"""A lane with all its devices, each broken in every way it can be: the sale stays right.

A real till with a virtual printer, scale, line display, scanner and drawer sells one basket per fault: goods from the
scanner, a weight from the scale, cash. Whatever the devices do, the sale in the journal has exactly these goods for
exactly this money; a weight that is not certain is never taken; what a scanner garbles enters nothing; and when the
printer works again every receipt is there once, whole, with its total. A drawer that is left open is called out while
selling goes on.

  devices.py --bin build/dev/bin
"""
import argparse
import contextlib
import decimal
import json
import pathlib
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

# Those that print on (a jam is recovered from by command), and those that stop until somebody saw to the printer.
PRINTER_FAULTS = ("paper_low", "jam", "slow", "garbage")
PRINTER_STOPS = ("paper_out", "paper_out after 12", "cover_open", "silent")
SCALE_FAULTS = ("silent", "garbage", "double", "slow", "split", "late", "pulled")
DISPLAY_FAULTS = ("silent", "pulled")
SCANNER_FAULTS = ("slow", "split")
SCANNER_NOISE = ("garbage", "double")
ALARM_S = 2


class Device:
    """One program of lanekeeper-devices, told by lines what to do."""

    def __init__(self, binaries, *words):
        self.process = subprocess.Popen([str(pathlib.Path(binaries) / "lanekeeper-devices"), *words],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                        text=True)
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
        self.protocol = options.protocol
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
            "--display", f"cd5220:tcp://{at['display']}", "--scanner", f"serial:tcp://{at['scanner']}",
            "--drawer-open", "high", "--drawer-alarm", str(ALARM_S)]).start()
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

    def mend_scale(self, fault):
        """Late answers are true, but old: they have to be through before what they say can be compared with the plate."""
        self.scale.tell("clear")
        if fault == "late":
            self.scale.tell("under")
            lab.wait_for("the old answers to be through", lambda: self.till.do("weight")["state"] == "under_zero", 30)

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
    hopeless = fault in ("silent", "garbage", "double", "pulled")
    states = ("absent",) if fault in ("silent", "pulled") else ("garbled", "absent")
    lab.wait_for(f"the till to see {fault}", lambda: (not hopeless and lane.weighed()) or
                 lane.till.do("weight")["state"] in states, 30)
    if hopeless and lane.weighed():
        raise lab.LabError(f"{fault}: a weight was taken: {lane.weighed()}")
    if not lane.weighed():
        lane.mend_scale(fault)
        lane.clear_plate()
        lane.scale.tell("moving")
        lane.scale.tell(f"weight {KILOGRAMS}")
    lab.wait_for(f"the weight after {fault}", lane.weighed, 60)
    lane.mend_scale(fault)
    sale, _ = lane.pay()
    if Decimal(sale["lines"][-1]["quantity"]) != KILOGRAMS - TARE:
        raise lab.LabError(f"{fault}: {sale['lines'][-1]['quantity']} kg instead of {KILOGRAMS - TARE}")


def ignore_noise(lane, fault):
    """What a scanner garbles enters nothing and stops nothing; the next good scan counts."""
    heard = len(lane.till.events)
    lane.scanner.tell(f"fault {fault}")
    lane.scanner.tell(f"scan {GOODS[0]}")
    lane.till.wait_event("scan_entered", 30, heard)
    lane.scanner.tell("clear")
    if lane.basket()["item_count"]:
        raise lab.LabError(f"{fault}: {lane.basket()['lines']} came from noise")
    # What is left of the noise may spoil one more code: whoever scans sees that and scans again.
    heard = len(lane.till.events)
    lane.scanner.tell(f"scan {GOODS[0]}")
    lane.till.wait_event("scan_entered", 30, heard)
    if not lane.basket()["item_count"]:
        lane.scanner.tell(f"scan {GOODS[0]}")
    lab.wait_for("a good scan", lambda: lane.basket()["item_count"] == 1, 30)
    lane.scan(GOODS[1], 2)
    sale, codes = lane.pay()
    if codes != [code.lstrip("0") for code in GOODS]:
        raise lab.LabError(f"{fault}: {codes} were sold")


def leave_the_drawer_open(lane):
    """The pulse of the sale before opened it. It is called out, at the next sale again, and never in the way."""
    def said():
        return sum(event["event"] == "drawer_left_open" for event in lane.till.events)
    lab.wait_for("the open drawer to be called out", lambda: lane.till.do("status").get("drawer_left_open"), 30)
    before = said()
    lane.sell(weighs=False)
    if said() == before:
        raise lab.LabError("the next sale did not say that the drawer is open")
    refusal = lane.till.ask("drawer change")
    if refusal.get("code") != "drawer.is_open":
        raise lab.LabError(f"an open drawer was opened: {refusal}")
    # The pulse goes out ahead of its receipt: one that came after the drawer was shut would open it again.
    lab.wait_for("the receipt", lambda: len(lane.whole_receipts()) > lane.sold, 30)
    lane.printer.tell("drawer closed")
    lab.wait_for("the drawer to be shut", lambda: lane.till.do("status")["drawer"] == "closed", 30)
    if lane.till.do("status")["drawer_left_open"]:
        raise lab.LabError("a shut drawer is called out")


def spoil_a_template(lane):
    """A template that no program would take in, as an older one or a hand in the database may leave it."""
    file = lane.folder / "gift.receipt"
    file.write_text("{{receipt.number}}\n", encoding="utf-8")
    for kind in ("sale", "gift"):
        if lane.server.command("receipt-template", "set", kind, "zh_CN", str(file)).returncode:
            raise lab.LabError("a template was not taken")
        if kind == "sale":
            lab.sql(lane.server, "UPDATE receipt_template SET template_text = '{{#lines}}' WHERE kind = 'sale'")
    lane.till.wait_event("paper_trouble", 60)
    trouble = lane.till.do("status")["paper_troubles"]
    if [one["code"] for one in trouble] != ["receipt.bad_template"]:
        raise lab.LabError(f"the till says {trouble}")
    said = lane.server.command("doctor").stdout
    if "warn receipt template sale zh_CN cannot be read" not in said:
        raise lab.LabError(f"doctor says nothing:\n{said}")
    lane.sell(weighs=False)


def refuse_uncertain_weights(lane):
    for state in ("moving", "under", "over", "zero"):
        if state == "over" and lane.protocol == "cas-pd2":
            continue  # no document says how it would say that
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
        leave_the_drawer_open(lane)
        refuse_uncertain_weights(lane)
        for fault in SCALE_FAULTS:
            break_scale(lane, fault)
        for device, faults in ((lane.display, DISPLAY_FAULTS), (lane.scanner, SCANNER_FAULTS)):
            for fault in faults:
                device.tell(f"fault {fault}")
                lane.sell()
                device.tell("clear")
        spoil_a_template(lane)
        for fault in SCANNER_NOISE:
            ignore_noise(lane, fault)
        # From here on each fault meets its own receipt: one whose body was out already is only cut again.
        lab.wait_for("every receipt so far", lambda: len(lane.whole_receipts()) > lane.sold, 60)
        for fault in PRINTER_STOPS + PRINTER_FAULTS:
            lane.printer.tell(fault)
            lane.sell(weighs=False)
            # Nobody changes a roll faster than the till looks at the printer; of one who did it would hear nothing.
            if fault in PRINTER_STOPS:
                lab.wait_for(f"the till to see {fault}", lambda: lane.till.do("status")["printer"] not in
                             ("ok", "paper_low"), 30)
            lane.printer.tell("ok")
            lab.wait_for(f"every receipt on paper after {fault}", lambda: len(lane.whole_receipts()) > lane.sold, 60)
        texts = [path.read_text(encoding="utf-8") for path in lane.whole_receipts()]
        for sale in sales(lane.till):
            mark = f"{sale['till']:02d}{sale['business_date'].replace('-', '')}{sale['receipt_number']:06d}"
            copies = [text for text in texts if mark in text]
            if len(copies) != 1:
                raise lab.LabError(f"receipt {mark} is on paper {len(copies)} times")
            missing = [word for word in (sale["payable"], sale["change"], "500.00") if word not in copies[0]]
            if missing:
                raise lab.LabError(f"receipt {mark} does not say {missing}:\n{copies[0]}")
        failed = False
        faults = len(SCALE_FAULTS) + len(DISPLAY_FAULTS) + len(SCANNER_FAULTS) + len(SCANNER_NOISE)
        print(f"{lane.sold} sales through {faults} faults of devices and {len(PRINTER_FAULTS + PRINTER_STOPS)} of the printer; each "
              "receipt whole and once")
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
