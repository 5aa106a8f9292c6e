"""What MySQL 8 and 9 and MariaDB 10.11 do not both understand, as rules over the text of a statement.

A rule looks at a statement (or a piece of one) whose comments and quoted texts were blanked out by masked(). Sources: the
reference manuals of MySQL 8.0, 8.4 and 9 (keywords and reserved words, CREATE TABLE, SELECT, INSERT) and the MariaDB
knowledge base (incompatibilities and feature differences between MariaDB 10.11 and MySQL 8.0).
"""
import re

MARIADB_FUNCTIONS = (
    "ADD_MONTHS BINLOG_GTID_POS CHR COLUMN_ADD COLUMN_CHECK COLUMN_CREATE COLUMN_DELETE COLUMN_EXISTS COLUMN_GET COLUMN_JSON "
    "COLUMN_LIST CRC32C DECODE_ORACLE JSON_ARRAY_INTERSECT JSON_COMPACT JSON_DETAILED JSON_EQUALS JSON_EXISTS JSON_KEY_VALUE "
    "JSON_LOOSE JSON_NORMALIZE JSON_OBJECT_FILTER_KEYS JSON_OBJECT_TO_ARRAY JSON_QUERY KDF LENGTHB MASTER_GTID_WAIT MEDIAN "
    "NATURAL_SORT_KEY NVL NVL2 PERCENTILE_CONT PERCENTILE_DISC ROWNUM SFORMAT SYS_GUID TO_CHAR TRIM_ORACLE VALUE").split()
REMOVED_FUNCTIONS = "DECODE DES_DECRYPT DES_ENCRYPT ENCODE ENCRYPT OLD_PASSWORD PASSWORD".split()
MYSQL_FUNCTIONS = (
    "ANY_VALUE BIN_TO_UUID GROUPING IS_UUID JSON_SCHEMA_VALID JSON_SCHEMA_VALIDATION_REPORT JSON_STORAGE_FREE JSON_STORAGE_SIZE "
    "REGEXP_LIKE STATEMENT_DIGEST STATEMENT_DIGEST_TEXT UUID_TO_BIN").split()

# Reserved in MySQL 8 or 9 and free in MariaDB or older MySQL; beside each how it may stand as the keyword it is.
CALL = r"\s*\("
RESERVED = {
    "cube": None,
    "cume_dist": CALL,
    "dense_rank": CALL,
    "empty": None,
    "first_value": CALL,
    "function": None,
    "grouping": CALL,
    "groups": None,
    "json_table": CALL,
    "lag": CALL,
    "last_value": CALL,
    "lateral": None,
    "lead": CALL,
    "manual": None,
    "nth_value": CALL,
    "ntile": CALL,
    "of": None,
    "over": None,
    "parallel": None,
    "percent_rank": CALL,
    "qualify": None,
    "rank": CALL,
    "recursive": None,
    "row_number": CALL,
    "rows": r"\s+(BETWEEN\b|UNBOUNDED\b|CURRENT\b|\d+\s+PRECEDING\b|EXAMINED\b|ONLY\b)",
    "system": r"\s+VERSIONING\b",
    "tablesample": None,
    "window": r"\s+\w+\s+AS\s*\(",
}
# The same for words that are keywords because of what stands before them.
RESERVED_AFTER = {
    "cube": r"\bWITH\s+$",
    "empty": r"\bON\s+$",
    "function": r"\b(CREATE|DROP|ALTER)\s+$",
    "of": r"\b(UPDATE|SHARE|MEMBER)\s+$",  # these have rules of their own
    "over": r"\)\s*$",
    "recursive": r"\bWITH\s+$",
    "lateral": r"(,|\bJOIN)\s+$",  # has a rule of its own
}


def masked(statement):
    """The statement with comments blanked out and quoted texts and names emptied, each as long as before."""
    def blank(match):
        text = match.group(0)
        if text[0] in "'\"":
            return text[0] + "_" * (len(text) - 2) + text[0]
        if text[0] == "`":
            return "`" + "_" * (len(text) - 2) + "`"
        return re.sub(r"[^\n]", " ", text)

    return re.sub(r"'(?:[^'\\]|\\.|'')*'|\"(?:[^\"\\]|\\.|\"\")*\"|`[^`]*`|/\*(?![!M+]).*?\*/|--[^\n]*|#[^\n]*", blank, statement,
                  flags=re.S)


