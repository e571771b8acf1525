"""A stay over HTTP, as a frontend has it: the call, the bed, the move, the end, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.api.conftest import Api, Person


@dataclass(frozen=True)
class Home:
    site: str
    beds: list[str]
    mia: Person
    call: Callable[..., httpx.Response]
    read: Callable[..., Any]


@pytest.fixture(scope="module")
def home(api: Api, make_org: Callable[..., UUID], make_person: Callable[..., Person]) -> Home:
    org = make_org("lakeside")
    site = api.sql("select tests.make_site(%s, 'The Elms')", org)
    room = api.sql(
        "insert into public.rooms (org_id, site_id, name) values (%s, %s, '1') returning id", org, site
    )
    beds = [
        str(
            api.sql(
                """insert into public.beds (org_id, site_id, room_id, name)
                   values (%s, %s, %s, %s) returning id""",
                *(org, site, room, name),
            )
        )
        for name in "ab"
    ]
    mia = make_person("manager", org)

    def call(name: str, **body: object) -> httpx.Response:
        return httpx.post(f"{api.url}/rest/v1/rpc/{name}", json=body, headers=mia.headers(api), timeout=60)

    def read(path: str) -> Any:
        answer = httpx.get(f"{api.url}/rest/v1/{path}", headers=mia.headers(api), timeout=60)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return Home(str(site), beds, mia, call, read)


def test_from_the_call_to_the_end_of_the_stay(home: Home) -> None:
    def done(name: str, **body: object) -> Any:
        answer = home.call(name, **body)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    enquiries = [
        done(
            "create_enquiry",
            p_site_id=home.site,
            p_source="phone",
            p_contact={"name": "Dora Moss", "phone": "0123"},
            p_person={"family_name": name, "birth_date": "1941-02-03", "preferred_name": name},
        )
        for name in ("Ruth", "Ben")
    ]
    for enquiry in enquiries:
        done("move_enquiry", p_enquiry_id=enquiry, p_status="assessment")
        done("move_enquiry", p_enquiry_id=enquiry, p_status="offered")
    stay = done("admit_resident", p_bed_id=home.beds[0], p_enquiry_id=enquiries[0])
    ruth = stay["resident_id"]

    refused = home.call("admit_resident", p_bed_id=home.beds[0], p_enquiry_id=enquiries[1])
    assert refused.status_code == 409
    assert refused.json()["code"] == "conflict"
    assert "bed_taken" in refused.json()["details"]
    assert home.read("residency_enquiries?select=status&order=id") == [
        {"status": "admitted"},
        {"status": "offered"},
    ]

    [shown] = done("list_residents", p_site_id=home.site, p_purpose="treatment")
    assert (shown["preferred_name"], shown["bed_id"]) == ("Ruth", home.beds[0])
    done("transfer_resident", p_resident_id=ruth, p_bed_id=home.beds[1])
    board = done("get_occupancy_board", p_site_id=home.site)
    assert [(bed["state"], bed["resident_id"]) for bed in board] == [("vacant", None), ("occupied", ruth)]
    assert [row["status"] for row in home.read("clients")] == ["resident"]

    done("start_leave", p_resident_id=ruth, p_kind="hospital")
    [live] = home.read("occupancy")
    assert (live["occupied_count"], live["on_leave_count"], live["vacant_count"]) == (1, 1, 1)
    done("discharge_resident", p_resident_id=ruth, p_reason="admitted_to_hospital", p_destination="hospital")
    [figures] = done("get_occupancy_figures", p_site_id=home.site)
    assert (figures["occupied_count"], figures["bed_count"], figures["occupancy_percent"]) == (0, 2, 0)


@pytest.mark.parametrize(
    "table", ["admissions", "bed_stays", "resident_leaves", "bed_offers", "occupancy_snapshots"]
)
def test_what_rpcs_write_nobody_writes_otherwise(api: Api, home: Home, table: str) -> None:
    for method in ("post", "patch", "delete"):
        answer = httpx.request(
            method,
            f"{api.url}/rest/v1/{table}?org_id=eq.{home.mia.org_id}",
            json={"org_id": str(home.mia.org_id)} if method != "delete" else None,
            headers=home.mia.headers(api),
            timeout=60,
        )
        assert answer.status_code == 403, answer.text


@pytest.mark.parametrize(
    ("person", "contact", "says"),
    [
        ({"given_names": "Ruth"}, {"name": "x"}, "details.person.family_name is missing."),
        ({"family_name": "Moss"}, {"name": "x" * 201}, "details.contact.name has at most 200 characters."),
        (
            {"family_name": "Moss", "birth_date": "last spring"},
            {"name": "x"},
            "details.person.birth_date is a day, YYYY-MM-DD.",
        ),
        (
            {"family_name": "Moss", "shoe": "secret 42"},
            {"name": "x"},
            "details.person has places that are not known.",
        ),
    ],
)
def test_a_wrong_enquiry_is_told_which_place_is_wrong_and_nothing_of_what_was_there(
    person: dict[str, str], contact: dict[str, str], says: str, home: Home
) -> None:
    refused = home.call(
        "create_enquiry", p_site_id=home.site, p_source="phone", p_contact=contact, p_person=person
    )
    assert refused.status_code == 400
    assert (refused.json()["code"], refused.json()["message"]) == ("invalid_input", says)
    assert "given_names" in refused.json()["hint"]
    assert "secret" not in refused.text
    assert "last spring" not in refused.text
