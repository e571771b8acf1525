"""The operator rotates, rewraps, re-seals and destroys keys, while others read and write."""

from __future__ import annotations

import json
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from carebase.phi import keys
from tests.commands import Started, carebase
from tests.phi.conftest import Clinic

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(clinic: Clinic) -> Run:
    """Run `carebase keys …` on the clinic's database."""

    def run(*words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = carebase("keys", *words, "--db-url", clinic.owner_url)
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        return done

    return run


def fill(clinic: Clinic, count: int) -> None:
    """So many people of Lakeside, named Name 1 and so on."""
    with clinic.acting("nadia") as conn:
        conn.execute(
            """insert into public.sealed_people (family_name, birth_date)
               select app.plain('Name ' || n), app.plain(date '1950-01-01' + n)
               from generate_series(1, %s) as n""",
            [count],
        )


def stale(clinic: Clinic) -> int:
    """Values that are not sealed with the key that seals now."""
    found: int = clinic.ask(
        """select count(*) from public.sealed_people as people
           cross join lateral (values (family_name), (birth_date), (history)) as v (sealed)
           inner join app.data_keys as keys on keys.id = encode(substr(v.sealed, 2, 16), 'hex')::uuid
           where keys.retired_at is not null"""
    )
    return found


def names(clinic: Clinic, who: str = "nadia") -> set[str]:
    ids = [row[0] for row in clinic.system.execute("select id from public.sealed_people").fetchall()]
    return {name for _, name, *_ in clinic.opened(who, *ids)}


def status(run: Run) -> Any:
    return json.loads(run("status", "--json").stdout)


def test_rotation_reseals_everything_and_changes_no_row_for_anybody(clinic: Clinic, run: Run) -> None:
    fill(clinic, 50)
    stamps = "select array_agg((id, version, updated_at)::text order by id) from public.sealed_people"
    before = clinic.ask(stamps)
    assert json.loads(run("rotate", "--json").stdout) == {"rotated": 2, "resealed": 50}
    assert stale(clinic) == 0
    assert clinic.ask(stamps) == before
    assert names(clinic) == {f"Name {n}" for n in range(1, 51)}
    with clinic.acting("nadia") as conn:
        found = conn.execute(
            "select family_name from public.find_sealed_people_by_family_name('name 7', 'treatment')"
        ).fetchall()
    assert found == [("Name 7",)]
    [lakeside] = status(run)["owners"]
    assert (lakeside["active"], lakeside["retired"], lakeside["destroyed"]) == (2, 1, 1)
    assert json.loads(run("rotate", "--older-than-days", "90", "--json").stdout)["rotated"] == 0
    assert json.loads(run("reseal", "--json").stdout)["resealed"] == 0


def test_until_it_is_resealed_what_older_keys_sealed_opens_and_is_found(clinic: Clinic, run: Run) -> None:
    fill(clinic, 5)
    run("rotate", "--no-reseal")
    fill(clinic, 5)
    assert stale(clinic) == 10
    assert len(clinic.opened("nadia", *self_ids(clinic))) == 10
    with clinic.acting("nadia") as conn:
        find = "select count(*) from public.find_sealed_people_by_family_name('Name 3', 'treatment')"
        row = conn.execute(find).fetchone()
    assert row == (2,)
    assert [key["version"] for key in clinic.events()[0][4]["keys"]] in ([1, 2], [2, 1])


def self_ids(clinic: Clinic) -> list[UUID]:
    return [row[0] for row in clinic.system.execute("select id from public.sealed_people").fetchall()]


def test_people_read_and_write_while_it_reseals(clinic: Clinic, run: Run) -> None:
    fill(clinic, 600)
    ended = threading.Event()
    faults: list[BaseException] = []
    written: set[str] = set()

    def work(number: int) -> None:
        count = 0
        try:
            while not ended.is_set():
                count += 1
                name = f"New {number} {count}"
                row_id = clinic.enter("nadia", name)
                assert clinic.opened("nadia", row_id)[0][1] == name
                with clinic.acting("nadia") as conn:
                    conn.execute(
                        "update sealed_people set birth_date = app.plain(date '1960-6-6') where id = %s",
                        [row_id],
                    )
                written.add(name)
        except BaseException as fault:
            faults.append(fault)

    workers = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for worker in workers:
        worker.start()
    for _ in range(3):
        run("rotate")
    ended.set()
    for worker in workers:
        worker.join()
    assert not faults
    assert len(written) > 10
    run("reseal")
    assert stale(clinic) == 0
    ids = self_ids(clinic)
    opened = {
        name
        for start in range(0, len(ids), 500)
        for _, name, *_ in clinic.opened("nadia", *ids[start : start + 500])
    }
    assert opened == {f"Name {n}" for n in range(1, 601)} | written


def test_killed_in_the_middle_it_goes_on(clinic: Clinic, run: Run) -> None:
    fill(clinic, 1500)
    run("rotate", "--no-reseal")
    kills = 0
    for _ in range(4):
        before = stale(clinic)
        with Started("keys", "reseal", "--batch", "20", "--db-url", clinic.owner_url) as process:
            deadline = time.monotonic() + 60
            while stale(clinic) == before and process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.02)
            kills += process.poll() is None
        left = stale(clinic)
        assert left < before
        if not left:
            break
    assert kills >= 2
    # The killed one's session notices only when its statement is over.
    deadline = time.monotonic() + 30
    while (
        clinic.ask("select count(*) from pg_locks where locktype = 'advisory'")
        and time.monotonic() < deadline
    ):
        time.sleep(0.1)
    run("reseal")
    assert stale(clinic) == 0
    assert clinic.ask("select count(distinct family_name_index) from public.sealed_people") == 1500
    assert clinic.opened("nadia", *self_ids(clinic)[:1000])


