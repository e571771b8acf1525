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
    assert len(modules) >= 30
    assert all(module["is_active"] for module in modules)
    sleep = nadia.client.rpc("get_resilience_modules", {"p_category": "sleep"}).execute().data
    assert {module["category"] for module in sleep} == {"sleep"}
    resources = nadia.client.rpc("get_resilience_resources", {"p_category": "sleep"}).execute().data
    assert resources[0]["is_crisis"] is True
    assert {"988", "116 123"} <= {resource["telephone"] for resource in resources}
    assert resources[-1]["category"] == "sleep"


COLUMNS_BEFORE = {
    "get_resilience_modules": {
        "id", "title", "description", "category", "content_type", "content_url", "duration_minutes",
        "evidence_based", "evidence", "is_active", "created_at", "created_by", "updated_at", "updated_by",
        "version", "deleted_at",
    },
    "get_resilience_resources": {
        "id", "title", "description", "kind", "category", "url", "telephone", "country_code", "is_crisis",
        "is_active", "created_at", "created_by", "updated_at", "updated_by", "version", "deleted_at",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", COLUMNS_BEFORE)
def test_what_frontends_were_given_they_still_get(nadia: Person, name: str) -> None:
    """The whole library, by category and title, when nothing but the category is named."""
    rows = nadia.client.rpc(name, {"p_category": None}).execute().data
    assert COLUMNS_BEFORE[name] <= set(rows[0])
    assert "search_document" not in rows[0]
    table = {"get_resilience_modules": TABLES[0], "get_resilience_resources": TABLES[1]}[name]
    assert len(rows) == len(nadia.client.table(table).select("id").execute().data)


def test_page_by_page_it_is_the_same_library(nadia: Person) -> None:
    for name in CALLS:
        body: dict[str, object] = {"p_for_dimension": "sleep"}
        whole = nadia.client.rpc(name, body).execute().data
        pages, last = [], None
        while page := nadia.client.rpc(name, body | {"p_limit": 7, "p_after": last}).execute().data:
            pages += page
            last = page[-1]["id"]
        assert pages == whole


def test_what_goes_badly_decides_what_comes_first(nadia: Person) -> None:
    for dimension, category in (
        ("sleep", "sleep"),
        ("workload", "boundaries"),
        ("stress", "stress_management"),
    ):
        found = nadia.client.rpc("get_resilience_modules", {"p_for_dimension": dimension}).execute().data
        assert found[0]["category"] == category
        resources = (
            nadia.client.rpc("get_resilience_resources", {"p_for_dimension": dimension}).execute().data
        )
        crisis = [each["is_crisis"] for each in resources]
        assert crisis == sorted(crisis, reverse=True)
        assert next(each["category"] for each in resources if not each["is_crisis"]) == category


@pytest.mark.parametrize(
    "search", ["sleep", "slee", "night shift", '"night shift"', "sleep -night", "grief or sleep"]
)
def test_a_search_finds_what_it_says(nadia: Person, search: str) -> None:
    found = nadia.client.rpc("get_resilience_modules", {"p_search": search}).execute().data
    assert found
    assert len(found) < 20
    texts = [f"{each['title']} {each['description']}".lower() for each in found]
    if "grief" not in search:
        assert all("slee" in text or "night" in text for text in texts)
    if "-night" in search:
        assert not any(" night" in text for text in texts)


@pytest.mark.parametrize(
    "body",
    [{"p_search": ""}, {"p_search": "&|!"}, {"p_search": "x" * 201}, {"p_limit": 0}, {"p_limit": 501}],
)
def test_what_is_no_search_is_a_clean_400(
    http: httpx.Client, api: Api, nadia: Person, body: dict[str, object]
) -> None:
    for name in CALLS:
        answer = http.post(f"/rest/v1/rpc/{name}", json=body, headers=nadia.headers(api))
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_input"), answer.text


@pytest.mark.parametrize("search", ["'; drop table x; --", "((((", ":*", "a:*b & !", "\\", "%_", "ø", "😀 x"])
def test_whatever_is_typed_is_only_text(http: httpx.Client, api: Api, nadia: Person, search: str) -> None:
    for name in CALLS:
        answer = http.post(f"/rest/v1/rpc/{name}", json={"p_search": search}, headers=nadia.headers(api))
        assert answer.status_code in (200, 400), answer.text
        if answer.status_code == 400:
            assert answer.json()["code"] == "invalid_input"


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
