"""Removing, restoring and holding over HTTP, as a frontend calls them, and everyone who is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

import httpx
import pytest
from postgrest.exceptions import APIError

from tests.api.conftest import Api, Person

CALLS: dict[str, dict[str, object]] = {
    "remove_sites": {"p_id": str(uuid4())},
    "restore_sites": {"p_id": str(uuid4())},
    "get_removed_sites": {},
    "get_retention": {},
    "set_retention_policy": {"p_table_name": "sites", "p_keep_for": "2 years"},
    "place_legal_hold": {"p_reason_code": "litigation"},
    "release_legal_hold": {"p_hold_id": str(uuid4())},
}


@dataclass(frozen=True)
class House:
    """A house of Lakeside, and who is there."""

    id: str
    owner: Person
    admin: Person
    lead: Person
    nurse: Person


@pytest.fixture(scope="module")
def lakeside(make_org: Callable[..., UUID]) -> UUID:
    return make_org("lakeside")


@pytest.fixture(scope="module")
def house(api: Api, make_person: Callable[..., Person], lakeside: UUID) -> House:
    made = api.sql(
        "insert into public.sites (org_id, kind, name) values (%s, 'house', 'Hill') returning id", lakeside
    )
    people = [make_person(role, lakeside) for role in ("org_owner", "admin", "compliance_lead", "nurse")]
    return House(str(made), *people)


@pytest.fixture(scope="module")
def stranger(make_person: Callable[..., Person], make_org: Callable[..., UUID]) -> Person:
    return make_person("org_owner", make_org("harbor"))


def call(who: Person, name: str, **body: object) -> object:
    return who.client.rpc(name, body).execute().data


def refused(who: Person, name: str, **body: object) -> str:
    with pytest.raises(APIError) as caught:
        call(who, name, **body)
    return str(caught.value.code)


def sees(who: Person, house: House) -> bool:
    return bool(who.client.table("sites").select("id").eq("id", house.id).execute().data)


def test_what_is_removed_is_gone_at_once_and_comes_back(house: House) -> None:
    for person in (house.owner, house.admin, house.lead, house.nurse):
        assert sees(person, house)
    assert call(house.admin, "remove_sites", p_id=house.id) == {"id": house.id, "version": 2}
    for person in (house.owner, house.admin, house.lead, house.nurse):
        assert not sees(person, house)
    [removed] = list(house.owner.client.rpc("get_removed_sites").execute().data)
    assert (removed["id"], removed["row_values"]["name"], removed["is_held"]) == (house.id, "Hill", False)
    assert call(house.owner, "restore_sites", p_id=house.id) == {"id": house.id, "version": 3}
    assert sees(house.nurse, house)


def test_who_may_not_is_told_so(house: House, stranger: Person) -> None:
    for name, body in CALLS.items():
        assert refused(house.nurse, name, **body) == "permission_denied", name
    assert refused(house.lead, "remove_sites", p_id=house.id) == "permission_denied"
    assert refused(house.admin, "place_legal_hold", p_reason_code="other") == "permission_denied"
    for name in ("remove_sites", "restore_sites"):
        assert refused(stranger, name, p_id=house.id) == refused(stranger, name, p_id=str(uuid4()))
        assert refused(stranger, name, p_id=house.id) == "not_found"
    assert sees(house.nurse, house)


def test_a_hold_stops_the_purge_until_it_is_released(api: Api, house: House, stranger: Person) -> None:
    call(house.admin, "remove_sites", p_id=house.id)
    assert call(house.lead, "set_retention_policy", p_table_name="sites", p_keep_for="30 days") == "30 days"
    body = {"p_reason_code": "litigation", "p_table_name": "sites", "p_row_id": house.id}
    assert refused(stranger, "place_legal_hold", **body) == "not_found"
    hold = call(house.lead, "place_legal_hold", **body)
    assert stranger.client.table("legal_holds").select("*").execute().data == []
    assert refused(stranger, "release_legal_hold", p_hold_id=hold) == "not_found"
    with pytest.raises(APIError):
        house.lead.client.table("legal_holds").delete().eq("id", hold).execute()
    api.sql("update public.sites set deleted_at = now() - interval '31 days' where id = %s", house.id)
    purge = "select app.job_purge_removed(%s, 100)"
    assert api.sql(purge, house.owner.org_id) == 0
    [status] = [row for row in _retention(house.owner) if row["table_name"] == "sites"]
    assert (status["removed_count"], status["due_count"], status["held_count"]) == (1, 1, 1)
    call(house.owner, "release_legal_hold", p_hold_id=hold)
    assert api.sql(purge, house.owner.org_id) == 1
    assert refused(house.admin, "restore_sites", p_id=house.id) == "not_found"
    trail = house.lead.client.table("audit_events").select("action").eq("table_name", "public.sites")
    actions = {row["action"] for row in trail.execute().data}
    assert {"delete", "restore", "purge"} <= actions


def _retention(who: Person) -> list[dict[str, object]]:
    found: list[dict[str, object]] = who.client.rpc("get_retention").execute().data
    return found


def test_anonymous_is_refused_everywhere(http: httpx.Client) -> None:
    for name, body in CALLS.items():
        assert http.post(f"/rest/v1/rpc/{name}", json=body).status_code == 401, name
