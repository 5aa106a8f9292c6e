#!/usr/bin/env python3
"""Shifts that are killed at every turn, and baskets that two tills want at once.

Real tills open shifts, sell for cash, card and both, take goods back, pick cash up, put baskets aside and take them up
at other tills, and close with Z, while they are killed with -9 in the middle of whatever they do. After each restart the
till must know where it was. Between two shifts one till's machine is replaced by a new one, and after the last the
server is set back to the database it had before. At the end every figure is computed once more from the tills'
journals, in exact decimals and without a line of Lanekeeper's code: receipts and Z without a gap, each Z the sum of its
shift, the counted cash what should be there, each basket that was put aside taken up once, every entry at the server
once; then the server's exceptions and its audit. Last, a copy of a till's disk sells at the same time as the till.

  shifts.py --bin build/dev/bin --tills 3 --shifts 2 --kills 30 --seed 7
"""
import collections
import contextlib
import csv
import decimal
import json
import random
import shutil
import sqlite3
import sys
import threading
import time

import common
from common import SUPERVISOR, lab

Decimal = decimal.Decimal
MANAGER = ("1001", "141421")
CASHIER = ("1027", "271828")
FLOAT = Decimal(500)


def codes():
    with open(common.DEMO / "items.csv", encoding="utf-8", newline="") as file:
        return [row["条码"] for row in csv.DictReader(file)
                if row["条码"] and row["单位"] != "公斤" and not row["年龄限制"] and not row["停售"] and row["售价"]]


def journal(till, folder=None):
    """What the till has recorded, oldest first, as it was hashed."""
    database = sqlite3.connect(f"file:{(folder or till.folder) / 'journal.db'}?mode=ro", uri=True)
    with contextlib.closing(database):
        return [json.loads(payload) for (payload,) in database.execute("SELECT payload FROM entry ORDER BY position")]


def coins(amount):
    """A drawer that holds this much, as it is counted."""
    hundreds, rest = divmod(amount, 100)
    ones, rest = divmod(rest, 1)
    return f"count 100x{int(hundreds)} 1x{int(ones)} 0.01x{int(rest * 100)}"


class Shift:
    """A shift computed again from the journal."""

    def __init__(self, opening):
        self.number = opening["opening"]["number"]
        self.cash = Decimal(opening["amount"])
        self.turnover = Decimal(0)
        self.tenders = {}
        self.sales = self.returns = self.no_sales = self.counts = 0
        self.closing = self.counted = None  # what a close that is under way has in the journal

    def add_sale(self, sale):
        if sale.get("shift") != self.number:
            raise lab.LabError(f"sale {sale['receipt_number']} says shift {sale.get('shift')} in shift {self.number}")
        self.turnover += Decimal(sale["priced"]["total"])
        live = [line for line in sale["lines"] if not line["voided"]]
        self.sales += any("returns" not in line for line in live)
        self.returns += any("returns" in line for line in live)
        for tender in sale["tenders"]:
            self.take(tender["kind"], Decimal(tender["amount"]))
        self.take("cash", -Decimal(sale["change"]))

    def take(self, kind, amount):
        self.tenders[kind] = self.tenders.get(kind, Decimal(0)) + amount
        if kind == "cash":
            self.cash += amount

    def add_control(self, control):
        sign = {"loan": 1, "paid_in": 1, "paid_out": -1, "pick_up": -1}.get(control["kind"], 0)
        self.cash += sign * Decimal(control["amount"])
        if control["kind"] == "no_sale":
            self.no_sales += 1
            if control["reason"] == "close_cancelled":
                self.closing = self.counted = None
        elif control["kind"] == "close_begun":
            self.closing = control
        elif control["kind"] == "cash_counted":
            self.counts += 1
            self.counted = sum(Decimal(one["denomination"]) * one["count"] for one in control["counts"])
            if self.closing is None or self.counted != Decimal(control["amount"]):
                raise lab.LabError(f"a count of {self.counted} in {control}")

    def check_close(self, control):
        closing = control["closing"]
        totals = closing["totals"]
        found = {"turnover": Decimal(totals["turnover"]), "cash": Decimal(closing["checks"][0]["expected"]),
                 "sales": totals["sale_count"], "returns": totals["return_count"],
                 "no_sales": totals["no_sales"], "recounts": closing["recounts"], "counted": Decimal(control["amount"]),
                 "tenders": {t["kind"]: Decimal(t["amount"]) for t in totals["tenders"] if Decimal(t["amount"])}}
        expected = {"turnover": self.turnover, "cash": self.cash, "sales": self.sales, "returns": self.returns,
                    "no_sales": self.no_sales, "recounts": self.counts - 1, "counted": self.counted,
                    "tenders": {kind: amount for kind, amount in self.tenders.items() if amount}}
        if closing["number"] != self.number or found != expected:
            raise lab.LabError(f"Z {closing['number']} says {found}, the journal says {self.number}: {expected}")


