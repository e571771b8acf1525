"""Incidents over HTTP: from the report to the board, as a frontend does it, and two reports at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import UUID, uuid4

import httpx
import pytest

from tests.api.conftest import Api, Person


@dataclass(frozen=True)
class House:
    """A recovery house with its manager, somebody who works there, and a manager of another organization."""

    site: UUID
    carer: Person
    manager: Person
    stranger: Person
    call: Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def house(api: Api, make_person: Callable[..., Person], make_org: Callable[..., UUID]) -> House:
    org, other = make_org("lakeside"), make_org("harbor")
    site = api.sql("select tests.make_site(%s, 'First Street', 'house')", org)
    assert isinstance(site, UUID)

    def call(who: Person | None, name: str, **body: object) -> httpx.Response:
        headers = who.headers(api) if who else {"apikey": api.publishable_key}
        return httpx.post(f"{api.url}/rest/v1/rpc/{name}", json=body, headers=headers, timeout=60)

    return House(
        site, make_person("carer", org), make_person("manager", org), make_person("manager", other), call
    )


def report(house: House, **more: object) -> httpx.Response:
    body = {
        "p_site_id": str(house.site),
        "p_kind": "fall",
        "p_severity": "severe",
        "p_occurred_at": "2026-01-05T10:00:00Z",
        "p_description": "Slipped on the stairs.",
    }
    return house.call(house.carer, "report_incident", **(body | more))


def test_from_the_report_to_the_end(house: House) -> None:
    made = report(house, p_body_map=[{"x": 500, "y": 120, "side": "front", "kind": "cut"}])
    assert made.status_code == 200, made.text
    incident = made.json()
    board = house.call(house.manager, "get_sla_board").json()
    assert [each["step"] for each in board if each["incident_id"] == incident] == [
        "acknowledge",
        "act",
        "review",
        "close",
    ]
    assert house.call(house.stranger, "get_sla_board").json() == []
    opened = house.call(house.manager, "open_incidents", p_ids=[incident], p_purpose="operations").json()
    assert opened == [
        {
            "id": incident,
            "description": "Slipped on the stairs.",
            "body_map": [{"x": 500, "y": 120, "side": "front", "kind": "cut"}],
        }
    ]
    assert house.call(house.manager, "acknowledge_incident", p_id=incident).status_code == 204
    early = house.call(house.manager, "close_incident", p_id=incident, p_lessons="Rails.")
    assert (early.status_code, early.json()["code"]) == (409, "conflict")
    assert (
        house.call(house.manager, "review_incident", p_id=incident, p_findings="No rails.").status_code == 204
    )
    silent = house.call(house.manager, "close_incident", p_id=incident)
    assert (silent.status_code, silent.json()["code"]) == (400, "invalid_input")
    assert house.call(house.manager, "close_incident", p_id=incident, p_lessons="Rails.").status_code == 204
    listed = {each["id"]: each for each in house.call(house.carer, "list_incidents", p_is_open=False).json()}
    assert listed[incident]["status"] == "closed"
    assert listed[incident]["next_step"] is None


def test_the_same_report_at_once_is_one(house: House) -> None:
    key = str(uuid4())
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: report(house, p_request_key=key), range(4)))
    assert {each.status_code for each in answers} == {200}
    assert len({each.json() for each in answers}) == 1


def test_pages_follow_one_another(house: House) -> None:
    for _ in range(3):
        assert report(house).status_code == 200
    everything = [each["id"] for each in house.call(house.manager, "list_incidents").json()]
    first = [each["id"] for each in house.call(house.manager, "list_incidents", p_limit=2).json()]
    then = house.call(house.manager, "list_incidents", p_limit=500, p_before=first[-1]).json()
    assert first + [each["id"] for each in then] == everything
    board = [each["timer_id"] for each in house.call(house.manager, "get_sla_board").json()]
    half = [each["timer_id"] for each in house.call(house.manager, "get_sla_board", p_limit=3).json()]
    rest = house.call(house.manager, "get_sla_board", p_after=half[-1]).json()
    assert half + [each["timer_id"] for each in rest] == board


@pytest.mark.parametrize(
    ("who", "wrong", "answer"),
    [
        ("stranger", {}, (404, "not_found")),
        (None, {}, (401, "42501")),
        ("carer", {"p_description": " "}, (400, "invalid_input")),
        ("carer", {"p_occurred_at": "2999-01-01T00:00:00Z"}, (400, "invalid_input")),
        ("carer", {"p_people": [{"role": "witness"}]}, (400, "invalid_input")),
        ("carer", {"p_people": [{"role": "witness", "staff_id": str(uuid4())}]}, (404, "not_found")),
        (
            "carer",
            {"p_body_map": [{"x": 0.5, "y": 1, "side": "front", "kind": "cut"}]},
            (400, "invalid_input"),
        ),
    ],
)
def test_what_is_refused(
    house: House, who: str | None, wrong: dict[str, object], answer: tuple[int, str]
) -> None:
    body = {
        "p_site_id": str(house.site),
        "p_kind": "fall",
        "p_severity": "low",
        "p_occurred_at": "2026-01-05T10:00:00Z",
        "p_description": "x",
    }
    told = house.call(getattr(house, who) if who else None, "report_incident", **(body | wrong))
    assert (told.status_code, told.json()["code"]) == answer
