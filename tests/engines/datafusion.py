"""DataFusion, in process."""

import datafusion
import pyarrow
from datafusion import SessionConfig, SessionContext
from runner import serve, shaped, statement, stored

context = None
table = None


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def load(request):
    global context, table
    context = SessionContext(SessionConfig({
        "datafusion.sql_parser.dialect": "DuckDB",
        "datafusion.optimizer.enable_leaf_expression_pushdown": "false",
    }))
    table = request["table"]
    context.sql(request["ddl"]).collect()
    schema = context.table(quoted(table)).schema()
    fields = {field["column"]: field for field in stored(request)}
    columns = [
        pyarrow.array([shaped(record.get(fields[column.name]["name"]), fields[column.name], dict)
                       for record in request["records"]], type=column.type)
        for column in schema
    ]
    rows = pyarrow.table(columns, names=[column.name for column in schema])
    context.sql(f"DROP TABLE {quoted(table)}").collect()
    context.register_record_batches(quoted(table), [rows.to_batches()])


def select(output):
    # With fewer columns a lambda beside another condition finds the wrong one (seen in 55.0).
    sql = statement(output, quoted(table), "*")
    bound = {str(place): value for place, value in enumerate(output["params"], 1)}
    found = context.sql(sql, param_values=bound) if bound else context.sql(sql)
    return [row["row_number"] for batch in found.collect() for row in batch.to_pylist()]


# Its instants count nanoseconds.
serve("DataFusion", datafusion.__version__, load, select, ("1677-09-21T00:12:43.146Z", "2262-04-11T23:47:16.854Z"))
