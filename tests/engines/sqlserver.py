"""SQL Server: parsed only."""

from grammar import serve_grammar

serve_grammar("tsql")
