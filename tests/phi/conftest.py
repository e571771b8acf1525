"""The real declared database with one more room, `clinic`, whose columns are sealed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest

from carebase.access import compile_rooms
from carebase.db import declared
from carebase.phi import aead
from carebase.project import Project
from carebase.stack.server import PostgresServer
from tests.conftest import cloned

HERE = Path(__file__).parent
Connection = psycopg.Connection[Any]
STORY = """
create table tests.people (name text primary key, id uuid, org_id uuid);
insert into tests.people
select who.name, tests.make_person(orgs.id, who.role::public.app_role, who.name), orgs.id
from (
  select slug, tests.make_org(slug, false) as id from unnest(array['lakeside', 'harbor']) as each (slug)
) as orgs
inner join (values
  ('nadia', 'nurse', 'lakeside'), ('sid', 'scheduler', 'lakeside'), ('bill', 'billing', 'lakeside'),
  ('hana', 'nurse', 'harbor')
) as who (name, role, slug) using (slug);
grant select on tests.people to public;
"""


def furnish(project: Project, root: Path) -> Project:
    """A checkout with the room `clinic`, compiled."""
    (root / "supabase").mkdir(parents=True)
    shutil.copy(project.supabase / "config.toml", root / "supabase")
    shutil.copytree(project.sql, root / "sql")
    shutil.copytree(HERE / "clinic", root / "sql" / "clinic")
    house = Project(root.resolve())
    compile_rooms(house)
    return house


def build(server: PostgresServer, name: str, house: Project, project: Project) -> None:
    """Build the checkout in a database, with people who act."""
    url = server.url(name, "postgres")
    declared.build(url, house)
    with psycopg.connect(server.url(name), autocommit=True) as setup:
        setup.execute((project.root / "tests" / "sql" / "helpers.sql").read_bytes())
        setup.execute(STORY.encode())


@pytest.fixture(scope="session")
def clinic_template(
    project: Project, server: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Name of a database to clone."""
    house = furnish(project, tmp_path_factory.mktemp("clinic") / "house")
    with cloned(server, "platform", name="template_clinic") as name:
        build(server, name, house, project)
        yield name


@dataclass(frozen=True)
class Clinic:
    """A database of the clinic; `system` is its owner, who is nobody's request."""

    url: str
    owner_url: str
    system: Connection

    def ask(self, query: str, *values: object) -> Any:
        """The first column of the first row, as the owner."""
        cursor = self.system.execute(query.encode(), values)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None

    @contextmanager
    def acting(self, name: str) -> Iterator[Connection]:
        """One request of this person, committed."""
        with psycopg.connect(self.url) as conn:
            conn.execute("select tests.act_as((select id from tests.people where name = %s))", [name])
            yield conn

    def org(self, name: str) -> UUID:
        found: UUID = self.ask("select org_id from tests.people where name = %s", name)
        return found

    def data_key(self, key_id: UUID) -> bytes:
        """A data key unwrapped in Python, as whoever holds the vault and the table can."""
        row = self.system.execute(
            """select purpose::text, org_id, subject_id, wrapped_key,
                 app.secret('carebase_phi_kek_' || kek_version)
               from app.data_keys where id = %s""",
            [key_id],
        ).fetchone()
        assert row
        purpose, org_id, subject_id, wrapped, kek = row
        nobody = UUID(int=0)
        aad = f"carebase:1:key:{purpose}:".encode() + key_id.bytes
        aad += (org_id or nobody).bytes + (subject_id or nobody).bytes
        return aead.decrypt(bytes.fromhex(kek), wrapped[:16], wrapped[16:], aad)

    def enter(self, name: str, family_name: str, birth_date: str = "1950-02-03", history: str = "{}") -> UUID:
        """A row that this person makes."""
        with self.acting(name) as conn:
            row = conn.execute(
                """insert into public.sealed_people (family_name, birth_date, history)
                   values (app.plain(%s::text), app.plain(%s::date), app.plain(%s::jsonb)) returning id""",
                [family_name, birth_date, history],
            ).fetchone()
        assert row
        found: UUID = row[0]
        return found

    def opened(self, name: str, *ids: UUID, purpose: str = "treatment") -> list[tuple[Any, ...]]:
        """What this person gets of these rows."""
        with self.acting(name) as conn:
            return conn.execute(
                "select * from public.open_sealed_people(%s, %s) order by id", [list(ids), purpose]
            ).fetchall()

    def events(self) -> list[tuple[Any, ...]]:
        """Access events so far: organization, table, purpose, subjects, changes."""
        return self.system.execute(
            """select org_id, table_name, purpose, subject_ids, changes from public.audit_events
               where operation = 'open' order by id"""
        ).fetchall()


@pytest.fixture
def make_clinic(server: PostgresServer, clinic_template: str) -> Iterator[Callable[[], Clinic]]:
    """Make databases of the clinic."""
    with ExitStack() as stack:

        def make() -> Clinic:
            name = stack.enter_context(cloned(server, clinic_template))
            owner_url = server.url(name, "postgres")
            system = stack.enter_context(psycopg.connect(owner_url, autocommit=True))
            return Clinic(server.url(name), owner_url, system)

        yield make


@pytest.fixture
def clinic(make_clinic: Callable[[], Clinic]) -> Clinic:
    """A fresh database of the clinic."""
    return make_clinic()
