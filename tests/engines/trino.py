"""Trino: parsed only, by two parsers."""

import trino_sql_validator
from grammar import serve_grammar


def validated(statement):
    answer = trino_sql_validator.validate(statement)
    if not answer.valid:
        raise ValueError(str(answer))


serve_grammar("trino", validated)
