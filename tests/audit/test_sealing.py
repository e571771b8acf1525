"""Sealing takes every event once, whoever else is at work."""

from __future__ import annotations

import threading

import psycopg

from tests.audit.conftest import Trail

# The last run believes that it is another cluster's, and so do the transactions of what is there.
_ELSEWHERE = """
update public.audit_events set transaction_id = '9000000000';
update app.audit_contents as contents
set
  event_digests = (
    select string_agg(app.audit_digest(events), '' order by sealed.place)
    from unnest(contents.event_ids) with ordinality as sealed (id, place)
    inner join public.audit_events as events on events.id = sealed.id
  );
update app.audit_seals as seals
set
  contents_digest = (
    select app.audit_contents_digest(contents.event_ids, contents.event_digests)
    from app.audit_contents as contents
    where (contents.org_id, contents.number) = (seals.org_id, seals.number)
  );
update app.audit_seals as seals
set code = app.audit_seal_code(seals, app.audit_key(seals.org_id, seals.key_version));
update app.audit_runs as runs
set cluster_id = 1, snapshot = '9000000000:9000000000:', seals_digest = app.audit_seals_digest(runs.number);
update app.audit_runs as runs
set code = app.audit_run_code(runs, app.audit_key('00000000-0000-0000-0000-000000000000', runs.key_version));
"""


def test_everything_is_sealed_once_and_verifies(trail: Trail) -> None:
    trail.write(trail.lakeside, 5)
    assert trail.seal() > 5
    trail.write(trail.harbor, 3)
    assert trail.seal() == 3
    assert trail.seal() == 0
    assert trail.unsealed() == 0
    assert trail.faults() == []


def test_an_open_transaction_holds_nobody_back_and_is_sealed_later(trail: Trail) -> None:
    trail.seal()
    with psycopg.connect(trail.url) as slow:
        slow.execute("select app.audit('configure', %s)", [trail.lakeside])
        trail.write(trail.lakeside, 4)
        trail.write(trail.harbor, 2)
        assert trail.seal() == 6
        assert trail.faults() == []
        trail.write(trail.lakeside, 1)
        assert trail.seal() == 1
        slow.commit()
    assert trail.seal() == 1
    assert trail.unsealed() == 0
    assert trail.faults() == []


def test_a_limit_cuts_between_transactions(trail: Trail) -> None:
    trail.seal()
    trail.write(trail.lakeside, 7)
    with psycopg.connect(trail.url) as conn:
        for _ in range(5):
            conn.execute("select app.audit('configure', %s)", [trail.harbor])
    trail.write(trail.lakeside, 2)
    sealed = []
    while count := trail.seal(3):
        sealed.append(count)
    assert sum(sealed) == 14
    assert max(sealed) <= 5
    assert trail.faults() == []


def test_what_was_rolled_back_leaves_no_gap(trail: Trail) -> None:
    trail.seal()
    with psycopg.connect(trail.url) as conn:
        conn.execute("select app.audit('configure', %s)", [trail.lakeside])
        conn.rollback()
    trail.write(trail.lakeside)
    assert trail.seal() == 1
    assert trail.faults() == []


def test_sealers_at_once_seal_each_event_once(trail: Trail) -> None:
    stop = threading.Event()

    def go_on(call: str, *values: object) -> None:
        with psycopg.connect(trail.url, autocommit=True) as conn:
            while not stop.is_set():
                conn.execute(call.encode(), values)

    workers = [threading.Thread(target=go_on, args=("select app.seal_audit(20)",)) for _ in range(3)]
    workers += [
        threading.Thread(target=go_on, args=("select app.audit('configure', %s)", org))
        for org in (trail.lakeside, trail.lakeside, trail.harbor)
    ]
    for worker in workers:
        worker.start()
    stop.wait(1)
    stop.set()
    for worker in workers:
        worker.join()
    while trail.seal():
        pass
    assert trail.unsealed() == 0
    assert trail.faults() == []


def test_a_new_key_seals_and_the_old_one_still_verifies(trail: Trail) -> None:
    trail.write(trail.lakeside)
    trail.seal()
    assert trail.value("select app.rotate_audit_key()") == 2
    trail.write(trail.lakeside)
    trail.seal()
    versions = trail.rows("select distinct key_version from app.audit_seals order by 1")
    assert [row["key_version"] for row in versions] == [1, 2]
    assert trail.faults() == []


def test_a_database_restored_elsewhere_goes_on(trail: Trail) -> None:
    """As after pg_restore: the rows are there, and transactions are counted from the beginning again."""
    trail.write(trail.lakeside, 3)
    trail.seal()
    trail.write(trail.harbor, 2)
    trail.rows_as_superuser(_ELSEWHERE)
    assert trail.faults() == []
    trail.write(trail.lakeside, 1)
    assert trail.seal() == 3
    trail.write(trail.lakeside, 2)
    assert trail.seal() == 2
    assert trail.seal() == 0
    assert trail.unsealed() == 0
    assert trail.faults() == []
