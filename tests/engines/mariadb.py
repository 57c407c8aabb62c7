"""MariaDB: a throw-away server. A statement is prepared, so that its placeholders are the server's own."""

import datetime
import json

import pymysql
from cluster import mariadb
from runner import each, hostile, moment, serve, statement, stored

SETTINGS = [
    "--character-set-server=latin1",
    "--collation-server=latin1_swedish_ci",
    "--sql-mode=ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT,HIGH_NOT_PRECEDENCE,IGNORE_SPACE,PAD_CHAR_TO_FULL_LENGTH",
    "--default-time-zone=+05:45",
]
connection = mariadb(
    lambda socket: pymysql.connect(unix_socket=socket, user="root", charset="utf8mb4", autocommit=True),
    SETTINGS if hostile else ["--character-set-server=utf8mb4", "--collation-server=utf8mb4_general_ci"],
)
cursor = connection.cursor()
cursor.execute("CREATE DATABASE tamis")
cursor.execute("USE tamis")
table = None


def quoted(name):
    return "`" + name.replace("`", "``") + "`"


def told(value, field):
    """Several instants are numbers of ms in JSON; one is a date and time without its zone."""
    if field["type"] == "timestamp":
        ms = lambda at: round(at.timestamp() * 1000) if isinstance(at, datetime.datetime) else at
        value = each(value, lambda one: ms(moment(one)) if isinstance(value, list) else moment(one))
        value = value.replace(tzinfo=None) if isinstance(value, datetime.datetime) else value
    return json.dumps(value) if isinstance(value, (list, dict)) else value


def load(request):
    global table
    if table:
        cursor.execute(f"DROP TABLE IF EXISTS {table}")
    table = quoted(request["table"])
    cursor.execute(f"DROP TABLE IF EXISTS {table}")
    cursor.execute(request["ddl"])
    cursor.execute(f"SELECT * FROM {table}")
    known = {column[0] for column in cursor.description}
    fields = [field for field in stored(request) if field["column"] in known]
    names = ", ".join(quoted(field["column"]).replace("%", "%%") for field in fields)
    places = ", ".join("%s" for _ in fields)
    rows = [[told(record.get(field["name"]), field) for field in fields] for record in request["records"]]
    cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)


def select(output):
    sql = statement(output, table, "`row_number`")
    if output["params"]:
        places = ", ".join("%s" for _ in output["params"])
        cursor.execute(f"EXECUTE IMMEDIATE %s USING {places}", [sql, *output["params"]])
    else:
        cursor.execute(sql)
    return [row[0] for row in cursor.fetchall()]


cursor.execute("SELECT VERSION()")
serve("MariaDB", cursor.fetchone()[0].split("-")[0], load, select,
      settings="latin1, ANSI_QUOTES, NO_BACKSLASH_ESCAPES, a zone of its own")
