"""Killed or interrupted while values are sealed anew, nothing is left in either place; a repeat works."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from carebase import tenants
from carebase.problems import UsageProblem
from carebase.stack.server import PostgresServer
from tests.conftest import cloned
from tests.tenants.conftest import LAKESIDE, Database
from tests.tenants.packages import secrets_of
from tests.tenants.sealed.conftest import CANARY, Installations, opened
from tests.tenants.test_an_interrupted_move_leaves_nothing import wait_for, wait_until_gone

MANY = """
insert into public.sealed_people (org_id, id, family_name)
select %s, gen_random_uuid(), app.plain('Canariensis ' || n) from generate_series(1, 1500) as n
"""
LOCKS = """
select count(*) from pg_locks
inner join pg_stat_activity as activity using (pid)
where activity.application_name like 'carebase org %%' and pg_locks.locktype <> 'relation'
"""
PROGRAM = """
import sys
from pathlib import Path
from carebase import tenants
from carebase.project import Project
url, what, root, path, secrets = sys.argv[1:]
project, path, secrets = Project(Path(root)), Path(path), Path(secrets)
if what == "export":
    tenants.export_organization(url, project, "lakeside", path, secrets=secrets)
else:
    tenants.import_organization(url, project, path, secrets=secrets)
"""


@pytest.fixture(scope="module")
def busy_ward(still_ward: Installations) -> Installations:
    """Enough values to take a moment; no test of this file changes them."""
    still_ward.source.rows(MANY, still_ward.source.org(LAKESIDE))
    return still_ward


@pytest.fixture
def busy(
    busy_ward: Installations, server: PostgresServer, ward_templates: tuple[str, str], tmp_path: Path
) -> Iterator[Installations]:
    """From there to a database of the test's own."""
    with cloned(server, ward_templates[1]) as name:
        target = Database(server.url(name, "postgres"), server.url(name))
        yield replace(busy_ward, target=target, folder=tmp_path)


def kill(ward: Installations, what: str, moment: str) -> None:
    """Run an export or import as a process of its own and kill it at this statement."""
    database = ward.source if what == "export" else ward.target
    path = ward.folder / "export"
    words = [database.url, what, str(ward.project.root), str(path), str(secrets_of(path))]
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, *words], stderr=subprocess.PIPE, text=True)
    wait_for(database, what, moment, process)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    process.communicate()
    wait_until_gone(database, what)


def test_an_export_is_killed_while_values_are_sealed(busy: Installations) -> None:
    before = busy.source.contents()
    kill(busy, "export", "copy (select%seal_for_transfer%sealed_people%")
    assert not secrets_of(busy.folder / "export").exists()
    assert not (busy.folder / "export").exists()
    assert busy.source.contents() == before
    busy.move()
    assert opened(busy.target, "nadia") == opened(busy.source, "nadia")


@pytest.mark.parametrize(
    "moment",
    ["insert into%sealed_people%seal_transferred%", 'copy (select%seal_for_transfer%"sealed_people"%'],
)
def test_an_import_is_killed_while_values_are_sealed(busy: Installations, moment: str) -> None:
    """While they arrive, and while they are compared."""
    path = busy.export()
    before = busy.target.contents()
    kill(busy, "import", moment)
    assert busy.target.contents() == before, "no row and no key is left"
    busy.load(path)
    busy.introduce()
    there = busy.target.value("select count(*) from public.sealed_people where family_name is not null")
    assert there == 1505
    assert len(opened(busy.target, "nadia")["sealed_guests"]) == 3


class Interrupting(tenants.Progress):
    """Ends it when this part of the work begins."""

    def __init__(self, at: str) -> None:
        self._at = at

    def work(self, what: str, total: int | None = None) -> None:
        if what == self._at:
            raise KeyboardInterrupt


def test_interrupted_by_its_user(ward: Installations) -> None:
    before = ward.target.contents()
    for moment in ("Writing public.sealed_people", "Putting it in place"):
        with pytest.raises(KeyboardInterrupt):
            ward.export(progress=Interrupting(moment))
        assert list(ward.folder.iterdir()) == []
        assert not secrets_of(ward.folder / "export").exists()
    path = ward.export()
    for moment in ("Loading public.ward_stays", "Comparing public.sealed_people"):
        with pytest.raises(KeyboardInterrupt):
            ward.load(path, progress=Interrupting(moment))
        assert ward.target.contents() == before


def test_two_exports_to_one_place(ward: Installations) -> None:
    """The secrets of the one that came too late are gone with it."""

    class Second(tenants.Progress):
        def work(self, what: str, total: int | None = None) -> None:
            if what == "Putting it in place":
                ward.export()

    with pytest.raises(UsageProblem) as caught:
        ward.export(progress=Second(), secrets=ward.folder / "other")
    assert caught.value.code == "export_exists"
    assert [each.name for each in ward.folder.iterdir()] == ["export"]
    ward.load(ward.folder / "export")


class Watching(tenants.Progress):
    """Counts the locks of a move, but those on its tables."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.found: dict[str, int] = {}

    def work(self, what: str, total: int | None = None) -> None:
        self.found[what] = self._database.value(LOCKS)


def test_very_many_persons_in_one_transaction(ward: Installations) -> None:
    """A lock for each of them would be more than a server can keep; a move has only a few."""
    org, count = ward.source.org(LAKESIDE), 1000
    ward.source.rows(
        "insert into public.sealed_notes (org_id, resident_id, note)"
        " select %s, gen_random_uuid(), app.plain('Canariensis ' || n) from generate_series(1, %s) as n",
        org,
        count,
    )
    writing, loading = Watching(ward.source), Watching(ward.target)
    path = ward.export(progress=writing)
    report = ward.load(path, progress=loading)
    assert 0 < writing.found["Writing public.ward_stays"] < 20
    assert 0 < loading.found["Comparing public.ward_stays"] < 20
    assert next(line.rows for line in report.tables if line.table == "public.sealed_notes") == count + 3
    assert ward.target.value("select count(*) from app.data_keys") > count
    assert ward.differences(path) == []
    assert CANARY.encode() not in (path / "public.sealed_notes.copy").read_bytes()
