"""Support circles over HTTP, as a frontend calls them, and everyone who is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from uuid import UUID, uuid4

import httpx
import pytest
from postgrest.exceptions import APIError

from tests.api.conftest import Api, Person

TABLES = (
    "provider_support_circles",
    "provider_support_circle_members",
    "provider_support_reflections",
    "support_circle_reflections",
)
CALLS = {
    "add_support_circle_member": {"p_circle_id": str(uuid4()), "p_user_id": str(uuid4())},
    "leave_support_circle": {"p_circle_id": str(uuid4())},
    "write_reflection": {"p_circle_id": str(uuid4()), "p_reflection_text": "x"},
}


@dataclass(frozen=True)
class Circle:
    """A circle of three nurses, whom a care manager brought together."""

    id: str
    cora: Person
    members: list[Person]


@pytest.fixture(scope="module")
def lakeside(make_org: Callable[..., UUID]) -> UUID:
    return make_org("lakeside")


@pytest.fixture(scope="module")
def circle(make_person: Callable[..., Person], lakeside: UUID) -> Circle:
    cora = make_person("care_manager", lakeside)
    made = new_circle(cora, 12)
    members = [make_person("nurse", lakeside) for _ in range(3)]
    for member in members:
        add(cora, made, member)
    return Circle(made, cora, members)


@pytest.fixture(scope="module")
def outsider(make_person: Callable[..., Person], lakeside: UUID) -> Person:
    """A nurse of the same organization."""
    return make_person("nurse", lakeside)


@pytest.fixture(scope="module")
def stranger(make_person: Callable[..., Person], make_org: Callable[..., UUID]) -> Person:
    """A care manager of another organization, which has the hub too."""
    return make_person("care_manager", make_org("harbor"))


def new_circle(who: Person, seats: int) -> str:
    row = {"name": "Tuesday circle", "meeting_frequency": "weekly", "max_members": seats}
    made = who.client.table("provider_support_circles").insert(row).execute().data
    return str(made[0]["id"])


def add(who: Person, circle_id: str, member: Person) -> None:
    body = {"p_circle_id": circle_id, "p_user_id": str(member.user_id)}
    who.client.rpc("add_support_circle_member", body).execute()


def write(who: Person, circle_id: str, **more: object) -> dict[str, object]:
    body = {"p_circle_id": circle_id, "p_reflection_text": "A long week.", **more}
    made: dict[str, object] = who.client.rpc("write_reflection", body).execute().data
    return made


def read(who: Person, table: str, columns: str = "*") -> list[dict[str, object]]:
    found: list[dict[str, object]] = who.client.table(table).select(columns).execute().data
    return found


def refused(call: Callable[[], object]) -> APIError:
    with pytest.raises(APIError) as caught:
        call()
    return caught.value


def test_members_write_to_each_other(circle: Circle) -> None:
    nadia, nora, _ = circle.members
    signed = write(nadia, circle.id)
    assert (signed["author_name"], signed["is_anonymous"]) == (nadia.email, False)
    assert signed in read(nora, "support_circle_reflections")
    assert len(read(nora, "provider_support_circle_members")) == 3
    assert [one["id"] for one in read(nora, "provider_support_circles")] == [circle.id]


def test_an_anonymous_author_is_in_no_answer(circle: Circle) -> None:
    nadia, nora, _ = circle.members
    made = write(nadia, circle.id, p_reflection_text="I cried in the car.", p_is_anonymous=True)
    assert set(made) == {
        "org_id",
        "id",
        "circle_id",
        "reflection_text",
        "is_anonymous",
        "author_name",
        "created_at",
    }
    assert made["author_name"] is None
    assert ":00:00" in str(made["created_at"])
    [seen] = [one for one in read(nora, "support_circle_reflections") if one["id"] == made["id"]]
    assert seen == made
    assert str(nadia.user_id) not in json.dumps(read(nora, "support_circle_reflections"))


@pytest.mark.parametrize(
    "query",
    [
        "select=*",
        "select=author_id",
        "select=user_id",
        "select=created_by,updated_by",
        "select=id&order=user_id",
        "select=id&user_id=not.is.null",
        "select=id,fhir_practitioners(family_name)&fhir_practitioners.family_name=not.is.null",
    ],
)
def test_the_author_cannot_be_asked_for(http: httpx.Client, api: Api, circle: Circle, query: str) -> None:
    headers = circle.members[1].headers(api)
    answer = http.get(f"/rest/v1/provider_support_reflections?{query}", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "42501"), answer.text


@pytest.mark.parametrize("column", ["author_id", "user_id", "author_name", "created_at", "id", "org_id"])
def test_nobody_writes_in_anothers_name(circle: Circle, column: str) -> None:
    nadia, nora, _ = circle.members
    value = "2026-01-01" if column == "created_at" else str(nadia.user_id)
    row = {"circle_id": circle.id, "reflection_text": "x", column: value}
    table = nora.client.table("provider_support_reflections")
    assert refused(lambda: table.insert(row, returning="minimal").execute()).code == "42501"


def test_those_who_set_a_circle_up_do_not_read_it(
    circle: Circle, make_person: Callable[..., Person], lakeside: UUID
) -> None:
    write(circle.members[0], circle.id)
    wanda = make_person("wellness_officer", lakeside)
    for leader in (circle.cora, wanda):
        assert circle.id in {one["id"] for one in read(leader, "provider_support_circles")}
        assert read(leader, "provider_support_circle_members") == []
        assert read(leader, "support_circle_reflections") == []
        table = leader.client.table("provider_support_circles")
        [renamed] = table.update({"meeting_frequency": "monthly"}).eq("id", circle.id).execute().data
        assert renamed["meeting_frequency"] == "monthly"
    assert refused(lambda: write(circle.cora, circle.id)).code == "not_found"
    assert refused(lambda: add(circle.cora, circle.id, circle.cora)).code == "permission_denied"


def test_others_neither_read_nor_join(circle: Circle, outsider: Person, stranger: Person) -> None:
    for person in (outsider, stranger):
        assert read(person, "provider_support_circle_members") == []
        assert read(person, "support_circle_reflections") == []
        assert refused(partial(write, person, circle.id)).code == "not_found"
    assert refused(lambda: add(outsider, circle.id, outsider)).code == "permission_denied"
    assert read(stranger, "provider_support_circles") == []


def test_not_yours_and_not_there_are_one_answer(
    circle: Circle, stranger: Person, make_person: Callable[..., Person]
) -> None:
    hana = make_person("nurse", stranger.org_id)
    answers = [refused(partial(add, stranger, one, hana)) for one in (circle.id, str(uuid4()))]
    assert {(one.code, one.message, one.details) for one in answers} == {
        ("not_found", "There is no such circle in your organization.", "{}")
    }
    said = [refused(partial(write, hana, one)) for one in (circle.id, str(uuid4()))]
    assert {(one.code, one.message, one.details) for one in said} == {
        ("not_found", "You are in no such circle.", "{}")
    }
    mine = new_circle(stranger, 3)
    nobody = Person(uuid4(), stranger.org_id, "", stranger.client, "")
    added = [refused(partial(add, stranger, mine, one)) for one in (circle.members[0], nobody)]
    assert len({(one.code, one.message, one.details) for one in added}) == 1


def test_whoever_leaves_reads_no_more(
    circle: Circle, make_person: Callable[..., Person], lakeside: UUID
) -> None:
    nell = make_person("nurse", lakeside)
    mine = new_circle(circle.cora, 3)
    add(circle.cora, mine, nell)
    assert write(nell, mine)["circle_id"] == mine
    nell.client.rpc("leave_support_circle", {"p_circle_id": mine}).execute()
    assert read(nell, "support_circle_reflections") == []
    again = refused(lambda: nell.client.rpc("leave_support_circle", {"p_circle_id": mine}).execute())
    assert again.code == "not_found"


def test_flag_off_is_a_clear_403(
    http: httpx.Client, api: Api, make_person: Callable[..., Person], make_org: Callable[..., UUID]
) -> None:
    person = make_person("care_manager", make_org("without-the-hub", has_resilience_hub=False))
    for name, body in CALLS.items():
        answer = http.post(f"/rest/v1/rpc/{name}", json=body, headers=person.headers(api))
        assert (answer.status_code, answer.json()["code"]) == (403, "feature_disabled"), name
    row = {"name": "Quiet", "meeting_frequency": "weekly"}
    answer = http.post("/rest/v1/provider_support_circles", json=row, headers=person.headers(api))
    assert (answer.status_code, answer.json()["code"]) == (403, "feature_disabled")


def test_anonymous_is_refused_everywhere(http: httpx.Client) -> None:
    for table in TABLES:
        assert http.get(f"/rest/v1/{table}").status_code == 401, table
    for name, body in CALLS.items():
        assert http.post(f"/rest/v1/rpc/{name}", json=body).status_code == 401, name


def test_the_last_seats_are_given_once(
    api: Api, circle: Circle, make_person: Callable[..., Person], lakeside: UUID
) -> None:
    """Twelve nurses are added at once, by two people, to a circle of five seats."""
    ada = make_person("wellness_officer", lakeside)
    nurses = [make_person("nurse", lakeside) for _ in range(12)]
    small = new_circle(circle.cora, 5)

    def try_add(number: int) -> tuple[int, str]:
        answer = httpx.post(
            f"{api.url}/rest/v1/rpc/add_support_circle_member",
            json={"p_circle_id": small, "p_user_id": str(nurses[number % 12].user_id)},
            headers=(circle.cora if number % 2 else ada).headers(api),
            timeout=60,
        )
        return answer.status_code, answer.json()["code"] if answer.content else ""

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(try_add, range(24)))
    assert set(answers) == {(204, ""), (409, "conflict")}
    taken = api.sql(
        "select count(*) from public.provider_support_circle_members where circle_id = %s and is_active",
        small,
    )
    assert taken == 5
