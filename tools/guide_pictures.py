#!/usr/bin/env python3
"""Draws the till's pictures of the guides anew from the real windows, so that they show what people see. (The office's
are drawn by lanekeeper-backoffice-shots, one by one.)

    python3 tools/guide_pictures.py --bin build/dev/bin

Needs xvfb-run. Look at what it changes (git diff --stat docs/pictures) before it is committed.
"""
import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile

PICTURES = pathlib.Path(__file__).resolve().parent.parent / "docs" / "pictures"

# Picture of the guides -> the scene that is drawn.
TILL = {
    "till-discount": "discount",
    "till-login": "sign-in",
    "till-offers": "offers",
    "till-offline": "offline",
    "till-override": "override",
    "till-pairing": "pairing",
    "till-return": "return-some",
    "till-sale": "sale",
    "till-shift-check": "shift-check",
    "till-shift-close": "shift-count",
    "till-tender": "tender",
    "till-tender-split": "tender-split",
    "till-training": "training",
}
LANGUAGES = {"": "zh", "-en": "en"}
SIZE = "1366"


def draw(program, folder, names):
    exactly = [name + "$" for name in names]
    subprocess.run(["xvfb-run", "-a", "-s", "-screen 0 3840x1080x24 -noreset", str(program), str(folder), *exactly],
                   check=True, stdout=subprocess.DEVNULL)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin", type=pathlib.Path, required=True, help="folder of the built programs")
    programs = parser.parse_args().bin.resolve()
    missing = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        names = {f"{scene}-{language}-{SIZE}" for scene in TILL.values() for language in LANGUAGES.values()}
        draw(programs / "lanekeeper-till-shots", folder, sorted(names))
        for picture, scene in TILL.items():
            for suffix, language in LANGUAGES.items():
                drawn = folder / f"{scene}-{language}-{SIZE}.png"
                if drawn.exists():
                    shutil.copyfile(drawn, PICTURES / f"{picture}{suffix}.png")
                else:
                    missing.append(drawn.name)
    if missing:
        sys.exit("not drawn: " + ", ".join(missing))


if __name__ == "__main__":
    main()
