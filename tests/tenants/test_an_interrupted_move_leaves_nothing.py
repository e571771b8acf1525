"""Killed at any moment, an export leaves nothing that an import takes, and an import nothing at all."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from carebase import tenants
from carebase.db import connect
from carebase.problems import DatabaseProblem, EnvironmentProblem, UsageProblem
from carebase.stack.server import PostgresServer
from tests.conftest import cloned
from tests.tenants.conftest import LAKESIDE, Database, Move
from tests.tenants.packages import secrets_of

WAIT = 60
# Rows that take long enough to be seen: 2,000 days of each of those who check in.
MORE_CHECKINS = """
insert into public.provider_daily_checkins
  (org_id, practitioner_id, user_id, checkin_date, work_setting, stress_level, energy_level)
select c.org_id, c.practitioner_id, c.user_id, date '1900-01-01' + day, 'home_health', 5, 5
from (
  select distinct org_id, practitioner_id, user_id from public.provider_daily_checkins where org_id = %s
) as c, generate_series(1, 2000) as day
"""
PROGRAM = """
import sys
from pathlib import Path
from carebase import tenants
from carebase.project import Project
url, what, path, secrets = sys.argv[1:]
if what == "export":
    tenants.export_organization(url, Project.find(), "lakeside", Path(path), secrets=Path(secrets))
else:
    tenants.import_organization(url, Project.find(), Path(path), secrets=Path(secrets))
"""


def start(database: Database, what: str, path: Path) -> subprocess.Popen[str]:
    """An export or import as its own process."""
    command = [sys.executable, "-c", PROGRAM, database.url, what, str(path), str(secrets_of(path))]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def wait_for(database: Database, what: str, statement: str, process: subprocess.Popen[str]) -> None:
    """Until the process is at this statement."""
    until = time.monotonic() + WAIT
    at = "select 1 from pg_stat_activity where application_name = %s and query ilike %s"
    with psycopg.connect(database.url, autocommit=True) as conn:
        while not conn.execute(at, [f"carebase org {what}", statement]).rowcount:
            assert process.poll() is None, "it ended before it could be interrupted"
            assert time.monotonic() < until
            time.sleep(0.002)


def wait_until_gone(database: Database, what: str) -> None:
    """Until the server has noticed that nobody is there any more."""
    until = time.monotonic() + WAIT
    there = "select 1 from pg_stat_activity where application_name = %s"
    with psycopg.connect(database.url, autocommit=True) as conn:
        while conn.execute(there, [f"carebase org {what}"]).rowcount:
            assert time.monotonic() < until
            time.sleep(0.02)


@pytest.fixture(scope="module")
def busy_source(server: PostgresServer, templates: dict[str, str]) -> Iterator[Database]:
    """A demo with enough rows to take a moment, put there without a look at keys and triggers."""
    with cloned(server, templates["demo"]) as name:
        source = Database(server.url(name, "postgres"))
        with psycopg.connect(server.url(name), options="-csession_replication_role=replica") as conn:
            conn.execute(MORE_CHECKINS, [source.org(LAKESIDE)])
        yield source


@pytest.fixture
def busy(arrival: Move, busy_source: Database) -> Move:
    """From there to a database of the test's own."""
    return replace(arrival, source=busy_source)


@pytest.mark.parametrize("name", ["export", "export.tar"])
def test_an_export_is_killed(busy: Move, name: str) -> None:
    path = busy.folder / name
    process = start(busy.source, "export", path)
    wait_for(busy.source, "export", "copy%provider_daily_checkins%", process)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    wait_until_gone(busy.source, "export")
    (left,) = busy.folder.iterdir()
    assert left.name.startswith(f".{name}.partial-")
    assert stat.S_IMODE(left.stat().st_mode) == 0o700
    assert not (left / "manifest.json").exists()
    with pytest.raises(UsageProblem, match=r"manifest\.json of the export is missing"):
        busy.load(left)
    busy.load(busy.export(name=name))
    assert [each.name for each in busy.folder.iterdir()] == [name], "the draft of the killed one is gone"


@pytest.mark.parametrize(
    "moment",
    [
        "copy %provider_daily_checkins%from stdin%",
        'copy (select%from "public"."provider_daily_checkins" as t where%',
    ],
)
def test_an_import_is_killed(busy: Move, moment: str) -> None:
    """While it loads, and while it compares."""
    path = busy.export()
    before = busy.target.contents()
    process = start(busy.target, "import", path)
    wait_for(busy.target, "import", moment, process)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    wait_until_gone(busy.target, "import")
    assert busy.target.contents() == before
    assert busy.load(path).rows > 12_000


