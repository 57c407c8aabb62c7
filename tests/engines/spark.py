"""Spark, in process with one worker. Many conditions are one statement: each of its own takes a quarter of a second."""

import tempfile

import pyspark
from pyspark.sql import SparkSession
from runner import attempt, hostile, serve_many, shaped, statement, stored

settings = {
    "spark.ui.enabled": "false",
    # What Spark remembers of statements grows with their length, and these are long: with its usual
    # gigabyte it is soon busy with nothing but collecting garbage.
    "spark.driver.memory": "3g",
    "spark.sql.ui.retainedExecutions": "1",
    "spark.ui.retainedJobs": "1",
    "spark.ui.retainedStages": "1",
    "spark.ui.retainedTasks": "1",
    "spark.sql.maxPlanStringLength": "1000",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.warehouse.dir": tempfile.mkdtemp(prefix="tamis-"),
    "spark.sql.codegen.wholeStage": "false",
    # What it saves is less than what it takes to look for.
    "spark.sql.subexpressionElimination.enabled": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.session.timeZone": "America/New_York",
}
if hostile:
    # Without spark.sql.parser.escapedStringLiterals: Spark itself puts bound texts into the statement
    # as literals, and with that setting reads back others where they hold a quotation mark.
    settings |= {
        "spark.sql.ansi.enabled": "false",
        "spark.sql.caseSensitive": "true",
        "spark.sql.ansi.doubleQuotedIdentifiers": "true",
        "spark.sql.timestampType": "TIMESTAMP_NTZ",
        "spark.sql.session.timeZone": "Asia/Kathmandu",
    }
builder = SparkSession.builder.master("local[1]")
for name, value in settings.items():
    builder = builder.config(name, value)
spark = builder.getOrCreate()
spark.sparkContext.setLogLevel("OFF")
table = None

TOGETHER = 60


def quoted(name):
    return "`" + name.replace("`", "``") + "`"


def load(request):
    global table
    table = quoted(request["table"])
    spark.sql(f"DROP TABLE IF EXISTS {table}")
    spark.sql(request["ddl"].rstrip().rstrip(";"))
    known = set(spark.table(table).columns)
    fields = [field for field in stored(request) if field["column"] in known]
    key = lambda one: (one["id"], one["saas"], one["inst"])
    rows = [tuple(shaped(record.get(field["name"]), field, key) for field in fields) for record in request["records"]]
    spark.createDataFrame(rows, schema=spark.table(table).schema).write.insertInto(table)
    spark.table(table).coalesce(1).cache().createOrReplaceTempView("cached")


def select(outputs):
    conditions = [output for output in outputs if not output.get("whole")]
    answers = []
    for start in range(0, len(conditions), TOGETHER):
        some = conditions[start : start + TOGETHER]
        answered = attempt(lambda: together(some))
        answers += answered if isinstance(answered, list) else [attempt(lambda: together([one])[0]) for one in some]
    answers = iter(answers)
    return [attempt(lambda: whole(output)) if output.get("whole") else next(answers) for output in outputs]


def whole(output):
    return [row[0] for row in spark.sql(statement(output, table), args=output["params"] or None).collect()]


def together(outputs):
    """A row counts where its condition holds: NULL is no different from false."""
    places = ", ".join(f"CASE WHEN {one['sql']} THEN 1 ELSE 0 END" for one in outputs)
    bound = [value for one in outputs for value in one["params"]]
    sql = f"SELECT row_number, {places} FROM cached ORDER BY row_number"
    rows = (spark.sql(sql, args=bound) if bound else spark.sql(sql)).collect()
    return [[row[0] for row in rows if row[place]] for place in range(1, len(outputs) + 1)]


serve_many("Spark", pyspark.__version__, load, select,
           settings="doubleQuotedIdentifiers, TIMESTAMP_NTZ, Asia/Kathmandu, no ANSI")
