#!/usr/bin/env python3
"""Makes gs1_ai_table.inc from the text of the GS1 Barcode Syntax Dictionary.

    shared/barcode/tools/make_gs1_table.py gs1-syntax-dictionary.txt > shared/barcode/gs1_ai_table.inc

The dictionary itself is not part of this project; only facts are taken from it: application identifiers, formats, the
names of checks, pairings, the keys and qualifiers of Digital Link addresses, and the short titles of the standard.
"""
import re
import sys

LINE = re.compile(r"^(\d{2,4})(?:-(\d{2,4}))?\s+(\S.*)$")
COMPONENT = re.compile(r"^(\[)?([NXYZ])(\.\.)?(\d+)(\])?((?:,[a-z0-9]+)*)$")


class Refused(Exception):
    pass


def read_component(text):
    match = COMPONENT.match(text)
    if not match:
        return None
    opened, kind, variable, size, closed, checks = match.groups()
    if bool(opened) != bool(closed):
        raise Refused(f"brackets do not match: {text}")
    longest = int(size)
    return {
        "set": kind,
        "min": 1 if variable else longest,
        "max": longest,
        "optional": bool(opened),
        "checks": [check for check in checks.split(",") if check],
    }


def read_line(line):
    match = LINE.match(line)
    if not match:
        raise Refused("no application identifier at its start")
    first, last, rest = match.group(1), match.group(2) or match.group(1), match.group(3)
    rest, _, title = rest.partition("# ")
    words = rest.split()
    flags = ""
    if words and not words[0][0].isalnum() and words[0][0] != "[":
        flags = words.pop(0)
    components = []
    while words:
        component = read_component(words[0])
        if component is None:
            break
        components.append(component)
        words.pop(0)
    if not components:
        raise Refused("no format")
    requires, excludes, key, qualifiers = [], [], False, []
    for word in words:
        name, _, value = word.partition("=")
        if name == "req":
            requires.append(value)
        elif name == "ex":
            excludes.append(value)
        elif name == "dlpkey":
            key = True
            if value:
                qualifiers.append(value)
        else:
            raise Refused(f"unknown attribute {word}")
    return {
        "first": first,
        "last": last,
        "fixed": "*" in flags,
        "attribute": "?" in flags,
        "components": components,
        "requires": ";".join(requires),
        "excludes": ",".join(excludes),
        "key": key,
        "qualifiers": "|".join(qualifiers),
        "title": title.strip(),
    }


def read(text):
    entries = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            entries.append(read_line(line))
        except Refused as refused:
            raise SystemExit(f"line {number}: {refused}: {line}")
    return entries


def check_prefixes(entries):
    """The first two digits of an identifier have to tell how long it is, or a message could not be taken apart."""
    lengths = {}
    for entry in entries:
        for number in range(int(entry["first"]), int(entry["last"]) + 1):
            identifier = str(number).zfill(len(entry["first"]))
            known = lengths.setdefault(identifier[:2], len(identifier))
            if known != len(identifier):
                raise SystemExit(f"({identifier}): identifiers from {identifier[:2]} have two lengths")


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def component_text(component):
    checks = ", ".join("Check::" + name for name in component["checks"])
    optional = "true" if component["optional"] else "false"
    return f"{{'{component['set']}', {component['min']}, {component['max']}, {optional}, {{{checks}}}}}"


def write(entries, out):
    pool = []
    rows = []
    for entry in entries:
        texts = [component_text(component) for component in entry["components"]]
        at = next((i for i in range(len(pool)) if pool[i:i + len(texts)] == texts), None)
        if at is None:
            at = len(pool)
            pool.extend(texts)
        flag = lambda name: "true" if entry[name] else "false"
        rows.append(
            f"{{{quoted(entry['first'])}, {quoted(entry['last'])}, {flag('fixed')}, {flag('attribute')}, {flag('key')}, "
            f"{at}, {len(texts)},\n {quoted(entry['requires'])}, {quoted(entry['excludes'])}, "
            f"{quoted(entry['qualifiers'])}, {quoted(entry['title'])}}},")
    out.write(
        "// Made by shared/barcode/tools/make_gs1_table.py; not edited by hand. Facts of the GS1 Barcode Syntax Dictionary\n"
        "// (github.com/gs1/gs1-syntax-dictionary, Apache License 2.0, GS1 AISBL): identifiers, formats, checks, pairings,\n"
        "// Digital Link keys and standard titles.\n// clang-format off\n")
    out.write(f"inline constexpr std::array<Component, {len(pool)}> all_components = {{{{\n")
    out.writelines(f"{text},\n" for text in pool)
    out.write(f"}}}};\n\ninline constexpr std::array<AiSpec, {len(rows)}> all_specs_table = {{{{\n")
    out.writelines(f"{row}\n" for row in rows)
    out.write("}};\n// clang-format on\n")


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        entries = read(file.read())
    check_prefixes(entries)
    entries.sort(key=lambda entry: entry["first"])
    write(entries, sys.stdout)


if __name__ == "__main__":
    main()
