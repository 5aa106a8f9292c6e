#!/usr/bin/env python3
"""Runs clang-tidy over the rooms that decide about money and goods (--all: over everything), and remembers what was clean.

A file is checked again only when it, a header of ours that it reaches, or the rules changed; so the first run takes
minutes and the next seconds. The memory lies in $XDG_CACHE_HOME/lanekeeper/tidy (or ~/.cache/lanekeeper/tidy).
"""
import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
# What every run checks: the rooms that decide about money and goods. --all takes a quarter of an hour when nothing is
# remembered.
ROOMS = ["shared/base", "shared/money", "shared/barcode", "shared/catalogue", "shared/sale", "shared/pricing", "shared/journal",
         "shared/access", "shared/protocol", "shared/i18n", "till-client/register", "till-client/receipt", "till-client/lane"]
# clang 14 knows coroutines but does not say so to GCC's library or to Asio.
COROUTINES = ["-D__cpp_impl_coroutine=201902L", "-DBOOST_ASIO_HAS_CO_AWAIT", "-DBOOST_ASIO_HAS_STD_COROUTINE",
              "-Wno-builtin-macro-redefined"]
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)
INCLUDE_ROOTS = [ROOT / "shared", ROOT / "store-server", ROOT / "till-client", ROOT / "backoffice", ROOT / "tests", ROOT]


def find_header(name, origin):
    for base in [origin.parent, *INCLUDE_ROOTS]:
        path = base / name
        if path.is_file():
            return path.resolve()
    return None


def reach(source, memo):
    """All files of ours that a source includes, itself among them."""
    seen, todo = set(), [source]
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        if path not in memo:
            text = path.read_text(encoding="utf-8", errors="replace")
            headers = [find_header(name, path) for name in INCLUDE.findall(text)]
            memo[path] = (hashlib.sha256(text.encode()).digest(), [h for h in headers if h])
        todo.extend(memo[path][1])
    return sorted(seen)


def precompile(folder, copies, entries):
    """The precompiled headers once more, by clang: half of the time of a file goes into their text."""
    for original, copy in copies.items():
        header = pathlib.Path(folder, copy)
        header.write_text(pathlib.Path(original).read_text())
        flags = next(e["arguments"] for e in entries if copy in e["arguments"])
        keep = [w for i, w in enumerate(flags[1:], 1) if w.startswith(("-D", "-I", "-std", "-f", "-O", "-isystem", "-pthread"))
                or flags[i - 1] == "-isystem"]
        # Without the compiler every file reads the header's text anew: slower, the same findings.
        built = shutil.which("clang++") and subprocess.run(["clang++", *keep, "-x", "c++-header", str(header), "-o", f"{header}.pch"], capture_output=True,
                               cwd=folder)
        pch = built is not None and built.returncode == 0
        for entry in entries:
            words = entry["arguments"]
            if copy in words:
                place = words.index(copy)
                words[place - 1:place + 1] = ["-Xclang", "-fno-validate-pch", "-include-pch", f"{header}.pch"] if pch else \
                    ["-include", str(header)]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--build", default="build/dev")
    arguments.add_argument("--jobs", type=int, default=os.cpu_count())
    arguments.add_argument("--all", action="store_true", help="every source, the tests' as well")
    arguments.add_argument("files", nargs="*")
    options = arguments.parse_args()

    database = json.loads((ROOT / options.build / "compile_commands.json").read_text())
    rules = (ROOT / ".clang-tidy").read_bytes()
    version = subprocess.run(["clang-tidy", "--version"], capture_output=True, check=True).stdout
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "lanekeeper" / "tidy"
    cache.mkdir(parents=True, exist_ok=True)

    memo, work, entries, copies = {}, [], [], {}
    wanted = {(ROOT / f).resolve() for f in options.files}
    for entry in database:
        source = pathlib.Path(entry["directory"], entry["file"]).resolve()
        if not source.is_relative_to(ROOT) or source.is_relative_to(ROOT / "build") or source.name.startswith("cmake_pch"):
            continue
        if wanted and source not in wanted:
            continue
        if not wanted and not options.all and not any(source.is_relative_to(ROOT / room) for room in ROOMS):
            continue
        # clang cannot read the compiler's precompiled header; it reads a copy of the same text instead.
        words = [w for w in shlex.split(entry.get("command") or shlex.join(entry["arguments"])) if w != "-Winvalid-pch"]
        words = [copies.setdefault(w, f"pch{len(copies)}.h") if w.endswith("cmake_pch.hxx") else w for w in words]
        start = next(i for i, w in enumerate(words) if w.endswith(("c++", "g++", "clang++")))
        entries.append({"directory": entry["directory"], "file": str(source), "arguments": [words[start], *COROUTINES, *words[start + 1:]]})
        key = hashlib.sha256(rules + version)
        for path in reach(source, memo):
            key.update(str(path.relative_to(ROOT)).encode() + memo[path][0])
        stamp = cache / key.hexdigest()
        if not stamp.exists():
            work.append((source, stamp))

    print(f"clang-tidy: {len(entries)} files, {len(work)} to check", flush=True)
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        if work:
            precompile(folder, copies, entries)
        pathlib.Path(folder, "compile_commands.json").write_text(json.dumps(entries))

        def check(job):
            source, stamp = job
            result = subprocess.run(["clang-tidy", "--quiet", "-p", folder, str(source)], capture_output=True, text=True)
            return source, stamp, result

        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            for source, stamp, result in pool.map(check, sorted(work, key=lambda w: -w[0].stat().st_size)):
                if result.returncode == 0:
                    stamp.touch()
                else:
                    failed += 1
                    print(f"--- {source.relative_to(ROOT)}\n{result.stdout[-4000:]}{result.stderr[-500:] if not result.stdout else ''}", flush=True)
    print(f"clang-tidy: {failed} files with findings", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