def test_the_connection_breaks(busy: Move) -> None:
    path = busy.export()
    before = busy.target.contents()

    class Breaking(tenants.Progress):
        def work(self, what: str, total: int | None = None) -> None:
            if what == "Loading public.encounters":
                busy.target.rows(
                    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = %s",
                    "carebase org import",
                )

    with pytest.raises(EnvironmentProblem) as broken:
        busy.load(path, progress=Breaking())
    assert broken.value.code == "connection_lost"
    assert busy.target.contents() == before


@pytest.mark.parametrize(
    ("words", "moment", "sentence"),
    [
        (("export", LAKESIDE, "--out"), "copy (select%provider_daily_checkins%", "nothing was written"),
        (("import",), "copy %provider_daily_checkins%from stdin%", "nothing was imported"),
    ],
)
def test_control_c_is_a_sentence(busy: Move, words: tuple[str, ...], moment: str, sentence: str) -> None:
    what = words[0]
    database = busy.source if what == "export" else busy.target
    path = busy.folder / "new" if what == "export" else busy.export()
    before = busy.target.contents(), list(busy.folder.iterdir())
    options = ["--secrets", str(secrets_of(path)), "--db-url", database.url]
    command = [sys.executable, "-m", "carebase_cli", "org", *words, str(path), *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wait_for(database, what, moment, process)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=WAIT)
    assert process.returncode == 130
    assert sentence in errors
    assert "Traceback" not in errors
    assert (busy.target.contents(), list(busy.folder.iterdir())) == before


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_interrupted_by_its_user(arrival: Move, error: type[BaseException]) -> None:
    class Interrupting(tenants.Progress):
        def __init__(self, at: str) -> None:
            self._at = at

        def work(self, what: str, total: int | None = None) -> None:
            if what == self._at:
                raise error

    before = arrival.target.contents()
    with pytest.raises(error):
        arrival.export(progress=Interrupting("Writing public.encounters"))
    with pytest.raises(error):
        arrival.export(progress=Interrupting("Putting it in place"))
    assert list(arrival.folder.iterdir()) == []
    path = arrival.export()
    for moment in ("Loading public.encounters", "Comparing public.encounters"):
        with pytest.raises(error):
            arrival.load(path, progress=Interrupting(moment))
    assert arrival.target.contents() == before


def test_nothing_is_overwritten(arrival: Move) -> None:
    for name in ("export", "export.tar"):
        path = arrival.export(name=name)
        with pytest.raises(UsageProblem) as refused:
            arrival.export(name=name)
        assert refused.value.code == "export_exists"
        assert path.exists()


def test_a_draft_that_is_being_written_is_left_alone(arrival: Move) -> None:
    class Second(tenants.Progress):
        drafts: list[int] = []  # noqa: RUF012

        def work(self, what: str, total: int | None = None) -> None:
            if what == "Writing public.encounters" and not self.drafts:
                self.drafts.append(len(list(arrival.folder.iterdir())))
                arrival.export(name="second/export")

    (arrival.folder / "second").mkdir()
    (arrival.folder / "secrets").mkdir()
    arrival.export(progress=Second())
    assert sorted(each.name for each in arrival.folder.iterdir()) == ["export", "second", "secrets"]


@pytest.mark.parametrize("name", ["export", "export.tar"])
def test_two_at_once_to_one_name(arrival: Move, name: str) -> None:
    """The first to be complete stays; the other one ends with a sentence."""

    class Second(tenants.Progress):
        def work(self, what: str, total: int | None = None) -> None:
            if what == "Writing public.encounters":
                arrival.export(name=name)

    with pytest.raises(UsageProblem) as refused:
        arrival.export(name=name, progress=Second(), secrets=arrival.folder / "other")
    assert refused.value.code == "export_exists"
    assert [each.name for each in arrival.folder.iterdir()] == [name]
    arrival.load(arrival.folder / name)


def test_two_imports_at_once(busy: Move) -> None:
    path = busy.export()
    process = start(busy.target, "import", path)
    wait_for(busy.target, "import", "copy %provider_daily_checkins%from stdin%", process)
    assert busy.load(path).is_unchanged
    process.communicate(timeout=WAIT)
    assert process.returncode == 0


def test_others_who_write_are_waited_for_and_not_forever(
    arrival: Move, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = arrival.export()
    act_as_owner = connect.act_as_owner

    def impatient(conn: connect.Connection) -> None:
        act_as_owner(conn)
        conn.execute("set lock_timeout = '200ms'")

    monkeypatch.setattr(connect, "act_as_owner", impatient)
    with psycopg.connect(arrival.target.url) as conn:
        conn.execute("update public.organizations set name = name")
        with pytest.raises(DatabaseProblem) as refused:
            arrival.load(path)
    assert refused.value.code == "database_busy"
    arrival.load(path)
