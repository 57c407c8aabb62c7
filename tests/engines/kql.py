"""KQL: read by Microsoft's analyser against the declared table, and run by duckdb-kql.

duckdb-kql is not Kusto: what it has no translation for is only read, and so are `\\u` escapes, which
it does not know, and texts with others than ASCII letters, whose case it ignores too. A query is
compared without the records that its columns cannot hold: those with such letters, an empty text
beside no text, null within a list, and instants of no year. A query is only read, too, where it names a column that
fields share, or one value's column for a field of many: no record can be told there.
"""

import datetime
import json
import re
import subprocess
from collections import Counter
from importlib.metadata import version
from pathlib import Path

import duckdb_kql
from runner import is_key, serve

analyser = subprocess.Popen(
    ["node", Path(__file__).parent / "shared/analyser.mjs"],
    stdin=subprocess.PIPE,
    stdout=subprocess.PIPE,
    text=True,
)
connection = None
# By column: the rows that it cannot hold. All other columns can only be named.
unfit = {}
named = {}

# A float holds no ms of the year 1.
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
TYPES = {"string": "VARCHAR", "int": "INT", "long": "BIGINT", "real": "DOUBLE", "bool": "BOOLEAN", "datetime": "TIMESTAMP", "dynamic": "JSON"}


def analyse(request):
    analyser.stdin.write(json.dumps(request) + "\n")
    analyser.stdin.flush()
    return json.loads(analyser.stdout.readline())


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def load(request):
    global connection, unfit, named
    connection, unfit, named = duckdb_kql.connect(), {}, {}
    hunting = request["hunting"]
    if hunting is None:
        return
    columns = hunting["columns"] | {"row_number": "long"}
    analyse({"table": hunting["table"], "columns": columns})
    fields = {field["hunting"]["column"]: field for field in request["fields"] if field["hunting"] and told(field, request)}
    named = {column: re.compile(rf"\b{column}\b" if column.isalnum() else re.escape(json.dumps(column))) for column in columns}
    kept = [*fields, "row_number"]
    described = ", ".join(f"{quoted(column)} {TYPES[columns[column]]}" for column in kept)
    connection.execute(f"CREATE TABLE {quoted(hunting['table'])} ({described})")
    rows = [[*(cell(field, record) for field in fields.values()), record["row.number"]] for record in request["records"]]
    marks = ", ".join("?" for _ in kept)
    connection.executemany(f"INSERT INTO {quoted(hunting['table'])} VALUES ({marks})", rows)
    without = lambda field: {r["row.number"] for r in request["records"] if not holds(field, r.get(field["name"]))}
    unfit = {column: without(field) for column, field in fields.items()} | {"row_number": set()}


def told(field, request):
    """Whether a column can tell the field's values: it is its own, and a list where they are many."""
    shared = Counter(other["hunting"]["column"] for other in request["fields"] if other["hunting"])
    column = field["hunting"]["column"]
    single = field["cardinality"] == "many" and request["hunting"]["columns"][column] != "dynamic"
    return shared[column] == 1 and not single


def texts(value):
    """The texts of a value, of a key its id."""
    many = value if isinstance(value, list) else [value]
    ids = [one["id"] if isinstance(one, dict) else one for one in many]
    return [one for one in ids if isinstance(one, str)]


def holds(field, value):
    if field["type"] == "timestamp" and isinstance(value, int):
        return -62_135_596_800_000 <= value < 253_402_300_800_000
    if not all(text.isascii() for text in texts(value)):
        return False
    if field["cardinality"] == "many":
        return value is None or None not in value
    return field["cardinality"] == "one" or "" not in texts(value)


def cell(field, record):
    value = record.get(field["name"])
    if value is None or not holds(field, value):
        text = field["type"] == "string" or is_key(field)
        return "" if text and field["cardinality"] != "many" else None
    labels = field["hunting"]["labels"]
    if field["type"] == "timestamp":
        return value if isinstance(value, str) else (EPOCH + datetime.timedelta(milliseconds=value)).isoformat()
    shown = lambda one: labels[str(one)] if labels else one["id"] if is_key(field) else one
    return json.dumps([shown(one) for one in value]) if field["cardinality"] == "many" else shown(value)


def select(output):
    errors = analyse({"text": output["text"]})
    if errors:
        raise ValueError("; ".join(errors))
    text = output["text"]
    asked = [column for column, name in named.items() if name.search(text)]
    if not text.isascii() or "\\u" in text or not unfit.keys() >= set(asked):
        return None
    try:
        rows = duckdb_kql.kql(connection, text + " | project row_number").fetchall()
    except duckdb_kql.KqlUnsupportedError:
        return None
    without = set().union(*(unfit[column] for column in asked))
    return {"rows": sorted({row[0] for row in rows} - without), "without": sorted(without)}


serve("KQL analyser and duckdb-kql", version("duckdb-kql"), load, select)
