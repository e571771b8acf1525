"""Reading a database's catalogue: everything of ours, object by object, in one consistent snapshot.

`queries/` holds one query per kind of object. Each yields the object's identity (as SQL would write it), the
object it is part of, and the details that make it what it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from carebase.db.catalogue.grants import read_grants
from carebase.db.connect import Connection, connect
from carebase.db.names import OWNER, PLATFORM_SCHEMAS, POLICY_SCHEMAS

_OURS = """with ours as materialized (
  select n.oid, n.nspname from pg_namespace as n where n.nspname <> all(%(platform)s) and n.nspname !~ '^pg_'
), member as materialized (
  select d.classid, d.objid from pg_depend as d where d.deptype = 'e'
)
"""
_PARAMETERS = {
    "owner": OWNER,
    "platform": list(PLATFORM_SCHEMAS),
    "policy_schemas": list(POLICY_SCHEMAS),
}


@dataclass(frozen=True, order=True)
class Item:
    """The name of something in a database.

    Attributes:
        kind: the name of its query: `relation`, `column`, `policy`, `function`, `grants`, …
        identity: as SQL writes it, schema included.
    """

    kind: str
    identity: str


@dataclass(frozen=True)
class Entry:
    """What the catalogue says about an item, and of which other object it is part."""

    details: dict[str, Any]
    part_of: str | None


Catalogue = dict[Item, Entry]


def read_catalogue(url: str) -> Catalogue:
    """Everything of ours in a database. Changes nothing, and waits for nobody.

    Example:
        >>> Item("relation", "public.organizations") in read_catalogue(resolve_url(Project.find()))
        True
    """
    with connect(url) as conn:
        conn.execute("set transaction isolation level repeatable read, read only")
        return catalogue_of(conn)


def catalogue_of(conn: Connection) -> Catalogue:
    """Everything of ours as the running transaction sees it; leaves an empty search path until it ends."""
    found: Catalogue = {}
    # With an empty search path Postgres spells out every schema.
    conn.execute("set local search_path = ''")
    has_cron = conn.execute("select to_regclass('cron.job') is not null").fetchone()
    for kind, query in _queries().items():
        if kind == "cron_job" and has_cron != (True,):
            continue
        for identity, part_of, details in conn.execute(query, _PARAMETERS):
            found[Item(kind, identity)] = Entry(details, part_of)
    for grants in read_grants(conn, _OURS.encode(), _PARAMETERS):
        item = Item("grants", f"{grants.target} {grants.identity}")
        found[item] = Entry(dict(grants.by_role), grants.part_of)
    return found


@cache
def _queries() -> dict[str, bytes]:
    folder = files(__package__) / "queries"
    named = {entry.name.removesuffix(".sql"): entry.read_bytes() for entry in folder.iterdir()}
    return {kind: _OURS.encode() + named[kind] for kind in sorted(named)}
