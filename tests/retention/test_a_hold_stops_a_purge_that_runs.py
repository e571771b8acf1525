"""Holds and deletions at once: when place_legal_hold() has returned, nothing that it covers goes."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from uuid import UUID

import psycopg
import pytest

from tests.retention.conftest import Archive
from tests.security.people import Connection

DELETE = "delete from public.sites where id = any(%s)"


def waits(archive: Archive, conn: Connection, running: Future[object]) -> bool:
    """Whether this session waits for an advisory lock, asked until it does or is done."""
    while not running.done():
        found = archive.conn.execute(
            "select from pg_locks where pid = %s and locktype = 'advisory' and not granted",
            [conn.info.backend_pid],
        ).fetchone()
        if found is not None:
            return True
    return False


def test_a_hold_waits_for_the_batch_that_runs(archive: Archive) -> None:
    first, rest = archive.make_sites(3, days_ago=5000), archive.make_sites(4)
    with archive.connect() as purging, archive.connect() as placing, ThreadPoolExecutor(1) as pool:
        with purging.transaction():
            assert archive.purge(purging, limit=3) == 3
            held = pool.submit(archive.hold, placing, "sites")
            assert waits(archive, placing, held)
        held.result(20)
        assert archive.left(first) == set()
        assert archive.purge(purging) == 0
    assert archive.left(rest) == set(rest)


@pytest.mark.parametrize("how", ["the job", "somebody"])
def test_a_purge_waits_for_the_hold_that_is_placed(archive: Archive, how: str) -> None:
    sites = archive.make_sites(5)
    with archive.connect() as purging, archive.connect() as placing, ThreadPoolExecutor(1) as pool:
        with placing.transaction():
            archive.hold(placing)
            running: Future[object] = (
                pool.submit(archive.purge, purging)
                if how == "the job"
                else pool.submit(purging.execute, DELETE, [sites])
            )
            assert waits(archive, purging, running)
        if how == "the job":
            assert running.result(20) == 0
        else:
            with pytest.raises(psycopg.Error, match="legal hold"):
                running.result(20)
    assert archive.left(sites) == set(sites)


def test_other_organizations_do_not_wait(archive: Archive) -> None:
    sites = archive.make_sites(2)
    other = archive.town.make_org()
    with archive.connect() as placing, placing.transaction():
        placing.execute("select pg_advisory_xact_lock(app.hold_lock(%s))", [other])
        assert archive.purge(archive.conn) == 2
    assert archive.left(sites) == set()


def test_a_transaction_that_would_not_see_the_hold_deletes_nothing(archive: Archive) -> None:
    sites = archive.make_sites(1)
    with archive.connect() as old:
        old.execute("begin isolation level repeatable read")
        old.execute("select 1")
        archive.hold(archive.conn, "sites", sites[0])
        with pytest.raises(psycopg.errors.ObjectNotInPrerequisiteState):
            old.execute(DELETE, [sites])
    assert archive.left(sites) == set(sites)


def test_nothing_goes_after_a_hold_whoever_deletes(archive: Archive) -> None:
    """Jobs and people delete without pause while holds are placed, on rows and in the end on everything."""
    sites = archive.make_sites(400)
    over = threading.Event()
    kept: set[UUID] = set()

    def again(step: Callable[[Connection], object]) -> None:
        with archive.connect() as conn:
            while not over.is_set():
                with suppress(psycopg.errors.RaiseException, psycopg.errors.DeadlockDetected):
                    step(conn)

    def delete(conn: Connection) -> None:
        try:
            conn.execute(DELETE, [random.sample(sites, 2)])
        except psycopg.Error as error:
            if "legal hold" not in str(error) and "deadlock" not in str(error):
                raise

    steps: list[Callable[[Connection], object]] = [
        lambda conn: archive.purge(conn, limit=3),
        lambda conn: archive.purge(conn, limit=5),
        delete,
    ]
    with archive.connect() as placing, ThreadPoolExecutor(3) as pool:
        workers = [pool.submit(again, step) for step in steps]
        try:
            for site in random.sample(sites, 25):
                with suppress(psycopg.Error):  # it may be gone already
                    archive.hold(placing, "sites", site)
                    kept |= archive.left([site])
            archive.hold(placing)
            rest = archive.left(sites)
            assert kept <= rest
            for worker in workers:
                with suppress(TimeoutError):
                    worker.result(0.3)
        finally:
            over.set()
        for worker in workers:
            worker.result(20)
    assert archive.left(sites) == rest


def test_a_row_is_restored_or_purged_and_never_both(archive: Archive) -> None:
    sites = archive.make_sites(60)

    def restore(some: list[UUID]) -> set[UUID]:
        back = set()
        with archive.connect() as conn:
            for site in some:
                with suppress(psycopg.Error), conn.transaction():
                    archive.as_lead(conn)
                    conn.execute("select public.restore_sites(%s)", [site])
                    back.add(site)
        return back

    def purge() -> int:
        with archive.connect() as conn:
            return sum(archive.purge(conn, limit=2) for _ in range(40))

    with ThreadPoolExecutor(4) as pool:
        restoring = [pool.submit(restore, sites[::-1][part::2]) for part in range(2)]
        purging = [pool.submit(purge) for _ in range(2)]
        back = set().union(*(each.result(60) for each in restoring))
        gone = sum(each.result(60) for each in purging)
    assert archive.left(sites) == back
    assert len(back) + gone == len(sites)
