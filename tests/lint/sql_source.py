"""Finds the SQL in C++ sources and migrations, and the places where something else than a constant becomes part of it.

No compiler: C++ is cut into tokens, and names are followed inside one file. What that cannot follow counts as glued.
"""
import re

TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      |(?P<raw>(?:u8|[uUL])?R"(?P<mark>[^(\s\\]{0,16})\((?P<content>.*?)\)(?P=mark)")
      |(?P<string>(?:u8|[uUL])?"(?:[^"\\\n]|\\.)*")
      |(?P<char>'(?:[^'\\\n]|\\.)+')
      |(?P<number>\d[\w'.]*)
      |(?P<name>[A-Za-z_]\w*)
      |(?P<mark2>::|->|\+=|==|!=|<=|>=|&&|\|\||<<|>>|[^\s])""", re.S | re.X)
SQL_WORDS = re.compile(
    r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP|GRANT|FROM|WHERE|AND|ORDER BY|GROUP BY|LIMIT|VALUES|JOIN|"
    r"ON DUPLICATE KEY|SET SESSION|SET NAMES|SET TRANSACTION|START TRANSACTION|IS NULL|FOR UPDATE|UNHEX)\b")
STATEMENT = re.compile(r"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP|GRANT|WITH)\s+\S")
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}
# Functions of storage/ and where their statements stand among the arguments.
CALLS = {"query": [0], "execute": [0], "prepare": [0], "run_script": [0], "multi_row_sql": [0, 1, 3], "insert_rows": [1, 2, 3],
         "query_keys": [1, 2, 3]}
MEMBERS = ("query", "execute", "prepare", "run_script")
OPENING, CLOSING = "([{", ")]}"


class Token:
    __slots__ = ("kind", "text", "line")

    def __init__(self, kind, text, line):
        self.kind, self.text, self.line = kind, text, line


def tokens_of(source):
    """Comments are left out and adjacent string literals are one."""
    tokens, line, at = [], 1, 0
    for match in TOKEN.finditer(source):
        line += source.count("\n", at, match.start())
        at = match.start()
        kind = match.lastgroup if match.lastgroup != "content" else "raw"
        if match.group("raw"):
            kind, text = "string", match.group("content")
        elif match.group("string"):
            kind, body = "string", match.group("string")
            body = body[body.index('"') + 1:-1]
            text = re.sub(r"\\(.)", lambda escape: ESCAPES.get(escape.group(1), escape.group(1)), body)
        elif match.group("comment"):
            continue
        else:
            text = match.group(0)
            kind = "name" if match.group("name") else "other"
        if kind == "string" and tokens and tokens[-1].kind == "string":
            tokens[-1].text += text
        else:
            tokens.append(Token(kind, text, line))
    return tokens


def looks_like_sql(text):
    return SQL_WORDS.search(text) is not None


def statements_of_migration(sql):
    """(line, statement); the same cutting as storage/migrations.cpp does."""
    statements, begin, at, quote = [], 0, 0, None
    while at < len(sql):
        c = sql[at]
        if quote:
            quote = None if c == quote else quote
        elif c in "'\"`":
            quote = c
        elif sql.startswith("--", at):
            at = sql.find("\n", at)
            if at < 0:
                at = len(sql)
        elif c == ";":
            statements.append((begin, sql[begin:at]))
            begin = at + 1
        at += 1
    statements.append((begin, sql[begin:]))
    result = []
    for start, text in statements:
        bare = re.sub(r"--[^\n]*", "", text)
        if bare.strip():
            first = re.search(r"\S", text).start()
            result.append((sql.count("\n", 0, start + first) + 1, text))
    return result


class Source:
    def __init__(self, text, other_constants=()):
        self.tokens = tokens_of(text)
        self.constants = set(other_constants) | constants_of(self.tokens)
        self.following = set()  # names that are being followed, against going round in circles

    def literals(self):
        return [(t.line, t.text) for t in self.tokens if t.kind == "string" and looks_like_sql(t.text)]

    # ---- what is glued
    def glued(self):
        """(line, name) of everything in a statement that is not known to be a constant."""
        found = set()
        for i, token in enumerate(self.tokens):
            opening = self.opening_of_call(i)
            if token.text in CALLS and opening and self.is_call(i):
                arguments = self.arguments(opening)
                for position in CALLS[token.text]:
                    if position < len(arguments):
                        self.examine(arguments[position], found)
            if token.kind == "string" and looks_like_sql(token.text):
                self.examine(self.concatenation(i), found)
                if self.formatted(i):
                    found.add((token.line, "a format"))
        return sorted(found)

    def opening_of_call(self, i):
        """The parenthesis behind a name, template arguments between them or not; 0: there is none."""
        if self.tokens[i].kind != "name" or i + 1 >= len(self.tokens):
            return 0
        j = i + 1
        if self.tokens[j].text == "<":
            while j < len(self.tokens) and self.tokens[j].text not in (">", ";"):
                j += 1
            j += 1
        return j if j < len(self.tokens) and self.tokens[j].text == "(" and self.tokens[j].kind != "string" else 0

    def is_call(self, i):
        before = self.tokens[i - 1].text if i else ""
        if before in (".", "->"):
            return True
        if self.tokens[i].text in MEMBERS:
            return False
        # A free function: a declaration has a type in front of it.
        return before in ("(", "=", ";", "{", "}", "return", ",", "+", ")") 

    def matching(self, i):
        depth = 0
        for j in range(i, len(self.tokens)):
            if self.tokens[j].kind != "string":
                depth += (self.tokens[j].text in OPENING) - (self.tokens[j].text in CLOSING)
                if depth == 0:
                    return j
        return len(self.tokens) - 1

    def arguments(self, opening):
        """The argument lists as ranges of tokens."""
        end, parts, start, j = self.matching(opening), [], opening + 1, opening + 1
        while j < end:
            token = self.tokens[j]
            if token.kind != "string" and token.text in OPENING:
                j = self.matching(j)
            elif token.text == "," and token.kind != "string":
                parts.append((start, j))
                start = j + 1
            j += 1
        if start < end:
            parts.append((start, end))
        return parts

    def concatenation(self, i):
        """The sum that the literal at i is part of: as far as + reaches on both sides."""
        start, end = i, i + 1
        while start >= 2 and self.tokens[start - 1].text == "+" and self.tokens[start - 1].kind != "string":
            start = self.operand_start(start - 2)
        while end < len(self.tokens) and self.tokens[end].text == "+" and self.tokens[end].kind != "string":
            end = self.operand_end(end + 1)
        return (start, end)

    def operand_start(self, i):
        if self.tokens[i].text in CLOSING and self.tokens[i].kind != "string":
            depth = 0
            while i >= 0:
                if self.tokens[i].kind != "string":
                    depth += (self.tokens[i].text in CLOSING) - (self.tokens[i].text in OPENING)
                if depth == 0:
                    break
                i -= 1
            if i and self.tokens[i - 1].kind == "name":
                i -= 1
        while i >= 2 and self.tokens[i - 1].text in (".", "->", "::") and self.tokens[i - 2].kind == "name":
            i -= 2
        return i

    def operand_end(self, i):
        i = self.matching(i) + 1 if self.tokens[i].text == "(" and self.tokens[i].kind != "string" else i + 1
        while i < len(self.tokens):
            text = self.tokens[i].text
            if text in ("::", ".", "->"):
                i += 2
            elif text in ("(", "[") and self.tokens[i].kind != "string":
                i = self.matching(i) + 1
            else:
                break
        return i

    def formatted(self, i):
        return (self.tokens[i - 1].text == "(" and self.tokens[i - 2].text == "format" and "{" in self.tokens[i].text)

    def examine(self, span, found):
        """Adds what is no constant in the expression. Conditions (c ? a : b) are not part of the statement."""
        start, end = span
        for j in range(start, end):
            if self.tokens[j].text == "?" and self.tokens[j].kind != "string":
                colon = next((k for k in range(j, end) if self.tokens[k].text == ":"), end)
                self.examine((j + 1, colon), found)
                self.examine((colon + 1, end), found)
                return
        j = start
        while j < end:
            token = self.tokens[j]
            if token.kind == "string" or token.text in ("+", "(", ")", "{", "}", "+="):
                j += 1
            elif token.kind == "name":
                stop = self.operand_end(j)
                self.examine_name(j, min(stop, end), found)
                j = stop
            else:
                found.add((token.line, token.text))
                j += 1

    def examine_name(self, j, stop, found):
        words = [self.tokens[k].text for k in range(j, stop)]
        if words[:3] in (["std", "::", "string"], ["std", "::", "string_view"]):
            if len(words) > 3:
                self.examine((j + 3, stop), found)
            return
        name = words[2] if len(words) == 3 and words[1] in (".", "->") else words[0]
        if words[0] == "multi_row_sql":  # is looked at where it is called
            return
        if len(words) in (1, 3) and words[1:] != ["(", ")"] and self.is_constant(name):
            return
        if words[1:] == ["(", ")"] and self.returns_constants(name):
            return
        found.add((self.tokens[j].line, "".join(words)))

    # ---- names
    def is_constant(self, name):
        if name in self.constants:
            return True
        if name in self.following:
            return True  # sql = sql + "...": the rest decides
        self.following.add(name)
        try:
            return self.is_built_of_constants(name)
        finally:
            self.following.discard(name)

    def is_built_of_constants(self, name):
        """Everything that is ever assigned to it in this file is a constant."""
        found, seen = set(), False
        for i, token in enumerate(self.tokens):
            if token.kind != "name" or token.text != name or i + 1 >= len(self.tokens):
                continue
            following = self.tokens[i + 1].text
            if following in ("=", "+="):
                seen = True
                self.examine((i + 2, self.end_of_expression(i + 2)), found)
            elif following in ("(", "{") and self.tokens[i - 1].text in ("string", "string_view"):
                seen = True
                self.examine((i + 2, self.matching(i + 1)), found)
            elif following == ";" and self.tokens[i - 1].text == "string":
                seen = True  # begins empty
            elif self.is_loop_over_constants(i):
                seen = True
            elif self.is_parameter(i):
                calls = self.calls_with_parameter(i)
                if not calls:
                    return False
                seen = True
                for call in calls:
                    self.examine(call, found)
        return seen and not found

    def returns_constants(self, name):
        """A function of this file without parameters, of which everything that it returns is a constant."""
        if name in self.following:
            return False
        self.following.add(name)
        try:
            for i in range(len(self.tokens) - 3):
                if [t.text for t in self.tokens[i:i + 4]] != [name, "(", ")", "{"] or self.tokens[i].kind != "name":
                    continue
                found, returns = set(), 0
                for j in range(i + 4, self.matching(i + 3)):
                    if self.tokens[j].kind == "name" and self.tokens[j].text == "return":
                        returns += 1
                        self.examine((j + 1, self.end_of_expression(j + 1)), found)
                return returns > 0 and not found
            return False
        finally:
            self.following.discard(name)

    def end_of_expression(self, i):
        depth = 0
        for j in range(i, len(self.tokens)):
            if self.tokens[j].kind == "string":
                continue
            text = self.tokens[j].text
            if depth == 0 and text in (";", ",", ")", "}"):
                return j
            depth += (text in OPENING) - (text in CLOSING)
        return len(self.tokens)

    def is_loop_over_constants(self, i):
        j = i
        while j < len(self.tokens) and self.tokens[j].text in (self.tokens[i].text, ",", "]") or (
                j < i + 6 and self.tokens[j].kind == "name"):
            j += 1
        if j >= len(self.tokens) or self.tokens[j].text != ":":
            return False
        k = i
        while k > 0 and self.tokens[k].text not in (";", "{", "}", "for"):
            k -= 1
        if self.tokens[k].text != "for":
            return False
        over = self.tokens[j + 1]
        if over.text in self.constants:
            return True
        if over.text == "{":
            found = set()
            for part in self.arguments(j + 1):
                self.examine(part, found)
            return not found
        return False

    def is_parameter(self, i):
        before = self.tokens[i - 1].text
        if before == "&":
            before = self.tokens[i - 2].text
        return before in ("string", "string_view") and self.tokens[i + 1].text in (",", ")")

    def calls_with_parameter(self, i):
        """The arguments that a function of this file is given for its parameter at i."""
        position, depth, j = 0, 0, i
        while j > 0:
            text = self.tokens[j].text if self.tokens[j].kind != "string" else ""
            if text in CLOSING and text:
                depth += 1
            elif text in OPENING and text:
                if depth == 0:
                    break
                depth -= 1
            elif text == "," and depth == 0:
                position += 1
            j -= 1
        function = self.tokens[j - 1]
        if function.text == "]":  # a lambda: name = [...](
            k = self.operand_start(j - 1)
            if k < 2 or self.tokens[k - 1].text != "=":
                return []
            function = self.tokens[k - 2]
        if function.kind != "name":
            return []
        result = []
        for k in range(len(self.tokens) - 1):
            if self.tokens[k] is function or self.tokens[k].text != function.text or self.tokens[k + 1].text != "(":
                continue
            if not self.is_call(k):
                return []
            arguments = self.arguments(k + 1)
            if position < len(arguments):
                result.append(arguments[position])
        return result


def constants_of(tokens):
    """Names of what is declared constexpr."""
    names = set()
    for i, token in enumerate(tokens):
        if token.text != "constexpr":
            continue
        last = None
        for following in tokens[i + 1:i + 24]:
            if following.text in ("=", "{", "[", ";", "("):
                break
            if following.kind == "name":
                last = following.text
        if last:
            names.add(last)
    return names
