"""OData: expressions read by odata-query, and evaluated here by the rules of OData 4.01.

No service that could be started here knows `matchesPattern`, so the parser is another's and the
meaning is the standard's, as far as the target uses it: null in, null out of functions; `eq`,
`ne`, `in` and order are never null; `and`, `or` and `not` know null.
"""

import re
from importlib.metadata import version

from documents import document
from odata_query import ast
from odata_query.grammar import ODataLexer, ODataParser
from runner import each, moment, serve

records = []


def load(request):
    global records
    timed = [field["name"] for field in request["fields"] if field["type"] == "timestamp"]
    for record in request["records"]:
        record.update({name: each(record[name], moment) for name in timed if name in record})
    records = [(record["row.number"], document(record)) for record in request["records"]]


def select(output):
    tree = ODataParser().parse(ODataLexer().tokenize(output["text"]))
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
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
}


def both(left, right):
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def negated(truth):
    return None if truth is None else not truth


def compared(node, record, names):
    left = value(node.left, record, names)
    if isinstance(node.comparator, ast.In):
        return any(equal(left, value(one, record, names)) for one in node.right.val)
    right = value(node.right, record, names)
    if isinstance(node.comparator, ast.Eq):
        return equal(left, right)
    if isinstance(node.comparator, ast.NotEq):
        return not equal(left, right)
    return left is not None and right is not None and ORDER[type(node.comparator)](left, right)


def equal(left, right):
    if left is not None and right is not None and type(left) is not type(right):
        raise TypeError(f"{left!r} and {right!r} are not of one type")
    return left == right


def named(name, record, names):
    if name in names:
        return names[name]
    return record.get(name)


def value(node, record, names):
    match node:
        case ast.Null():
            return None
        case ast.Boolean():
            return node.val == "true"
        case ast.Integer():
            return int(node.val)
        case ast.String():
            return node.val
        case ast.DateTime():
            return moment(node.val)
        case ast.Identifier():
            return named(node.name, record, names)
        case ast.Attribute():
            owner = value(node.owner, record, names)
            return None if owner is None else owner.get(node.attr)
        case ast.Call():
            return FUNCTIONS[node.func.name](*(value(one, record, names) for one in node.args))
        case ast.UnaryOp(op=ast.Not()):
            return negated(value(node.operand, record, names))
        case ast.BoolOp(op=ast.And()):
            return both(value(node.left, record, names), value(node.right, record, names))
        case ast.BoolOp(op=ast.Or()):
            left, right = (negated(value(side, record, names)) for side in (node.left, node.right))
            return negated(both(left, right))
        case ast.Compare():
            return compared(node, record, names)
        case ast.CollectionLambda(operator=ast.Any()):
            many = value(node.owner, record, names) or []
            name = node.lambda_.identifier.name
            return any(value(node.lambda_.expression, record, names | {name: one}) is True for one in many)
    raise TypeError(f"not used by the target: {node}")


serve("OData 4.01 (odata-query's parser)", version("odata-query"), load, select)
