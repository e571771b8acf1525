"""Sessions over HTTP: seen, kept alive, ended by their holder, an administrator, a sign-out or the clock."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import httpx
import pytest
from postgrest.exceptions import APIError

from tests.api.conftest import PASSWORD, Api, Person


@pytest.fixture(scope="module")
def lakeside(make_org: Callable[..., UUID]) -> UUID:
    return make_org("lakeside")


@pytest.fixture
def nadia(make_person: Callable[..., Person], lakeside: UUID) -> Person:
    return make_person("nurse", lakeside)


@pytest.fixture(scope="module")
def ada(make_person: Callable[..., Person], lakeside: UUID) -> Person:
    return make_person("admin", lakeside)


def answer(
    api: Api, http: httpx.Client, person: Person, path: str = "/rest/v1/sites?select=id"
) -> tuple[int, str]:
    """Status and stable code of a plain read with the person's first token."""
    response = http.get(path, headers=person.headers(api))
    body = response.json()
    return response.status_code, body.get("code", "") if isinstance(body, dict) else ""


def test_both_devices_are_seen_and_one_is_ended(api: Api, http: httpx.Client, nadia: Person) -> None:
    telephone = api.client()
    telephone.auth.sign_in_with_password({"email": nadia.email, "password": PASSWORD})
    seen = telephone.rpc("get_my_sessions", {}).execute().data
    assert len(seen) >= 2
    assert sum(session["is_this_one"] for session in seen) == 1

    for session in seen:
        if not session["is_this_one"]:
            telephone.rpc("end_session", {"p_session_id": session["session_id"]}).execute()
    assert answer(api, http, nadia)[0] == 401  # its token is good for an hour; its session is not
    assert len(telephone.rpc("get_my_sessions", {}).execute().data) == 1


def test_anothers_session_and_one_that_never_was_are_one_answer(nadia: Person, ada: Person) -> None:
    theirs = [s for s in ada.client.rpc("get_my_sessions", {}).execute().data if s["is_this_one"]]
    said = []
    for session_id in (theirs[0]["session_id"], str(uuid4())):
        with pytest.raises(APIError) as caught:
            nadia.client.rpc("end_session", {"p_session_id": session_id}).execute()
        said.append((caught.value.code, caught.value.message, caught.value.details))
    assert said[0] == said[1]
    assert said[0][0] == "not_found"
    assert ada.client.rpc("get_my_sessions", {}).execute().data


def test_a_token_outlives_its_sign_out_but_reaches_nothing(
    api: Api, http: httpx.Client, nadia: Person
) -> None:
    assert answer(api, http, nadia)[0] == 200
    nadia.client.auth.sign_out()
    assert answer(api, http, nadia)[0] == 401


def be_idle(api: Api, person: Person, minutes: int) -> None:
    """As if none of the person's sessions had been used for so long."""
    api.sql(
        """update app.session_activity set last_seen_at = now() - make_interval(mins => %s)
           where session_id in (select id from public.user_sessions where user_id = %s)""",
        minutes,
        person.user_id,
    )


def test_idle_too_long_is_logged_off(api: Api, http: httpx.Client, nadia: Person) -> None:
    be_idle(api, nadia, 59)
    assert answer(api, http, nadia) == (200, "")
    be_idle(api, nadia, 61)
    assert answer(api, http, nadia) == (401, "session_expired")
    assert answer(api, http, nadia, "/rest/v1/profiles?select=id") == (401, "session_expired")


def test_a_sign_of_life_keeps_it(api: Api, http: httpx.Client, nadia: Person) -> None:
    be_idle(api, nadia, 59)
    nadia.client.rpc("touch_session", {}).execute()
    idle_for = api.sql(
        """select min(now() - last_seen_at) < interval '1 minute'
           from app.session_activity join public.user_sessions on id = session_id where user_id = %s""",
        nadia.user_id,
    )
    assert idle_for is True


def test_old_sessions_end_however_busy(api: Api, http: httpx.Client, nadia: Person) -> None:
    api.sql("update public.user_sessions set ends_at = now() where user_id = %s", nadia.user_id)
    assert answer(api, http, nadia) == (401, "session_expired")


def test_shorter_limits_of_the_organization_act_on_open_sessions(
    api: Api, http: httpx.Client, make_org: Callable[..., UUID], make_person: Callable[..., Person]
) -> None:
    strict = make_org("strict")
    nora = make_person("nurse", strict)
    be_idle(api, nora, 10)
    assert answer(api, http, nora)[0] == 200
    be_idle(api, nora, 10)
    api.sql(
        "update public.organizations set settings = %s where id = %s", '{"session_idle_minutes": 5}', strict
    )
    assert answer(api, http, nora) == (401, "session_expired")


def test_an_administrator_ends_a_members_sessions_and_no_others(
    api: Api,
    http: httpx.Client,
    nadia: Person,
    ada: Person,
    make_org: Callable[..., UUID],
    make_person: Callable[..., Person],
) -> None:
    hana = make_person("nurse", make_org("harbor"))
    seen = ada.client.rpc("get_member_sessions", {"p_user_id": str(nadia.user_id)}).execute().data
    assert {session["user_id"] for session in seen} == {str(nadia.user_id)}
    assert ada.client.rpc("get_member_sessions", {"p_user_id": str(hana.user_id)}).execute().data == []
    assert ada.client.rpc("end_member_sessions", {"p_user_id": str(hana.user_id)}).execute().data == 0
    assert answer(api, http, hana)[0] == 200
    assert ada.client.rpc("end_member_sessions", {"p_user_id": str(nadia.user_id)}).execute().data >= 1
    assert answer(api, http, nadia)[0] == 401
    with pytest.raises(APIError) as caught:
        hana.client.rpc("end_member_sessions", {"p_user_id": str(ada.user_id)}).execute()
    assert caught.value.code == "permission_denied"


def test_without_the_second_factor_only_the_own_profile_is_there(
    api: Api, http: httpx.Client, make_org: Callable[..., UUID], make_person: Callable[..., Person]
) -> None:
    """The default: owners, administrators and clinicians need one. Plain sign-ins are aal1."""
    olga = make_person("org_owner", make_org("guarded", asks_second_factor=True))
    # Of an empty table Postgres may answer without asking who it is: there is nothing to be had.
    api.sql("insert into public.patients default values returning id")
    for path in ("organizations", "sites", "role_assignments", "patients"):
        assert answer(api, http, olga, f"/rest/v1/{path}?select=id") == (403, "mfa_required")
    assert answer(api, http, olga, "/rest/v1/profiles?select=id") == (200, "")
    [organization] = olga.client.rpc("get_my_organizations", {}).execute().data
    assert organization["needs_mfa"] is True
    assert olga.client.rpc("is_feature_enabled", {"p_feature_key": "resilience_hub"}).execute().data is False
