"""The person's own risk over HTTP: the sum of what is in the list, band by band."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest

from tests.api.conftest import Api, Person


@pytest.fixture(scope="module")
def nadia(api: Api, make_person: Callable[..., Person], make_org: Callable[..., UUID]) -> Person:
    person = make_person("nurse", make_org("lakeside"))
    api.sql("create schema stand_in")
    api.sql("create table stand_in.assessment (composite numeric, previous_composite numeric)")
    # Where assessments are kept is not what is tested here.
    api.sql(
        """create or replace function app.latest_burnout(p_org_id uuid, p_user_id uuid)
           returns table (composite numeric, assessment_date date, previous_composite numeric)
           language sql stable set search_path = ''
           as $$ select composite, current_date, previous_composite from stand_in.assessment $$"""
    )
    return person


@pytest.fixture
def assess(api: Api) -> Callable[..., None]:
    def run(composite: str | None, previous: str | None = None) -> None:
        with psycopg.connect(api.db_url, autocommit=True) as conn:
            conn.execute("delete from stand_in.assessment")
            if composite is not None:
                conn.execute("insert into stand_in.assessment values (%s, %s)", (composite, previous))

    return run


def risk(api: Api, http: httpx.Client, person: Person) -> dict[str, Any]:
    answer = http.post("/rest/v1/rpc/get_my_risk", headers=person.headers(api), json={})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize(
    ("composite", "level", "is_needed"),
    [
        (None, "low", False),
        ("0", "low", False),
        ("39.99", "low", False),
        ("40", "moderate", False),
        ("59.99", "moderate", False),
        ("60", "high", True),
        ("74.99", "high", True),
        ("75", "critical", True),
        ("80.5", "critical", True),
        ("100", "critical", True),
    ],
)
def test_bands(
    api: Api,
    http: httpx.Client,
    nadia: Person,
    assess: Callable[..., None],
    composite: str | None,
    level: str,
    is_needed: bool,
) -> None:
    assess(composite)
    found = risk(api, http, nadia)
    assert found["level"] == level
    (part,) = found["contributions"]
    if composite is None:
        assert (part["kind"], part["points"]) == ("no_assessment", 20)
    else:
        assert (part["kind"], Decimal(str(part["value"]))) == ("burnout_assessment", Decimal(composite))
    assert part["sentence_key"] == f"resilience.risk.{part['kind']}"
    needed = http.post("/rest/v1/rpc/check_intervention_needed", headers=nadia.headers(api), json={})
    assert needed.json() is is_needed


@pytest.mark.parametrize(
    ("composite", "previous", "kinds"),
    [
        ("50", "40", ["burnout_assessment", "trend"]),
        ("50", "40.01", ["burnout_assessment"]),
        ("50", "70", ["burnout_assessment"]),
        ("50", None, ["burnout_assessment"]),
        ("99", "50", ["burnout_assessment", "trend"]),
    ],
)
def test_a_rise_of_ten_counts(
    api: Api,
    http: httpx.Client,
    nadia: Person,
    assess: Callable[..., None],
    composite: str,
    previous: str | None,
    kinds: list[str],
) -> None:
    assess(composite, previous)
    found = risk(api, http, nadia)
    assert [part["kind"] for part in found["contributions"]] == kinds
    points = sum(Decimal(str(part["points"])) for part in found["contributions"])
    assert Decimal(str(found["composite"])) == min(Decimal(100), points)
