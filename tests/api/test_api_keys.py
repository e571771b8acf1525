"""An API key from its making to its end, through the gateway: exchanged, used, replaced, revoked."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from tests.api.conftest import Api, Person


@pytest.fixture(scope="module")
def lakeside(api: Api, make_org: Callable[..., UUID]) -> UUID:
    org_id = make_org("lakeside")
    api.sql("insert into public.sites (org_id, kind, name) values (%s, 'house', 'Maple House')", org_id)
    return org_id


@pytest.fixture(scope="module")
def ada(make_person: Callable[..., Person], lakeside: UUID) -> Person:
    return make_person("admin", lakeside)


@pytest.fixture(scope="module")
def hugo(api: Api, make_person: Callable[..., Person], make_org: Callable[..., UUID]) -> Person:
    """The administrator of another organization."""
    org_id = make_org("harbor")
    api.sql("insert into public.sites (org_id, kind, name) values (%s, 'house', 'Pier House')", org_id)
    return make_person("admin", org_id)


class Caller:
    """Calls RPCs and reads tables over HTTP, as nobody or with a token."""

    def __init__(self, http: httpx.Client, token: str | None = None) -> None:
        self._http = http
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def rpc(self, name: str, **arguments: Any) -> httpx.Response:
        return self._http.post(f"/rest/v1/rpc/{name}", json=arguments, headers=self._headers)

    def get(self, path: str) -> httpx.Response:
        return self._http.get(f"/rest/v1/{path}", headers=self._headers)


@pytest.fixture
def nobody(http: httpx.Client) -> Caller:
    return Caller(http)


@pytest.fixture
def admin(http: httpx.Client, ada: Person) -> Caller:
    return Caller(http, ada.token)


@pytest.fixture
def exchange(http: httpx.Client, nobody: Caller) -> Callable[[str], Caller]:
    """A caller with the token that a key is good for."""

    def get(key: str) -> Caller:
        answer = nobody.rpc("exchange_api_key", p_key=key)
        assert answer.status_code == 200, answer.text
        return Caller(http, answer.json()["access_token"])

    return get


def made(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    key: dict[str, Any] = answer.json()
    return key


def test_a_key_is_exchanged_and_reads_its_organizations_sites(
    admin: Caller, nobody: Caller, http: httpx.Client
) -> None:
    key = made(admin.rpc("create_api_key", p_name="Website", p_scopes=["scheduler"]))
    answer = nobody.rpc("exchange_api_key", p_key=key["api_key"])
    issued = answer.json()
    assert (answer.status_code, issued["token_type"]) == (200, "bearer")
    assert 890 < issued["expires_in"] <= 900
    claims = json.loads(base64.urlsafe_b64decode(issued["access_token"].split(".")[1] + "=="))
    assert claims["api_key_id"] == key["api_key_id"]
    assert claims["exp"] - time.time() <= 900

    machine = Caller(http, issued["access_token"])
    assert [site["name"] for site in machine.get("sites?select=name").json()] == ["Maple House"]
    assert len(machine.get("organizations?select=id").json()) == 1
    assert machine.rpc("is_feature_enabled", p_feature_key="command_center").json() is True


def test_a_revoked_key_is_refused_on_its_next_request(
    admin: Caller, exchange: Callable[[str], Caller]
) -> None:
    key = made(admin.rpc("create_api_key", p_name="Leaked"))
    machine = exchange(key["api_key"])
    assert machine.get("sites").status_code == 200
    assert admin.rpc("revoke_api_key", p_api_key_id=key["api_key_id"]).status_code == 200
    refused = machine.get("sites")
    assert (refused.status_code, refused.json()["code"]) == (401, "session_expired")
    assert machine.rpc("get_my_features").status_code == 401


def test_during_a_rotation_both_keys_work(
    admin: Caller, nobody: Caller, exchange: Callable[[str], Caller], api: Api
) -> None:
    old = made(admin.rpc("create_api_key", p_name="Rotating"))
    new = made(admin.rpc("rotate_api_key", p_api_key_id=old["api_key_id"], p_overlap_hours=1))
    machines = [exchange(key["api_key"]) for key in (old, new)]
    assert [machine.get("sites").status_code for machine in machines] == [200, 200]
    # The overlap ends.
    api.sql(
        """update public.api_keys set created_at = created_at - interval '2 hours', expires_at = now()
           where id = %s""",
        old["api_key_id"],
    )
    assert [machine.get("sites").status_code for machine in machines] == [401, 200]
    assert nobody.rpc("exchange_api_key", p_key=old["api_key"]).status_code == 401


def test_two_who_rotate_at_once_make_one_new_key(
    api: Api, ada: Person, http: httpx.Client, lakeside: UUID
) -> None:
    old = made(Caller(http, ada.token).rpc("create_api_key", p_name="Raced"))

    def rotate(_: int) -> int:
        headers = {"apikey": api.publishable_key}
        with httpx.Client(base_url=api.url, headers=headers, timeout=20) as own:
            return Caller(own, ada.token).rpc("rotate_api_key", p_api_key_id=old["api_key_id"]).status_code

    with ThreadPoolExecutor(4) as pool:
        statuses = sorted(pool.map(rotate, range(4)))
    assert statuses == [200, 409, 409, 409]
    found = api.sql("select count(*) from public.api_keys where org_id = %s and name = 'Raced'", lakeside)
    assert found == 2


def test_whatever_is_wrong_with_a_key_the_answer_is_the_same(admin: Caller, nobody: Caller) -> None:
    good = made(admin.rpc("create_api_key", p_name="Good"))["api_key"]
    revoked = made(admin.rpc("create_api_key", p_name="Revoked"))
    admin.rpc("revoke_api_key", p_api_key_id=revoked["api_key_id"])
    wrong = [
        good[:-1] + "g",
        good[:16] + "0" * 64,
        revoked["api_key"],
        "cb_" + "0" * 12 + "_" + "0" * 64,
        "",
        None,
    ]
    answers = [nobody.rpc("exchange_api_key", p_key=key) for key in wrong]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1
    assert answers[0].json()["code"] == "not_authenticated"


def test_a_key_is_exchanged_no_more_often_than_was_said(admin: Caller, nobody: Caller) -> None:
    key = made(admin.rpc("create_api_key", p_name="Busy", p_exchanges_per_minute=2))["api_key"]
    answers = [nobody.rpc("exchange_api_key", p_key=key) for _ in range(6)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused, [answer.status_code for answer in answers]
    assert refused[0].json()["code"] == "rate_limited"
    assert int(refused[0].headers["Retry-After"]) >= 1


def test_another_organizations_keys_do_not_exist(
    admin: Caller, http: httpx.Client, hugo: Person, exchange: Callable[[str], Caller]
) -> None:
    key = made(admin.rpc("create_api_key", p_name="Ours"))
    other = Caller(http, hugo.token)
    for name in ("revoke_api_key", "rotate_api_key"):
        theirs, no_ones = (other.rpc(name, p_api_key_id=id_) for id_ in (key["api_key_id"], str(uuid4())))
        assert (theirs.status_code, theirs.json()["code"]) == (404, "not_found")
        assert theirs.text == no_ones.text
    assert other.rpc("get_api_keys", p_include_ended=True).json() == []
    assert other.get("api_keys").json() == []
    assert exchange(key["api_key"]).get("sites").status_code == 200
    theirs = made(other.rpc("create_api_key", p_name="Theirs"))
    assert [site["name"] for site in exchange(theirs["api_key"]).get("sites").json()] == ["Pier House"]


def test_nobody_reads_a_hash(api: Api, admin: Caller, http: httpx.Client) -> None:
    key = made(admin.rpc("create_api_key", p_name="Hidden"))
    secret = key["api_key"].rsplit("_", 1)[1]
    stored = api.sql(
        "select encode(key_hash, 'hex') from app.api_key_hashes where api_key_id = %s", key["api_key_id"]
    )
    assert isinstance(stored, str)
    for answer in (
        admin.get("api_keys"),
        admin.rpc("get_api_keys", p_include_ended=True),
        http.get("/rest/v1/api_keys", headers={"apikey": api.secret_key}),
    ):
        assert answer.status_code == 200
        assert "Hidden" in answer.text
        assert stored not in answer.text
        assert secret not in answer.text
    for headers in ({"apikey": api.secret_key}, {"apikey": api.secret_key, "Accept-Profile": "app"}):
        assert http.get("/rest/v1/api_key_hashes", headers=headers).status_code in (404, 406)
    assert admin.get("api_keys?select=key_hash").status_code in (400, 404)


def test_a_machine_is_no_administrator(
    admin: Caller, http: httpx.Client, api: Api, exchange: Callable[[str], Caller]
) -> None:
    key = made(admin.rpc("create_api_key", p_name="Machine", p_scopes=["billing", "scheduler"]))
    machine = exchange(key["api_key"])
    for name, arguments in (
        ("create_api_key", {"p_name": "Another"}),
        ("get_api_keys", {}),
        ("revoke_api_key", {"p_api_key_id": key["api_key_id"]}),
        ("get_member_sessions", {}),
    ):
        answer = machine.rpc(name, **arguments)
        assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied"), name
    for name in ("api_keys", "profiles", "user_sessions", "role_assignments"):
        assert machine.get(name).json() == [], name
    # Nor does the auth API take it for a person.
    token = machine._headers["Authorization"]
    asked = http.get("/auth/v1/user", headers={"apikey": api.publishable_key, "Authorization": token})
    assert asked.status_code in (401, 403, 404)


@pytest.mark.parametrize("scope", ["org_owner", "admin", "super_admin", "manager", "no_such_role"])
def test_no_key_gets_a_role_that_governs(admin: Caller, scope: str) -> None:
    answer = admin.rpc("create_api_key", p_name="Too much", p_scopes=[scope])
    assert answer.status_code == 400
