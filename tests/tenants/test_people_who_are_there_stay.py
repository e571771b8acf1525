"""A human is one row: Harbor moved first, and people whom Lakeside knows too stay as they are there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from carebase.problems import DatabaseProblem
from carebase.stack.server import PostgresServer
from tests.conftest import cloned
from tests.sealed import opened
from tests.tenants.conftest import HARBOR, LAKESIDE, Database, Move

NURSE = "nurse1@example.com"


@pytest.fixture(scope="module")
def sharing(server: PostgresServer, templates: dict[str, str]) -> Iterator[Database]:
    """A nurse of Lakeside works for Harbor too; its practitioners and patients are known to both."""
    with cloned(server, templates["demo"]) as name:
        source = Database(server.url(name, "postgres"))
        share(source)
        yield source


def share(source: Database) -> None:
    lakeside, harbor = source.org(LAKESIDE), source.org(HARBOR)
    source.rows(
        "insert into public.role_assignments (org_id, user_id, role, valid_during)"
        " select %s, id, 'nurse', tstzrange('2020-01-01', null) from auth.users where email = %s",
        harbor,
        NURSE,
    )
    for table, column in (("org_practitioners", "practitioner_id"), ("org_patients", "patient_id")):
        source.rows(
            f"insert into public.{table} (org_id, {column}) select %s, {column} from public.{table}"
            f" where org_id = %s",
            harbor,
            lakeside,
        )


@pytest.fixture
def shared(arrival: Move, sharing: Database) -> Move:
    """From there to a database of the test's own."""
    return replace(arrival, source=sharing)


def kept(report: object) -> dict[str, int]:
    return {line.table: line.kept for line in report.tables if line.kept}  # type: ignore[attr-defined]


# People of the organization that is not moved.
_MEADOW = "org_id = (select id from public.organizations where slug = 'meadow')"
STAYED = {
    "auth.users": "select count(*) from auth.users where right(email, 12) = '@example.net'",
    "public.fhir_practitioners": f"select count(*) from public.org_practitioners where {_MEADOW}",
    "public.patients": f"select count(*) from public.org_patients where {_MEADOW}",
}


def test_one_row_each(shared: Move) -> None:
    assert kept(shared.load(shared.export(HARBOR, "harbor"))) == {}
    target = shared.target
    target.rows("update auth.users set encrypted_password = 'changed there' where email = %s", NURSE)
    target.rows("update public.patients set family_name = app.plain('Changed-There'::text)")
    report = shared.load(shared.export())
    assert kept(report) == {
        "auth.users": 1,
        "auth.identities": 1,
        "public.profiles": 1,
        "public.fhir_practitioners": 8,
        "public.patients": 4,
        "public.nurseos_feature_flags": 1,
        "public.resilience_policies": 1,
    }
    assert (
        target.value("select encrypted_password from auth.users where email = %s", NURSE) == "changed there"
    )
    changed = f"select count(*) from public.patients where {opened('family_name')} = 'Changed-There'"
    assert target.value(changed) == 5
    for table in ("auth.users", "public.fhir_practitioners", "public.patients"):
        there = shared.target.value(f"select count(*) from {table}")
        stayed = shared.source.value(STAYED[table]) + (table == "auth.users")
        assert there == shared.source.value(f"select count(*) from {table}") - stayed


def test_what_an_earlier_move_left_empty_is_filled_in(shared: Move) -> None:
    """Harbor knew the practitioners, and of their sign-ins only the nurse's."""
    claimed = "select count(*) from public.fhir_practitioners where user_id is not null"
    shared.load(shared.export(HARBOR, "harbor"))
    assert shared.target.value(claimed) == 2
    shared.load(shared.export())
    assert shared.target.value(claimed) == 9


def test_a_claim_made_there_is_kept(shared: Move) -> None:
    shared.load(shared.export(HARBOR, "harbor"))
    target = shared.target
    target.rows("insert into auth.users (id, email) values (gen_random_uuid(), 'claims@example.net')")
    target.rows(
        "update public.fhir_practitioners"
        " set user_id = (select id from auth.users where email = 'claims@example.net')"
        " where family_name = (select min(family_name) from public.fhir_practitioners where user_id is null)"
    )
    claimed = "select id, user_id from public.fhir_practitioners where user_id is not null order by 1"
    before = target.rows(claimed)
    shared.load(shared.export())
    assert all(row in target.rows(claimed) for row in before)


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        (
            "insert into auth.users (id, email) values (gen_random_uuid(), 'nurse1@example.com')",
            "users_email_partial_key",
        ),
        ("insert into public.fhir_practitioners (npi) select npi from npis", "fhir_practitioners_npi_key"),
    ],
)
def test_the_same_person_under_another_id_is_refused(arrival: Move, statement: str, place: str) -> None:
    npi = arrival.source.value(
        "select npi::text from public.fhir_practitioners as p"
        " inner join public.org_practitioners as l on l.practitioner_id = p.id where l.org_id = %s limit 1",
        arrival.source.org(LAKESIDE),
    )
    arrival.target.rows(statement.replace("select npi from npis", f"values ('{npi}')"))
    before = arrival.target.contents()
    with pytest.raises(DatabaseProblem) as refused:
        arrival.load(arrival.export())
    assert refused.value.code == "row_conflict"
    assert place in refused.value.message
    assert NURSE not in refused.value.message
    assert npi not in refused.value.message
    assert arrival.target.contents() == before
