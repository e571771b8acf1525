"""What a database holds, in figures that must be the same after a restore."""

from __future__ import annotations

import psycopg
from psycopg import sql

from carebase.audit import verify
from carebase.backups.manifest import Content, Trail
from carebase.db.connect import Connection, connect
from carebase.problems import DatabaseProblem

# Tables that survive a crash; the vault is not in a backup.
_TABLES = """
select namespaces.nspname, tables.relname
from pg_catalog.pg_class as tables
inner join pg_catalog.pg_namespace as namespaces on namespaces.oid = tables.relnamespace
where tables.relkind = 'r' and tables.relpersistence = 'p' and namespaces.nspname !~ '^pg_'
  and namespaces.nspname <> 'information_schema'
  and (namespaces.nspname, tables.relname) <> ('vault', 'secrets')
order by 1, 2
"""
# A sum does not care for the order of the rows, and is not blind to a row that is there twice.
_CONTENT = """
select count(*), coalesce(sum(('x' || left(md5("each row"::text), 16))::bit(64)::bigint::numeric), 0)::text
from {} as "each row"
"""
# Whatever turns a row into text must do so the same way everywhere.
_SETTINGS = """
set search_path = pg_catalog; set time zone 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres';
set bytea_output = 'hex'; set extra_float_digits = 1; set xmloption = 'content'; set jit = off
"""
# One data key of each key-encryption key that the vault has.
_KEYS = """
select array_agg(uuid_send(chosen.id)) from (
  select distinct on (kek_version) id from app.data_keys
  where wrapped_key is not null
    and exists (select from vault.secrets where secrets.name = 'carebase_phi_kek_' || kek_version)
  order by kek_version, id
) as chosen
"""


def read_tables(url: str) -> dict[str, Content]:
    """Every table of a database, as a superuser."""
    with connect(url, autocommit=True, name="carebase backup") as conn:
        conn.execute(_SETTINGS)
        return {
            f"{schema}.{name}": _content(conn, schema, name)
            for schema, name in conn.execute(_TABLES).fetchall()
        }


def read_trail(url: str) -> Trail | None:
    """What verifying the audit trail says; None if there is none, or its keys are not in the vault."""
    if not _has(url, "to_regprocedure('app.verify_audit(uuid, timestamptz)')"):
        return None
    try:
        found = verify(url)
    except DatabaseProblem:
        return None
    return Trail(events=found.events, faults=len(found.faults))


def open_keys(url: str) -> int:
    """Unwrap a data key of each key-encryption key that the vault has; how many.

    Raises:
        DatabaseProblem: `keys_do_not_open`.
    """
    if not _has(url, "to_regprocedure('app.unwrap_keys(bytea[])')"):
        return 0
    with connect(url, autocommit=True, name="carebase backup") as conn:
        row = conn.execute(_KEYS).fetchone()
        tags = (row and row[0]) or []
        try:
            return len(conn.execute("select tag from app.unwrap_keys(%s)", [tags]).fetchall())
        except psycopg.Error as error:
            raise DatabaseProblem(
                "keys_do_not_open",
                "The secrets are not those of this backup: its data keys do not open with them.",
                hint="Nothing was changed. Name the right file with --secrets.",
            ) from error


def require_trail(url: str, expected: Trail | None) -> Trail | None:
    """Verify the audit trail, which may have the faults that it had.

    Raises:
        DatabaseProblem: `audit_trail_broken`.
    """
    found = read_trail(url) if expected else None
    if found != expected:
        raise DatabaseProblem(
            "audit_trail_broken",
            "The audit trail does not verify as it did when the backup was made.",
            hint="Nothing was changed. Are these the secrets of this backup?",
        )
    return found


def _content(conn: Connection, schema: str, name: str) -> Content:
    row = conn.execute(sql.SQL(_CONTENT).format(sql.Identifier(schema, name))).fetchone()
    return Content(rows=row[0], digest=row[1]) if row else Content(rows=0, digest="0")


def _has(url: str, expression: str) -> bool:
    with connect(url, autocommit=True, name="carebase backup") as conn:
        return conn.execute(f"select {expression} is not null".encode()).fetchone() == (True,)
