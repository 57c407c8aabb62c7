"""MySQL: parsed only.

A column of JSON_TABLE has a type, and a type of texts may name its character set: `type` and
`opt_charset_with_opt_binary` of MySQL's own grammar. sqlglot does not know that one, so it is told here."""

from grammar import serve_grammar
from sqlglot.parsers.mysql import MySQLParser

plain = MySQLParser._parse_types


def with_character_set(self, *arguments, **options):
    kind = plain(self, *arguments, **options)
    if kind is not None and kind.is_type("text", "mediumtext", "longtext", "varchar", "char"):
        if self._match_text_seq("CHARACTER", "SET") and self._parse_var() is None:
            self.raise_error("a character set has a name")
    return kind


MySQLParser._parse_types = with_character_set
serve_grammar("mysql")