def find(pattern):
    expression = re.compile(pattern, re.I | re.S)

    def check(text):
        match = expression.search(text)
        return match.group(0) if match else None

    return check


def call_of(names):
    return find(r"\b(" + "|".join(names) + r")\s*\(")


PLAIN_DEFAULT = re.compile(
    r"\(|'|\"|\?|[-+]?\s*[\d.]|NULL\b|TRUE\b|FALSE\b|[BXN]'|0x|(CURRENT_TIMESTAMP|NOW|LOCALTIME|LOCALTIMESTAMP)\b|CHARSET\b|"
    r"CHARACTER\b|COLLATE\b|ENCRYPTION\b|[,)]|ROLE\b", re.I)


def default_expression(text):
    for match in re.finditer(r"\bDEFAULT\b\s*", text, re.I):
        rest = text[match.end():]
        if not rest or re.search(r"=\s*$", text[:match.start()]):  # SET x = DEFAULT
            continue
        if not PLAIN_DEFAULT.match(rest):
            return "DEFAULT " + rest.split()[0]
        number = re.match(r"[-+]?\s*[\d.]+\s*([-+*/%]|DIV\b|MOD\b)", rest, re.I)
        if number:
            return "DEFAULT " + number.group(0)
    return None


def text_default(text):
    match = re.search(r"\b(TINY|MEDIUM|LONG)?(TEXT|BLOB|JSON|GEOMETRY)\b[^,]*\bDEFAULT\s+(?!NULL\b|\()\S+", text, re.I)
    return match.group(0) if match else None


def other_engine(text):
    match = re.search(r"\bENGINE\s*=?\s*(?!InnoDB\b)(\w+)", text, re.I)
    return match.group(0) if match and not re.search(r"\bSECONDARY_$", text[:match.start()], re.I) else None


def reserved_word(text):
    for match in re.finditer(r"(?<![\w@`:])(" + "|".join(RESERVED) + r")\b", text, re.I):
        word = match.group(1).lower()
        after = RESERVED[word]
        if after and re.match(after, text[match.end():], re.I):
            continue
        before = RESERVED_AFTER.get(word)
        if before and re.search(before, text[:match.start()], re.I):
            continue
        if text[match.start() - 1:match.start()] == "." and match.start():  # allowed after a dot, but not where it is made
            continue
        return match.group(1)
    return None


