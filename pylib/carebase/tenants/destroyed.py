"""Keys that were destroyed stay destroyed: what they sealed moves unreadable, their owners get no others."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import sql
from psycopg.rows import class_row

from carebase.problems import UsageProblem
from carebase.tenants.catalogue import identifier
from carebase.tenants.manifest import DestroyedKey
from carebase.tenants.refusals import explained
from carebase.tenants.selection import Selection
from carebase.tenants.session import Session

# Of an owner whose last key was destroyed; a retired one that was is followed by another.
_FIND = """
select keys.id, keys.purpose::text as purpose, keys.org_id, keys.subject_id, keys.version, keys.created_at,
  keys.retired_at, keys.destroyed_at
from app.data_keys as keys
where
  keys.destroyed_at is not null
  and (keys.org_id = {org_id} or keys.org_id is null and keys.subject_id in ({persons}))
  and not exists (
    select from app.data_keys as later
    where
      later.purpose = keys.purpose
      and later.org_id is not distinct from keys.org_id
      and later.subject_id is not distinct from keys.subject_id
      and later.version > keys.version
  )
order by keys.id
"""
_KEEP = """
select app.keep_destroyed(%(purpose)s::public.key_purpose, %(id)s, %(org_id)s, %(subject_id)s, %(version)s,
  %(created_at)s, %(retired_at)s, %(destroyed_at)s)
"""
_PLACE = "app.data_keys"


def find_destroyed(session: Session, selection: Selection) -> list[DestroyedKey]:
    """The destroyed keys of an organization, of persons in it, and of persons whose rows move with it."""
    persons: list[sql.Composable] = [
        sql.SQL("select {} from {} as t where {}").format(person, identifier(name), selection.rows(table))
        for name, table in selection.belongings.tables.items()
        if (sealed := session.sealed.get(name)) and (person := sealed.of_person("t"))
    ]
    statement = sql.SQL(_FIND).format(
        org_id=sql.Literal(selection.org_id),
        persons=sql.SQL(" union ").join(persons or [sql.SQL("null::uuid")]),
    )
    with explained(_PLACE), session.conn.cursor(row_factory=class_row(DestroyedKey)) as cursor:
        return cursor.execute(statement).fetchall()


def keep_destroyed(session: Session, selection: Selection, keys: Sequence[DestroyedKey]) -> None:
    """Remember them here, but for owners who have a key here.

    Raises:
        UsageProblem: `export_invalid`: one is of somebody who does not move.
    """
    if not keys:
        return
    with explained(_PLACE):
        session.conn.cursor().executemany(_KEEP, [key.model_dump() for key in keys])
        kept = session.conn.execute(
            "select id from app.data_keys where id = any(%s)", [[key.id for key in keys]]
        ).fetchall()
    if {row[0] for row in kept} - {key.id for key in find_destroyed(session, selection)}:
        raise UsageProblem(
            "export_invalid",
            "The export tells of destroyed keys of others; nothing was changed.",
            hint="It is not as `carebase org export` wrote it. Export again.",
        )
