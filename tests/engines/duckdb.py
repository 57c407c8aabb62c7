"""DuckDB, in process."""

import duckdb
from runner import hostile, serve, shaped, statement, stored

SETTINGS = {
    "default_collation": "NOCASE",
    "default_null_order": "nulls_first",
    "default_order": "desc",
    "TimeZone": "Asia/Kathmandu",
    "integer_division": "true",
}
connection = None
table = None


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def load(request):
    global connection, table
    connection = duckdb.connect()
    for name, value in SETTINGS.items() if hostile else ():
        connection.execute(f"SET {name} = '{value}'")
    connection.execute(request["ddl"])
    fields = stored(request)
    names = ", ".join(quoted(field["column"]) for field in fields)
    places = ", ".join("?" for _ in fields)
    rows = [
        [shaped(record.get(field["name"]), field, dict) for field in fields]
        for record in request["records"]
    ]
    connection.executemany(f"INSERT INTO {quoted(request['table'])} ({names}) VALUES ({places})", rows)
    table = request["table"]


def select(output):
    sql = statement(output, quoted(table))
    return [row[0] for row in connection.execute(sql, output["params"]).fetchall()]


serve("DuckDB", duckdb.__version__, load, select,
      settings="default_collation NOCASE, nulls first, Asia/Kathmandu")
