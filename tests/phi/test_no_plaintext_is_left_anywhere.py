"""Known values go through every path; afterwards no file, log, statistic, event or dump has one of them.

The server logs every statement, as an auditor might ask for; only parameters are kept out of the log
(`log_parameter_max_length = 0`), which docs/phi.md asks of a server.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import orjson
import psycopg
import pytest
from psycopg import sql

from carebase import seeds
from carebase.fhir import import_fhir
from carebase.fhir.progress import Progress
from carebase.phi import keys
from carebase.project import Project
from carebase.seeds.documents import load_demo
from carebase.stack.server import PostgresServer, throwaway
from tests.conftest import cloned
from tests.fhir import people
from tests.phi.conftest import Clinic, build, furnish

NAME, OTHER, NOTE = "Canariensis", "Serinus", "sings at four in the morning"
DAY = datetime.date(1931, 7, 13)
DISEASE = "avian pox"
CONTROL = "Tweetybird"
# What is staged of so many is more than the 800 kB that the session has for temporary tables.
PATIENTS = 2_000
STAGED = "base/*/t[0-9]*_[0-9]*"
# Most of a segment of WAL that was switched early, and of a page: nothing wanted has so many zeros in it.
_EMPTY = re.compile(rb"\0{64,}")
SETTINGS = {
    "log_statement": "all",
    "log_min_duration_statement": "0",
    "log_duration": "on",
    "log_error_verbosity": "verbose",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "shared_preload_libraries": "pg_stat_statements",
    "pg_stat_statements.track": "all",
    "wal_level": "logical",
}


@pytest.fixture(scope="module")
def talkative(project: Project) -> Iterator[PostgresServer]:
    """A server that logs whatever it can."""
    with throwaway(project, settings=SETTINGS) as running:
        yield running


@pytest.fixture(scope="module")
def furnished(
    talkative: PostgresServer, project: Project, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Name of a database to clone, on that server."""
    house = furnish(project, tmp_path_factory.mktemp("clinic") / "house")
    with cloned(talkative, "platform") as name:
        build(talkative, name, house, project)
        yield name


@pytest.fixture
def clinic(talkative: PostgresServer, furnished: str) -> Iterator[Clinic]:
    """The clinic on that server."""
    with cloned(talkative, furnished) as name:
        owner_url = talkative.url(name, "postgres")
        with psycopg.connect(owner_url, autocommit=True) as system:
            yield Clinic(talkative.url(name), owner_url, system)


def live(clinic: Clinic) -> tuple[UUID, UUID]:
    """Every path that a value can take, refusals and re-sealing included; a row's id and a resident's."""
    row_id = clinic.enter("nadia", NAME, str(DAY), f'{{"had": "{DISEASE}"}}')
    resident = uuid4()
    with clinic.acting("nadia") as conn:
        conn.execute(
            "insert into public.sealed_notes (resident_id, note) values (%s, app.plain(%s::text))",
            [resident, NOTE],
        )
        conn.execute("update public.sealed_people set family_name = app.plain(%s::text)", [OTHER])
        conn.execute("update public.sealed_people set family_name = app.plain(%s::text)", [NAME])
    assert clinic.opened("nadia", row_id) == [(row_id, NAME, DAY, {"had": DISEASE})]
    with clinic.acting("sid") as conn:
        find = "select family_name from public.find_sealed_people_by_family_name(%s, 'operations')"
        assert conn.execute(find, [NAME.upper()]).fetchall() == [(NAME,)]
        assert conn.execute(find, [OTHER]).fetchall() == []
    refused = {
        "not a day": ("insert into public.sealed_people (birth_date) values (app.plain(%s::text))", [NAME]),
        "twice": (
            "insert into sealed_people (id, family_name) values (%s, app.plain(%s::text))", [row_id, NAME]
        ),
        "too long": ("insert into sealed_people (family_name) values (app.plain(%s::text))", [NAME * 2000]),
        "no note": ("insert into public.sealed_notes (note) values (app.plain(%s::text))", [NOTE]),
    }  # fmt: skip
    for statement, values in refused.values():
        with pytest.raises(psycopg.Error) as caught, clinic.acting("nadia") as conn:
            conn.execute(statement.encode(), values)
        assert NAME not in str(caught.value)
        assert NOTE not in str(caught.value)
    keys.rotate(clinic.owner_url)
    keys.reseal(clinic.owner_url)
    assert clinic.opened("nadia", row_id)[0][1] == NAME
    return row_id, resident


