"""Which migrations a database has had: the Supabase CLI's table `supabase_migrations.schema_migrations`."""

from __future__ import annotations

from dataclasses import dataclass

from carebase.db.connect import Connection
from carebase.db.files import Migration
from carebase.db.statements import tokens

_TABLE = "supabase_migrations.schema_migrations"
# Word for word what the Supabase CLI runs, so that either may come first.
_ENSURE = f"""
create schema if not exists supabase_migrations;
create table if not exists {_TABLE} (version text not null primary key);
alter table {_TABLE} add column if not exists statements text[];
alter table {_TABLE} add column if not exists name text;
"""


@dataclass(frozen=True)
class Applied:
    """One applied migration, as it was recorded.

    Attributes:
        version: its version.
        name: its name, if that was recorded.
        statements: what was run, if that was recorded.
    """

    version: str
    name: str | None
    statements: list[str] | None

    def is_edited(self, migration: Migration) -> bool:
        """Whether the file no longer says what was run; comments and layout do not count."""
        if not self.statements or self.statements == [each.text for each in migration.up.statements]:
            return False
        return tokens(";\n".join(self.statements)) != tokens(migration.up.text)


def ensure(conn: Connection) -> None:
    """Make the table if it is missing."""
    conn.execute(_ENSURE.encode())


def read(conn: Connection) -> dict[str, Applied]:
    """What was applied, by version, oldest first; nothing if there is no such table yet."""
    found = conn.execute("select to_regclass('supabase_migrations.schema_migrations') is not null").fetchone()
    if found != (True,):
        return {}
    # A row as JSON: the columns `name` and `statements` may be missing in a table of an old CLI.
    rows = conn.execute(
        "select version, to_jsonb(m) from supabase_migrations.schema_migrations as m order by version"
    ).fetchall()
    return {version: Applied(version, row.get("name"), row.get("statements")) for version, row in rows}


def record(conn: Connection, migration: Migration) -> None:
    """Note that a migration was applied."""
    conn.execute(
        "insert into supabase_migrations.schema_migrations (version, name, statements) values (%s, %s, %s)",
        [migration.version, migration.name, [statement.text for statement in migration.up.statements]],
    )


def forget(conn: Connection, version: str) -> None:
    """Note that a migration was undone."""
    conn.execute("delete from supabase_migrations.schema_migrations where version = %s", [version])
