"""The crisis path over HTTP: shown at once, to everybody who has a token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.api.conftest import Api, Person


@pytest.fixture(scope="module")
def nora(make_person: Callable[..., Person], make_org: Callable[..., UUID]) -> Person:
    """A nurse of an organization where the hub is switched off, who takes part in nothing."""
    return make_person("nurse", make_org("without-the-hub", has_resilience_hub=False))


def contacts(http: httpx.Client, headers: dict[str, str], **body: object) -> list[str]:
    answer = http.post("/rest/v1/rpc/get_crisis_contacts", json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    return [each["telephone"] for each in answer.json()]


def test_they_are_there_without_the_hub(http: httpx.Client, api: Api, nora: Person) -> None:
    assert {"988", "116 123"} <= set(contacts(http, nora.headers(api)))
    assert "988" in contacts(http, nora.headers(api), p_country_code="US")
    assert "116 123" not in contacts(http, nora.headers(api), p_country_code="US")
    assert {"988", "116 123"} <= set(contacts(http, nora.headers(api), p_country_code="Atlantis"))


def test_a_get_is_enough(http: httpx.Client, api: Api, nora: Person) -> None:
    answer = http.get("/rest/v1/rpc/get_crisis_contacts?p_country_code=GB", headers=nora.headers(api))
    assert answer.status_code == 200, answer.text
    assert {each["kind"] for each in answer.json()} == {"crisis_line"}


def test_without_a_role_and_after_the_session(
    http: httpx.Client, api: Api, make_person: Callable[..., Person], nora: Person
) -> None:
    noel = make_person("nurse", nora.org_id)
    api.sql("update public.role_assignments set deleted_at = now() where user_id = %s", noel.user_id)
    assert "988" in contacts(http, noel.headers(api), p_country_code="US")
    api.sql("delete from auth.sessions where user_id = %s", noel.user_id)
    ended = http.post("/rest/v1/rpc/get_my_features", json={}, headers=noel.headers(api))
    assert ended.status_code in (401, 403)
    assert "988" in contacts(http, noel.headers(api), p_country_code="US")


def test_that_they_were_seen_is_written_down_for_oneself(
    http: httpx.Client, api: Api, nora: Person, make_person: Callable[..., Person]
) -> None:
    answer = http.post("/rest/v1/rpc/acknowledge_crisis_contacts", json={}, headers=nora.headers(api))
    assert answer.status_code == 200, answer.text
    rows: list[Any] = nora.client.table("provider_crisis_acknowledgements").select("*").execute().data
    assert [each["user_id"] for each in rows] == [str(nora.user_id)]
    admin = make_person("admin", nora.org_id)
    assert admin.client.table("provider_crisis_acknowledgements").select("*").execute().data == []


def test_anonymous_is_refused(http: httpx.Client) -> None:
    for name in ("get_crisis_contacts", "acknowledge_crisis_contacts"):
        assert http.post(f"/rest/v1/rpc/{name}", json={}).status_code == 401, name
