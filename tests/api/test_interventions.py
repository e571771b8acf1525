"""Cases over HTTP: what a person and their helpers do with them, who is refused, and two at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from tests.api.conftest import Api, Person

TABLES = ("provider_interventions", "provider_intervention_contacts")
NOBODY = str(uuid4())
OF_HELPERS: dict[str, dict[str, object]] = {
    "list_interventions": {"p_purpose": "operations"},
    "get_intervention": {"p_id": NOBODY, "p_purpose": "operations"},
    "get_intervention_contacts": {"p_id": NOBODY, "p_purpose": "operations"},
    "assign_intervention": {"p_id": NOBODY},
    "log_intervention_contact": {"p_id": NOBODY, "p_contact_method": "call", "p_is_reached": True},
    "close_intervention": {"p_id": NOBODY, "p_outcome": "improved"},
}
OF_EVERYBODY: dict[str, dict[str, object]] = {
    "get_my_interventions": {},
    "accept_intervention": {"p_id": NOBODY, "p_share_with_helper": False},
    "decline_intervention": {"p_id": NOBODY},
    "request_peer_support": {"p_occasion": "error", "p_share": False},
}
CALLS = OF_HELPERS | OF_EVERYBODY


@dataclass(frozen=True)
class House:
    """An organization with a nurse at critical risk, who may not be contacted, and those who could help."""

    org_id: UUID
    nora: Person
    wanda: Person
    call: Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def call(api: Api) -> Callable[..., httpx.Response]:
    def post(who: Person | None, name: str, **body: object) -> httpx.Response:
        headers = who.headers(api) if who else {"apikey": api.publishable_key}
        return httpx.post(f"{api.url}/rest/v1/rpc/{name}", json=body, headers=headers, timeout=60)

    return post


@pytest.fixture(scope="module")
def house(
    api: Api,
    make_person: Callable[..., Person],
    make_org: Callable[..., UUID],
    call: Callable[..., httpx.Response],
) -> House:
    org = make_org("lakeside")
    nora, wanda = make_person("nurse", org), make_person("wellness_officer", org)
    take_part(api, nora, "aggregate_only")
    api.sql("select tests.assess(%s, %s, current_date, 80.5)", org, nora.user_id)
    api.sql("select app.job_open_interventions(%s, 100)", org)
    return House(org, nora, wanda, call)


def take_part(api: Api, who: Person, level: str) -> None:
    api.sql("select tests.give_consent(%s, %s, %s)", who.org_id, who.user_id, level)


def offers(house: House) -> dict[str, dict[str, object]]:
    return {each["kind"]: each for each in house.call(house.nora, "get_my_interventions").json()}


def seen(house: House) -> list[str]:
    answer = house.call(house.wanda, "list_interventions", p_purpose="operations")
    assert answer.status_code == 200, answer.text
    return [each["kind"] for each in answer.json()]


def test_help_is_offered_taken_up_and_closed(api: Api, house: House) -> None:
    """From the rule to the effect, in the order in which it happens."""
    mine = offers(house)
    assert {kind: (one["status"], one["score_before"]) for kind, one in mine.items()} == {
        "circle_invitation": ("proposed", 80.5),
        "peer_support": ("proposed", 80.5),
        "workload_reduction": ("proposed", 80.5),
    }
    assert seen(house) == []

    workload = mine["workload_reduction"]["id"]
    accepted = house.call(house.nora, "accept_intervention", p_id=workload, p_share_with_helper=True)
    assert accepted.status_code == 200, accepted.text
    assert accepted.json()["status"] == "open"
    assert seen(house) == ["workload_reduction"]

    logged = house.call(
        house.wanda, "log_intervention_contact", p_id=workload, p_contact_method="video", p_is_reached=True
    )
    assert logged.status_code == 200, logged.text
    read = house.call(house.wanda, "get_intervention", p_id=workload, p_purpose="operations").json()
    assert (read["status"], read["owner_id"]) == ("in_progress", str(house.wanda.user_id))
    contacts = house.call(house.wanda, "get_intervention_contacts", p_id=workload, p_purpose="operations")
    assert [each["is_reached"] for each in contacts.json()] == [True]
    closed = house.call(
        house.wanda, "close_intervention", p_id=workload, p_outcome="improved", p_note="Two nights fewer."
    )
    assert closed.json()["status"] == "completed"
    again = house.call(house.wanda, "close_intervention", p_id=workload, p_outcome="worse")
    assert (again.status_code, again.json()["code"]) == (409, "conflict")

    api.sql("select tests.assess(%s, %s, current_date + 2, 55)", house.org_id, house.nora.user_id)
    api.sql("select app.job_follow_interventions(%s, 100)", house.org_id)
    assert offers(house)["workload_reduction"]["effect"] == -25.5


def test_a_change_of_mind_acts_on_the_next_request(api: Api, house: House) -> None:
    take_part(api, house.nora, "may_be_contacted")
    assert "peer_support" in seen(house)
    support = offers(house)["peer_support"]["id"]
    take_part(api, house.nora, "anonymous")
    assert "peer_support" not in seen(house)
    answer = house.call(house.wanda, "get_intervention", p_id=support, p_purpose="operations")
    unknown = house.call(house.wanda, "get_intervention", p_id=NOBODY, p_purpose="operations")
    assert (answer.status_code, answer.json()) == (unknown.status_code, unknown.json())
    assert answer.json()["code"] == "not_found"


def test_a_request_for_peer_support_is_answered_at_once(
    house: House, make_person: Callable[..., Person]
) -> None:
    nils = make_person("nurse", house.org_id)
    answer = house.call(nils, "request_peer_support", p_occasion="patient_death", p_share=False)
    assert answer.status_code == 200, answer.text
    [asked] = answer.json()
    assert (asked["is_shared"], asked["told_count"]) == (False, 1)
    messages = house.wanda.client.table("notification_queue").select("*").execute()
    assert str(nils.user_id) not in str(messages.data)
    assert asked["intervention_id"] not in str(messages.data)
    shared = house.call(nils, "accept_intervention", p_id=asked["intervention_id"], p_share_with_helper=True)
    assert shared.status_code == 200
    assert house.call(
        house.wanda, "get_intervention", p_id=asked["intervention_id"], p_purpose="operations"
    ).json()["user_id"] == str(nils.user_id)


@pytest.mark.parametrize("name", sorted(OF_HELPERS))
def test_helpers_calls_are_not_for_nurses(house: House, name: str) -> None:
    answer = house.call(house.nora, name, **OF_HELPERS[name])
    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied"), answer.text


def test_flag_off_is_a_clear_403(
    make_person: Callable[..., Person], make_org: Callable[..., UUID], call: Callable[..., httpx.Response]
) -> None:
    person = make_person("care_manager", make_org("without-the-hub", has_resilience_hub=False))
    for name, body in CALLS.items():
        answer = call(person, name, **body)
        assert (answer.status_code, answer.json()["code"]) == (403, "feature_disabled"), name


def test_anonymous_is_refused_everywhere(http: httpx.Client, call: Callable[..., httpx.Response]) -> None:
    for table in TABLES:
        assert http.get(f"/rest/v1/{table}").status_code == 401, table
    for name, body in CALLS.items():
        assert call(None, name, **body).status_code == 401, name


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("list_interventions", {}),
        ("list_interventions", {"p_purpose": "operations", "p_limit": 0}),
        ("get_intervention", {"p_id": None, "p_purpose": "operations"}),
        ("close_intervention", {"p_id": NOBODY, "p_outcome": "improved", "p_note": "x" * 501}),
    ],
)
def test_bad_input_is_named(house: House, name: str, body: dict[str, object]) -> None:
    answer = house.call(house.wanda, name, **body)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_input"), answer.text
    assert "field" in answer.json()["details"]


def test_two_rules_open_one_case(api: Api, house: House, make_person: Callable[..., Person]) -> None:
    """The second waits for the first, and then has the same case; if the first gives up, it opens its own."""
    nell = make_person("nurse", house.org_id)
    opened = "select app.open_intervention(%s, %s, 'check_in_call', %s, 61)"

    def open_case(conn: psycopg.Connection[tuple[UUID]], rule: str) -> UUID:
        row = conn.execute(opened, (house.org_id, nell.user_id, rule)).fetchone()
        assert row
        return row[0]

    for ends in ("rollback", "commit"):
        with psycopg.connect(api.db_url) as first, psycopg.connect(api.db_url) as second:
            with ThreadPoolExecutor(1) as pool:
                mine = open_case(first, "first")
                waiting = pool.submit(open_case, second, "second")
                with pytest.raises(TimeoutError):
                    waiting.result(timeout=0.4)
                getattr(first, ends)()
                theirs = waiting.result(timeout=20)
            second.rollback()
        assert (mine == theirs) == (ends == "commit")
    assert api.sql("select count(*) from public.provider_interventions where user_id = %s", nell.user_id) == 1


def test_closing_and_declining_at_once_end_once(
    api: Api, house: House, make_person: Callable[..., Person]
) -> None:
    nina = make_person("nurse", house.org_id)
    take_part(api, nina, "may_be_contacted")
    [asked] = house.call(nina, "request_peer_support", p_occasion="error", p_share=True).json()
    case = asked["intervention_id"]
    calls: list[tuple[Person, str, dict[str, object]]] = [
        (house.wanda, "close_intervention", {"p_id": case, "p_outcome": "improved"}),
        (nina, "decline_intervention", {"p_id": case}),
    ] * 3
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda each: house.call(each[0], each[1], **each[2]), calls))
    codes = {answer.json().get("code", answer.json().get("status")) for answer in answers}
    assert codes in ({"completed", "conflict"}, {"declined", "conflict"}), [one.text for one in answers]
