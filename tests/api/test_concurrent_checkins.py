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
    api: Api, make_person: Callable[..., Person], make_org: Callable[..., UUID]
) -> None:
    nurse = make_person("nurse", make_org("tapping"))
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda number: submit(api, nurse, number % 10 + 1), range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sorted(answer.json()["version"] for answer in answers) == list(range(1, 21))


def test_many_nurses_of_two_organizations_over_few_connections(
    api: Api, make_person: Callable[..., Person], make_org: Callable[..., UUID]
) -> None:
    orgs = [make_org("pooled-one"), make_org("pooled-two")]
    nurses = [make_person("nurse", orgs[number % 2]) for number in range(10)]
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda number: submit(api, nurses[number % 10], 5), range(200)))
    for number, answer in enumerate(answers):
        nurse = nurses[number % 10]
        assert answer.status_code == 200, answer.text
        assert (answer.json()["user_id"], answer.json()["org_id"]) == (str(nurse.user_id), str(nurse.org_id))
