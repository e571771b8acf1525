"""What a mutant is: one realistic fault, the SQL that makes it, and a name that stays."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carebase.access.mutants.schema import Schema


@dataclass(frozen=True)
class Fault:
    """One way to get one object wrong.

    Args:
        target: the object, such as `public.sites` or `public.sites.select_organization`.
        says: what is wrong then, in a sentence.
        sql: the statements that make it so.
        detail: tells faults of one kind in one object apart.
        instead: the statement as it should be; "" where the fault is one statement too many, or one missing.
        equivalent: why nobody could tell the difference; "" for a real fault.
        as_superuser: it takes more than the owner of our objects.
    """

    target: str
    says: str
    sql: str
    detail: str = ""
    instead: str = ""
    equivalent: str = ""
    as_superuser: bool = False


@dataclass(frozen=True)
class Mutant(Fault):
    """A fault of a kind, ready to be seeded into a copy of the schema."""

    kind: str = ""

    @property
    def id(self) -> str:
        """Stable as long as the object keeps its name and the fault its place in it."""
        return ":".join(part for part in (self.kind, self.target, self.detail) if part)

    @property
    def digest(self) -> str:
        """What a remembered result is for: the fault's very SQL."""
        return hashlib.sha256(self.sql.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Kind:
    """A kind of fault.

    Args:
        name: what `--only` calls it.
        says: what goes wrong in it, for the report.
        make: finds every place in a schema where it can be made.
    """

    name: str
    says: str
    make: Callable[[Schema], Iterable[Fault]]
