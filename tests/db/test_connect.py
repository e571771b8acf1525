"""Addresses: what is wrong with one is a sentence, and the sentence holds no password."""

from __future__ import annotations

import pytest

from carebase.db.connect import connect, connect_as_owner, describe, is_loopback, resolve_url
from carebase.db.scratch import Scratch
from carebase.problems import DatabaseProblem, EnvironmentProblem, Problem, UsageProblem
from carebase.stack.ports import free_port
from carebase.stack.server import PostgresServer
from tests.db.conftest import House, ask

SECRET = "s3cret-pass"


@pytest.mark.parametrize(
    ("address", "problem", "code"),
    [
        (f"postgresql://me:{SECRET}@[half", UsageProblem, "db_url_invalid"),
        (f"not an address {SECRET}", UsageProblem, "db_url_invalid"),
        (f"postgresql://me:{SECRET}@127.0.0.1:%(free)s/x", EnvironmentProblem, "database_unreachable"),
        (f"postgresql://me:{SECRET}@no-such-host.invalid/x", EnvironmentProblem, "database_unreachable"),
        (
            f"postgresql://postgres:{SECRET}@127.0.0.1:%(port)s/postgres",
            EnvironmentProblem,
            "database_login_refused",
        ),
        (
            f"postgresql://nobody:{SECRET}@127.0.0.1:%(port)s/postgres",
            EnvironmentProblem,
            "database_login_refused",
        ),
    ],
)
def test_each_mistake_has_its_sentence(
    server: PostgresServer, address: str, problem: type[Problem], code: str
) -> None:
    if "%(" in address:
        address = address % {"free": free_port(), "port": server.port}
    with pytest.raises(problem) as caught:
        connect(address)
    assert caught.value.code == code
    assert caught.value.hint
    assert SECRET not in caught.value.message + caught.value.hint


def test_a_missing_database_is_named(server: PostgresServer) -> None:
    with pytest.raises(EnvironmentProblem, match=r"no such database: nowhere at 127\.0\.0\.1") as caught:
        connect(server.url("nowhere"))
    assert caught.value.code == "database_missing"


def test_a_plain_postgres_is_told_how_to_become_one_of_supabase(scratch: Scratch) -> None:
    name = "plain"
    with connect(scratch.server.url(), autocommit=True) as conn:
        conn.execute(f"create database {name} template template0".encode())
    try:
        with pytest.raises(DatabaseProblem, match="lacks Supabase's platform objects") as caught:
            connect_as_owner(scratch.server.url(name))
        assert "--install-platform" in caught.value.hint
    finally:
        scratch.drop(scratch.server.url(name))


def test_who_may_not_be_the_owner_is_refused(scratch: Scratch, url: str) -> None:
    other = url.rsplit("/", 1)[1]
    with pytest.raises(DatabaseProblem, match="may not act as role postgres"):
        connect_as_owner(scratch.server.url(other, "supabase_auth_admin"))


def test_the_option_goes_before_the_environment(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREBASE_DB_URL", "postgresql://from-environment")
    assert resolve_url(house.project, "postgresql://from-option") == "postgresql://from-option"
    assert resolve_url(house.project) == "postgresql://from-environment"
    monkeypatch.delenv("CAREBASE_DB_URL")
    with pytest.raises(EnvironmentProblem, match="no local stack"):
        resolve_url(house.project)


def test_an_address_is_described_without_its_secrets() -> None:
    assert describe(f"postgresql://me:{SECRET}@db.example:5433/app") == "app at db.example:5433"


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("postgresql://p@127.0.0.1/x", True),
        ("postgresql://p@127.9.9.9/x", True),
        ("postgresql://p@[::1]/x", True),
        ("postgresql://p@localhost/x", True),
        ("postgresql:///x?host=/tmp/socket", True),
        ("postgresql://p@db.example/x", False),
        ("postgresql://p@127.0.0.1.example/x", False),
        ("postgresql://p@localhost,db.example/x", False),
        ("postgresql://p@10.0.0.1/x", False),
        ("postgresql://p@localhost/x?hostaddr=10.0.0.1", False),
    ],
)
def test_what_is_on_this_machine(address: str, local: bool) -> None:
    assert is_loopback(address) is local


def test_a_session_of_the_owner_starts_clean(url: str) -> None:
    with connect_as_owner(url) as conn:
        assert conn.execute("select current_user, current_setting('search_path')").fetchone() == (
            "postgres",
            '"$user", public, extensions',
        )
    assert ask(url, "select 1") == [(1,)]
