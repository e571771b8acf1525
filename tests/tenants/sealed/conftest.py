"""Two installations, each with keys of its own, whose rooms have sealed columns; Lakeside is in the one.

Sealed with an organization's key are `sealed_people`, with a person's within it `sealed_notes`, and with a
person's own `sealed_guests`, whom several organizations may know.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest

from carebase.access import compile_rooms
from carebase.db import declared
from carebase.project import Project
from carebase.stack.server import PostgresServer
from tests.conftest import cloned
from tests.phi.conftest import furnish
from tests.tenants.conftest import LAKESIDE, Database, Move

HERE = Path(__file__).parent
CANARY = "Canariensis"
"""In every sealed value, and in nothing else."""
PEOPLE = """
create table tests.people (name text primary key, id uuid, home uuid);
grant select, insert on tests.people to public;
"""
STORY = """
insert into tests.people
select who.name, tests.make_person(orgs.id, who.role::public.app_role, who.name), orgs.id
from (
  select slug, tests.make_org(slug, false) as id from unnest(array['lakeside', 'harbor']) as each (slug)
) as orgs
inner join (values
  ('nadia', 'nurse', 'lakeside'), ('sid', 'scheduler', 'lakeside'), ('hana', 'nurse', 'harbor')
) as who (name, role, slug) using (slug);

insert into public.sealed_people (org_id, id, family_name, birth_date, history)
select
  home, gen_random_uuid(), app.plain('Canariensis ' || name || n), app.plain(date '1950-02-03' + n),
  app.plain(jsonb_build_object('seen', 'Canariensis', 'sightings', n))
from tests.people, generate_series(1, 5) as n where name in ('nadia', 'hana');

insert into public.sealed_people (org_id, id)
select home, gen_random_uuid() from tests.people where name = 'nadia';

insert into public.sealed_notes (org_id, resident_id, note)
select home, gen_random_uuid(), app.plain('Canariensis sings, heard by ' || name)
from tests.people, generate_series(1, 3) where name in ('nadia', 'hana');

insert into public.sealed_guests (guest_name, story)
select app.plain('Canariensis Guest ' || n), app.plain(jsonb_build_object('of', 'Canariensis'))
from generate_series(1, 4) as n;
insert into public.ward_stays (org_id, guest_id)
select people.home, guests.id
from (select id, row_number() over (order by id) as n from public.sealed_guests) as guests
inner join tests.people on people.name = 'nadia' and guests.n <= 3 or people.name = 'hana' and guests.n >= 3;
"""
OPENS = {
    "sealed_people": "select * from public.open_sealed_people(%s, 'treatment')",
    "sealed_notes": "select * from public.open_sealed_notes(%s, 'treatment')",
    "sealed_guests": "select * from public.open_sealed_guests(%s, 'treatment')",
}
FINDS = {
    "sealed_people": "select id from public.find_sealed_people_by_family_name(%s, 'treatment')",
    "sealed_guests": "select id from public.find_sealed_guests_by_guest_name(%s, 'treatment')",
}


@contextmanager
def acting(database: Database, name: str) -> Iterator[psycopg.Connection[Any]]:
    """One request of this person."""
    with psycopg.connect(database.superuser_url) as conn:
        conn.execute("select tests.act_as((select id from tests.people where name = %s))", [name])
        yield conn


def opened(database: Database, name: str) -> dict[str, list[tuple[Any, ...]]]:
    """Everything sealed that this person can open, by table."""
    found = {}
    for table, query in OPENS.items():
        with acting(database, name) as conn:
            ids = [row[0] for row in conn.execute(f"select id from public.{table}".encode()).fetchall()]
            rows = [
                row
                for start in range(0, len(ids), 1000)
                for row in conn.execute(query.encode(), [ids[start : start + 1000]]).fetchall()
            ]
            found[table] = sorted(rows, key=lambda row: str(row[0]))
    return found


def found(database: Database, name: str, table: str, value: str) -> list[UUID]:
    """Whom this person finds by the whole value."""
    with acting(database, name) as conn:
        return [row[0] for row in conn.execute(FINDS[table].encode(), [value]).fetchall()]


@dataclass(frozen=True)
class Installations(Move):
    """The way of an organization whose values are sealed."""

    def introduce(self) -> None:
        """Tell the tests of the target who moved there."""
        people = self.source.rows("select name, id, home from tests.people")
        for person in people:
            self.target.rows(
                "insert into tests.people values (%s, %s, %s) on conflict do nothing", *person.values()
            )

    def move(self, organization: str = LAKESIDE) -> None:
        """Export and import."""
        self.load(self.export(organization, organization))
        self.introduce()


@contextmanager
def installations(
    server: PostgresServer, templates: tuple[str, str], house: Project, folder: Path
) -> Iterator[Installations]:
    """One with people and one without."""
    with ExitStack() as stack:
        source, target = (stack.enter_context(cloned(server, each)) for each in templates)
        yield Installations(
            Database(server.url(source, "postgres"), server.url(source)),
            Database(server.url(target, "postgres"), server.url(target)),
            house,
            folder,
        )


@pytest.fixture(scope="session")
def ward_house(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A checkout of our rooms and those of the tests."""
    root = tmp_path_factory.mktemp("ward") / "house"
    furnish(project, root)
    shutil.copytree(HERE / "ward", root / "sql" / "ward")
    house = Project(root.resolve())
    compile_rooms(house)
    return house


@pytest.fixture(scope="session")
def ward_templates(
    project: Project, server: PostgresServer, ward_house: Project
) -> Iterator[tuple[str, str]]:
    """Names of databases to clone: with people, and without."""
    helpers = (project.root / "tests" / "sql" / "helpers.sql").read_bytes()
    with ExitStack() as stack:
        empty = stack.enter_context(cloned(server, "platform", name="template_ward_empty"))
        declared.build(server.url(empty, "postgres"), ward_house)
        with psycopg.connect(server.url(empty), autocommit=True) as conn:
            conn.execute(helpers)
            conn.execute(PEOPLE.encode())
        full = stack.enter_context(cloned(server, empty, name="template_ward"))
        with psycopg.connect(server.url(full), autocommit=True) as conn:
            conn.execute(STORY.encode())
        yield full, empty


@pytest.fixture(scope="module")
def still_ward(
    server: PostgresServer,
    ward_templates: tuple[str, str],
    ward_house: Project,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Installations]:
    """The same for a whole file, whose tests only look at it, or are refused."""
    with installations(server, ward_templates, ward_house, tmp_path_factory.mktemp("still")) as found:
        yield found


@pytest.fixture
def ward(
    server: PostgresServer, ward_templates: tuple[str, str], ward_house: Project, tmp_path: Path
) -> Iterator[Installations]:
    """From the one installation to the other."""
    with installations(server, ward_templates, ward_house, tmp_path) as found:
        yield found
