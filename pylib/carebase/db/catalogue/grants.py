"""Who was granted what, in the words of GRANT."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import psycopg

from carebase.db.names import ASKING_ROLES, PLATFORM_ROLES

WITH_GRANT_OPTION = " with grant option"
IN_SCHEMA = " IN SCHEMA "


@dataclass(frozen=True)
class Grants:
    """All grants on one object.

    Attributes:
        target: `TABLE`, `FUNCTION`, …, or `DEFAULT` for what a new object gets.
        identity: the object, or for `DEFAULT` which new objects: `TABLES IN SCHEMA public`.
        by_role: role (with ` with grant option` if so) → privileges, `ALL` being every one there is for
            such an object, columns in parentheses. The owner is there only if it lacks something.
    """

    target: str
    identity: str
    by_role: dict[str, list[str]]

    @property
    def part_of(self) -> str | None:
        """The object whose grants these are; a default belongs to its schema, or to nothing."""
        return self.identity if self.target != "DEFAULT" else self.identity.partition(IN_SCHEMA)[2] or None


def read_grants(conn: psycopg.Connection[Any], prelude: bytes, parameters: Mapping[str, Any]) -> list[Grants]:
    """The grants on everything of ours; `prelude` and `parameters` define what is ours."""
    query = (files(__package__) / "grants.sql").read_bytes()
    # `grants.sql` begins with a WITH of its own, which continues the prelude's.
    query = prelude + query.replace(b"with objects as (", b", objects as (", 1)
    rows: dict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
    for target, identity, *row in conn.execute(query, parameters):
        rows[target, identity].append(tuple(row))
    return [Grants(target, identity, _by_role(target, found)) for (target, identity), found in rows.items()]


def _by_role(target: str, rows: list[tuple[Any, ...]]) -> dict[str, list[str]]:
    whole: dict[str, set[str]] = defaultdict(set)
    columns: dict[tuple[str, str], set[str]] = defaultdict(set)
    everything, owner = rows[0][:2]
    for _, _, grantee, is_grantable, privilege, column in rows:
        if grantee is None or (grantee in PLATFORM_ROLES and grantee not in ASKING_ROLES):
            continue
        who = grantee + (WITH_GRANT_OPTION if is_grantable else "")
        if column is None:
            whole[who].add(privilege)
        else:
            columns[who, privilege].add(column)
    words = {who: ["ALL"] if found == set(everything) else sorted(found) for who, found in whole.items()}
    for (who, privilege), names in sorted(columns.items()):
        words.setdefault(who, []).append(f"{privilege} ({', '.join(sorted(names))})")
    # That the owner may do everything goes without saying; an entry of its own in a default adds nothing.
    if target == "DEFAULT" or words.get(owner) == ["ALL"]:
        words.pop(owner, None)
    elif owner not in PLATFORM_ROLES:
        words.setdefault(owner, [])
    return dict(sorted(words.items()))
