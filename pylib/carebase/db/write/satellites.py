"""What hangs on objects and pg-delta does not write everywhere: comments, storage, extended statistics."""

from __future__ import annotations

from typing import Any

from carebase.db.catalogue import Catalogue, Item
from carebase.db.catalogue.read import Entry


def satellite_statements(now: Catalogue, want: Catalogue) -> list[str]:
    """Statements for what `now` still lacks of `want` after pg-delta's have run, or has too much."""
    made: list[str] = []
    commented: list[str] = []
    gone: set[str] = set()  # a comment goes with what it is on
    for item in sorted(now.keys() | want.keys(), key=lambda item: (item.kind == "comment", item)):
        have, should = now.get(item), want.get(item)
        if item.kind == "statistics" and _details(have) != _details(should):
            made += _statistics(item, have, should)
            gone.add(f"statistics {item.identity}")
        elif item.kind == "column" and have and should:
            made += _storage(have.details, should.details)
        elif item.kind == "comment":
            text = _details(should).get("text")
            if text != (None if item.identity in gone else _details(have).get("text")):
                commented.append(f"comment on {item.identity} is {_literal(text)}")
    return made + commented


def _statistics(item: Item, have: Entry | None, should: Entry | None) -> list[str]:
    dropped = [f"drop statistics {item.identity}"] if have else []
    return dropped + ([should.details["definition"]] if should else [])


def _storage(have: dict[str, Any], should: dict[str, Any]) -> list[str]:
    default = {"compression": "default", "statistics": "-1"}
    column = f"alter table {should['table']} alter column {should['column']}"
    return [
        f"{column} set {name} {should.get(name, default.get(name))}"
        for name in ("storage", "compression", "statistics")
        if have.get(name) != should.get(name)
    ]


def _details(entry: Entry | None) -> dict[str, Any]:
    return entry.details if entry else {}


def _literal(text: str | None) -> str:
    if text is None:
        return "null"
    return "'" + text.replace("'", "''") + "'"