def check_journal(till):
    """Every receipt and every Z in its place. Returns how many of each, and the shift that is open."""
    receipt, z = getattr(till, "goes_on_behind", (0, 0))
    shift = None
    for payload in journal(till):
        if payload["kind"] == "sale":
            sale = payload["sale"]
            if sale["receipt_number"] != receipt + 1:
                raise lab.LabError(f"{till.name}: receipt {sale['receipt_number']} after {receipt}")
            receipt += 1
            if shift is None:
                raise lab.LabError(f"{till.name}: receipt {receipt} outside of a shift")
            shift.add_sale(sale)
            continue
        control = payload["control"]
        if control["kind"] == "shift_open":
            if shift is not None or control["opening"]["number"] != z + 1:
                raise lab.LabError(f"{till.name}: shift {control['opening']['number']} opened after Z {z}")
            shift = Shift(control)
        elif control["kind"] == "shift_close":
            shift.check_close(control)
            z, shift = z + 1, None
        elif shift is not None:
            shift.add_control(control)
    return receipt, z, shift


class Lane:
    """One till with somebody at it, who goes on after every kill."""

    def __init__(self, store, number):
        self.store, self.number, self.kills = store, number, 0
        self.till = store.site.till(number)
        self.folders = [self.till.folder]  # of all machines that this lane has had
        self.sign_in()

    def sign_in(self):
        self.till.do("login " + " ".join(SUPERVISOR))

    def kill_and_return(self):
        self.till.kill()
        self.kills += 1
        self.till.start()
        self.till.do("wait online 30", 40)
        self.sign_in()

    def do(self, line, certainly=False):
        """Carries the command out, with a kill in the middle of some. False: it was killed, and who knows."""
        if not certainly and not self.store.wants_kill():
            self.till.do(line)
            return True
        self.till.send(line)
        time.sleep(self.store.random.choice((0, 0.001, 0.003, 0.01, 0.03)))  # where in its work it is hit
        self.kill_and_return()
        return False

    def basket(self):
        return self.till.do("basket")

    def lines(self):
        return [line for line in self.basket()["lines"] if not line["voided"]]

    def receipts(self):
        return check_journal(self.till)[0]

    def replace_machine(self):
        """A new machine with an empty disk takes the till's place; the old one has sent everything."""
        self.till.do("sync 60", 70)
        receipt, z, shift = check_journal(self.till)
        if shift is not None:
            raise lab.LabError(f"{self.till.name}: it cannot be replaced in the middle of shift {shift.number}")
        self.till.quit()
        self.till = self.store.site.till(self.number, f"till{self.number}-new", replace=True)
        self.till.goes_on_behind = (receipt, z)
        self.folders.append(self.till.folder)
        self.sign_in()

    # ---- what is done, each until it is done ----
    def open_shift(self):
        while check_journal(self.till)[2] is None:
            self.do(f"shift open {FLOAT}")
        self.expect_shift()

    def expect_close(self):
        """A till that was killed in a close stands where its journal says."""
        shift = check_journal(self.till)[2]
        shown = self.basket().get("close")
        if (shown is not None) != (shift.closing is not None):
            raise lab.LabError(f"{self.till.name}: a close is shown: {shown}, the journal says {shift.closing}")
        if shown is not None and shift.counted is not None and Decimal(shown["counted"]) != shift.counted:
            raise lab.LabError(f"{self.till.name}: {shown['counted']} was counted, the journal says {shift.counted}")

    def expect_shift(self):
        shift = check_journal(self.till)[2]
        shown = self.basket().get("shift", {}).get("number")
        if shown != (shift.number if shift else None):
            raise lab.LabError(f"{self.till.name}: shift {shown} is shown, {shift and shift.number} is in the journal")

    def ring(self):
        wanted = [self.store.random.choice(self.store.codes) for _ in range(self.store.random.randint(1, 4))]
        for code in wanted:
            self.till.do(f"scan {code}")

    def pay(self):
        """Until the basket is a sale. After a kill it is one, or it is still there with what was taken."""
        before = self.receipts()
        total = Decimal(self.basket()["total"])
        way = self.store.random.choice(("cash", "cash", "card", "both"))
        while self.receipts() == before:
            basket = self.basket()
            if not [line for line in basket["lines"] if not line["voided"]]:
                raise lab.LabError(f"{self.till.name}: the basket is gone, and no receipt is there")
            if basket["state"] != "tendering":
                self.till.do("total")
                basket = self.basket()
            taken = [tender["kind"] for tender in basket["tenders"]]
            left = Decimal(basket["left_due"])
            if way == "card" or (way == "both" and "card" not in taken and total > 2):
                amount = left if way == "card" else (total / 2).quantize(Decimal("0.01"))
                self.do(f"card {amount} 8800{self.store.random.randrange(9999):04d}")
            else:
                self.do("tender cash 5000")
        if self.lines():
            raise lab.LabError(f"{self.till.name}: the sale is in the journal, and its basket is still there")

    def sell(self):
        self.ring()
        self.pay()

    def move_cash(self):
        kind = self.store.random.choice(("cash pickup 20", "cash in 5.50 found", "cash out 3.20 stamps", "cash loan 50",
                                         "drawer change"))
        self.do(kind)
        self.expect_shift()

    def void(self):
        self.ring()
        while self.lines():
            self.do("void all")

    def bring_back(self):
        """One piece of the newest sale of this till; through all kills exactly once."""
        sales = [payload["sale"] for payload in journal(self.till) if payload["kind"] == "sale"]
        sold = [sale for sale in sales if "returned_sale" not in sale]
        if not sold:
            return
        sale = sold[-1]
        before = self.receipts()
        answer = self.till.ask(f"return {self.number}-{sale['receipt_number']}")
        if not answer.get("ok"):
            if answer.get("code") not in ("return.nothing_left", "return.taken"):
                raise lab.LabError(f"{self.till.name}: the return is refused: {answer}")
            return
        line = next(line for line in answer["returning"]["lines"] if Decimal(line["left"]) > 0)
        self.till.do(f"take {line['line']} 1 because quality")
        while self.receipts() == before:
            basket = self.basket()
            if basket["state"] != "tendering":
                common.total_with_gifts(self.till)
                basket = self.basket()
            for option in basket["refund_options"]:
                most = min(Decimal(option["most"]), -Decimal(basket["left_due"]))
                if most > 0:
                    self.do(f"refund {option['kind']} {most} 99")
                    break
            else:
                self.do("tender cash 0")

    def close(self):
        z = check_journal(self.till)[1]
        while check_journal(self.till)[1] == z:
            if self.till.ask("status").get("cashier") is None:
                self.sign_in()
            self.expect_close()
            if not self.do("close") or not self.do(coins(check_journal(self.till)[2].cash)):
                continue
            answer = self.till.do("basket")
            differing = [c for c in answer["close"]["checks"] if Decimal(c["difference"]) and c["kind"] == "cash"]
            if differing:
                raise lab.LabError(f"{self.till.name}: the till misses cash: {differing}")
            for check in answer["close"]["checks"]:
                if check["kind"] != "cash":
                    self.till.do(f"declare {check['kind']} {check['expected']}")
            self.do("close left 200")
        self.sign_in()
        self.expect_shift()


