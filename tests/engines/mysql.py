"""MySQL: parsed only.

Two things of MySQL's own grammar (sql_yacc.yy) are told to sqlglot here. A column of JSON_TABLE has a
type, and a type of texts may name its character set (`type`, `opt_charset_with_opt_binary`). The path of
JSON_TABLE is a `text_literal`, which may name its character set before it, but is no hexadecimal one."""

from grammar import serve_grammar
from sqlglot.parsers.mysql import MySQLParser
from sqlglot.tokens import TokenType

plain_types, plain_string = MySQLParser._parse_types, MySQLParser._parse_string


def with_character_set(self, *arguments, **options):
    kind = plain_types(self, *arguments, **options)
    if kind is not None and kind.is_type("text", "mediumtext", "longtext", "varchar", "char"):
        if self._match_text_seq("CHARACTER", "SET") and self._parse_var() is None:
            self.raise_error("a character set has a name")
    return kind


def text_literal(self):
    if not self._match(TokenType.INTRODUCER):
        return plain_string(self)
    introducer = self._prev
    if self._curr is None or self._curr.token_type != TokenType.STRING:
        self.raise_error("a text follows its character set")
    return self._parse_introducer(introducer)


MySQLParser._parse_types = with_character_set
MySQLParser._parse_string = text_literal
serve_grammar("mysql")
