"""Invitations and moderation over HTTP, and two who take the last seat at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from tests.api.conftest import Api, Person

NOBODY = str(uuid4())
CALLS: dict[str, dict[str, object]] = {
    "invite_to_circle": {"p_circle_id": NOBODY, "p_user_id": NOBODY},
    "get_my_circle_invitations": {},
    "get_sent_circle_invitations": {},
    "answer_circle_invitation": {"p_invitation_id": NOBODY, "p_accept": True},
    "end_circle_seat": {"p_circle_id": NOBODY, "p_user_id": NOBODY},
    "report_reflection": {"p_reflection_id": NOBODY, "p_reason": "harmful"},
    "get_reported_reflections": {},
    "review_reflection": {"p_id": NOBODY, "p_keep": True},
    "remove_reflection": {"p_reflection_id": NOBODY},
}
Call = Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def call(api: Api) -> Call:
    def post(who: Person | None, name: str, **body: object) -> httpx.Response:
        headers = who.headers(api) if who else {"apikey": api.publishable_key}
        return httpx.post(f"{api.url}/rest/v1/rpc/{name}", json=body, headers=headers, timeout=60)

    return post


@pytest.fixture(scope="module")
def lakeside(make_org: Callable[..., UUID]) -> UUID:
    return make_org("lakeside")


@pytest.fixture(scope="module")
def wanda(make_person: Callable[..., Person], lakeside: UUID) -> Person:
    return make_person("wellness_officer", lakeside)


@pytest.fixture(scope="module")
def nurses(make_person: Callable[..., Person], lakeside: UUID) -> list[Person]:
    return [make_person("nurse", lakeside) for _ in range(6)]


def new_circle(who: Person, seats: int, lead: Person | None = None) -> str:
    row = {
        "name": "Tuesday circle",
        "meeting_frequency": "weekly",
        "max_members": seats,
        "facilitator_id": str(lead.user_id) if lead else None,
    }
    made: list[Any] = who.client.table("provider_support_circles").insert(row).execute().data
    return str(made[0]["id"])


def invite(call: Call, who: Person, circle: str, *people: Person) -> None:
    for person in people:
        answer = call(who, "invite_to_circle", p_circle_id=circle, p_user_id=str(person.user_id))
        assert answer.status_code == 204, answer.text


def invitation(call: Call, who: Person, circle: str) -> str:
    [mine] = [each for each in call(who, "get_my_circle_invitations").json() if each["circle_id"] == circle]
    return str(mine["id"])


def answer_it(call: Call, who: Person, circle: str, *, is_yes: bool = True) -> httpx.Response:
    return call(
        who, "answer_circle_invitation", p_invitation_id=invitation(call, who, circle), p_accept=is_yes
    )


def test_an_invitation_is_between_two(call: Call, wanda: Person, nurses: list[Person]) -> None:
    nora, nils, nell, *_ = nurses
    circle = new_circle(wanda, 5, lead=nell)
    invite(call, nell, circle, nora, nils)
    sent = call(nell, "get_sent_circle_invitations").json()
    assert {each["user_id"] for each in sent} == {str(nora.user_id), str(nils.user_id)}
    assert call(wanda, "get_sent_circle_invitations").json() == []
    yes, no = answer_it(call, nora, circle), answer_it(call, nils, circle, is_yes=False)
    assert (yes.json()["status"], no.json()["status"]) == ("accepted", "declined")
    assert call(nell, "get_sent_circle_invitations").json() == []
    for person, count in ((nora, 1), (nils, 0), (nell, 0), (wanda, 0)):
        members: list[Any] = person.client.table("provider_support_circle_members").select("*").execute().data
        assert len([each for each in members if each["circle_id"] == circle]) == count
        rows: list[Any] = (
            person.client.table("provider_support_circle_invitations").select("user_id").execute().data
        )
        assert {each["user_id"] for each in rows} <= {str(person.user_id)}


def test_the_last_seat_is_taken_once(call: Call, wanda: Person, nurses: list[Person]) -> None:
    """Six accept at once; there are three seats. Those who are too late keep their invitation."""
    circle = new_circle(wanda, 3)
    invite(call, wanda, circle, *nurses)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda who: answer_it(call, who, circle), nurses))
    assert sorted(each.status_code for each in answers) == [200] * 3 + [409] * 3
    late = [who for who, each in zip(nurses, answers, strict=True) if each.status_code == 409]
    assert {each.json()["code"] for each in answers if each.status_code == 409} == {"conflict"}
    assert all(invitation(call, who, circle) for who in late)
    seated = next(who for who in nurses if who not in late)
    seated.client.rpc("leave_support_circle", {"p_circle_id": circle}).execute()
    with ThreadPoolExecutor(3) as pool:
        again = list(pool.map(lambda who: answer_it(call, who, circle).status_code, late))
    assert sorted(again) == [200, 409, 409]


def test_what_is_reported_is_hidden_until_it_is_decided(
    call: Call, wanda: Person, nurses: list[Person]
) -> None:
    author, reporter, other, lead, *_ = nurses
    circle = new_circle(wanda, 6, lead=lead)
    invite(call, wanda, circle, author, reporter, other)
    for who in (author, reporter, other):
        assert answer_it(call, who, circle).status_code == 200
    said = call(
        author, "write_reflection", p_circle_id=circle, p_reflection_text="Hm.", p_is_anonymous=True
    ).json()["id"]

    def read(who: Person) -> list[str]:
        rows: list[Any] = who.client.table("support_circle_reflections").select("id").execute().data
        return [each["id"] for each in rows]

    assert said in read(other)
    told = call(reporter, "report_reflection", p_reflection_id=said, p_reason="harmful")
    assert told.status_code == 204, told.text
    assert said not in read(other) + read(author) + read(reporter)
    for decider in (lead, wanda):
        [reported] = call(decider, "get_reported_reflections").json()
        assert reported == {
            "reflection_id": said,
            "circle_id": circle,
            "reflection_text": "Hm.",
            "is_anonymous": True,
            "is_hidden": True,
            "reasons": ["harmful"],
            "report_count": 1,
        }
    assert call(lead, "review_reflection", p_id=said, p_keep=True).status_code == 204
    assert said in read(other)
    assert call(author, "remove_reflection", p_reflection_id=said).status_code == 204
    assert said not in read(other)


def test_flag_off_is_a_clear_403(
    call: Call, make_person: Callable[..., Person], make_org: Callable[..., UUID]
) -> None:
    person = make_person("care_manager", make_org("without-the-hub", has_resilience_hub=False))
    for name, body in CALLS.items():
        answer = call(person, name, **body)
        assert (answer.status_code, answer.json()["code"]) == (403, "feature_disabled"), name


def test_anonymous_is_refused_everywhere(call: Call, http: httpx.Client) -> None:
    for table in ("provider_support_circle_invitations", "provider_reflection_reports"):
        assert http.get(f"/rest/v1/{table}").status_code == 401, table
    for name, body in CALLS.items():
        assert call(None, name, **body).status_code == 401, name


def test_another_organization_is_not_told_apart_from_nothing(
    call: Call, wanda: Person, make_person: Callable[..., Person], make_org: Callable[..., UUID]
) -> None:
    stranger = make_person("wellness_officer", make_org("harbor"))
    member = make_person("nurse", stranger.org_id)
    circle = new_circle(wanda, 3)
    asked = [
        call(stranger, "invite_to_circle", p_circle_id=one, p_user_id=str(member.user_id))
        for one in (circle, NOBODY)
    ]
    assert {(each.status_code, each.text) for each in asked} == {(404, asked[0].text)}
