"""Two stacks of their own, and in the first the clinic of tests/phi: sealed columns, an audit trail.

`home`       the stack that is backed up; each test finds it up, with people who act
`elsewhere`  another stack, whose database never had anything of ours
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

from carebase.db import declared
from carebase.project import Project
from carebase.stack import local, places
from tests.phi.conftest import STORY, Clinic, furnish
from tests.stack.conftest import House

Tables = dict[str, tuple[int, str]]
# Other words than those of the library, which must come to the same: nothing is lost, nothing is there twice.
_TABLES = """
select format('%I.%I', schemaname, tablename) from pg_tables
inner join pg_class on oid = format('%I.%I', schemaname, tablename)::regclass
where schemaname not in ('pg_catalog', 'information_schema') and relkind = 'r' and relpersistence = 'p'
order by 1
"""
_ROWS = "select count(*), coalesce(md5(string_agg(t::text, chr(10) order by t::text)), '') from {} as t"


@dataclass
class Place(House):
    """A stack and the clinic in it."""

    kept: list[psycopg.Connection[Any]] = field(default_factory=list)

    @property
    def admin(self) -> str:
        return self.state.admin_url

    def clinic(self) -> Clinic:
        """The clinic, on a new connection: the last one ended with the server before a restore."""
        system = psycopg.connect(self.state.db_url, autocommit=True)
        self.kept.append(system)
        return Clinic(self.admin, self.state.db_url, system)

    def tables(self) -> Tables:
        """Every table of the database but the vault: how many rows, and a digest of them in their order."""
        with psycopg.connect(self.admin, autocommit=True) as conn:
            names = [name for (name,) in conn.execute(_TABLES).fetchall() if name != "vault.secrets"]
            found: Tables = {}
            for name in names:
                row = conn.execute(_ROWS.format(name).encode()).fetchone()
                assert row
                found[name] = (row[0], row[1])
            return found

    def printed(self, *arguments: str) -> dict[str, Any]:
        """Run a command with `--json`; what it printed."""
        found: dict[str, Any] = json.loads(self.run(*arguments, "--json").stdout)
        return found

    def refused(self, *arguments: str, code: int = 2) -> str:
        """Run a command that ends with a sentence; the stable code in it."""
        said = self.run(*arguments, expect=code).stderr.replace("\n", " ")
        return said[said.rindex(" (") + 2 : said.rindex(")")] if "(" in said else said

    def verify(self, *options: str) -> None:
        """The audit trail is what it was."""
        self.run("audit", "verify", *options)


def live(clinic: Clinic, name: str) -> None:
    """Somebody is entered, and looked at."""
    row_id = clinic.enter("nadia", name)
    assert clinic.opened("nadia", row_id)[0][1] == name


def names(clinic: Clinic) -> list[str]:
    """Whom Nadia finds, opened."""
    ids = [row[0] for row in clinic.system.execute("select id from public.sealed_people").fetchall()]
    return sorted(row[1] for row in clinic.opened("nadia", *ids)) if ids else []


def build(project: Project, root: Path) -> Place:
    """A checkout with a stack, without migrations of ours: what the clinic needs is declared."""
    house = furnish(project, root)
    for name in ("gateway", "platform"):
        shutil.copytree(project.supabase / name, root / "supabase" / name)
    for name in ("migrations", "rollbacks"):
        (root / "supabase" / name).mkdir()
    (root / "node_modules").symlink_to(project.node_modules)
    return Place(house, {"CAREBASE_STATE": ""})


def tear_down(place: Place) -> None:
    for conn in place.kept:
        conn.close()
    place.run("down")
    shutil.rmtree(places.server_home(place.project))


@pytest.fixture(scope="package")
def settled(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    place = build(project, tmp_path_factory.mktemp("backup") / "a home")
    place.leave_the_usual_ports()
    try:
        place.up()
        declared.build(place.state.db_url, place.project)
        with psycopg.connect(place.admin, autocommit=True) as setup:
            setup.execute((project.root / "tests" / "sql" / "helpers.sql").read_bytes())
            setup.execute(STORY.encode())
        yield place
    finally:
        tear_down(place)


@pytest.fixture
def home(settled: Place) -> Place:
    """The stack with the clinic, up and healthy whatever the test before did to it."""
    if not local.status(settled.project).healthy:
        settled.up()
    return settled


@pytest.fixture
def elsewhere(project: Project, tmp_path: Path) -> Iterator[Place]:
    """A stack of another installation: other passwords, other keys, not up yet."""
    place = build(project, tmp_path / "elsewhere")
    try:
        yield place
    finally:
        tear_down(place)
