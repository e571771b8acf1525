"""One nurse on many devices, many nurses at once: nothing lost, nothing doubled, nobody mixed up."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import httpx

from tests.api.conftest import Api, Person


def submit(api: Api, person: Person, stress: int) -> httpx.Response:
    return httpx.post(
        f"{api.url}/rest/v1/rpc/submit_daily_checkin",
        json={"p_work_setting": "clinic", "p_stress_level": stress, "p_energy_level": 5},
        headers=person.headers(api),
        timeout=60,
    )


def test_one_nurse_taps_on_twenty_devices(
    api: Api,
    make_person: Callable[..., Person],
    make_org: Callable[..., UUID],
    give_consent: Callable[..., Person],
) -> None:
    nurse = give_consent(make_person("nurse", make_org("tapping")))
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda number: submit(api, nurse, number % 10 + 1), range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sorted(answer.json()["version"] for answer in answers) == list(range(1, 21))


def test_many_nurses_of_two_organizations_over_few_connections(
    api: Api,
    make_person: Callable[..., Person],
    make_org: Callable[..., UUID],
    give_consent: Callable[..., Person],
) -> None:
    orgs = [make_org("pooled-one"), make_org("pooled-two")]
    nurses = [give_consent(make_person("nurse", orgs[number % 2])) for number in range(10)]
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda number: submit(api, nurses[number % 10], 5), range(200)))
    for number, answer in enumerate(answers):
        nurse = nurses[number % 10]
        assert answer.status_code == 200, answer.text
        assert (answer.json()["user_id"], answer.json()["org_id"]) == (str(nurse.user_id), str(nurse.org_id))


def test_one_nurse_taps_on_ten_devices_without_her_name(
    api: Api,
    make_person: Callable[..., Person],
    make_org: Callable[..., UUID],
    give_consent: Callable[..., Person],
) -> None:
    """The first anonymous check-in of an organization makes its secret: ten at once make one."""
    nurse = give_consent(make_person("nurse", make_org("unnamed")), "anonymous")
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda number: submit(api, nurse, number % 10 + 1), range(10)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["id"] for answer in answers}) == 1
    count = "select count(*) from app.provider_anonymous_checkins where org_id = %s"
    assert api.sql(count, nurse.org_id) == 1


def test_after_a_withdrawal_was_answered_nothing_is_collected(
    api: Api,
    make_person: Callable[..., Person],
    make_org: Callable[..., UUID],
    give_consent: Callable[..., Person],
) -> None:
    """Each check-in came before the withdrawal or was refused, and none is left shared, whoever was first."""
    nurse = give_consent(make_person("nurse", make_org("leaving")), "may_be_contacted")
    body = {"p_work_setting": "clinic", "p_stress_level": 5, "p_energy_level": 5, "p_is_shared": True}

    def call(name: str) -> httpx.Response:
        return httpx.post(
            f"{api.url}/rest/v1/rpc/{name}",
            json=body if name == "submit_daily_checkin" else {},
            headers=nurse.headers(api),
            timeout=60,
        )

    names = ["submit_daily_checkin"] * 6 + ["withdraw_resilience_consent"] + ["submit_daily_checkin"] * 6
    with ThreadPoolExecutor(len(names)) as pool:
        answers = list(pool.map(call, names))
    assert {answer.status_code for answer in answers} <= {200, 403}
    assert {answer.json()["code"] for answer in answers if answer.status_code == 403} <= {"consent_required"}
    assert call("submit_daily_checkin").json()["code"] == "consent_required"
    shared = "select count(*) from public.provider_daily_checkins where user_id = %s and is_shared"
    assert api.sql(shared, nurse.user_id) == 0
