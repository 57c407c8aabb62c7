"""ClickHouse, in process."""

import json

from chdb import session
from runner import hostile, is_key, serve, statement, stored

engine = session.Session()
engine.query("CREATE DATABASE tamis")
engine.query("USE tamis")
engine.query("SET date_time_input_format = 'best_effort'")
SETTINGS = {
    "transform_null_in": "1",
    "join_use_nulls": "1",
    "cast_keep_nullable": "1",
    "session_timezone": "'Asia/Kathmandu'",
    "short_circuit_function_evaluation": "'disable'",
    "prefer_column_name_to_alias": "1",
    "enable_positional_arguments": "0",
}
for name, value in SETTINGS.items() if hostile else ():
    engine.query(f"SET {name} = {value}")
table = None


def quoted(name):
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def load(request):
    global table
    table = request["table"]
    engine.query(f"DROP TABLE IF EXISTS {quoted(table)}")
    engine.query(request["ddl"])

    known = {json.loads(line)["name"] for line in str(engine.query(f"DESCRIBE TABLE {quoted(table)}", "JSONEachRow")).splitlines()}
    fields = [field for field in stored(request) if field["column"] in known]

    def value(record, field):
        value = record.get(field["name"])
        if field["cardinality"] == "many":
            value = value or []
            return [None if one is None or not is_key(field) else json.dumps(one) for one in value] if is_key(field) else value
        return json.dumps(value) if is_key(field) and value is not None else value

    rows = "\n".join(
        json.dumps({field["column"]: value(record, field) for field in fields}, ensure_ascii=False)
        for record in request["records"]
    )
    engine.query(f"INSERT INTO {quoted(table)} FORMAT JSONEachRow {rows}")


def written(value, inner=False):
    """A parameter as ClickHouse reads one: escaped as in a tab-separated file, texts of an array quoted."""
    if isinstance(value, list):
        return "[" + ",".join(written(one, True) for one in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    return "'" + escaped.replace("'", "\\'") + "'" if inner else escaped


def select(output):
    sql = f"{statement(output, quoted(table))} FORMAT TSV"
    bound = {f"p{place}": written(value) for place, value in enumerate(output["params"], 1)}
    found = engine.query(sql, params=bound) if bound else engine.query(sql)
    return [int(line) for line in str(found).split()]


serve("ClickHouse", str(engine.query("SELECT version()", "TSV")).strip(), load, select,
      ("1900-01-01T00:00:00Z", "2299-12-31T23:59:59.999Z"),
      "transform_null_in, cast_keep_nullable, Asia/Kathmandu, no short circuit")
