"""What the programs of this folder share: a store in a folder that stays when the test fails, tills behind cables that can
be cut, and the verdict.
"""
import argparse
import pathlib
import random
import shutil
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import lab  # noqa: E402

DEMO = ROOT / "sql" / "demo"
SUPERVISOR = ("1015", "246810")


def total_with_gifts(till):
    """Ends what a return takes back, with the gifts that go with it. Returns these: line and count."""
    gifts = []
    while True:
        answer = till.ask("total")
        if answer.get("code") != "return.gift_stays":
            break
        gifts.append((int(answer["details"]["line"]), int(answer["details"]["count"])))
        till.do(f"take {gifts[-1][0]} {gifts[-1][1]} because quality")
    if not answer.get("ok"):
        raise lab.LabError(f"{till.name}: total was refused: {answer}")
    return gifts


def arguments(description):
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--tills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    parser.add_argument("--keep", action="store_true")
    return parser


class Site:
    """A server and its tills, as long as a test runs."""

    def __init__(self, options, name):
        self.binaries, self.keep = options.bin, options.keep
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"lanekeeper-{name}-"))
        self.folder.chmod(0o755)
        self.server, self.tills, self.cables = None, [], []

    def serve(self, demo=DEMO):
        self.server = lab.Server(self.binaries, self.folder / "server", options=["--load-demo", str(demo)]).start()

    def till(self, number, name=None, replace=False):
        """A new till that knows its goods, behind a cable of its own."""
        cable = lab.Cable(self.server.port)
        self.cables.append(cable)
        till = lab.Till(self.binaries, self.folder / (name or f"till{number}"), f"127.0.0.1:{cable.port}", f"lane-{number}")
        till.number, till.cable = number, cable
        self.tills.append(till.start())
        till.pair(self.server, number, replace)
        lab.wait_for("goods", lambda: till.ask("status").get("catalogue_version", 0) > 0, 60)
        return till

    def exceptions(self):
        return lab.sql(self.server, "SELECT till, sequence, kind, details FROM journal_exception "
                                    "WHERE kind <> 'stock.negative'")

    def judge(self):
        """The server finds nothing to object to, and its audit is clean."""
        exceptions = self.exceptions()
        if exceptions:
            raise lab.LabError(f"the server objects: {exceptions[:5]}")
        self.audit()

    def audit(self):
        clean, text = self.server.audit()
        print(text.strip())
        if not clean:
            raise lab.LabError("the audit is not clean")

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        for till in self.tills:
            if till.alive():
                till.kill()
        if self.server and self.server.process and self.server.process.poll() is None:
            self.server.stop()
        for cable in self.cables:
            cable.close()
        if kind or self.keep:
            print(f"kept: {self.folder}")
        else:
            shutil.rmtree(self.folder, ignore_errors=True)
        return False


def run(options, name, test):
    """Calls test(site); what it raises is the failure."""
    print(f"seed {options.seed}", flush=True)
    with Site(options, name) as site:
        test(site)
    print("1 passed, 0 failed")
    return 0
