"""BigQuery: parsed only."""

from grammar import serve_grammar

serve_grammar("bigquery")