def forms(*values: str) -> set[bytes]:
    """A value as it may lie somewhere: itself, and as hexadecimal."""
    found = {value.encode() for value in values}
    return found | {value.hex().encode() for value in found}


def scan(
    server: PostgresServer, clinic: Clinic, wanted: set[bytes], clean: dict[Path, int] | None = None
) -> dict[str, set[bytes]]:
    """Where one of these is: files of the data folder (heap, indexes, WAL), log, statistics, dump.

    `clean`: files that a scan for the same found to be free of them, and when each was written last.
    """
    clean = {} if clean is None else clean
    with psycopg.connect(clinic.url, autocommit=True) as superuser:
        superuser.execute("checkpoint")
        superuser.execute("select pg_switch_wal()")
        superuser.execute("create extension if not exists pg_stat_statements with schema extensions")
        statistics = superuser.execute(
            "select string_agg(query, chr(10)) from extensions.pg_stat_statements"
        ).fetchall()
    places: dict[str, bytes] = {"statistics": str(statistics).encode(), "log": server.log.read_bytes()}
    places["dump"] = dump(clinic.system)
    for path in server.data.rglob("*"):
        if path.is_file() and clean.get(path) != (written := path.stat().st_mtime_ns):
            places[str(path.relative_to(server.data))] = _EMPTY.sub(b"\0", path.read_bytes())
            clean[path] = written
    hits = {place: {each for each in wanted if each in content} for place, content in places.items()}
    found = {place: found for place, found in hits.items() if found}
    for place in found:
        clean.pop(server.data / place, None)
    return found


def dump(conn: psycopg.Connection[Any]) -> bytes:
    """Every table of ours, as pg_dump would copy it: audit events and keys included."""
    tables = conn.execute(
        "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('public', 'app')"
    ).fetchall()
    parts = []
    for (table,) in tables:
        with conn.cursor().copy(sql.SQL("copy (select * from {}) to stdout").format(sql.SQL(table))) as copy:
            parts += [bytes(part) for part in copy]
    assert parts
    return b"".join(parts)


def test_no_value_and_no_key_is_found_in_any_place(talkative: PostgresServer, clinic: Clinic) -> None:
    live(clinic)
    wanted = forms(NAME, NAME.lower(), NAME.upper(), OTHER, OTHER.lower(), NOTE, DAY.isoformat(), DISEASE)
    for (key_id,) in clinic.system.execute(
        "select id from app.data_keys where wrapped_key is not null"
    ).fetchall():
        key = clinic.data_key(key_id)
        wanted |= {key, key.hex().encode(), key[32:], key[32:].hex().encode()}
    assert scan(talkative, clinic, wanted) == {}
    # The scan finds what is there, in the heap, the WAL and the log.
    clinic.system.execute(f"create table public.control as select '{CONTROL}' as name".encode())
    found = scan(talkative, clinic, forms(CONTROL))
    assert {"log", "dump"} <= set(found)
    assert any(place.startswith("base/") for place in found)
    assert any(place.startswith("pg_wal/") for place in found)


class AtTheMerge(Progress):
    """Looks at the server while an import is under way."""

    def __init__(self, look: Callable[[], object]) -> None:
        self._look = look

    def merge(self, resource_type: str) -> None:
        if resource_type in ("Patient", "Encounter"):
            self._look()


