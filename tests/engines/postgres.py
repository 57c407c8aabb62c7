"""PostgreSQL: a throw-away cluster, asked over its own protocol with bound values as they are."""

import json

import pg8000.native
from cluster import postgres
from runner import hostile, is_key, serve, statement, stored

SETTINGS = ["standard_conforming_strings=off", "backslash_quote=off", "escape_string_warning=off",
            "TimeZone=Asia/Kathmandu", "DateStyle=German", "IntervalStyle=sql_standard", "array_nulls=off",
            "transform_null_equals=on", "quote_all_identifiers=on"]
LOCALE = ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US"]
connect = lambda socket: pg8000.native.Connection("postgres", unix_sock=socket)
if hostile:
    connection = postgres(connect, LOCALE, [part for setting in SETTINGS for part in ("-c", setting)])
else:
    connection = postgres(connect)
table = None


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def load(request):
    global table
    if table:
        connection.run(f"DROP TABLE IF EXISTS {quoted(table)}")
    table = request["table"]
    connection.run(f"DROP TABLE IF EXISTS {quoted(table)}")
    connection.run(request["ddl"])
    # What loads the records is the tests' own.
    connection.run("SET standard_conforming_strings = on")
    connection.run("SET array_nulls = on")
    fields = stored(request)
    names = ", ".join(quoted(field["column"]) for field in fields)
    document = json.dumps(request["records"], ensure_ascii=False)
    kinds = connection.run(
        "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = to_regclass(:name) AND attnum > 0",
        name=quoted(table),
    )
    kinds = dict(kinds)
    # Names are cut at 63 bytes.
    kind = lambda field: kinds[field["column"].encode()[:63].decode(errors="ignore")]

    def read(field):
        member = "r -> '" + field["name"].replace("'", "''") + "'"
        if is_key(field):
            return f"nullif({member}, 'null')"
        if field["cardinality"] == "many":
            element = kind(field).removesuffix("[]")
            return (
                f"CASE WHEN jsonb_typeof({member}) = 'array' THEN"
                f" ARRAY(SELECT v::{element} FROM jsonb_array_elements_text({member}) AS e(v)) END"
            )
        return f"({member.replace('->', '->>', 1)})::{kind(field)}"

    rows = ", ".join(map(read, fields))
    connection.run(
        f"INSERT INTO {quoted(table)} ({names}) SELECT {rows} FROM jsonb_array_elements(CAST(:document AS jsonb)) AS a(r)",
        document=document,
    )
    connection.run("RESET standard_conforming_strings")
    connection.run("RESET array_nulls")


def select(output):
    sql = statement(output, quoted(table))
    if output["params"]:
        return [row[0] for row in connection.execute_unnamed(sql, output["params"]).rows]
    return [row[0] for row in connection.execute_simple(sql).rows]


version = connection.run("SHOW server_version")[0][0].split()[0]
serve("PostgreSQL", version, load, select,
      settings="standard_conforming_strings off, ICU's en-US, Asia/Kathmandu, German dates")
