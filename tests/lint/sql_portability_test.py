#!/usr/bin/env python3
"""The lint of the server's SQL notices every kind of violation, and nothing in what both databases understand."""
import pathlib
import tempfile
import unittest

import sql_portability
import sql_rules
import sql_source

PLANTED = {
    "returning": ["INSERT INTO t (a) VALUES (?) RETURNING id", "delete from t where a = ? returning a"],
    "or-replace": ["CREATE OR REPLACE TABLE t (a INT)", "CREATE OR REPLACE INDEX i ON t (a)"],
    "alter-if-exists": ["ALTER TABLE t ADD COLUMN IF NOT EXISTS a INT", "ALTER TABLE t DROP INDEX IF EXISTS i",
                        "ALTER TABLE t\n  ADD b INT,\n  DROP COLUMN IF EXISTS a", "ALTER TABLE IF EXISTS t ADD a INT"],
    "index-if-exists": ["CREATE INDEX IF NOT EXISTS i ON t (a)", "CREATE UNIQUE INDEX IF NOT EXISTS i ON t (a)", "DROP INDEX IF EXISTS i ON t"],
    "sequence": ["CREATE SEQUENCE s START WITH 1", "SELECT NEXT VALUE FOR s", "SELECT NEXTVAL(s)"],
    "set-operation": ["SELECT a FROM t INTERSECT SELECT a FROM u", "SELECT a FROM t EXCEPT ALL SELECT a FROM u"],
    "type": ["CREATE TABLE t (a UUID NOT NULL)", "CREATE TABLE t (a INT, b INET6 NULL)", "ALTER TABLE t ADD a INET4"],
    "system-versioning": ["CREATE TABLE t (a INT, s TIMESTAMP(6) GENERATED ALWAYS AS ROW_START)", "CREATE TABLE t (a INT) WITH SYSTEM VERSIONING",
                          "SELECT a FROM t FOR SYSTEM_TIME AS OF '2026-01-01'"],
    "set-statement": ["SET STATEMENT max_statement_time = 1 FOR SELECT 1"],
    "without-overlaps": ["CREATE TABLE t (a INT, UNIQUE (a, p WITHOUT OVERLAPS))"],
    "engine": ["CREATE TABLE t (a INT) ENGINE=Aria", "CREATE TABLE t (a INT) ENGINE = ColumnStore", "CREATE TABLE t (a INT) ENGINE MyISAM"],
    "rows-examined": ["SELECT a FROM t LIMIT ROWS EXAMINED 10", "SELECT a FROM t LIMIT 5 ROWS EXAMINED 10"],
    "mariadb-function": ["SELECT JSON_DETAILED(a) FROM t", "SELECT NVL2(a, 1, 2) FROM t", "SELECT DECODE_ORACLE(a, 1, 2)", "SELECT median (a) FROM t"],
    "removed-function": ["SELECT PASSWORD(?)", "SELECT ENCODE(a, 'k') FROM t"],
    "default-expression": ["CREATE TABLE t (a VARCHAR(36) DEFAULT UUID())", "CREATE TABLE t (a INT DEFAULT 1 + 1)",
                           "CREATE TABLE t (a DATE DEFAULT CURRENT_DATE)", "ALTER TABLE t ADD a INT DEFAULT FLOOR(RAND())"],
    "text-default": ["CREATE TABLE t (a TEXT NOT NULL DEFAULT '')", "CREATE TABLE t (a INT, b MEDIUMBLOB DEFAULT 'x')", "ALTER TABLE t ADD j JSON DEFAULT '{}'"],
    "lock-wait": ["SELECT a FROM t FOR UPDATE WAIT 5"],
    "fetch-first": ["SELECT a FROM t ORDER BY a OFFSET 5 ROWS FETCH FIRST 5 ROWS ONLY"],
    "mariadb-option": ["CREATE TABLE t (a INT) PAGE_COMPRESSED=1", "CREATE TABLE t (a INT, b INT AS (a + 1) PERSISTENT)", "ALTER TABLE t ALTER INDEX i IGNORED"],
    "collation": ["CREATE TABLE t (a TEXT) COLLATE=utf8mb4_uca1400_ai_ci", "CREATE TABLE t (a TEXT) COLLATE utf8mb4_0900_ai_ci"],
    "reserved-word": [f"SELECT a AS {word} FROM t" for word in sql_rules.RESERVED] +
                     ["CREATE TABLE groups (a INT)", "CREATE TABLE t (\n  rank INT NOT NULL,\n  b INT)", "INSERT INTO t (a, of, b) VALUES (?, ?, ?)",
                      "SELECT a FROM t JOIN system ON 1 = 1", "UPDATE t SET window = ?", "SELECT a FROM t ORDER BY row_number",
                      "SELECT Lead FROM t"],
    "row-alias": ["INSERT INTO t (a, b) VALUES (?, ?) AS new ON DUPLICATE KEY UPDATE b = new.b",
                  "INSERT INTO t (a) VALUES (?) AS n(m) ON DUPLICATE KEY UPDATE a = m", " AS new ON DUPLICATE KEY UPDATE b = new.b"],
    "json-arrow": ["SELECT a->>'$.b' FROM t", "SELECT a -> '$.b' FROM t"],
    "functional-index": ["CREATE TABLE t (a INT, KEY i ((a + 1)))", "CREATE INDEX i ON t (a, (LOWER(b)))"],
    "values-row": ["INSERT INTO t VALUES ROW(1, 2)"],
    "for-share": ["SELECT a FROM t FOR SHARE", "SELECT a FROM t FOR UPDATE OF t"],
    "lateral": ["SELECT a FROM t JOIN LATERAL (SELECT 1) x ON 1 = 1"],
    "mysql-function": ["SELECT ANY_VALUE(a) FROM t", "SELECT UUID_TO_BIN(?)"],
    "mysql-option": ["SELECT 1 FROM t WHERE 1 MEMBER OF (a)", "CREATE TABLE t (a INT CHECK (a > 0) NOT ENFORCED)", "SET PERSIST max_connections = 5"],
    "version-comment": ["SELECT /*!80000 a, */ b FROM t", "SELECT /*M! a, */ b FROM t"],
}