def test_who_patients_are_is_found_nowhere_however_they_came(
    talkative: PostgresServer, clinic: Clinic, project: Project, tmp_path: Path
) -> None:
    """By the demo, by an import larger than a session's memory for temporary tables, and by a second one."""
    # The demo has organizations of these names, too.
    clinic.ask("update public.organizations set slug = 'our-' || slug where kind <> 'platform'")
    for seed in seeds.SEEDS:
        seeds.apply(clinic.owner_url, project, seed)
    demo = [patient for each in load_demo(project).values() for patient in each.patients]
    wanted = forms(*(text for p in demo for text in (p.given, p.family, p.born.isoformat(), p.record)))
    given, number, died = "Fringillidine", "CAN-1931-7", "2021-07-13T04:05:06"
    wanted |= forms(NAME, OTHER, NAME.lower(), given, DAY.isoformat(), number, died, died.replace("T", " "))
    clinic.ask(f"alter database {clinic.ask('select current_database()')} set temp_buffers = '800kB'")
    record = {"type": {"coding": [{"code": "MR"}]}, "value": number}
    path, seen = tmp_path / "export.ndjson", list[dict[str, set[bytes]]]()
    clean: dict[Path, int] = {}
    for name, count in ((NAME, 1), (OTHER, 2)):
        born, last = DAY.isoformat(), f"{died}Z"
        bodies = (
            people.patient(
                f"p{n}", name=[{"family": name, "given": [given]}], birthDate=born, deceasedDateTime=last,
                identifier=[record],
            )
            for n in range(PATIENTS)
        )  # fmt: skip
        path.write_bytes(b"".join(orjson.dumps(body) + b"\n" for body in bodies))

        def look() -> None:
            seen.append(scan(talkative, clinic, wanted, clean))
            assert sum(path.stat().st_size for path in talkative.data.glob(STAGED)) > 1_000_000

        report = import_fhir(clinic.owner_url, "our-lakeside", [path], progress=AtTheMerge(look))
        assert sum((report.counts["Patient"].inserted, report.counts["Patient"].updated)) == PATIENTS
        assert len(seen) == 2 * count
    with clinic.acting("nadia") as conn:
        find = "select family_name from public.find_patients_by_family_name(%s, 'operations') limit 1"
        assert conn.execute(find, [OTHER]).fetchall() == [(OTHER,)]
    assert [*seen, scan(talkative, clinic, wanted, clean)] == [{}] * 5


def test_after_a_key_is_destroyed_nothing_that_it_sealed_opens_from_any_place(
    talkative: PostgresServer, clinic: Clinic
) -> None:
    """Every sealed value in every file is tried with every key that can still be had."""
    row_id, resident = live(clinic)
    keys.rotate(clinic.owner_url)
    kek = bytes.fromhex(clinic.ask("select app.secret('carebase_phi_kek_1')"))
    gone = [
        clinic.data_key(key_id)
        for (key_id,) in clinic.system.execute(
            "select id from app.data_keys where destroyed_at is null"
        ).fetchall()
    ]
    keys.destroy(clinic.owner_url, "lakeside", None)
    assert clinic.opened("nadia", row_id) == [(row_id, None, None, None)]
    assert clinic.ask("select count(*) from app.data_keys where wrapped_key is not null") == 0
    assert not any(
        key in path.read_bytes() for path in talkative.data.rglob("*") if path.is_file() for key in gone
    )
    keys.finish_rewrap(clinic.owner_url)
    clinic.ask("select app.add_kek(repeat('ab', 64), 'vault', null, null)")
    keys.finish_rewrap(clinic.owner_url, destroy_old=True)
    clinic.ask("vacuum full vault.secrets")
    with psycopg.connect(clinic.url, autocommit=True) as superuser:
        superuser.execute("checkpoint")
    left = [
        path.relative_to(talkative.data)
        for path in talkative.data.rglob("*")
        if path.is_file() and kek.hex().encode() in path.read_bytes()
    ]
    # Without the key that wrapped it, a wrapped key that WAL or a backup still has is noise. The local
    # stack's vault is none: WAL keeps the secret until it is recycled. A hosted one is encrypted.
    assert all(str(path).startswith("pg_wal/") for path in left)
    assert clinic.ask("select count(*) from public.sealed_notes where resident_id = %s", resident) == 1
