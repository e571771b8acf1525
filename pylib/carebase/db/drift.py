"""Is the migrated database the declared one?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from carebase.db import files, migrations
from carebase.db.catalogue import Catalogue, Difference, Item, compare, read_catalogue, same_in_other_words
from carebase.db.catalogue.read import Entry
from carebase.db.declared import build
from carebase.db.names import API_ROLES
from carebase.db.pgdelta import ignore_rules, plan
from carebase.db.scratch import Scratch
from carebase.project import Project

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Drift:
    """A difference, and where it was seen."""

    seen: str
    difference: Difference


def find_drift(project: Project, scratch: Scratch, *, tell: Tell = lambda _: None) -> list[Drift]:
    """Everything in which replaying all migrations differs from `sql/`.

    Looked at twice: through our own reading of the catalogue, on a database with hosted Supabase's default
    privileges and on one without; and through pg-delta's.

    Args:
        project: the checkout.
        scratch: a throw-away server.
        tell: told what is being done.
    """
    files.check(project, files.discover(project))
    tell("loading sql/")
    declared = _declared(project, scratch)
    want = read_catalogue(declared)
    found: list[Drift] = []
    for generous in (True, False):
        seen = "with hosted default privileges" if generous else "without default privileges"
        tell(f"replaying the migrations {seen}")
        migrated = scratch.create("migrated", generous=generous)
        migrations.migrate(project, migrated)
        have = read_catalogue(migrated)
        found += [Drift(seen, difference) for difference in compare(want, have)]
    tell("asking pg-delta")
    ignored = ignore_rules(same_in_other_words(want, have))
    for action in plan(project, migrated, declared, rules=ignored).actions:
        missing = Difference("statement", " ".join(action.sql.split())[:200], "missing", {})
        found.append(Drift("by pg-delta", missing))
    return found


def find_live_drift(project: Project, scratch: Scratch, url: str) -> list[Drift]:
    """Everything in which a database differs from `sql/`. Only reads.

    What the platform decides is left out: other extensions, who else may use schema `public`, and scheduled
    jobs, which need an extension that the throw-away server lacks.

    Args:
        project: the checkout.
        scratch: a throw-away server of the same major version.
        url: the database.
    """
    want, found = read_catalogue(_declared(project, scratch)), read_catalogue(url)
    found = {
        item: entry
        for item, entry in found.items()
        if item in want or item.kind not in {"extension", "cron_job"}
    }
    differences = compare(_without_platform(want), _without_platform(found))
    return [Drift("in the database", difference) for difference in differences]


def _declared(project: Project, scratch: Scratch) -> str:
    url = scratch.create("declared", generous=False)
    build(url, project)
    return url


def _without_platform(catalogue: Catalogue) -> Catalogue:
    """Of what may be done with schema `public` itself, only what concerns callers of the API is ours."""
    item = Item("grants", "SCHEMA public")
    by_role = {who: words for who, words in catalogue[item].details.items() if who in {"public", *API_ROLES}}
    return {**catalogue, item: Entry(by_role, catalogue[item].part_of)}
