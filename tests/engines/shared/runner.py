"""What the engines' runners share: one request a line in, one answer a line out.

    {"load": {"table", "ddl", "fields": [{"name", "column", "type", "cardinality"}], "records"}}
        -> {"ok": true}
    {"select": [{"sql", "params", "bound", "whole"} | {"text"}, ...]}
        -> {"rows": [[1, 2] | {"rows": [1], "without": [3]} | {"checked": true} | {"error": "..."}, ...]}

A record is flat, by field name; its `row.number` tells it from the others. `without` are those that
a stand-in cannot hold as far as the query looks into them. Rows are in the order of a statement that is
`whole`, else in any. `bound` are the values that an output is written out with. An engine that can
only read a query says `checked`. The first line out names the engine and its version, and
where its type for instants documents a first and a last one, those, and as `hostile` what is
other than usual of its settings under TAMIS_HOSTILE.
"""

import datetime
import decimal
import json
import os
import sys

# True when every setting of the engine that could bear on a query is other than usual. A runner that
# knows no such settings says so.
hostile = bool(os.environ.get("TAMIS_HOSTILE"))

# Engines print to standard output as they like; answers go to a copy of it.
answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)


def say(answer):
    answers.write(json.dumps(answer, ensure_ascii=False) + "\n")
    answers.flush()


def attempt(work):
    try:
        return work()
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"[:2000]}


def answered(rows, output):
    if rows is None:
        return {"checked": True}
    return rows if isinstance(rows, dict) or output.get("whole") else sorted(rows)


def statement(output, table, column="row_number"):
    """A condition's rows by their numbers. A whole statement asks for all columns of its table."""
    if output.get("whole"):
        return output["sql"].replace("SELECT *", f"SELECT {column}", 1)
    return f"SELECT {column} FROM {table} WHERE {output['sql']}"


def serve(engine, version, load, select, instants=None, settings=None):
    """`load` takes a load request; `select` an output and gives the row numbers, alone or beside those
    that were left out, or None when it was only read."""
    each_of = lambda outputs: [attempt(lambda: answered(select(o), o)) for o in outputs]
    serve_many(engine, version, load, each_of, instants, settings)


def serve_many(engine, version, load, select, instants=None, settings=None):
    """As `serve`, for engines that are faster with many at once: `select` takes all of them."""
    say({"engine": engine, "version": version, "instants": instants, "hostile": settings})
    for line in sys.stdin:
        request = json.loads(line)
        if "load" in request:
            say(attempt(lambda: {"ok": load(request["load"]) is None}))
        else:
            say(attempt(lambda: {"rows": select(request["select"])}))


def is_key(field):
    return field["type"] in ("entity pk", "file", "folder")


def stored(load):
    """The fields that have a column of their own."""
    return [field for field in load["fields"] if field["column"] is not None]


def moment(value):
    """An instant told in RFC 3339, where the engine wants a date and time."""
    return datetime.datetime.fromisoformat(value) if isinstance(value, str) else value


def each(value, change):
    return [change(one) for one in value] if isinstance(value, list) else change(value)


def shaped(value, field, key):
    """A value as Python has it: `key` makes a key object, instants are dates and times, and so are decimals and days what Python has for them."""
    if field["type"] == "timestamp":
        return each(value, moment)
    if field["type"] == "date":
        return each(value, lambda day: None if day is None else datetime.date.fromisoformat(day))
    if field["type"] == "decimal":
        return each(value, lambda number: None if number is None else decimal.Decimal(number))
    if field["type"] == "double":
        return each(value, lambda number: None if number is None else float(number))
    if not is_key(field):
        return value
    whole = lambda one: None if one is None else key({"id": None, "saas": None, "inst": None} | one)
    return each(value, whole)