CLEAN = [
    "SELECT RANK() OVER (ORDER BY a), ROW_NUMBER() OVER w FROM t WINDOW w AS (PARTITION BY b ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)",
    "WITH RECURSIVE r AS (SELECT 1) SELECT a FROM r",
    "SELECT 'RETURNING rank' AS word, \"a->>'b'\" FROM t -- EXCEPT ALL",
    "SELECT `rank`, `groups` FROM t /* FOR SHARE */",
    "INSERT INTO t (a, b) VALUES (?, ?) ON DUPLICATE KEY UPDATE b = VALUES(b)",
    "CREATE TABLE IF NOT EXISTS t (a INT NOT NULL DEFAULT 0, b CHAR(1) DEFAULT 'x', c TIMESTAMP DEFAULT CURRENT_TIMESTAMP, d INT DEFAULT (1 + 1),"
    " e INT DEFAULT -1, f TEXT NULL DEFAULT NULL, KEY i (a, b(1)), UNIQUE KEY u (c)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin",
    "SELECT a FROM t WHERE b = ? ORDER BY a LIMIT ? FOR UPDATE SKIP LOCKED",
    "SELECT UUID(), COALESCE(SUM(a), 0) FROM t LOCK IN SHARE MODE",
    "UPDATE t SET a = DEFAULT WHERE b = ?",
    "DROP TABLE IF EXISTS t",
    "SELECT a FROM t UNION ALL SELECT a FROM u",
    "CREATE OR REPLACE VIEW v AS SELECT 1",
]