def test_rewrapping_changes_no_value_and_recovers_into_an_empty_vault(
    clinic: Clinic, run: Run, tmp_path: Path
) -> None:
    fill(clinic, 10)
    values = "select array_agg(family_name order by id) from public.sealed_people"
    before = clinic.ask(values)
    assert status(run)["keks"][0]["provider"] == "vault"
    file = str(tmp_path / "keys.txt")
    assert json.loads(run("rewrap", "--file", file, "--destroy-old", "--json").stdout) == {"rewrapped": 2}
    assert clinic.ask(values) == before
    old, new = status(run)["keks"]
    assert (old["wraps"], old["is_in_vault"], old["destroyed_at"] is not None) == (0, False, True)
    assert (new["wraps"], new["is_in_vault"], new["provider"]) == (2, True, "file")
    assert len(names(clinic)) == 10

    clinic.ask("delete from vault.secrets where name ~ '^carebase_phi_kek_'")
    with pytest.raises(psycopg.Error, match="vault has no secret"):
        names(clinic)
    assert "carebase keys recover" in run("status", code=1).stderr
    assert "not kept by aws-kms" in run("recover", "--provider", "aws-kms", "--kms-key", "x", code=3).stderr
    assert json.loads(run("recover", "--file", file, "--json").stdout) == {"recovered": 1}
    assert len(names(clinic)) == 10


def test_an_interrupted_rewrapping_is_finished(clinic: Clinic, run: Run) -> None:
    fill(clinic, 3)
    clinic.enter("hana", "Other")
    clinic.ask("select app.add_kek(repeat('ab', 64), 'vault', null, null)")
    clinic.ask("select app.rewrap_data_keys(1)")
    assert [kek["wraps"] for kek in status(run)["keks"]] == [3, 1]
    assert len(names(clinic)) == 3
    with pytest.raises(psycopg.Error, match="still wraps"):
        clinic.ask("select app.destroy_kek(1)")
    run("rewrap", "--finish", "--destroy-old")
    assert [kek["wraps"] for kek in status(run)["keks"]] == [0, 4]
    assert len(names(clinic)) == 3


