"""OData: expressions read by a strict reader of the published grammar (`odata_grammar.py`), and
evaluated here by the rules of OData 4.01.

No service that could be started here knows `matchesPattern`, so the meaning is the standard's, as far
as the target uses it: null in, null out of functions; `eq`, `ne`, `in` and order are never null;
`and`, `or` and `not` know null.
"""

import re
import sys
from functools import cache

import odata_grammar as grammar
from documents import document
from runner import each, is_key, moment, serve

sys.setrecursionlimit(20_000)
records = []
properties = {}
# A table that holds no instant is cut down from the one before it.
instants = grammar.INT


@cache
def reader():
    grammar.check()
    return grammar.read


def load(request):
    global records, properties
    reader()
    timed = [field["name"] for field in request["fields"] if field["type"] == "timestamp"]
    tell_instants(record.get(name) for record in request["records"] for name in timed)
    properties = document({field["name"]: declared(field) for field in request["fields"]})
    for record in request["records"]:
        record.update({name: each(record[name], moment) for name in timed if name in record})
    records = [(record["row.number"], document(record)) for record in request["records"]]


def tell_instants(values):
    global instants
    told = {type(one) for value in values for one in (value if isinstance(value, list) else [value])}
    if told & {int, str}:
        instants = grammar.TIME if str in told else grammar.INT


TYPES = {"string": grammar.TEXT, "integer": grammar.INT, "boolean": grammar.BOOL}


def declared(field):
    single = grammar.KEY if is_key(field) else TYPES.get(field["type"]) or instants
    return grammar.Many(single) if field["cardinality"] == "many" else single


def select(output):
    tree = reader()(output["text"], properties)
    return [row for row, record in records if value(tree, record, {}) is True]


def text_function(test):
    return lambda text, *rest: None if text is None else test(text, *rest)


FUNCTIONS = {
    "contains": text_function(lambda text, part: part in text),
    "startswith": text_function(str.startswith),
    "endswith": text_function(str.endswith),
    # ECMAScript's `.`, classes and assertions that are used mean the same here.
    "matchesPattern": text_function(lambda text, pattern: re.search(pattern, text) is not None),
}

ORDER = {
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
}


def negated(truth):
    return None if truth is None else not truth


def both(truths):
    """As far as it is decided: one that is false does."""
    unknown = False
    for truth in truths:
        if truth is False:
            return False
        unknown = unknown or truth is None
    return None if unknown else True


def some(truths):
    return negated(both(map(negated, truths)))


def equal(left, right):
    if left is not None and right is not None and type(left) is not type(right):
        raise TypeError(f"{left!r} and {right!r} are not of one type")
    return left == right


def member(path, record, names):
    first, *rest = path
    found = names[first] if first in names else record.get(first)
    for name in rest:
        found = None if found is None else found.get(name)
    return found


def value(node, record, names):
    told = lambda part: value(part, record, names)
    match node.does, node.parts:
        case "value", (one,):
            return one
        case "member", path:
            return member(path, record, names)
        case "not", (part,):
            return negated(told(part))
        case "and", parts:
            return both(map(told, parts))
        case "or", parts:
            return some(map(told, parts))
        case "eq", (left, right):
            return equal(told(left), told(right))
        case "ne", (left, right):
            return not equal(told(left), told(right))
        case "in", (left, *list):
            return any(equal(told(left), told(one)) for one in list)
        case "any", (many, variable, test):
            return any(value(test, record, names | {variable: one}) is True for one in told(many) or [])
        case sign, (left, right) if sign in ORDER:
            pair = told(left), told(right)
            return None not in pair and ORDER[sign](*pair)
        case name, parts if name in FUNCTIONS:
            return FUNCTIONS[name](*map(told, parts))
    raise TypeError(f"not used by the target: {node.does}")


serve("OData, read and evaluated by the tests,", "4.01", load, select)
