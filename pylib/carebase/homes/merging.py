"""The merge of staged homes into the tables: a few statements, however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import resources
from typing import Any

from carebase.db.connect import Connection
from carebase.homes.reading import Home

_WRITES = (
    "known",
    "new",
    "new_properties",
    "insert_properties",
    "insert_sites",
    "update_properties",
    "update_sites",
    "registrations",
)


def stage(conn: Connection, homes: Iterable[Home]) -> None:
    """Copy homes into a temporary table of this transaction."""
    conn.execute(_sql("stage"))
    with conn.cursor() as cursor, cursor.copy(_sql("copy")) as copy:
        for home in homes:
            copy.write_row(tuple(_row(home)))
    conn.execute(_sql("numbers"))
    conn.execute("analyze pg_temp.homes")


def _row(home: Home) -> Iterator[Any]:
    yield from (home.line, home.name)
    yield from (home.keys.get(key) for key in ("npi", "ccn", "cqc_location"))
    yield from (home.address, home.city, home.region, home.postal_code, home.country)
    yield from (home.latitude, home.longitude, home.telephone, home.website, home.beds)
    yield from (home.services, home.specialisms, home.holder, home.local_authority, home.inspected_on)


def ambiguous(conn: Connection, org: dict[str, Any]) -> list[tuple[int, str]]:
    """Take out the lines whose numbers belong to different sites; line and name of each."""
    return list(conn.execute(_sql("ambiguous"), org))


def merge(conn: Connection, org: dict[str, Any], *, with_beds: bool) -> int:
    """Write what is staged; how many beds were made."""
    for name in _WRITES:
        conn.execute(_sql(name), org)
    if not with_beds:
        return 0
    conn.execute(_sql("rooms"), org)
    [(beds,)] = conn.execute(_sql("beds"), org).fetchall()
    return int(beds)


def other_beds(conn: Connection, org: dict[str, Any]) -> list[tuple[int, str, int, int]]:
    """Line, name, beds in the file and beds here, where the two differ."""
    return list(conn.execute(_sql("other_beds"), org))


def counts(conn: Connection) -> tuple[int, int, int]:
    """How many sites were inserted, updated, left as they are."""
    [(inserted, updated, unchanged)] = conn.execute(_sql("counts")).fetchall()
    return inserted, updated, unchanged


def _sql(name: str) -> bytes:
    return resources.files("carebase.homes").joinpath("sql", f"{name}.sql").read_bytes()
