"""Trino: parsed only, by two parsers."""

import trino_sql_validator
from grammar import serve_grammar


# The validator reads some 200 conditions with a call within a call; Trino has no such limit, and
# sqlglot reads the text all the same.
TOO_LONG = "maximum SQL statement complexity exceeded"


def validated(statement):
    answer = trino_sql_validator.validate(statement)
    if not answer.valid and TOO_LONG not in str(answer):
        raise ValueError(str(answer))


serve_grammar("trino", validated)
