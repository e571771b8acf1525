"""A key of a person is held while somebody seals with it; a transaction may seal for as many as it likes."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest

from carebase.phi import keys
from carebase.project import Project
from carebase.stack.server import PostgresServer, throwaway
from tests.conftest import cloned
from tests.phi.conftest import Clinic, build, furnish

# More than a server of the least size has room for locks, as is shown first.
MANY = 2_500
NOTE = """
insert into public.sealed_notes (org_id, resident_id, note)
select %s, resident, app.plain('note'::text) from unnest(%s::uuid[]) as resident
"""


@pytest.fixture(scope="module")
def small(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A server with little room for locks, and a database `furnished` to clone."""
    house = furnish(project, tmp_path_factory.mktemp("clinic") / "house")
    with throwaway(project) as server, cloned(server, "platform", name="furnished") as name:
        build(server, name, house, project)
        with psycopg.connect(server.url(), autocommit=True) as conn:
            conn.execute("alter system set max_locks_per_transaction = 10")
            conn.execute("alter system set max_connections = 30")
        server.stop()
        server.start()
        yield server


@pytest.fixture
def clinic(small: PostgresServer) -> Iterator[Clinic]:
    """The clinic on that server."""
    with cloned(small, "furnished") as name:
        owner_url = small.url(name, "postgres")
        with psycopg.connect(owner_url, autocommit=True) as system:
            yield Clinic(small.url(name), owner_url, system)


def write(conn: psycopg.Connection[tuple[object, ...]], clinic: Clinic, *residents: UUID) -> None:
    conn.execute(NOTE, [clinic.org("nadia"), list(residents)])


def test_destroying_waits_for_who_seals_and_is_final(clinic: Clinic) -> None:
    resident = uuid4()
    write(clinic.system, clinic, resident)
    with psycopg.connect(clinic.owner_url) as sealer, psycopg.connect(clinic.owner_url) as destroyer:
        write(sealer, clinic, resident)
        destroyer.execute("set lock_timeout = '300ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable), destroyer.transaction():
            destroyer.execute("select app.destroy_data_keys(null, %s)", [resident])
        sealer.commit()
        destroyer.execute("select app.destroy_data_keys(null, %s)", [resident])
        # Who comes meanwhile finds the key until it is destroyed, waits, and is then refused.
        sealer.execute("set lock_timeout = '300ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable), sealer.transaction():
            write(sealer, clinic, resident)
        destroyer.commit()
        with pytest.raises(psycopg.errors.ObjectNotInPrerequisiteState), sealer.transaction():
            write(sealer, clinic, resident)


def test_replacing_does_not_wait_but_settling_does(clinic: Clinic) -> None:
    resident = uuid4()
    write(clinic.system, clinic, resident)
    with psycopg.connect(clinic.owner_url) as sealer, psycopg.connect(clinic.owner_url) as other:
        write(sealer, clinic, resident)
        other.execute("set lock_timeout = '300ms'")
        assert other.execute("select app.rotate_data_keys()").fetchone() == (1,)
        other.commit()
        with pytest.raises(psycopg.errors.LockNotAvailable), other.transaction():
            other.execute("select app.settle_retired_keys()")
        sealer.commit()
        other.execute("select app.settle_retired_keys()")
    assert keys.reseal(clinic.owner_url).resealed == 2


def test_two_who_seal_for_a_new_person_use_one_key(clinic: Clinic) -> None:
    resident = uuid4()
    with psycopg.connect(clinic.owner_url) as one, psycopg.connect(clinic.owner_url) as other:
        write(one, clinic, resident)
        other.execute("set lock_timeout = '300ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable), other.transaction():
            write(other, clinic, resident)
        one.commit()
        write(other, clinic, resident)
    assert clinic.ask("select count(distinct substr(note, 2, 16)) from public.sealed_notes") == 1


def test_one_transaction_seals_for_more_persons_than_there_are_locks(clinic: Clinic) -> None:
    with psycopg.connect(clinic.owner_url) as conn, pytest.raises(psycopg.errors.OutOfMemory):
        conn.execute("select count(pg_advisory_xact_lock(n)) from generate_series(1, %s) as n", [MANY])
    residents = [uuid4() for _ in range(MANY)]
    write(clinic.system, clinic, *residents)
    with psycopg.connect(clinic.owner_url) as conn:  # their keys are there
        write(conn, clinic, *residents)
        conn.rollback()
    assert clinic.ask("select count(*) from app.data_keys where subject_id is not null") == MANY
    assert keys.rotate(clinic.owner_url) >= MANY
    assert keys.reseal(clinic.owner_url).resealed == MANY
