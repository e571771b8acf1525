"""Somebody else on this machine looks for a way in: ports, files, argument lists, logs."""

from __future__ import annotations

import ipaddress
import itertools
import os
import stat
import struct
from contextlib import suppress
from pathlib import Path

import httpx
import psycopg
import pytest

from carebase.stack import datafolder
from carebase.stack.state import StackState
from tests.stack.conftest import House

LISTEN = "0A"
_SHOWN = ("cmdline", "environ")  # of a process, to whoever has its account


def secrets_of(state: StackState) -> list[str]:
    return [state.jwt_secret, state.secret_key, *(state.password(role) for role in state.passwords)]


def listeners(port: int) -> list[str]:
    """The addresses on which something listens on `port`."""
    found = []
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            _, local, _, state = line.split()[:4]
            address, hex_port = local.split(":")
            if state == LISTEN and int(hex_port, 16) == port:
                words = [struct.pack("=I", int(address[at : at + 8], 16)) for at in range(0, len(address), 8)]
                found.append(str(ipaddress.ip_address(b"".join(words))))
    return found


def test_both_servers_listen_on_loopback_only(house: House) -> None:
    assert listeners(house.state.db_port) == ["127.0.0.1"]
    assert listeners(house.state.api_port) == ["127.0.0.1"]


def test_postgres_makes_no_unix_socket(house: House) -> None:
    assert f".s.PGSQL.{house.state.db_port}" not in Path("/proc/net/unix").read_text()


def test_the_file_of_secrets_is_for_its_owner_only_and_git_ignores_it(house: House) -> None:
    path = StackState.path(house.project)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(house.data.stat().st_mode) == 0o700
    ignored = (Path(__file__).parents[2] / ".gitignore").read_text().splitlines()
    assert f"/{path.parent.name}/" in ignored


def test_every_installation_has_secrets_of_its_own() -> None:
    one, other = (secrets_of(StackState.new(db_port=5001, api_port=5002)) for _ in range(2))
    assert not set(one) & set(other)
    assert min(map(len, one)) >= 32


def test_no_secret_is_in_an_argument_list_or_a_servers_environment(house: House) -> None:
    watched = [house.postgres_pid, house.gateway_pid]
    children = Path(f"/proc/{house.postgres_pid}/task/{house.postgres_pid}/children").read_text().split()
    seen = b"".join(Path(f"/proc/{pid}/{name}").read_bytes() for pid in watched for name in _SHOWN)
    for pid, name in itertools.product(children, _SHOWN):
        with suppress(FileNotFoundError, ProcessLookupError):  # a backend may end while it is looked at
            seen += Path(f"/proc/{pid}/{name}").read_bytes()
    assert b"server.mjs" in seen
    assert b"checkpointer" in seen
    assert not [secret for secret in secrets_of(house.state) if secret.encode() in seen]


def test_the_callers_environment_does_not_reach_the_servers(house: House) -> None:
    house.run("down")
    house.run("up", "--no-seed", env={"CAREBASE_TEST_SECRET": "from the caller's shell"})
    for pid in (house.postgres_pid, house.gateway_pid):
        assert b"CAREBASE_TEST_SECRET" not in Path(f"/proc/{pid}/environ").read_bytes()


def test_logs_hold_no_secret_no_token_and_no_value_of_a_row(house: House) -> None:
    api, key = house.state.api_url, house.state.publishable_key
    with httpx.Client(base_url=api, headers={"apikey": key}, trust_env=False, timeout=20) as client:
        person = {"email": "quiet.person@example.com", "password": "a long enough passphrase"}
        token = client.post("/auth/v1/signup", json=person).json()["access_token"]
        signed_in = {"authorization": f"Bearer {token}"}
        client.post("/rest/v1/notes", json={"body": "whispered"}, headers=signed_in)
        client.get("/rest/v1/notes?body=eq.whispered", headers=signed_in)
        assert client.get("/rest/v1/notes?hours=eq.whispered", headers=signed_in).status_code == 400
        assert client.post("/rest/v1/notes", json={"hours": -987.5}, headers=signed_in).status_code == 400
    with pytest.raises(psycopg.errors.UndefinedColumn):
        house.sql("select whispered from public.notes")
    with pytest.raises(psycopg.errors.CheckViolation):
        house.sql(
            "insert into public.notes (user_id, body, hours) select id, 'whispered', -1 from auth.users"
        )
    for name in ("postgres", "gateway"):
        log = (house.project.state / f"{name}.log").read_text()
        assert log
        for hidden in (*secrets_of(house.state), token, "whispered", "quiet.person", "passphrase", "987.5"):
            assert hidden not in log
        assert stat.S_IMODE((house.project.state / f"{name}.log").stat().st_mode) == 0o600


def test_no_password_no_entry(house: House) -> None:
    port = house.state.db_port
    for user in (datafolder.SUPERUSER, "postgres", "authenticator", "anon"):
        with pytest.raises(psycopg.OperationalError, match=r"password|not permitted"):
            psycopg.connect(
                host="127.0.0.1", port=port, user=user, dbname="postgres", password="guess"
            ).close()


def test_state_names_no_secret_when_printed_or_damaged(house: House) -> None:
    state = house.state
    shown = f"{state!r} {state}"
    assert not [secret for secret in secrets_of(state) if secret in shown]
    path = StackState.path(house.project)
    text = path.read_text()
    path.write_text(text.replace('"db_port"', '"port"'))
    try:
        refused = house.run("status", "--json", "--verbose", expect=1, traceback=True)
        assert not [secret for secret in secrets_of(state) if secret in refused.stderr]
    finally:
        path.write_text(text)
        os.chmod(path, 0o600)
