#!/usr/bin/env python3
"""Everything that is bought comes back, at whichever till, for exactly what was paid.

Real tills sell random baskets of the demo store with its promotions, members, coupons and 抹零 (cash rounding down to
0.10); then every piece goes back one by one, in random order, at random tills, some of them killed on the way. What was
paid out for a sale must be what was paid for it, the server must agree with every price, and its audit must be clean.
A whole sale is voided at another till, which is killed on the way: its single-use coupon can be presented again. At the
end two tills take the same piece back at once, one of them cut off from the server: both customers are paid, and
the server must say so.

  returns.py --bin build/dev/bin --sales 12 --seed 7
"""
import collections
import csv
import decimal
import json
import random
import shutil
import sys

import common
from common import lab

Decimal = decimal.Decimal
SIGN_IN = "login " + " ".join(common.SUPERVISOR)
MANAGER = "1001 141421"
COUPON = "9900000000017"  # good once


def demo_with_rounding(folder):
    """The demo store, but for its cash rounding and without shifts, which have a test of their own."""
    shutil.copytree(common.DEMO, folder)
    store = folder / "store.toml"
    text = store.read_text(encoding="utf-8")
    for there, wanted in (('cash_rounding = "none"', 'cash_rounding = "down_10"'),
                          ("shifts_required = true", "shifts_required = false")):
        if there not in text:
            raise lab.LabError(f"the demo store has no line {there} any more")
        text = text.replace(there, wanted)
    store.write_text(text, encoding="utf-8")
    return folder


