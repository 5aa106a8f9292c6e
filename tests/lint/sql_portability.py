#!/usr/bin/env python3
"""Fails when a statement of the store server is not the same SQL to MySQL 8 and 9 and to MariaDB 10.11, or when something
else than a constant is put into its text: values are bound.

    sql_portability.py [--list]        --list prints every statement that was found
"""
import argparse
import pathlib
import sys

import sql_rules
import sql_source

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = ["store-server/storage", "store-server/ops"]
MIGRATIONS = "sql/migrations"
# These pass on what their callers wrote; the callers are looked at.
MACHINERY = ["store-server/storage/batch.h", "store-server/storage/batch.cpp", "store-server/storage/connection.h",
             "store-server/storage/database.h", "store-server/storage/database.cpp"]
# What may stand in a statement although it is no constant, and why. One that nothing needs any more is an error.
ALLOWED = {
    ("store-server/storage/migrations.cpp", "statements[i]"): "statements of the migrations, which are looked at themselves",
    ("store-server/storage/connection.cpp", "sql::SQLString(sql.data(),sql.size())"): "hands on what its callers wrote",
    ("store-server/ops/database_settings.cpp", "a format"):
        "the start-up file of a database cannot bind; the names are checked and the passwords are hexadecimal",
}
FEWEST_STATEMENTS = 120  # fewer were found: the search is broken, not the server clean


def check_tree(root):
    """(problems, statements)."""
    problems, statements, used = [], [], set()
    for folder in SOURCES:
        for path in sorted((root / folder).glob("*.*")):
            if path.suffix not in (".cpp", ".h"):
                continue
            name = path.relative_to(root).as_posix()
            source = sql_source.Source(path.read_text(encoding="utf-8"))
            statements += [(name, line, text) for line, text in source.literals()]
            if name in MACHINERY:
                continue
            for line, what in source.glued():
                if (name, what) in ALLOWED:
                    used.add((name, what))
                else:
                    problems.append(f"{name}:{line}: glued: {what} becomes part of a statement: bind it")
    for path in sorted((root / MIGRATIONS).glob("*.sql")):
        name = path.relative_to(root).as_posix()
        statements += [(name, line, text) for line, text in sql_source.statements_of_migration(path.read_text(encoding="utf-8"))]
    for name, line, text in statements:
        for rule, what, why in sql_rules.violations(text):
            problems.append(f"{name}:{line}: {rule}: {what}: {why}")
    problems += [f"{name}: nothing needs the exception for {what} any more" for name, what in sorted(set(ALLOWED) - used)]
    if len(statements) < FEWEST_STATEMENTS:
        problems.append(f"only {len(statements)} statements were found")
    return problems, statements


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    problems, statements = check_tree(ROOT)
    if arguments.list:
        for name, line, text in statements:
            print(f"{name}:{line}: {' '.join(text.split())}")
    for problem in problems:
        print(problem)
    print(f"{len(statements)} statements, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
