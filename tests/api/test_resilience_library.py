"""The resilience library over HTTP: read by whoever is signed in, written by who runs the platform."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import httpx
import pytest
from postgrest.exceptions import APIError

from tests.api.conftest import Api, Person

TABLES = ("resilience_training_modules", "resilience_resources")
CALLS = ("get_resilience_modules", "get_resilience_resources")


@pytest.fixture(scope="module")
def nadia(make_person: Callable[..., Person], make_org: Callable[..., UUID]) -> Person:
    return make_person("nurse", make_org("lakeside"))


@pytest.fixture(scope="module")
def quinn(make_person: Callable[..., Person], make_org: Callable[..., UUID]) -> Person:
    """Of an organization without the hub."""
    return make_person("nurse", make_org("quiet", has_resilience_hub=False))


def titles(who: Person) -> set[str]:
    found = who.client.table("resilience_training_modules").select("title").execute().data
    return {str(module["title"]) for module in found}


def test_a_nurse_asks_the_library(nadia: Person) -> None:
    modules = nadia.client.rpc("get_resilience_modules", {}).execute().data
    assert len(modules) >= 8
    assert all(module["is_active"] for module in modules)
    sleep = nadia.client.rpc("get_resilience_modules", {"p_category": "sleep"}).execute().data
    assert {module["category"] for module in sleep} == {"sleep"}
    resources = nadia.client.rpc("get_resilience_resources", {"p_category": "sleep"}).execute().data
    assert resources[0]["is_crisis"] is True
    assert {"988", "116 123"} <= {resource["telephone"] for resource in resources}
    assert resources[-1]["category"] == "sleep"


def test_an_unknown_category_is_a_clean_400(http: httpx.Client, api: Api, nadia: Person) -> None:
    answer = http.post(
        "/rest/v1/rpc/get_resilience_modules", json={"p_category": "no such"}, headers=nadia.headers(api)
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "22P02")


def test_who_is_signed_in_reads_and_who_runs_the_platform_writes(
    api: Api, make_person: Callable[..., Person], nadia: Person, quinn: Person
) -> None:
    platform = api.sql("select id from public.organizations where kind = 'platform'")
    assert isinstance(platform, UUID)
    modules = make_person("super_admin", platform).client.table("resilience_training_modules")
    row = {"title": "New", "category": "sleep", "content_type": "video"}
    [made] = modules.insert(row).execute().data
    assert "New" in titles(nadia)
    assert titles(nadia) == titles(quinn)
    assert modules.update({"is_active": False}).eq("id", made["id"]).execute().data
    assert "New" not in titles(nadia) | titles(quinn)
    assert [one["title"] for one in modules.select("*").eq("is_active", False).execute().data] == ["New"]
    assert modules.update({"is_active": True}).eq("id", made["id"]).execute().data
    assert "New" in titles(quinn)


@pytest.mark.parametrize("table", TABLES)
def test_nobody_else_writes(nadia: Person, table: str) -> None:
    assert nadia.client.table(table).update({"title": "x"}).neq("title", "x").execute().data == []
    for write in (
        nadia.client.table(table).insert({"title": "x", "category": "sleep"}),
        nadia.client.table(table).delete().neq("title", "x"),
    ):
        with pytest.raises(APIError) as caught:
            write.execute()
        assert caught.value.code == "42501"


def test_flag_off_is_a_clear_403(http: httpx.Client, api: Api, quinn: Person) -> None:
    for name in CALLS:
        answer = http.post(f"/rest/v1/rpc/{name}", json={}, headers=quinn.headers(api))
        assert (answer.status_code, answer.json()["code"]) == (403, "feature_disabled"), name


def test_anonymous_is_refused(http: httpx.Client) -> None:
    assert {http.get(f"/rest/v1/{table}").status_code for table in TABLES} == {401}
    assert {http.post(f"/rest/v1/rpc/{name}", json={}).status_code for name in CALLS} == {401}