class Store:
    def __init__(self, options, site):
        self.random = random.Random(options.seed)
        self.site, self.server, self.folder = site, site.server, site.folder
        self.codes = codes()
        self.kills_left, self.chance = options.kills, 0.4
        self.lanes = [Lane(self, number) for number in range(1, options.tills + 1)]

    def wants_kill(self):
        if self.kills_left <= 0 or self.random.random() > self.chance:
            return False
        self.kills_left -= 1
        return True


def at_once(calls):
    """Runs them all at the same instant."""
    answers = [None] * len(calls)
    gate = threading.Barrier(len(calls))

    def run(place):
        gate.wait()
        answers[place] = calls[place]()
    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def one_wins(what, answers, told):
    winners = [answer for answer in answers if answer.get("ok")]
    losers = [answer.get("code") for answer in answers if not answer.get("ok")]
    if len(winners) != 1 or any(code not in told for code in losers):
        raise lab.LabError(f"{what}: {answers}")


def put_aside(store, lane, seen_by):
    """Rings a basket and puts it aside, through kills. Returns its label and its total, as another till sees them."""
    lane.ring()
    total = lane.basket()["total"]
    while lane.lines():
        lane.do("suspend")
    listed = lab.wait_for("the basket at the server", lambda: [
        row for row in seen_by.till.do("suspended")["suspended"] if row["total"] == total], 30)
    return listed[-1]["label"], total


