"""KQL: read by Microsoft's analyser against the declared table, and run by duckdb-kql.

duckdb-kql is not Kusto: what it has no translation for is only read, and so are `\\u` escapes, which
it does not know. It ignores the case of all letters, so queries with others than ASCII are only
read and records with them left out. Left out, too, is what a hunting table cannot hold: an empty
text beside no text, and null within a list.
Records cannot be made for a table in which fields share a column; its queries are only read.
"""

import datetime
import json
import subprocess
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

TYPES = {"string": "VARCHAR", "int": "INT", "long": "BIGINT", "bool": "BOOLEAN", "datetime": "TIMESTAMP", "dynamic": "JSON"}


def analyse(request):
    analyser.stdin.write(json.dumps(request) + "\n")
    analyser.stdin.flush()
    return json.loads(analyser.stdout.readline())


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def load(request):
    """Gives the rows that the table cannot hold."""
    global connection
    connection = None
    hunting = request["hunting"]
    if hunting is None:
        return []
    columns = hunting["columns"] | {"row_number": "long"}
    analyse({"table": hunting["table"], "columns": columns})
    fields = [field for field in request["fields"] if field["hunting"]]
    names = [field["hunting"]["column"] for field in fields]
    single = [f for f in fields if f["cardinality"] == "many" and columns[f["hunting"]["column"]] != "dynamic"]
    if single or len(set(names)) < len(names):
        return []
    connection = duckdb_kql.connect()
    described = ", ".join(f"{quoted(name)} {TYPES[kind]}" for name, kind in columns.items())
    connection.execute(f"CREATE TABLE {quoted(hunting['table'])} ({described})")
    kept = [record for record in request["records"] if all(holds(field, record.get(field["name"])) for field in fields)]
    rows = [[cell(field, record.get(field["name"])) for field in fields] + [record["row.number"]] for record in kept]
    if rows:
        places = ", ".join(quoted(name) for name in [*names, "row_number"])
        marks = ", ".join("?" for _ in [*names, "row_number"])
        connection.executemany(f"INSERT INTO {quoted(hunting['table'])} ({places}) VALUES ({marks})", rows)
    held = {record["row.number"] for record in kept}
    return [r["row.number"] for r in request["records"] if r["row.number"] not in held]


def texts(value):
    """The texts of a value, of a key its id."""
    many = value if isinstance(value, list) else [value]
    ids = [one["id"] if isinstance(one, dict) else one for one in many]
    return [one for one in ids if isinstance(one, str)]


def holds(field, value):
    if not all(text.isascii() for text in texts(value)):
        return False
    if field["cardinality"] == "many":
        return value is None or None not in value
    return field["cardinality"] == "one" or "" not in texts(value)


def cell(field, value):
    if value is None:
        text = field["type"] == "string" or is_key(field)
        return "" if text and field["cardinality"] != "many" else None
    labels = field["hunting"]["labels"]
    if field["type"] == "timestamp":
        return value if isinstance(value, str) else datetime.datetime.fromtimestamp(value / 1000, datetime.UTC).isoformat()
    shown = lambda one: labels[str(one)] if labels else one["id"] if is_key(field) else one
    return json.dumps([shown(one) for one in value]) if field["cardinality"] == "many" else shown(value)


def select(output):
    errors = analyse({"text": output["text"]})
    if errors:
        raise ValueError("; ".join(errors))
    if connection is None or not output["text"].isascii() or "\\u" in output["text"]:
        return None
    try:
        rows = duckdb_kql.kql(connection, output["text"] + " | project row_number").fetchall()
    except duckdb_kql.KqlUnsupportedError:
        return None
    return [row[0] for row in rows]


serve("KQL analyser and duckdb-kql", version("duckdb-kql"), load, select)