MARIADB = "only MariaDB has it"
MYSQL = "only MySQL has it"
# name, check, why
RULES = [
    ("returning", find(r"\bRETURNING\b"), MARIADB + ": read the row in the same transaction"),
    ("or-replace", find(r"\bCREATE\s+OR\s+REPLACE\s+(TEMPORARY\s+)?(?!(\w+\s*=\s*\S+\s+|SQL\s+SECURITY\s+\w+\s+)*VIEW\b)\w+"), MARIADB),
    ("alter-if-exists", find(r"\bALTER\s+(ONLINE\s+)?(IGNORE\s+)?TABLE\b.*\bIF\s+(NOT\s+)?EXISTS\b"), MARIADB),
    ("index-if-exists", find(r"\b(CREATE\s+(UNIQUE\s+|FULLTEXT\s+|SPATIAL\s+)?|DROP\s+)INDEX\s+IF\s+(NOT\s+)?EXISTS\b"), MARIADB),
    ("sequence", find(r"\b(CREATE|ALTER|DROP)\s+(TEMPORARY\s+)?SEQUENCE\b|\b(NEXT|PREVIOUS)\s+VALUE\s+FOR\b|\b(NEXTVAL|LASTVAL|SETVAL)\s*\("),
     MARIADB),
    ("set-operation", find(r"\b(INTERSECT|EXCEPT|MINUS)\b(?!\s*=)"), "MySQL before 8.0.31 lacks it, and ALL binds differently"),
    ("type", find(r"\b(UUID|INET4|INET6|XMLTYPE|VARCHAR2|CLOB|VECTOR)\b(?!\s*\(\s*\))"), "not a type of both: BINARY(16) or VARCHAR"),
    ("system-versioning", find(r"\b(ROW_START|ROW_END|SYSTEM_TIME|PERIOD\s+FOR|SYSTEM\s+VERSIONING)\b"), MARIADB),
    ("set-statement", find(r"\bSET\s+STATEMENT\b"), MARIADB + ": set the session's variable"),
    ("without-overlaps", find(r"\bWITHOUT\s+OVERLAPS\b"), MARIADB),
    ("engine", other_engine, "only InnoDB is the same in both"),
    ("rows-examined", find(r"\bROWS\s+EXAMINED\b"), MARIADB),
    ("mariadb-function", call_of(MARIADB_FUNCTIONS), "a function that " + MARIADB.replace("it", "").strip()),
    ("removed-function", call_of(REMOVED_FUNCTIONS), "a function that MySQL 8 no longer has"),
    ("default-expression", default_expression, "MySQL wants an expression as a default in parentheses"),
    ("text-default", text_default, "MySQL gives TEXT, BLOB and JSON no default but an expression in parentheses"),
    ("lock-wait", find(r"\b(FOR\s+UPDATE|SHARE\s+MODE|TABLES?\s+\w+)\s+WAIT\s+\d"), MARIADB),
    ("fetch-first", find(r"\bFETCH\s+(FIRST|NEXT)\b"), MARIADB + ": LIMIT"),
    ("mariadb-option", find(r"\b(PAGE_CHECKSUM|PAGE_COMPRESSED|PAGE_COMPRESSION_LEVEL|TRANSACTIONAL|ENCRYPTED|ENCRYPTION_KEY_ID|"
                            r"IETF_QUOTES)\s*=|\bPERSISTENT\b|\b(NOT\s+)?IGNORED\b|\bBEGIN\s+NOT\s+ATOMIC\b|\bEXECUTE\s+IMMEDIATE\b"), MARIADB),
    ("collation", find(r"\b\w*(_0900_|uca1400)\w*"), "a collation of one of them: utf8mb4_bin, utf8mb4_unicode_520_ci"),
    ("reserved-word", reserved_word, "reserved in MySQL 8 or 9: choose another name"),
    ("row-alias", find(r"\bVALUES\s*\(.*\)\s*AS\s+\w+\s*(\([^()]*\)\s*)?ON\s+DUPLICATE\b|^\W*AS\s+\w+\s*(\([^()]*\)\s*)?ON\s+DUPLICATE\b"),
     MYSQL + ": VALUES(column)"),
    ("json-arrow", find(r"->>?\s*['\"]"), MYSQL + ": JSON_EXTRACT"),
    ("functional-index", find(r"\b(KEY|INDEX|UNIQUE)\b[^(,]*\(\s*(\w+\s*(\(\d+\))?\s*,\s*)*\("), MYSQL + ": a generated column"),
    ("values-row", find(r"\bVALUES\s+ROW\s*\("), MYSQL),
    ("for-share", find(r"\bFOR\s+SHARE\b|\bFOR\s+UPDATE\s+OF\b"), MYSQL + ": LOCK IN SHARE MODE, FOR UPDATE"),
    ("lateral", find(r"\bLATERAL\b"), MYSQL),
    ("mysql-function", call_of(MYSQL_FUNCTIONS), "a function that " + MYSQL.replace("it", "").strip()),
    ("mysql-option", find(r"\bMEMBER\s+OF\s*\(|\bSET\s+PERSIST(_ONLY)?\b|\b(NOT\s+)?ENFORCED\b|\bSECONDARY_ENGINE\b|\bAS\s+\w+(\s*\(\d+\))?\s+ARRAY\b|"
                          r"\b(KEY|INDEX)\b[^,]*\)\s*(IN)?VISIBLE\b|\bINTO\s+@@PERSIST"), MYSQL),
    ("version-comment", find(r"/\*M?!"), "one of the two would read something else"),
]


def violations(statement):
    """(rule, what was found, why) of every rule that the statement breaks."""
    text = masked(statement)
    found = []
    for name, check, why in RULES:
        what = check(text)
        if what is not None:
            found.append((name, " ".join(what.split())[:60], why))
    return found
