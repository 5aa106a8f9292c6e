#!/usr/bin/env python3
"""Real trade through real tills, with faults, and an honest count afterwards.

Rings the real till lines of a Chinese supermarket's vegetables (shared data, when present) or, without them, invented
ones of the same shape, through console tills: two lose the server for a while, tills, server and database are killed at
random. Afterwards: the server's books must be clean by its own audit, its totals per day must equal those computed here
from the file with exact decimals, and every sale a till called completed must be there once and unchanged.

  trade.py --bin build/dev/bin --tills 8 --kills 40 --seed 7 [--data DIR] [--baskets N]
"""
import argparse
import collections
import csv
import datetime
import decimal
import pathlib
import random
import shutil
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import lab  # noqa: E402

PIN = "246810"
CENT = decimal.Decimal("0.01")
Line = collections.namedtuple("Line", "at item kg price")


def line_total(line):
    return (line.kg * line.price).quantize(CENT, decimal.ROUND_HALF_UP)


def real_lines(folder):
    """(lines, names, broken rows) of the file, broken rows reported and left out."""
    names = {}
    with open(folder / "trade" / "vegetables_items.csv", encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            names[row["单品编码"].strip()] = (row["单品名称"].strip(), row["分类名称"].strip())
    lines, broken = [], []
    with open(folder / "trade" / "vegetables_till_lines.csv", encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for row in rows:
            try:
                day, clock, item, kg, price, kind, _ = row
                at = datetime.datetime.fromisoformat(f"{day} {clock}")
                if kind != "销售" or item.strip() not in names:
                    raise ValueError("not a sale")
                lines.append(Line(at, item.strip(), decimal.Decimal(kg.strip()), decimal.Decimal(price.strip())))
            except (ValueError, decimal.InvalidOperation):
                broken.append(row)
    check_against_published(folder, lines, names)
    return lines, names, broken


def check_against_published(folder, lines, names):
    """The file's totals as somebody else computed them: our reading of the file has to agree before anything is rung."""
    ours = collections.defaultdict(decimal.Decimal)
    for line in lines:
        ours[line.at.date().isoformat(), names[line.item][1]] += line_total(line)
    with open(folder / "expected" / "vegetables_day_category.csv", encoding="utf-8-sig", newline="") as file:
        published = {(row["date"], row["category"]): decimal.Decimal(row["value_line_rounded_half_up"])
                     for row in csv.DictReader(file)}
    if dict(ours) != published:
        raise lab.LabError(f"the file was read differently: {set(ours.items()) ^ set(published.items())}")


def invented_lines(randomness, count=3000):
    names = {f"10290000{n:07d}": (f"蔬菜 {n}", "花叶类") for n in range(1, 60)}
    at, lines = datetime.datetime(2023, 6, 15, 8, 0), []
    for _ in range(count):
        at += datetime.timedelta(seconds=randomness.choice((3, 5, 8, 30, 60, 200)))
        if at.hour >= 22:
            at = (at + datetime.timedelta(days=1)).replace(hour=8)
        lines.append(Line(at, randomness.choice(list(names)), decimal.Decimal(randomness.randint(50, 3000)) / 1000,
                          decimal.Decimal(randomness.randint(100, 2600)) / 100))
    return lines, names, []


def baskets_of(lines, gap_s=20, most=40):
    baskets = []
    for line in sorted(lines, key=lambda l: l.at):
        last = baskets[-1] if baskets else None
        if last and (line.at - last[-1].at).total_seconds() < gap_s and line.at.date() == last[-1].at.date() \
                and len(last) < most:
            last.append(line)
        else:
            baskets.append([line])
    return baskets


class Lane(threading.Thread):
    """One cashier at one till, working through a queue of baskets until they are all sold."""

    def __init__(self, till, number, baskets, randomness):
        super().__init__(name=f"lane {number}")
        self.till, self.number, self.baskets, self.randomness = till, number, baskets, randomness
        self.completed = {}       # receipt number -> (total, [line totals])
        self.unknown = []         # died after the last tender was sent: may or may not have happened
        self.deaths = 0
        self.error = None
        self.lock = threading.Lock()
        self.kill_requested = threading.Event()
        self.sold = 0

    def run(self):
        try:
            position = 0
            self.open_till()
            while position < len(self.baskets):
                lab.wait_for("the faults to keep up", self.killer.may_ring, 120, 0.002)
                basket = self.baskets[position]
                state = {"tendered": False}
                try:
                    self.ring(basket, state)
                    position += 1
                    self.sold += 1
                except lab.TillDied:
                    self.deaths += 1
                    self.open_till()
                    if self.resolve(basket, state):
                        position += 1
                        self.sold += 1
        except Exception as error:  # the main thread reports it
            self.error = error

    def open_till(self):
        if not self.till.alive():
            self.till.start()
        self.till.do("wait catalogue 60", 70)
        self.till.do(f"login 1015 {PIN}")

    def resolve(self, basket, state):
        """After a death: was the basket that was being rung completed? The till itself knows."""
        status = self.till.do("status")
        view = self.till.do("basket")
        last = status.get("last_receipt_number", 0)
        if state["tendered"] and last > state["before"]:
            self.unknown.append((last, state["total"]))
            self.completed[last] = (state["total"], state["lines"])
            return True
        if view.get("lines"):
            self.till.do("void all")
        return False

    def maybe_die(self):
        if self.kill_requested.is_set():
            self.kill_requested.clear()
            self.till.kill()

    def ring(self, basket, state):
        till = self.till
        state["before"] = till.do("status").get("last_receipt_number", 0)
        expected = decimal.Decimal(0)
        totals = []
        for index, line in enumerate(basket):
            till.do(f"clock {line.at.isoformat(timespec='milliseconds')}+08:00")
            answer = till.do(f"weigh {line.item} {line.kg}")
            current = next(l for l in answer["lines"] if l["line"] == answer["last_line"])
            if decimal.Decimal(current["unit_price"]) != line.price:
                till.do(f"price {current['line']} {line.price} label")
            totals.append(line_total(line))
            expected += totals[-1]
            if self.randomness.random() < 0.5:
                self.maybe_die()
        state["total"], state["lines"] = expected, totals
        answer = till.do("total")
        if decimal.Decimal(answer["total"]) != expected:
            raise lab.LabError(f"{till.name}: the till says {answer['total']}, the file says {expected}")
        tendered = expected if self.randomness.random() < 0.3 else expected + self.randomness.randint(0, 50)
        state["tendered"] = True
        if expected == 0 and tendered == 0:
            tendered = decimal.Decimal("0.00")
        till.send(f"tender cash {tendered:.2f}")
        if self.kill_requested.is_set():
            # Somewhere between the key press and the drawer.
            time.sleep(self.randomness.random() * 0.02)
            self.maybe_die()
        answer = till.answers.get(timeout=60)
        if answer is None:
            raise till.death()
        if not answer.get("ok"):
            raise lab.LabError(f"{till.name}: tender refused: {answer}")
        receipt = answer["receipt_number"]
        if decimal.Decimal(answer["change"]) != tendered - expected:
            raise lab.LabError(f"{till.name}: change {answer['change']} for {tendered} on {expected}")
        self.completed[receipt] = (expected, totals)


def import_goods(server, binaries, folder, lines, names):
    """The goods of the trade as a CSV with the first price each was sold at, through the import a shop would use."""
    first = {}
    for line in lines:
        first.setdefault(line.item, line.price)
    path = folder / "goods.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["货号", "名称", "分类", "单位", "售价"])
        for item, (name, category) in names.items():
            writer.writerow([item, name, category, "kg", first.get(item, decimal.Decimal("9.99"))])
    result = server.command("import", str(path))
    if result.returncode != 0:
        raise lab.LabError(f"import: {result.stdout}{result.stderr}")
    print(f"goods: {result.stdout.strip()}")


class Killer(threading.Thread):
    """Kills so many times, spread over the whole trade: lanes that run ahead of the kills wait for them."""

    def __init__(self, lanes, server, kills, randomness, done):
        super().__init__(name="killer", daemon=True)
        self.lanes, self.server, self.kills, self.randomness, self.done = lanes, server, kills, randomness, done
        self.counts = collections.Counter()
        self.total = sum(len(lane.baskets) for lane in lanes)
        self.error = None

    def count(self):
        return sum(self.counts.values())

    def due(self):
        return sum(lane.sold for lane in self.lanes) * self.kills // max(self.total, 1)

    def may_ring(self):
        return self.due() <= self.count() + 3 or self.done.is_set()

    def run(self):
        try:
            while self.count() < self.kills and not self.done.is_set():
                if self.count() > self.due():
                    self.done.wait(0.005)
                    continue
                self.kill_one(self.randomness.choices(("till", "server", "database"), (8, 1, 1))[0])
        except Exception as error:  # the main thread reports it
            self.error = error
            self.done.set()

    def kill_one(self, victim):
        if victim == "till":
            alive = [lane for lane in self.lanes if lane.is_alive() and not lane.kill_requested.is_set()]
            if not alive:
                self.done.wait(0.005)
                return
            self.randomness.choice(alive).kill_requested.set()
        elif victim == "server":
            self.server.kill()
            self.done.wait(self.randomness.random() * 0.5)
            self.server.start()
        elif not self.server.kill_database():
            self.done.wait(0.05)  # it is only just being started again
            return
        self.counts[victim] += 1


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--bin", required=True)
    arguments.add_argument("--tills", type=int, default=8)
    arguments.add_argument("--kills", type=int, default=0)
    arguments.add_argument("--seed", type=int, default=int(time.time()))
    arguments.add_argument("--data", default=str(ROOT.parent / "shared" / "data"))
    arguments.add_argument("--baskets", type=int, default=0, help="at most so many, 0: all")
    arguments.add_argument("--keep", action="store_true")
    options = arguments.parse_args()
    print(f"seed {options.seed}")
    randomness = random.Random(options.seed)
    data = pathlib.Path(options.data)
    if (data / "trade" / "vegetables_till_lines.csv").exists():
        lines, names, broken = real_lines(data)
        print(f"real trade: {len(lines)} lines, {len(broken)} broken rows left out: {broken}")
    else:
        print(f"SKIPPING THE REAL TRADE: {data} is not here; ringing invented lines instead")
        lines, names, broken = invented_lines(randomness)
    baskets = baskets_of(lines)
    if options.baskets:
        baskets = baskets[:options.baskets]
        lines = [line for basket in baskets for line in basket]

    folder = pathlib.Path(tempfile.mkdtemp(prefix="lanekeeper-trade-"))
    folder.chmod(0o755)
    failed = True
    server, tills, cables = None, [], []
    try:
        server = lab.Server(options.bin, folder / "server").start()
        added = server.command("staff", "add", "--number", "1015", "--name", "李娜", "--role", "manager", "--pin", PIN)
        if added.returncode != 0:
            raise lab.LabError(f"staff: {added.stdout}{added.stderr}")
        import_goods(server, options.bin, folder, lines, names)
        lanes = []
        for number in range(1, options.tills + 1):
            cable = lab.Cable(server.port)
            cables.append(cable)
            till = lab.Till(options.bin, folder / f"till{number}", f"127.0.0.1:{cable.port}", f"lane{number}",
                            ["--printer", "none", "--simulate-clock", "--language", "en"])
            till.start()
            till.pair(server, number)
            tills.append(till)
            lanes.append(Lane(till, number, baskets[number - 1::options.tills], random.Random(options.seed + number)))
        done = threading.Event()
        killer = Killer(lanes, server, options.kills, randomness, done)
        for lane in lanes:
            lane.killer = killer

        def networks():
            # Two lanes lose the server while they sell, one after the other and together.
            for cut in ((0,), (1,), (0, 1)):
                before = [lanes[i].sold for i in cut]
                for i in cut:
                    cables[i].cut()
                end = time.monotonic() + 15
                while not done.is_set() and time.monotonic() < end and \
                        any(lanes[i].is_alive() and lanes[i].sold < b + 12 for i, b in zip(cut, before)):
                    time.sleep(0.05)
                print(f"lanes {[i + 1 for i in cut]} sold {[lanes[i].sold - b for i, b in zip(cut, before)]} baskets without the server")
                for i in cut:
                    cables[i].mend()

        started = time.monotonic()
        for lane in lanes:
            lane.start()
        network = threading.Thread(target=networks, daemon=True)
        network.start()
        if options.kills == 0:
            # Even a quiet run has one till killed in the middle of a basket.
            lanes[-1].kill_requested.set()
            killer.counts["till"] += 1
        killer.start()
        for lane in lanes:
            while lane.is_alive():
                lane.join(1)
                if lane.error:
                    break
        done.set()
        killer.join(120)
        network.join(60)
        errors = [f"{thread.name}: {thread.error!r}" for thread in (*lanes, killer) if thread.error]
        if errors:
            raise lab.LabError("; ".join(errors))
        seconds = time.monotonic() - started
        for lane in lanes:
            if not lane.till.alive():
                lane.open_till()  # killed after it had answered for its last basket
            lane.till.do("sync 120", 130)
            lane.till.quit()
        print(f"{sum(l.sold for l in lanes)} baskets, {len(lines)} lines through {len(lanes)} tills in {seconds:.0f} s; "
              f"kills: {dict(killer.counts)}, of which {sum(len(l.unknown) for l in lanes)} between tender and answer")

        clean, text = server.audit()
        print(text.strip())
        if not clean:
            raise lab.LabError("the audit is not clean")
        compare(server, lanes, lines)
        failed = False
        print("1 passed, 0 failed")
    finally:
        for till in tills:
            if till.alive():
                till.kill()
        if server and server.process:
            if server.process.poll() is None:
                server.stop()
        for cable in cables:
            cable.close()
        if failed or options.keep:
            print(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    return 0


def compare(server, lanes, lines):
    expected = collections.defaultdict(decimal.Decimal)
    for line in lines:
        expected[line.at.date().isoformat()] += line_total(line)
    stored = {day: decimal.Decimal(total) / 100 for day, total in
              lab.sql(server, "SELECT business_date, SUM(total) FROM sale GROUP BY business_date ORDER BY business_date")}
    for day in sorted(set(expected) | set(stored)):
        mark = "" if expected.get(day) == stored.get(day) else "   DIFFERENT"
        print(f"{day}  file {expected.get(day)}  server {stored.get(day)}{mark}")
    if dict(expected) != stored:
        raise lab.LabError("the totals per day differ")
    rows = lab.sql(server, "SELECT till, receipt_number, COUNT(*), MIN(total) FROM sale GROUP BY till, receipt_number")
    seen = {(int(till), int(receipt)): (int(count), decimal.Decimal(total) / 100) for till, receipt, count, total in rows}
    problems = []
    for lane in lanes:
        for receipt, (total, _) in lane.completed.items():
            found = seen.pop((lane.number, receipt), None)
            if found is None:
                problems.append(f"till {lane.number} receipt {receipt}: lost")
            elif found[0] != 1:
                problems.append(f"till {lane.number} receipt {receipt}: {found[0]} times")
            elif found[1] != total:
                problems.append(f"till {lane.number} receipt {receipt}: {found[1]} instead of {total}")
    problems += [f"till {till} receipt {receipt}: nobody rang it" for till, receipt in seen]
    print(f"{sum(len(l.completed) for l in lanes)} completed sales compared, {len(problems)} wrong")
    if problems:
        raise lab.LabError("; ".join(problems[:10]))


if __name__ == "__main__":
    sys.exit(main())
