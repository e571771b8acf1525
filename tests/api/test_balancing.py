"""Handing patients over, over HTTP: proposed, decided, and refused where it no longer fits."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import UUID, uuid4

import httpx
import pytest

from tests.api.conftest import Api, Person

CALLS: dict[str, dict[str, object]] = {
    "propose_panel_rebalance": {"p_practitioner_id": str(uuid4())},
    "get_rebalance_proposals": {},
    "decide_rebalance": {"p_proposal_id": str(uuid4()), "p_approve": True},
    "pause_my_panel": {"p_until_date": None},
}
PATIENTS = 6


@dataclass(frozen=True)
class Ward:
    """A manager, a care manager, two nurses with patients, and one with room."""

    mia: Person
    cora: Person
    full: list[Person]
    free: Person


@pytest.fixture(scope="module")
def people(make_person: Callable[..., Person], make_org: Callable[..., UUID]) -> Ward:
    org = make_org("lakeside")
    nurses = [make_person("nurse", org) for _ in range(3)]
    return Ward(make_person("manager", org), make_person("care_manager", org), nurses[:2], nurses[2])


@pytest.fixture
def ward(api: Api, people: Ward) -> Ward:
    """Two panels of six patients of acuity 2, and one nurse with room for all of them."""
    org = people.mia.org_id
    for table in (
        "provider_rebalance_proposals",
        "provider_panel_patients",
        "provider_panel_limits",
        "provider_panel_pauses",
    ):
        api.sql(f"delete from public.{table} where org_id = %s", org)
    for nurse in people.full:
        api.sql(
            """with made as (
                 insert into public.patients (id) select gen_random_uuid() from generate_series(1, %s)
                 returning id
               ), known as (
                 insert into public.org_patients (org_id, patient_id) select %s, id from made
                 returning org_id, patient_id
               )
               insert into public.provider_panel_patients (org_id, practitioner_id, patient_id, acuity)
               select org_id, tests.practitioner_of(%s), patient_id, 2 from known returning id""",
            PATIENTS,
            org,
            nurse.user_id,
        )
    limit(api, people.mia, people.free, 100)
    return people


@pytest.fixture(scope="module")
def hana(make_person: Callable[..., Person], make_org: Callable[..., UUID]) -> Person:
    """A manager of another organization."""
    return make_person("manager", make_org("harbor"))


def practitioner(api: Api, who: Person) -> str:
    return str(api.sql("select tests.practitioner_of(%s)", who.user_id))


def limit(api: Api, planner: Person, who: Person, max_patients: int) -> None:
    row = {"practitioner_id": practitioner(api, who), "max_patients": max_patients, "max_acuity_points": 500}
    planner.client.table("provider_panel_limits").upsert(row, on_conflict="org_id,practitioner_id").execute()


def ask(api: Api, who: Person, name: str, **body: object) -> httpx.Response:
    return httpx.post(f"{api.url}/rest/v1/rpc/{name}", json=body, headers=who.headers(api), timeout=60)


def propose(api: Api, ward: Ward, nurse: Person, target: int) -> str:
    answer = ask(
        api,
        ward.mia,
        "propose_panel_rebalance",
        p_practitioner_id=practitioner(api, nurse),
        p_target_percent=target,
    )
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])


def panel(api: Api, who: Person) -> int:
    count = api.sql(
        """select count(*) from public.provider_panel_patients
           where practitioner_id = tests.practitioner_of(%s) and ended_at is null""",
        who.user_id,
    )
    assert isinstance(count, int)
    return count


def test_a_care_manager_puts_a_patient_on_one_panel(api: Api, ward: Ward) -> None:
    patient = api.sql("insert into public.patients default values returning id")
    api.sql("insert into public.org_patients (org_id, patient_id) values (%s, %s)", ward.cora.org_id, patient)

    def put(nurse: Person, whom: object) -> httpx.Response:
        row = {"practitioner_id": practitioner(api, nurse), "patient_id": str(whom), "acuity": 3.5}
        return httpx.post(
            f"{api.url}/rest/v1/provider_panel_patients", json=row, headers=ward.cora.headers(api), timeout=20
        )

    assert put(ward.free, patient).status_code == 201
    assert (put(ward.full[0], patient).status_code, panel(api, ward.full[0])) == (409, PATIENTS)
    unknown = put(ward.free, uuid4())
    assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found")


def test_a_manager_lightens_a_panel(api: Api, ward: Ward) -> None:
    proposal = propose(api, ward, ward.full[0], 50)
    [told] = ask(api, ward.cora, "get_rebalance_proposals", p_status="proposed").json()
    assert (told["id"], told["reason_kind"], told["patient_count"]) == (proposal, "capacity", PATIENTS // 2)
    assert {move["to_practitioner_id"] for move in told["moves"]} == {practitioner(api, ward.free)}
    assert panel(api, ward.full[0]) == PATIENTS
    answer = ask(api, ward.cora, "decide_rebalance", p_proposal_id=proposal, p_approve=True)
    assert (answer.status_code, answer.json()["status"]) == (200, "applied")
    assert [panel(api, who) for who in (*ward.full, ward.free)] == [PATIENTS // 2, PATIENTS, PATIENTS // 2]
    assert ask(api, ward.cora, "get_rebalance_proposals", p_status="proposed").json() == []
    again = ask(api, ward.cora, "decide_rebalance", p_proposal_id=proposal, p_approve=True)
    assert (again.status_code, again.json()["code"]) == (409, "conflict")


def test_a_stale_proposal_moves_nobody(api: Api, ward: Ward) -> None:
    proposal = propose(api, ward, ward.full[0], 0)
    limit(api, ward.mia, ward.free, PATIENTS - 1)
    answer = ask(api, ward.mia, "decide_rebalance", p_proposal_id=proposal, p_approve=True)
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert [panel(api, who) for who in (*ward.full, ward.free)] == [PATIENTS, PATIENTS, 0]
    answer = ask(api, ward.mia, "decide_rebalance", p_proposal_id=proposal, p_approve=False)
    assert answer.json()["status"] == "rejected"


def test_two_approvals_at_once_fill_the_last_room_once(api: Api, ward: Ward) -> None:
    """Each fits by itself, both together do not."""
    proposals = [propose(api, ward, nurse, 0) for nurse in ward.full]
    limit(api, ward.mia, ward.free, PATIENTS + 1)

    def approve(proposal: str) -> tuple[int, str]:
        answer = ask(api, ward.mia, "decide_rebalance", p_proposal_id=proposal, p_approve=True)
        return answer.status_code, str(answer.json().get("code", answer.json().get("status")))

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(approve, proposals))
    assert answers == [(200, "applied"), (409, "conflict")]
    assert sorted(panel(api, who) for who in ward.full) == [0, PATIENTS]
    assert panel(api, ward.free) == PATIENTS


def test_the_same_approval_twice_at_once_is_one(api: Api, ward: Ward) -> None:
    proposal = propose(api, ward, ward.full[0], 50)
    with ThreadPoolExecutor(6) as pool:
        codes = list(
            pool.map(
                lambda _: (
                    ask(api, ward.mia, "decide_rebalance", p_proposal_id=proposal, p_approve=True).status_code
                ),
                range(6),
            )
        )
    assert sorted(codes) == [200, 409, 409, 409, 409, 409]
    assert panel(api, ward.free) == PATIENTS // 2


def test_one_open_proposal_however_many_ask(api: Api, ward: Ward) -> None:
    body = {"p_practitioner_id": practitioner(api, ward.full[0])}
    with ThreadPoolExecutor(6) as pool:
        codes = list(
            pool.map(lambda _: ask(api, ward.mia, "propose_panel_rebalance", **body).status_code, range(6))
        )
    assert sorted(codes) == [200, 409, 409, 409, 409, 409]
    assert len(ask(api, ward.mia, "get_rebalance_proposals").json()) == 1


def test_a_pause_is_kept_and_read_by_nobody_else(api: Api, ward: Ward) -> None:
    today = str(api.sql("select current_date + 7"))
    assert ask(api, ward.free, "pause_my_panel", p_until_date=today).status_code == 200
    answer = ask(api, ward.mia, "propose_panel_rebalance", p_practitioner_id=practitioner(api, ward.full[0]))
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    for who in (ward.mia, ward.cora, *ward.full):
        seen = httpx.get(f"{api.url}/rest/v1/provider_panel_pauses", headers=who.headers(api), timeout=20)
        assert (seen.status_code, seen.json()) == (200, [])
    assert ask(api, ward.free, "pause_my_panel", p_until_date=None).json()["until_date"] is None
    propose(api, ward, ward.full[0], 80)


def test_nurses_and_strangers_decide_nothing(api: Api, ward: Ward, hana: Person) -> None:
    proposal = propose(api, ward, ward.full[0], 50)
    for who, status, code in ((ward.full[0], 403, "permission_denied"), (hana, 404, "not_found")):
        answer = ask(api, who, "decide_rebalance", p_proposal_id=proposal, p_approve=True)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    for table in ("provider_rebalance_proposals", "provider_rebalance_moves", "provider_panel_patients"):
        seen = httpx.get(f"{api.url}/rest/v1/{table}", headers=hana.headers(api), timeout=20)
        assert seen.json() == [], table
    row = {"from_practitioner_id": practitioner(api, ward.full[0]), "target_percent": 1}
    written = httpx.post(
        f"{api.url}/rest/v1/provider_rebalance_proposals", json=row, headers=ward.mia.headers(api), timeout=20
    )
    assert (written.status_code, written.json()["code"]) == (403, "42501")


def test_without_the_hub_or_without_patients_there_are_no_panels(
    api: Api, make_person: Callable[..., Person], make_org: Callable[..., UUID]
) -> None:
    quiet = make_person("care_manager", make_org("quiet-ward", has_resilience_hub=False))
    alone = make_person("care_manager", make_org("standalone"))
    api.sql(
        """update public.organizations set settings = settings || '{"standalone": true}' where id = %s""",
        alone.org_id,
    )
    for who in (quiet, alone):
        for name, body in CALLS.items():
            answer = ask(api, who, name, **body)
            assert (answer.status_code, answer.json()["code"]) == (403, "feature_disabled"), name


def test_anonymous_is_refused(http: httpx.Client) -> None:
    for name, body in CALLS.items():
        assert http.post(f"/rest/v1/rpc/{name}", json=body).status_code == 401, name