class Goods:
    """Barcodes by item number, and which of them promotions name: those are what people buy."""

    def __init__(self, folder):
        self.codes = {}
        with open(folder / "items.csv", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["条码"] and not row["年龄限制"] and not row["停售"] and row["单位"] != "公斤":
                    self.codes[row["货号"]] = row["条码"]
        self.promoted = sorted(self._named(json.loads((folder / "promotions.json").read_text(encoding="utf-8"))))
        with open(folder / "members.csv", encoding="utf-8", newline="") as file:
            self.members = [row["卡号"] for row in csv.DictReader(file) if not row["停用"]]

    def _named(self, promotions):
        for promotion in promotions["promotions"] if isinstance(promotions, dict) else promotions:
            scopes = [promotion.get("scope", {})] + [group["scope"] for group in promotion.get("groups", [])]
            for number in [item for scope in scopes for item in scope.get("items", [])] + [promotion.get("item")]:
                if number in self.codes:
                    yield number

    def basket(self, random_):
        wanted = []
        for _ in range(random_.randint(3, 7)):
            pool = self.promoted if random_.random() < 0.8 else sorted(self.codes)
            number = random_.choice(pool)
            wanted += [self.codes[number]] * random_.choice((1, 1, 2, 3))
        return wanted


class Bench:
    """The tills of the store; a killed one comes back and its cashier signs in again."""

    def __init__(self, site, count):
        self.tills = [site.till(number) for number in range(1, count + 1)]
        for till in self.tills:
            till.do(SIGN_IN)

    def kill(self, till):
        till.kill()
        till.start()
        till.do("wait online 30", 40)
        till.do(SIGN_IN)


def sell(till, goods, random_, totals):
    codes = goods.basket(random_)
    steps = [f"scan {code}" for code in codes]
    if random_.random() < 0.6:
        steps.insert(random_.randrange(len(steps) + 1), f"member {random_.choice(goods.members)}")
    for step in steps:
        till.do(step)
    if random_.random() < 0.5:
        till.ask("coupon LK10")  # refused where it is not reached: that is the till's business
    if random_.random() < 0.3:
        till.do("discount 5% complaint")
    basket = till.do("basket")
    till.do("total")
    done = till.do("tender cash 5000")
    totals["saved"] += Decimal(basket["saving"])
    lines = [[line["line"], int(Decimal(line["quantity"]))] for line in basket["lines"] if not line["voided"]]
    return {"receipt": f"{till.number}-{done['receipt_number']}", "paid": Decimal(done["payable"]), "lines": lines,
            "back": Decimal(0), "goes": 0, "along": collections.Counter()}


def begin_return(till, receipt):
    """A till that was killed may hold the receipt for a moment after it has paid out."""
    def begun():
        answer = till.ask(f"return {receipt}")
        if not answer.get("ok") and answer.get("code") != "return.taken":
            raise lab.LabError(f"{till.name}: the return of {receipt} was refused: {answer}")
        return answer.get("ok")
    lab.wait_for(f"{receipt} to be free", begun, 30, 0.1)


def take_back(till, sale, line, kill_before_paying, bench):
    begin_return(till, sale["receipt"])
    till.do(f"take {line} 1 because quality")
    if kill_before_paying:
        bench.kill(till)  # the open return is there again
        till.do("wait online 30", 40)
    for gift, count in common.total_with_gifts(till):
        sale["along"][gift] += count
    done = till.do("tender cash 0")
    till.do("sync 30", 40)
    sale["back"] += Decimal(done["change"])
    sale["goes"] += 1
    if sale["back"] > sale["paid"]:
        raise lab.LabError(f"{sale['receipt']}: {sale['back']} paid out of {sale['paid']}")


def everything_comes_back(bench, sales, random_):
    pieces = [(sale, line) for sale in sales for line, count in sale["lines"] for _ in range(count)]
    random_.shuffle(pieces)
    for index, (sale, line) in enumerate(pieces):
        if sale["along"][line] > 0:  # it came back as a gift, with what had earned it
            sale["along"][line] -= 1
            continue
        take_back(random_.choice(bench.tills), sale, line, index % 17 == 5, bench)
    wrong = [sale for sale in sales if sale["back"] != sale["paid"]]
    if wrong:
        raise lab.LabError(f"paid and paid back differ: {wrong}")
    for sale in sales:
        answer = bench.tills[0].ask(f"return {sale['receipt']}")
        if answer.get("code") != "return.nothing_left":
            raise lab.LabError(f"{sale['receipt']} can come back once more: {answer}")
    return len(pieces)


def with_the_coupon(till, goods, random_):
    """Sells something worth it. The receipt, and what was paid."""
    while Decimal(till.do("basket")["total"]) < 60:
        till.do(f"scan {random_.choice(sorted(goods.codes.values()))}")
    till.do(f"coupon {COUPON}")
    till.do("total")
    done = till.do("tender cash 5000")
    till.do("sync 30", 40)
    return f"{till.number}-{done['receipt_number']}", Decimal(done["payable"])


def a_whole_sale_is_voided(bench, server, goods, random_):
    here, there = bench.tills[:2]
    receipt, paid = with_the_coupon(here, goods, random_)
    answer = there.ask(f"void receipt {receipt} wrong_payment")
    if answer.get("code") != "void.own_sale":
        raise lab.LabError(f"who rang {receipt} voids it alone: {answer}")
    there.do(f"approve {MANAGER}")
    bench.kill(there)  # the open void is there again
    if not there.ask("total").get("ok"):
        there.do(f"approve {MANAGER}")
    back = Decimal(there.do("tender cash 0")["change"])
    there.do("sync 30", 40)
    spent = lab.sql(server, "SELECT code FROM coupon_redemption")
    if back != paid or spent:
        raise lab.LabError(f"{receipt} was {paid}, {back} went back, spent still: {spent}")
    with_the_coupon(there, goods, random_)
    answer = here.ask(f"return {receipt}")
    if answer.get("code") != "return.nothing_left":
        raise lab.LabError(f"{receipt} can come back once more: {answer}")


def the_same_piece_twice(bench, server, goods, random_, totals):
    """At its own till, which is cut off, and at another one, at once."""
    here, there = bench.tills[:2]
    sale = sell(here, goods, random_, totals)
    here.do("sync 30", 40)
    here.cable.cut()
    lab.wait_for("the till to be offline", lambda: here.ask("status")["link"] != "online", 60)
    line = sale["lines"][0][0]
    count = sale["lines"][0][1]
    for till in (here, there):
        till.do(f"return {sale['receipt']}")
        till.do(f"take {line} {count} because unwanted")
        common.total_with_gifts(till)
    paid_out = [Decimal(till.do("tender cash 0")["change"]) for till in (here, there)]
    there.do("sync 30", 40)
    here.cable.mend()
    here.do("reconnect")
    here.do("sync 60", 70)
    kinds = [kind for (kind,) in lab.sql(server, "SELECT kind FROM journal_exception")]
    if paid_out[0] != paid_out[1] or "return.more_than_sold" not in kinds:
        raise lab.LabError(f"the second return was not noticed: {paid_out} {kinds}")


def main():
    parser = common.arguments(__doc__)
    parser.add_argument("--sales", type=int, default=12)
    options = parser.parse_args()

    def test(site):
        random_ = random.Random(options.seed)
        goods = Goods(demo_with_rounding(site.folder / "demo"))
        site.serve(site.folder / "demo")
        bench = Bench(site, options.tills)
        totals = {"saved": Decimal(0)}
        sales = [sell(random_.choice(bench.tills), goods, random_, totals) for _ in range(options.sales)]
        for till in bench.tills:
            till.do("sync 30", 40)
        if not totals["saved"]:
            raise lab.LabError("no promotion touched any basket")
        pieces = everything_comes_back(bench, sales, random_)
        a_whole_sale_is_voided(bench, site.server, goods, random_)
        exceptions = site.exceptions()
        if exceptions:
            raise lab.LabError(f"the server objects: {exceptions[:5]}")
        print(f"{len(sales)} sales for {sum(s['paid'] for s in sales)}, {totals['saved']} saved; {pieces} pieces came back "
              f"one by one for {sum(s['back'] for s in sales)}")
        the_same_piece_twice(bench, site.server, goods, random_, totals)
        site.audit()
    return common.run(options, "returns", test)


if __name__ == "__main__":
    sys.exit(main())