# C++ that puts something into a statement, and what is named.
GLUED = {
    'void f(C& c, std::string n) { c.query("SELECT a FROM " + n); }': "n",
    'void f(C& c, const std::string& n) { c.execute("DELETE FROM t WHERE a = \'" + n + "\'", 1); }': "n",
    'void f(C& c, int n) { c.run_script("SET SESSION x = " + std::to_string(n)); }': "std::to_string(n)",
    'void f(C& c, int n) { c.query(fmt::format("SELECT a FROM t WHERE b = {}", n)); }': "a format",
    'void f(C& c, const Q& q) { std::string sql = "SELECT a FROM t"; sql += q.text; c.prepare(sql); }': "sql",
    'void f(C& c, const Q& q) { const auto sql = q.text; c.query(sql); }': "sql",
    'void f(C& c, const Q& q) { insert_rows<R>(c, "INSERT INTO t (a) VALUES ", q.row, "", rows, bind); }': "q.row",
    'void f(C& c, const Q& q) { std::string sql; sql = std::string("SELECT a ") + (q.b ? q.text : " FROM t"); c.query(sql); }': "sql",
    'std::string head() { return "SELECT a FROM " + chosen; } void f(C& c) { c.query(head() + " WHERE b = ?"); }': "head()",
    'void f(C& c) { c.query(head() + " WHERE b = ?"); }': "head()",
    'void ask(C& c, std::string_view tail) { c.query(std::string("SELECT a FROM t") + std::string(tail)); }': "tail",
    'void f(C& c, const Q& q) { const auto ask = [&](std::string_view s) { c.query(s); }; ask("SELECT 1"); ask(q.text); }': "s",
}
NOT_GLUED = [
    'const std::string& head() { static const std::string t = "SELECT a FROM t "; return t; } void f(C& c) { c.query(head() + "WHERE b = ?"); }',
    'constexpr std::string_view x = "a, b"; void f(C& c) { c.query("SELECT " + std::string(x) + " FROM t WHERE a = ?", id + 1); }',
    'void f(C& c, bool b) { std::string sql = "SELECT a FROM t"; if (b) sql += " WHERE a = ?"; c.prepare(sql); }',
    'void f(C& c) { for (const char* sql : {"DELETE FROM t WHERE a = ?", "DELETE FROM u WHERE a = ?"}) c.execute(sql, 1); }',
    'void f(C& c) { const auto ask = [&](std::string_view s) { c.query(s); }; ask("SELECT 1"); }',
    'constexpr Named all[] = {{"a", "SELECT 1"}}; void f(C& c) { for (const auto& [name, sql] : all) c.query(sql, name); }',
    'void f(std::string n) { throw Fault("x", "the file " + n + " is broken"); }',
]


class RulesTest(unittest.TestCase):
    def test_every_rule_has_a_planted_violation_and_notices_it(self):
        self.assertEqual(sorted(PLANTED), sorted(name for name, _, _ in sql_rules.RULES))
        for rule, statements in PLANTED.items():
            for statement in statements:
                with self.subTest(rule=rule, statement=statement):
                    self.assertIn(rule, [name for name, _, _ in sql_rules.violations(statement)])

    def test_what_both_understand_passes(self):
        for statement in CLEAN:
            with self.subTest(statement=statement):
                self.assertEqual(sql_rules.violations(statement), [])


class SourceTest(unittest.TestCase):
    def test_literals_are_put_together_and_found(self):
        source = sql_source.Source('auto a = "SELECT a "  // why\n  "FROM t WHERE \\"x\\" = ?"; auto b = R"(CREATE TABLE\nt)"; auto c = "done";')
        self.assertEqual([text for _, text in source.literals()], ['SELECT a FROM t WHERE "x" = ?', "CREATE TABLE\nt"])

    def test_glued_values_are_named(self):
        for code, what in GLUED.items():
            with self.subTest(code=code):
                self.assertIn(what, [name for _, name in sql_source.Source(code).glued()])

    def test_constants_may_be_put_together(self):
        for code in NOT_GLUED:
            with self.subTest(code=code):
                self.assertEqual(sql_source.Source(code).glued(), [])

    def test_migrations_are_cut_at_semicolons(self):
        sql = "-- first; really\nCREATE TABLE a (b INT); -- 'x\nINSERT INTO a VALUES (';');\n\n-- the end\n"
        self.assertEqual([line for line, _ in sql_source.statements_of_migration(sql)], [1, 2])


class TreeTest(unittest.TestCase):
    def test_a_violation_planted_in_a_tree_is_found_where_it_is(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name in (*sql_portability.SOURCES, sql_portability.MIGRATIONS):
                (root / name).mkdir(parents=True)
            (root / "store-server/storage/a.cpp").write_text('int x;\nvoid f(C& c, S n) { c.query("SELECT NVL(a, 1) FROM t WHERE b = " + n); }\n')
            (root / "sql/migrations/0001_a.sql").write_text("CREATE TABLE t (a INT);\n\nCREATE TABLE u (a INT) ENGINE=Aria;\n")
            problems, statements = sql_portability.check_tree(root)
        self.assertEqual(len(statements), 3)
        self.assertTrue(any(p.startswith("store-server/storage/a.cpp:2: glued: n ") for p in problems), problems)
        self.assertTrue(any(p.startswith("store-server/storage/a.cpp:2: mariadb-function: NVL") for p in problems), problems)
        self.assertTrue(any(p.startswith("sql/migrations/0001_a.sql:3: engine: ENGINE=Aria") for p in problems), problems)
        self.assertTrue(any("only 3 statements" in p for p in problems), problems)
        self.assertTrue(any("nothing needs the exception" in p for p in problems), problems)


if __name__ == "__main__":
    unittest.main()
