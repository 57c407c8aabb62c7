"""Engines that cannot run here: the text is parsed in their dialect, and its literals are read back."""

import sys
from collections import Counter

import sqlglot
from runner import attempt, serve_many, statement
from sqlglot import exp

sys.setrecursionlimit(20_000)


def texts(params):
    flat = [one for value in params for one in (value if isinstance(value, list) else [value])]
    return Counter(value for value in flat if isinstance(value, str))


def literals(tree):
    written = Counter(literal.this for literal in tree.find_all(exp.Literal) if literal.is_string)
    written.update(national.this for national in tree.find_all(exp.National))
    written.update(joined(paren.this) for paren in tree.find_all(exp.Paren))
    for hexadecimal in tree.find_all(exp.HexString):
        written[bytes.fromhex(hexadecimal.this).decode()] += 1
    return written


def joined(sum):
    """A literal in pieces: the text, where a sum has no other parts."""
    parts = list(sum.flatten()) if isinstance(sum, exp.Add) else []
    if parts and all(isinstance(part, exp.National) for part in parts):
        return "".join(part.this for part in parts)
    return None


def serve_grammar(dialect, further=lambda sql: None):
    """An output that is written out says beside it with which values. `further` is a second parser,
    which fails on what it does not read."""

    def check(output):
        sql = statement(output, "t", "1")
        tree = sqlglot.parse_one(sql, read=dialect, error_level=sqlglot.ErrorLevel.RAISE)
        further(sql)
        lost = texts(output.get("bound") or []) - literals(tree)
        if lost:
            raise ValueError(f"literals that do not read back: {list(lost)}")
        return {"checked": True}

    def load(request):
        sqlglot.parse_one(request["ddl"], read=dialect, error_level=sqlglot.ErrorLevel.RAISE)

    title = f"{dialect}'s grammar in sqlglot"
    serve_many(title, sqlglot.__version__, load, lambda outputs: [attempt(lambda: check(o)) for o in outputs])
