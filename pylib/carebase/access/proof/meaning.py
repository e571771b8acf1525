"""What a cell of the matrix means, said again: over people and rows, where the compiler says it in SQL.

The two know nothing of each other but the words of `sql/access.toml`, so that a mistake has to be made twice
to stay unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from carebase.access.vocabulary import Vocabulary
from carebase.db.rooms import Command, Table
from carebase.problems import UsageProblem

# Who works for an organization. Not read from anywhere: this list is the second opinion.
STAFF = frozenset(
    (
        "org_owner",
        "admin",
        "manager",
        "care_manager",
        "case_manager",
        "nurse",
        "clinician",
        "carer",
        "compliance_lead",
        "wellness_officer",
        "billing",
        "scheduler",
    )
)
AUDIENCES = frozenset({"signed_in", "member", "staff"})
SCOPES = frozenset(
    (
        "own",
        "organization",
        "sites",
        "active",
        "joined",
        "shared",
        "related",
        "looked_after",
        "linked",
        "linked_shared",
        "anyone",
    )
)


@dataclass(frozen=True)
class Actor:
    """Somebody who acts, and what is true of them.

    Args:
        name: what findings call them.
        claims: their token, as JSON.
        user: the person; None for nobody and for an API key.
        org: the active organization, where they hold a role now.
        roles: role → the sites that it reaches: all of the organization, or those it was given for.
        lacks_factor: their role needs a second factor and their session has none.
        is_known: False for an anonymous caller and for one whose session ended.
        database_role: what the gateway would act as.
    """

    name: str
    claims: str
    user: UUID | None = None
    org: UUID | None = None
    roles: Mapping[str, frozenset[UUID]] = field(default_factory=dict)
    lacks_factor: bool = False
    is_known: bool = True
    database_role: str = "authenticated"


@dataclass(frozen=True)
class Row:
    """A row that is tried, and what is true of it.

    Args:
        key: its primary key as text.
        says: what findings call it.
        is_active: whether it is offered now.
        known_to: the organizations that know the person whose row it is.
        looked_after_at: the sites at which the person whose row it is is looked after.
        joined_by: the people who are in the circle that it belongs to.
        linked_to: the people who may know the resident it is about, of this very topic.
    """

    key: str
    says: str
    org: UUID | None = None
    owner: UUID | None = None
    site: UUID | None = None
    is_shared: bool = False
    is_active: bool = True
    known_to: frozenset[UUID] = frozenset()
    looked_after_at: frozenset[UUID] = frozenset()
    joined_by: frozenset[UUID] = frozenset()
    linked_to: frozenset[UUID] = frozenset()


def refuse_unknown_words(vocabulary: Vocabulary) -> None:
    """Refuse a vocabulary with words of which this module does not know the meaning.

    Raises:
        UsageProblem: `proof_word_unknown`, naming the first.
    """
    for kind, words, known in (
        ("audience", vocabulary.audiences, AUDIENCES),
        ("scope", vocabulary.scopes, SCOPES),
    ):
        for word in words:
            if word not in known:
                raise UsageProblem(
                    "proof_word_unknown",
                    f"sql/access.toml has the {kind} {word!r}, of which the proof does not know the meaning.",
                    hint="Say it in carebase.access.proof.meaning, from the English and not from the SQL.",
                )


def reaches(table: Table, command: Command, actor: Actor, row: Row) -> bool:
    """Whether the matrix lets this actor do this with this row, which has not been removed.

    Example:
        >>> flags = Table(belongs_to="nobody", access={"signed_in": {"select": "anyone"}})
        >>> reaches(flags, "select", Actor("API key", "{}"), Row("1", "a flag"))
        False
    """
    if not within_floor(table, actor, row):
        return False
    if actor.lacks_factor and table.belongs_to == "organization":
        return False
    return any(
        belongs(who, actor) and _covers(scope, who, actor, row) for who, scope in _cells(table, command)
    )


def may_be_refused(table: Table, command: Command, actor: Actor) -> bool:
    """Whether a missing second factor may end the request although the row could be reached: where the matrix
    also asks for roles, of which somebody without the factor has none.
    """
    return actor.lacks_factor and any(who != "signed_in" for who, _ in _cells(table, command))


def within_floor(table: Table, actor: Actor, row: Row) -> bool:
    """Whether the row is one that any policy, however wide, may open to this actor."""
    if not actor.is_known:
        return False
    if table.belongs_to == "organization":
        return not actor.lacks_factor and actor.org is not None and row.org == actor.org
    if table.belongs_to == "person":
        if table.link and actor.lacks_factor:
            return False
        return _is_own(actor, row) or _is_related(actor, row)
    return True


def opens(table: Table, column: str, actor: Actor, row: Row) -> bool:
    """Whether a restricted column of a row is open: to its owner, and to those who reach the row by a role
    that is listed for the column; by another role of theirs they reach the row without it.
    """
    if not within_floor(table, actor, row) or actor.lacks_factor:
        return False
    for who, scope in _cells(table, "select"):
        if scope == "own" and belongs(who, actor) and _is_own(actor, row):
            return True
        for role, sites in actor.roles.items():
            alone = replace(actor, roles={role: sites})
            is_listed = any(_means(listed, role) for listed in table.columns[column])
            if is_listed and _means(who, role) and _covers(scope, who, alone, row):
                return True
    return False


def _cells(table: Table, command: Command) -> Iterator[tuple[str, str]]:
    for who, cells in table.access.items():
        if command in cells:
            yield who, cells[command]


def belongs(who: str, actor: Actor) -> bool:
    """Whether a word of the vocabulary, a persona or an audience, takes this actor in, now."""
    if not actor.is_known or (actor.lacks_factor and who != "signed_in"):
        return False
    if who == "signed_in":
        return actor.user is not None
    if who == "member":
        return actor.org is not None
    if who == "staff":
        return not STAFF.isdisjoint(actor.roles)
    return who in actor.roles


def _covers(scope: str, who: str, actor: Actor, row: Row) -> bool:
    if scope == "own":
        return _is_own(actor, row)
    if scope == "related":
        return _is_related(actor, row)
    if scope == "shared":
        return row.is_shared
    if scope == "active":
        return row.is_active
    if scope == "joined":
        return actor.user in row.joined_by
    if scope == "linked":
        return actor.user in row.linked_to
    if scope == "linked_shared":
        return row.is_shared and actor.user in row.linked_to
    if scope == "sites":
        return row.site is not None and row.site in _sites(who, actor)
    if scope == "looked_after":
        return not row.looked_after_at.isdisjoint(_sites(who, actor))
    return True


def _sites(who: str, actor: Actor) -> frozenset[UUID]:
    """The sites that the actor's roles reach which this word takes in."""
    return frozenset().union(*(sites for role, sites in actor.roles.items() if _means(who, role)))


def _means(who: str, role: str) -> bool:
    """Whether a word takes in those who hold a role."""
    return who == role or who in ("member", "signed_in") or (who == "staff" and role in STAFF)


def _is_own(actor: Actor, row: Row) -> bool:
    return actor.user is not None and row.owner == actor.user


def _is_related(actor: Actor, row: Row) -> bool:
    return actor.org is not None and actor.org in row.known_to