def suspend_race(store):
    """Put aside at one till, wanted by all others at once."""
    label, total = put_aside(store, store.lanes[0], store.lanes[1])
    answers = at_once([lambda lane=lane: lane.till.ask(f"recall {label}") for lane in store.lanes])
    one_wins("a basket recalled at all tills at once", answers, ("suspended.taken", "suspended.unknown"))
    winner = store.lanes[next(i for i, answer in enumerate(answers) if answer.get("ok"))]
    if winner.basket()["total"] != total:
        raise lab.LabError(f"the basket came with {winner.basket()['total']} instead of {total}")
    winner.pay()


def killed_recall(store):
    """A till is killed while it asks for a basket; another one wants it as well as soon as that one is back."""
    first, asking, other = store.random.sample(store.lanes, 3)
    label, total = put_aside(store, first, asking)
    asking.do(f"recall {label}", certainly=True)
    winner = other if other.till.ask(f"recall {label}").get("ok") else asking
    lab.wait_for("the basket to be at one till", lambda: winner.lines(), 30)
    if winner.basket()["total"] != total:
        raise lab.LabError(f"the basket came with {winner.basket()['total']} instead of {total}")
    winner.pay()
    for lane in (first, asking, other):
        listed = [row["label"] for row in lane.till.do("suspended")["suspended"]]
        if lane.lines() or label in listed:
            raise lab.LabError(f"{label} was sold at till {winner.number} and is at till {lane.number} as well")


def approval_race(store):
    """A cashier asks from afar to change a price; all other tills answer in the same instant."""
    asking, *others = store.lanes
    asking.till.do("logout")
    asking.till.do("login " + " ".join(CASHIER))
    asking.till.do(f"scan {store.codes[0]}")
    line = asking.lines()[0]
    cheaper = (Decimal(line["unit_price"]) * Decimal("0.9")).quantize(Decimal("0.01"), decimal.ROUND_UP)
    refused = asking.till.ask(f"price {line['line']} {cheaper} damaged")
    if refused.get("code") != "access.denied":
        raise lab.LabError(f"a cashier changes a price alone: {refused}")
    asking.till.do("ask")

    def waiting(lane):
        return lane.till.do("approvals")["waiting"]
    lab.wait_for("the request at the other tills", lambda: all(waiting(lane) for lane in others), 30)
    request = waiting(others[0])[0]["request"]["id"]
    # Two people, since the same answer of the same person is the same answer.
    people = [MANAGER, SUPERVISOR]
    answers = at_once([lambda lane=lane, who=who: lane.till.ask(f"grant {request} " + " ".join(who))
                       for lane, who in zip(others, people)])
    one_wins("a request granted at two tills at once", answers, ("approval.answered",))
    winner = people[next(i for i, answer in enumerate(answers) if answer.get("ok"))]
    lab.wait_for("the changed price", lambda: asking.lines()[0]["price_overridden"], 30)
    approval = asking.basket()["approvals"][0]
    if approval["means"] != "remote" or approval["approver_number"] != winner[0]:
        raise lab.LabError(f"the approval is recorded as {approval}")
    asking.till.do("total")
    asking.till.do("tender cash 5000")
    asking.till.do("logout")
    asking.sign_in()


def return_race(store):
    """The same piece wanted back at all tills at once."""
    first = store.lanes[0]
    first.till.do(f"scan {store.codes[0]}")
    first.pay()
    first.till.do("sync 30", 40)
    receipt = f"{first.number}-{first.receipts()}"
    answers = at_once([lambda lane=lane: lane.till.ask(f"return {receipt}") for lane in store.lanes])
    one_wins("a receipt brought back to all tills at once", answers, ("return.taken", "return.nothing_left"))
    winner = store.lanes[next(i for i, answer in enumerate(answers) if answer.get("ok"))]
    winner.till.do("take 1 because quality")
    winner.till.do("total")
    for option in winner.basket()["refund_options"]:
        winner.till.do(f"refund {option['kind']} {option['most']} 99")
    if winner.basket()["state"] == "tendering":
        winner.till.do("tender cash 0")


