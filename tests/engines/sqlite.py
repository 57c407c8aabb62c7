"""SQLite as Python brings it, in process: an older one than the one that `cargo test` embeds."""

import json
import re
import sqlite3

from runner import hostile, serve, statement, stored

connection = None
table = None


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def held(request):
    """A database in UTF-16 keeps U+FFFE and U+FFFF as U+FFFD: private characters stand for them there."""
    if not hostile:
        return request
    text = json.dumps(request, ensure_ascii=False).translate({0xFFFE: 0xF8FE, 0xFFFF: 0xF8FF})
    return json.loads(re.sub(r"\\u(?:fff)(?=[ef])", r"\\uf8f", text, flags=re.IGNORECASE))


def load(request):
    global connection, table
    request = held(request)
    connection = sqlite3.connect(":memory:")
    table = request["table"]
    for pragma in ("encoding = 'UTF-16le'", "case_sensitive_like = 1", "reverse_unordered_selects = 1") if hostile else ():
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(request["ddl"])
    known = {column[1] for column in connection.execute(f"PRAGMA table_info({quoted(table)})")}
    fields = [field for field in stored(request) if field["column"] in known]
    names = ", ".join(quoted(field["column"]) for field in fields)
    places = ", ".join("?" for _ in fields)
    text = lambda value: json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value
    rows = [[text(record.get(field["name"])) for field in fields] for record in request["records"]]
    connection.executemany(f"INSERT INTO {quoted(table)} ({names}) VALUES ({places})", rows)


def select(output):
    output = held(output)
    return [row[0] for row in connection.execute(statement(output, quoted(table)), output["params"])]


serve("SQLite", sqlite3.sqlite_version, load, select, settings="UTF-16, case_sensitive_like")
