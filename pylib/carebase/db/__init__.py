"""From `sql/` to a database: rooms, the declared state, migrations and their rollbacks, diff and drift.

`sql/` says what the database is, `supabase/migrations/` how it got there. `carebase.db.diff` writes the
second from the first, `carebase.db.drift` proves that both are the same, `carebase.db.migrations` brings a
database there and back.
"""
