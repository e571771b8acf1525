"""Lakeside moves. Some of its people are Harbor's too: the export does not say so, nor who Harbor is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from tests.tenants.conftest import HARBOR, LAKESIDE, Database, Move

WILBUR = "5f0c3d2e-0000-4000-8000-00000000beef"


def only_harbors(source: Database) -> set[str]:
    """Ids, names and addresses that Lakeside knows nothing of."""
    harbor = source.org(HARBOR)
    found: set[str] = {str(harbor), "Harbor", "Pier 3", "example.org"}
    for table in source.tables():
        columns = source.rows(
            "select column_name from information_schema.columns"
            " where table_schema || '.' || table_name = %s and column_name in ('org_id', 'id')",
            table,
        )
        if len(columns) == 2:
            found |= {
                str(row["id"]) for row in source.rows(f"select id from {table} where org_id = %s", harbor)
            }
    people = source.rows(
        "select u.id, u.email, u.encrypted_password as hash, p.display_name as name from auth.users as u"
        " inner join public.profiles as p on p.id = u.id where u.email like '%%@example.org'"
    )
    # All of the demo's people have one password, and therefore one hash.
    return found | {str(value) for person in people for key, value in person.items() if key != "hash"}


def contents(path: Path) -> Iterator[tuple[str, str]]:
    for file in path.iterdir():
        yield file.name, file.read_text(encoding="utf-8")


@pytest.fixture
def shared(move: Move) -> Move:
    """A nurse of Lakeside also works for Harbor and has that as her default; a patient and a practitioner are
    known to both, and claimed by sign-ins that only Harbor knows."""
    source = move.source
    lakeside, harbor = source.org(LAKESIDE), source.org(HARBOR)
    source.rows(
        "insert into public.role_assignments (org_id, user_id, role, valid_during)"
        " select %s, id, 'nurse', tstzrange('2020-01-01', null) from auth.users where email = %s",
        harbor,
        "nurse2@example.com",
    )
    source.rows(
        "update public.profiles set default_org_id = %s"
        " where id = (select id from auth.users where email = 'nurse2@example.com')",
        harbor,
    )
    pearl = source.value("select id from auth.users where email = 'nurse1@example.org'")
    source.rows("insert into auth.users (id, email) values (%s, 'wilbur@harbor.test')", WILBUR)
    patient = source.value("select patient_id from public.org_patients where org_id = %s limit 1", lakeside)
    source.rows("insert into public.org_patients (org_id, patient_id) values (%s, %s)", harbor, patient)
    source.rows("alter table public.patients disable trigger _100_stamp")
    source.rows(
        "update public.patients set created_by = %s, updated_by = %s, user_id = %s where id = %s",
        pearl,
        pearl,
        WILBUR,
        patient,
    )
    source.rows(
        "insert into public.org_practitioners (org_id, practitioner_id)"
        " select %s, id from public.fhir_practitioners where user_id = %s",
        lakeside,
        pearl,
    )
    return move


def test_the_whole_export_is_scanned(shared: Move) -> None:
    secrets = only_harbors(shared.source) | {"wilbur@harbor.test", WILBUR}
    # The practitioner herself is known to Lakeside by now, under her name; who she is to Harbor is not.
    secrets -= {"Pearl Seafoam"}
    assert len(secrets) > 15
    for name, text in contents(shared.export()):
        for secret in secrets:
            assert secret not in text, (name, secret)


def test_what_stays_behind_is_left_empty(shared: Move) -> None:
    shared.load(shared.export())
    target = shared.target
    assert (
        target.value("select count(*) from public.patients where user_id is null and created_by is null") == 4
    )
    assert target.rows(
        "select given_names, user_id from public.fhir_practitioners where family_name = 'Seafoam'"
    ) == [{"given_names": ["Pearl"], "user_id": None}]
    default = (
        "select default_org_id from public.profiles where id = (select id from auth.users where email = %s)"
    )
    assert target.value(default, "nurse2@example.com") is None
    assert target.value(default, "nurse1@example.com") == target.org(LAKESIDE)


def test_who_is_only_named_comes_without_credentials(move: Move) -> None:
    source, org = move.source, move.source.org(LAKESIDE)
    outsider = source.value("select id from auth.users where email = 'admin@example.org'")
    assert isinstance(outsider, UUID)
    # Once there was a check-in by somebody who has no role here; the foreign key needs the account.
    source.rows(
        "insert into public.provider_daily_checkins"
        " (org_id, practitioner_id, user_id, checkin_date, work_setting, stress_level, energy_level)"
        " select org_id, practitioner_id, %s, '2020-02-03', 'home_health', 5, 5"
        " from public.org_practitioners where org_id = %s limit 1",
        outsider,
        org,
    )
    path = move.export()
    assert "admin@example.org" not in "".join(text for _, text in contents(path))
    move.load(path)
    there = move.target.rows("select * from auth.users where id = %s", outsider)[0]
    assert (there["email"], there["encrypted_password"], there["raw_user_meta_data"]) == (None, None, None)
    assert there["aud"] == "authenticated"
    assert move.target.value("select count(*) from auth.identities where user_id = %s", outsider) == 0
    assert move.target.value("select count(*) from public.profiles where id = %s", outsider) == 0


def test_no_session_and_no_token_moves(move: Move) -> None:
    nurse = move.source.value("select id from auth.users where email = 'nurse1@example.com'")
    move.source.rows("update auth.users set recovery_token = 'a-recovery-token' where id = %s", nurse)
    move.source.rows(
        "insert into auth.sessions (id, user_id, user_agent) values (gen_random_uuid(), %s, 'a browser')",
        nurse,
    )
    path = move.export()
    everything = "".join(text for _, text in contents(path))
    assert "a-recovery-token" not in everything
    assert "a browser" not in everything
    move.load(path)
    assert move.target.value("select recovery_token from auth.users where id = %s", nurse) == ""
    assert move.target.value("select count(*) from auth.sessions") == 0
