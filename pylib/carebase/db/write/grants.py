"""Grants, written so that they end the same whatever a new object was granted by default.

Hosted Supabase grants everything new in `public` to the API roles. A statement that only adds what is
declared would leave that standing, and one that only takes away what is there now depends on where it was
written. So for each new object, and each whose grants change, everything is taken from everybody and the
declared is given.
"""

from __future__ import annotations

from collections import defaultdict

from carebase.db.catalogue import Catalogue, Difference
from carebase.db.catalogue.grants import IN_SCHEMA, WITH_GRANT_OPTION
from carebase.db.names import API_ROLES, OWNER

ByRole = dict[str, list[str]]
_GENEROUS = {f"DEFAULT {kind}{IN_SCHEMA}public" for kind in ("TABLES", "SEQUENCES", "FUNCTIONS")}
_GRANTED_BY_DEFAULT = ("TABLE", "SEQUENCE", "FUNCTION", "PROCEDURE")


def grant_statements(before: Catalogue, now: Catalogue, want: Catalogue) -> list[str]:
    """Statements that make the grants on every object exactly what `want` says.

    Args:
        before: the database that the migration starts from: what is not in it is new.
        now: the database when these statements run.
        want: how it should be. Objects that `now` lacks are left out.
    """
    statements = []
    for item, entry in sorted(want.items()):
        if item.kind != "grants" or item not in now:
            continue
        target, _, identity = item.identity.partition(" ")
        is_new = item not in before and target in _GRANTED_BY_DEFAULT
        if target != "DEFAULT" and (is_new or now[item].details != entry.details):
            statements += _exactly(f"{target.lower()} {identity}", now[item].details, entry.details)
    return statements


def default_statements(now: Catalogue, want: Catalogue, *, generous: bool = True) -> list[str]:
    """Statements that make what new objects are granted by default exactly what `want` says.

    Args:
        now: the database when these statements run.
        want: how it should be. Schemas that are not in both databases are left out.
        generous: False: hosted Supabase's generosity is not brought back where it was revoked. To hand
            everything new to the API roles again is no part of undoing a migration.
    """
    statements = []
    for item in sorted(now.keys() | want.keys()):
        if item.kind != "grants" or not item.identity.startswith("DEFAULT "):
            continue
        if item not in now or item not in want:
            continue
        have, should = now[item].details, want[item].details
        if not generous and item.identity in _GENEROUS:
            should = {
                who: words for who, words in should.items() if who in have or not _is_generous(who, words)
            }
        if have == should:
            continue
        kind, _, schema = item.identity.removeprefix("DEFAULT ").partition(IN_SCHEMA)
        prefix = f"alter default privileges for role {OWNER}" + (f" in schema {schema}" if schema else "")
        lost = sorted(_roles(have) | _roles(should))
        statements.append(f"{prefix} revoke all on {kind.lower()} from {', '.join(lost)}")
        statements += [f"{prefix} {grant}" for grant in _grants(should, kind.lower())]
    return statements


def is_lost_generosity(difference: Difference) -> bool:
    """Whether all that is missing is hosted Supabase's generosity towards the API roles."""
    return (
        difference.kind == "grants"
        and difference.identity in _GENEROUS
        and all(_is_generous(who, want) and have is None for who, (want, have) in difference.details.items())
    )


def _is_generous(who: str, words: list[str]) -> bool:
    return who in API_ROLES and words == ["ALL"]


def _exactly(target: str, have: ByRole, should: ByRole) -> list[str]:
    lost = ["public", *API_ROLES]
    lost += sorted((_roles(have) | _roles(should)) - set(lost))
    given = dict(should)
    if OWNER in have and OWNER not in should:
        given[OWNER] = ["ALL"]
    return [f"revoke all on {target} from {', '.join(lost)}", *_grants(given, target)]


def _grants(by_role: ByRole, target: str) -> list[str]:
    """One GRANT for all roles that get the same."""
    roles_by_words: dict[tuple[str, str], list[str]] = defaultdict(list)
    for who, words in by_role.items():
        option = WITH_GRANT_OPTION if who.endswith(WITH_GRANT_OPTION) else ""
        if words:
            roles_by_words[", ".join(map(_lower, words)), option].append(who.removesuffix(WITH_GRANT_OPTION))
    return [
        f"grant {words} on {target} to {', '.join(roles)}{option}"
        for (words, option), roles in roles_by_words.items()
    ]


def _lower(word: str) -> str:
    privilege, bracket, columns = word.partition(" (")
    return privilege.lower() + bracket + columns


def _roles(by_role: ByRole) -> set[str]:
    return {who.removesuffix(WITH_GRANT_OPTION) for who in by_role}
