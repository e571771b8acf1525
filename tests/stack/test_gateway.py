"""A frontend talks to the gateway and gets what PostgREST would have answered."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import jwt
import psycopg
import pytest

from carebase.stack import processes
from tests.stack.conftest import Served

PASSWORD = "a long enough passphrase"


@pytest.fixture(scope="module")
def http(served: Served) -> Iterator[httpx.Client]:
    """Nobody signed in."""
    headers = {"apikey": served.state.publishable_key}
    with httpx.Client(base_url=served.url, headers=headers, trust_env=False, timeout=20) as client:
        yield client


@pytest.fixture(scope="module")
def nurse(http: httpx.Client) -> dict[str, str]:
    """Headers of somebody signed in."""
    answer = http.post("/auth/v1/signup", json={"email": "nurse@example.com", "password": PASSWORD})
    return {"authorization": f"Bearer {answer.json()['access_token']}"}


@pytest.mark.parametrize(
    ("sqlstate", "status"),
    [
        ("P0001", 400),
        ("P0002", 500),
        ("22023", 400),
        ("23503", 409),
        ("23505", 409),
        ("23514", 400),
        ("42501", 403),
        ("40001", 500),
        ("53300", 503),
        ("55P03", 500),
        ("57014", 500),
        ("28000", 403),
        ("XX000", 500),
        ("PT418", 418),
        ("CB001", 400),
    ],
)
def test_an_error_of_the_database_has_postgrests_status_and_body(
    http: httpx.Client, nurse: dict[str, str], sqlstate: str, status: int
) -> None:
    answer = http.post("/rest/v1/rpc/fail_with", json={"p_sqlstate": sqlstate}, headers=nurse)
    assert answer.status_code == status
    body = {"code": sqlstate, "message": "a message", "details": "a detail", "hint": "a hint"}
    assert answer.json() == body


def test_an_error_raised_for_postgrest_comes_through_with_status_headers_and_body(http: httpx.Client) -> None:
    answer = http.post("/rest/v1/rpc/refuse", json={})
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "7"
    body = {"code": "rate_limited", "message": "Not so fast.", "details": '{"left": 0}', "hint": "Wait."}
    assert answer.json() == body


def test_values_look_as_postgrest_writes_them(http: httpx.Client, nurse: dict[str, str]) -> None:
    row = {"body": "b", "hours": "1.50", "written_on": "2026-01-02", "digest": "\\x01ff"}
    written = http.post(
        "/rest/v1/notes", json=row, headers={**nurse, "prefer": "return=representation"}
    ).json()[0]
    assert written["hours"] == 1.5
    assert written["written_on"] == "2026-01-02"
    assert written["digest"] == "\\x01ff"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00", written["written_at"])


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        ({"a": {"b": [1, None]}}, "object"),
        ([1, "two", {}], "array"),
        ("a word", "string"),
        (7.5, "number"),
        (True, "boolean"),
    ],
)
def test_a_json_parameter_arrives_as_it_was_sent(http: httpx.Client, document: object, kind: str) -> None:
    answer = http.post("/rest/v1/rpc/tell_kind", json={"p_document": document})
    assert answer.json() == {"kind": kind, "document": document}


def test_one_is_anon_signed_in_or_the_service_by_key_and_token(
    served: Served, http: httpx.Client, nurse: dict[str, str]
) -> None:
    def asked(**headers: str) -> dict[str, object]:
        answer: dict[str, object] = http.post("/rest/v1/rpc/who_asks", json={}, headers=headers).json()
        return answer

    assert asked()["role"] == "anon"
    assert asked()["claims"] == {"role": "anon"}
    assert asked(**nurse)["role"] == "authenticated"
    assert asked(apikey=served.state.secret_key)["role"] == "service_role"


def test_sql_sees_path_and_headers_of_the_request(http: httpx.Client) -> None:
    seen = http.post("/rest/v1/rpc/who_asks", json={}, headers={"X-Trace": "abc"}).json()
    assert (seen["path"], seen["trace"]) == ("/rpc/who_asks", "abc")


def test_without_a_key_or_with_a_foreign_or_expired_token_nobody_gets_in(
    served: Served, http: httpx.Client, nurse: dict[str, str]
) -> None:
    url = f"{served.url}/rest/v1/notes"
    assert httpx.get(url, trust_env=False).status_code == 401
    assert httpx.get(url, headers={"apikey": "sb_publishable_guess"}, trust_env=False).status_code == 401
    claims = jwt.decode(nurse["authorization"].split()[1], options={"verify_signature": False})
    for forged in (
        jwt.encode(claims, "x" * 43, algorithm="HS256"),
        jwt.encode({**claims, "exp": datetime.now(UTC) - timedelta(hours=1)}, served.state.jwt_secret),
        jwt.encode(claims, "", algorithm="none"),
    ):
        assert http.get("/rest/v1/notes", headers={"authorization": f"Bearer {forged}"}).status_code == 401


@pytest.mark.parametrize("role", ["postgres", "supabase_admin", "supabase_auth_admin", "authenticator; drop"])
def test_a_token_can_name_only_the_api_roles(served: Served, http: httpx.Client, role: str) -> None:
    token = jwt.encode({"role": role, "exp": datetime.now(UTC) + timedelta(hours=1)}, served.state.jwt_secret)
    answer = http.get("/rest/v1/notes", headers={"authorization": f"Bearer {token}"})
    assert answer.status_code in (400, 401, 403)


def test_the_databases_own_grants_stand(served: Served, http: httpx.Client, nurse: dict[str, str]) -> None:
    assert http.get("/rest/v1/notes", headers=nurse).status_code == 200
    assert http.get("/rest/v1/notes").status_code == 401
    assert http.get("/rest/v1/notes", headers={"apikey": served.state.secret_key}).status_code == 403
    grants = served.value("select relacl::text from pg_class where oid = 'public.notes'::regclass")
    assert grants == "{postgres=arwdDxtm/postgres,authenticated=arwd/postgres}"


def test_rest_and_auth_cannot_do_each_others_work(served: Served) -> None:
    for role, statement in (
        ("authenticator", "select * from auth.users"),
        ("authenticator", "select * from auth.sessions"),
        ("supabase_auth_admin", "select * from public.notes"),
        ("supabase_auth_admin", "set role service_role"),
        ("authenticator", "set role postgres"),
    ):
        with (
            psycopg.connect(served.url_as(role), autocommit=True) as conn,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            conn.execute(statement.encode())


def test_what_is_not_exposed_is_not_there(http: httpx.Client, nurse: dict[str, str]) -> None:
    for headers in ({"accept-profile": "auth"}, {"accept-profile": "pg_catalog"}):
        assert http.get("/rest/v1/users", headers={**nurse, **headers}).status_code == 406
    assert http.get("/rest/v1/auth.users", headers=nurse).status_code == 404
    for path in ("/", "/storage/v1/bucket", "/_system/info", "/studio"):
        assert http.get(path, headers=nurse).status_code == 404


def test_a_change_of_the_schema_is_seen_without_a_restart(
    served: Served, http: httpx.Client, nurse: dict[str, str]
) -> None:
    assert http.get("/rest/v1/arrivals", headers=nurse).status_code == 404
    served.execute(
        """create table public.arrivals (name text);
           alter table public.notes add column mood text default 'calm';
           drop function public.write_note"""
    )
    assert processes.wait_until(
        lambda: http.get("/rest/v1/arrivals", headers=nurse).status_code == 200, 5, interval=0.1
    )
    http.post("/rest/v1/notes", json={"body": "after"}, headers=nurse)
    seen = http.get("/rest/v1/notes?body=eq.after&select=mood", headers=nurse)
    assert seen.json() == [{"mood": "calm"}]
    assert http.post("/rest/v1/rpc/write_note", json={"p_body": "x"}, headers=nurse).status_code == 404


def test_a_table_request_answered_with_an_error_changed_nothing(
    http: httpx.Client, nurse: dict[str, str]
) -> None:
    for _ in range(2):
        http.post("/rest/v1/notes", json={"body": "twin"}, headers=nurse)
    single = {"accept": "application/vnd.pgrst.object+json", "prefer": "return=representation"}
    answer = http.patch("/rest/v1/notes?body=eq.twin", json={"body": "changed"}, headers={**nurse, **single})
    assert answer.status_code == 406
    assert http.get("/rest/v1/notes?body=eq.changed&select=body", headers=nurse).json() == []


def test_an_rpc_that_raises_changed_nothing(
    served: Served, http: httpx.Client, nurse: dict[str, str]
) -> None:
    served.execute(
        """create or replace function public.write_then_refuse() returns void language plpgsql as $$
           begin insert into public.notes (body) values ('half'); perform public.refuse(); end $$"""
    )
    assert processes.wait_until(
        lambda: http.post("/rest/v1/rpc/write_then_refuse", json={}, headers=nurse).status_code == 429, 5
    )
    assert served.value("select count(*) from public.notes where body = 'half'") == 0


def test_nothing_of_one_request_is_left_for_the_next(http: httpx.Client, nurse: dict[str, str]) -> None:
    for _ in range(20):  # more than there are connections
        assert http.post("/rest/v1/rpc/who_asks", json={}, headers=nurse).json()["uid"]
        assert http.post("/rest/v1/rpc/who_asks", json={}).json()["uid"] is None


def test_health_says_when_the_database_is_gone(served: Served, http: httpx.Client) -> None:
    assert http.get("/health").json() == {"status": "ok"}
    served.execute_as_admin(
        """alter role authenticator connection limit 0;
           select pg_terminate_backend(pid) from pg_stat_activity where usename = 'authenticator'"""
    )
    try:
        assert processes.wait_until(lambda: http.get("/health").status_code == 503, 5, interval=0.1)
    finally:
        served.execute_as_admin("alter role authenticator connection limit -1")
    assert processes.wait_until(lambda: http.get("/health").status_code == 200, 15, interval=0.2)


def test_the_gateway_ends_cleanly_and_quickly(served: Served) -> None:
    started = time.monotonic()
    served.gateway.stop()
    assert time.monotonic() - started < 3
    assert '"message":"stopped"' in served.gateway.log.read_text()
    assert served.gateway.start() is True