def check_baskets(lanes):
    """Each that was put aside was taken up once, at whichever till."""
    held, taken = collections.Counter(), collections.Counter()
    for folder in [folder for lane in lanes for folder in lane.folders]:
        for payload in journal(None, folder):
            control = payload.get("control", {})
            if control.get("kind") in ("basket_suspend", "basket_recall"):
                basket = (control["basket"]["label"], control["basket"]["basket"])
                (held if control["kind"] == "basket_suspend" else taken)[basket] += 1
    if held != taken or set(held.values()) - {1}:
        raise lab.LabError(f"put aside {held}, taken up {taken}")
    return len(held)


def come_back(store):
    for lane in store.lanes:
        lane.till.do("reconnect")
        lane.till.do("wait online 30", 40)


def keep_database(store):
    """What the store would have as its backup."""
    store.server.stop()
    shutil.copytree(store.server.folder, store.folder / "backup", symlinks=True)
    store.server.start()
    come_back(store)


def set_back(store):
    """The backup takes the database's place; the tills find out and send what it lacks."""
    store.server.stop()
    shutil.rmtree(store.server.folder)
    (store.folder / "backup").rename(store.server.folder)
    store.server.start()
    lost = sum(len(journal(None, folder)) for lane in store.lanes for folder in lane.folders)
    lost -= int(lab.sql(store.server, "SELECT COUNT(*) FROM journal_entry")[0][0])
    if lost <= 0:
        raise lab.LabError("the backup lacks nothing")
    come_back(store)
    for lane in store.lanes:
        lane.till.do("sync 60", 70)

    def all_there():
        return all([str(len([1 for folder in lane.folders for _ in journal(None, folder)]))] == lab.sql(
            store.server, f"SELECT COUNT(*) FROM journal_entry WHERE till = {lane.number}")[0] for lane in store.lanes)
    lab.wait_for("what the server had lost", all_there, 30, 0.2)
    return lost


def copy_of_a_disk(store):
    """Two machines with the same disk: whatever the second one sells is put aside, and its people are told."""
    lane = store.lanes[0]
    lane.open_shift()
    lane.till.do("sync 60", 70)
    lane.till.quit()
    copied = store.folder / "copy"
    shutil.copytree(lane.till.folder, copied)
    copy = lab.Till(store.site.binaries, copied, lane.till.server_address, lane.till.name)
    store.site.tills.append(copy)
    for till in (lane.till, copy):
        till.start()
        till.do("wait online 30", 40)
        till.do("login " + " ".join(SUPERVISOR))
        till.do(f"scan {store.codes[0]}")
        till.do("total")
        till.do("tender cash 5000")
        till.do("sync 60", 70)
    if (lane.till.do("status")["parked"], copy.do("status")["parked"]) != (0, 1):
        raise lab.LabError("the copy was not told that its sale has another's number")
    kinds = [kind for _, _, kind, _ in store.site.exceptions()]
    if kinds != ["journal.conflict"]:
        raise lab.LabError(f"the server says {kinds}")


def work(store, shifts):
    for round_ in range(shifts):
        if round_ == 1:
            store.lanes[-1].replace_machine()
            keep_database(store)
        for lane in store.lanes:
            lane.open_shift()
        for _ in range(14):
            lane = store.random.choice(store.lanes)
            act = store.random.choice((lane.sell, lane.sell, lane.move_cash, lane.void, lane.bring_back,
                                       lambda: suspend_race(store)))
            act()
        for _ in range(4):
            killed_recall(store)
        return_race(store)
        approval_race(store)
        for lane in store.lanes:
            lane.till.do("sync 60", 70)
            lane.close()


def main():
    parser = common.arguments(__doc__)
    parser.add_argument("--shifts", type=int, default=2, help="at least two")
    parser.add_argument("--kills", type=int, default=30)
    options = parser.parse_args()

    def test(site):
        site.serve()
        store = Store(options, site)
        work(store, options.shifts)
        sales = z = 0
        for lane in store.lanes:
            lane.till.do("sync 60", 70)
            receipts, closed, _ = check_journal(lane.till)
            sales, z = sales + receipts, z + closed
        baskets = check_baskets(store.lanes)
        lost = set_back(store)
        site.judge()
        kills = sum(lane.kills for lane in store.lanes)
        print(f"{sales} receipts, {z} Z and {baskets} baskets in order through {kills} kills; {lost} entries sent again")
        copy_of_a_disk(store)
    return common.run(options, "shifts", test)


if __name__ == "__main__":
    sys.exit(main())