def test_without_an_organizations_keys_nothing_of_it_can_be_read_and_all_of_others(
    clinic: Clinic, run: Run
) -> None:
    mine, theirs = clinic.enter("nadia", "Lindqvist"), clinic.enter("hana", "Other")
    run("rotate", "--no-reseal")
    run("destroy", "--organization", "lakeside", code=1)
    assert clinic.opened("nadia", mine)[0][1] == "Lindqvist"
    assert json.loads(run("destroy", "--organization", "lakeside", "--yes", "--json").stdout) == {
        "destroyed": 4
    }
    assert clinic.opened("nadia", mine) == [(mine, None, None, None)]
    assert clinic.opened("hana", theirs)[0][1] == "Other"
    with pytest.raises(psycopg.Error, match="was destroyed"):
        clinic.enter("nadia", "New")
    assert "no data key" in run("destroy", "--organization", "lakeside", "--yes", code=2).stderr
    run("reseal")
    event = clinic.ask("select changes from public.audit_events where operation = 'destroy_keys'")
    assert event == {"destroyed": 4}


def test_without_a_persons_key_only_theirs_is_gone(clinic: Clinic, run: Run) -> None:
    residents = [uuid4(), uuid4()]
    with clinic.acting("nadia") as conn:
        for resident in residents:
            conn.execute(
                "insert into public.sealed_notes (resident_id, note) values (%s, app.plain(%s::text))",
                [resident, str(resident)],
            )
    run("destroy", "--subject", str(residents[0]), "--yes")
    with clinic.acting("nadia") as conn:
        opened = conn.execute(
            "select note from open_sealed_notes(array(select id from sealed_notes), 'treatment')"
        ).fetchall()
    assert sorted(opened, key=str) == [(str(residents[1]),), (None,)]


def test_one_run_of_resealing_at_a_time(clinic: Clinic, run: Run) -> None:
    with psycopg.connect(clinic.owner_url) as other:
        other.execute("select pg_advisory_lock(hashtextextended('carebase.reseal', 0))")
        assert "under way" in run("reseal", code=3).stderr


def test_a_damaged_value_stops_it_and_is_named(clinic: Clinic, run: Run) -> None:
    row_id = clinic.enter("nadia", "Lindqvist")
    clinic.ask("alter table public.sealed_people disable trigger user")
    clinic.ask(
        "update public.sealed_people set birth_date = set_bit(birth_date, 300, 1 - get_bit(birth_date, 300))"
    )
    clinic.ask("alter table public.sealed_people enable trigger user")
    done = run("rotate", code=4)
    assert str(row_id) in done.stderr
    assert "birth_date" in done.stderr


def test_a_rotation_waits_for_who_seals_with_the_old_key(clinic: Clinic) -> None:
    fill(clinic, 1)
    with clinic.acting("nadia") as slow:
        slow.execute("insert into public.sealed_people (family_name) values (app.plain('Late'::text))")
        keys.rotate(clinic.owner_url)
        resealing = threading.Thread(target=keys.reseal, args=(clinic.owner_url,))
        resealing.start()
        resealing.join(1)
        assert resealing.is_alive()
        slow.commit()
    resealing.join(30)
    assert not resealing.is_alive()
    assert stale(clinic) == 0


MISTAKES = [
    (("rotate", "--organization", "atlantis"), 2, "atlantis"),
    (("destroy", "--yes"), 2, "--organization, --subject"),
    (("destroy", "--organization", "atlantis", "--yes"), 2, "atlantis"),
    (("destroy", "--subject", "nobody", "--yes"), 2, "UUID"),
    (("rewrap",), 2, "--file"),
    (("rewrap", "--provider", "aws-kms"), 2, "--kms-key"),
    (("rewrap", "--file", "/no/such/folder/keys"), 3, "/no/such/folder/keys"),
]


def test_a_mistake_is_a_sentence(run: Run) -> None:
    for words, code, says in MISTAKES:
        assert says in run(*words, code=code).stderr


def test_the_status_says_who_keeps_what(clinic: Clinic, run: Run) -> None:
    clinic.enter("nadia", "Lindqvist")
    shown = run("status").stdout
    assert "the vault only" in shown
    assert "lakeside" in shown
    assert "public.sealed_people" in shown
