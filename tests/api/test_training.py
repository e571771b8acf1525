"""One's own training over HTTP, as a frontend calls it, and everyone who is refused."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import httpx
import pytest

from tests.api.conftest import Api, Person

CALLS: dict[str, dict[str, object]] = {
    "start_module": {"p_module_id": str(uuid4())},
    "track_module_completion": {"p_module_id": str(uuid4())},
    "get_my_training": {},
    "get_recommended_modules": {},
}


@pytest.fixture(scope="module")
def lakeside(make_org: Callable[..., UUID]) -> UUID:
    return make_org("lakeside")


@pytest.fixture(scope="module")
def nadia(api: Api, make_person: Callable[..., Person], lakeside: UUID) -> Person:
    """A nurse who takes part."""
    person = make_person("nurse", lakeside)
    agree(api, person)
    return person


@pytest.fixture(scope="module")
def nell(make_person: Callable[..., Person], lakeside: UUID) -> Person:
    """A nurse who has not agreed to anything."""
    return make_person("nurse", lakeside)


def agree(api: Api, who: Person) -> None:
    api.sql("select tests.give_consent(%s, %s, 'anonymous')", who.org_id, who.user_id)


def ask(http: httpx.Client, api: Api, who: Person, name: str, **body: object) -> httpx.Response:
    return http.post(f"/rest/v1/rpc/{name}", json=body, headers=who.headers(api))


def modules(http: httpx.Client, api: Api, who: Person) -> list[dict[str, object]]:
    found: list[dict[str, object]] = ask(http, api, who, "get_resilience_modules").json()
    return found


def test_a_module_is_begun_finished_and_judged(http: httpx.Client, api: Api, nadia: Person) -> None:
    module = modules(http, api, nadia)[0]
    begun = ask(http, api, nadia, "start_module", p_module_id=module["id"]).json()
    assert (begun["completed_at"], begun["found_helpful"]) == (None, None)
    assert ask(http, api, nadia, "start_module", p_module_id=module["id"]).json() == begun
    done = ask(http, api, nadia, "track_module_completion", p_module_id=module["id"], p_found_helpful=True)
    assert done.status_code == 200
    assert done.json()["started_at"] == begun["started_at"]
    assert done.json()["completed_at"]
    again = ask(http, api, nadia, "track_module_completion", p_module_id=module["id"]).json()
    assert (again["completed_at"], again["found_helpful"]) == (done.json()["completed_at"], True)
    [mine] = ask(http, api, nadia, "get_my_training").json()
    assert (mine["module_id"], mine["title"]) == (module["id"], module["title"])
    assert next(each for each in modules(http, api, nadia) if each["id"] == module["id"])["is_completed"]


def test_what_is_finished_is_recommended_last(http: httpx.Client, api: Api, nadia: Person) -> None:
    [first] = ask(http, api, nadia, "get_recommended_modules", p_limit=1).json()
    ask(http, api, nadia, "track_module_completion", p_module_id=first["id"])
    everything = ask(http, api, nadia, "get_recommended_modules", p_limit=500).json()
    assert everything[0]["id"] != first["id"]
    done = [each["is_completed"] for each in everything]
    assert done == sorted(done)


def test_without_agreement_nothing_is_kept(http: httpx.Client, api: Api, nell: Person) -> None:
    module = modules(http, api, nell)[0]
    for name in ("start_module", "track_module_completion"):
        answer = ask(http, api, nell, name, p_module_id=module["id"])
        assert (answer.status_code, answer.json()["code"]) == (403, "consent_required")
    row = {"module_id": module["id"]}
    answer = http.post("/rest/v1/provider_training_completions", json=row, headers=nell.headers(api))
    assert (answer.status_code, answer.json()["code"]) == (403, "consent_required")
    assert (
        api.sql("select count(*) from public.provider_training_completions where user_id = %s", nell.user_id)
        == 0
    )
    assert len(ask(http, api, nell, "get_recommended_modules").json()) == 5


def test_one_who_withdraws_adds_nothing_more(
    http: httpx.Client, api: Api, make_person: Callable[..., Person], lakeside: UUID
) -> None:
    nils = make_person("nurse", lakeside)
    agree(api, nils)
    module = modules(http, api, nils)[0]["id"]
    assert ask(http, api, nils, "start_module", p_module_id=module).status_code == 200
    api.sql("update public.provider_consents set withdrawn_at = now() where user_id = %s", nils.user_id)
    answer = ask(http, api, nils, "track_module_completion", p_module_id=module)
    assert (answer.status_code, answer.json()["code"]) == (403, "consent_required")
    [mine] = ask(http, api, nils, "get_my_training").json()
    assert mine["completed_at"] is None


def test_what_is_not_there_is_not_found(http: httpx.Client, api: Api, nadia: Person) -> None:
    retired = api.sql(
        """insert into public.resilience_training_modules (title, category, content_type, is_active)
           values ('Retired', 'sleep', 'video', false) returning id"""
    )
    for name in ("start_module", "track_module_completion"):
        answers = [ask(http, api, nadia, name, p_module_id=str(each)) for each in (retired, uuid4())]
        assert {(each.status_code, each.text) for each in answers} == {(404, answers[0].text)}


def test_who_leads_reads_none_of_it(
    http: httpx.Client, api: Api, make_person: Callable[..., Person], lakeside: UUID, nadia: Person
) -> None:
    module = modules(http, api, nadia)[0]["id"]
    ask(http, api, nadia, "track_module_completion", p_module_id=module)
    for role in ("care_manager", "wellness_officer"):
        leader = make_person(role, lakeside)
        answer = http.get("/rest/v1/provider_training_completions", headers=leader.headers(api))
        assert (answer.status_code, answer.json()) == (200, [])


def test_twenty_at_once_leave_one_row(http: httpx.Client, api: Api, nadia: Person) -> None:
    module = modules(http, api, nadia)[-1]["id"]

    def track(number: int) -> int:
        name = "track_module_completion" if number % 2 else "start_module"
        return httpx.post(
            f"{api.url}/rest/v1/rpc/{name}",
            json={"p_module_id": module},
            headers=nadia.headers(api),
            timeout=60,
        ).status_code

    with ThreadPoolExecutor(10) as pool:
        assert set(pool.map(track, range(20))) == {200}
    rows = [each for each in ask(http, api, nadia, "get_my_training").json() if each["module_id"] == module]
    assert len(rows) == 1
    assert rows[0]["completed_at"]


def test_flag_off_is_a_clear_403(
    http: httpx.Client, api: Api, make_person: Callable[..., Person], make_org: Callable[..., UUID]
) -> None:
    quinn = make_person("nurse", make_org("quiet", has_resilience_hub=False))
    for name, body in CALLS.items():
        answer = ask(http, api, quinn, name, **body)
        assert (answer.status_code, answer.json()["code"]) == (403, "feature_disabled"), name


def test_anonymous_is_refused(http: httpx.Client) -> None:
    for name, body in CALLS.items():
        assert http.post(f"/rest/v1/rpc/{name}", json=body).status_code == 401, name
