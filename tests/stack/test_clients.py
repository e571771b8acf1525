"""A person signs up, in, refreshes and signs out, with Supabase's own clients for Python and JavaScript."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jwt
import pytest
from supabase import AsyncClient, AuthApiError, Client, create_async_client
from supabase_auth.errors import AuthWeakPasswordError

from tests.stack.conftest import Served, signed_out

PASSWORD = "a long enough passphrase"


@pytest.fixture
def client(served: Served) -> Iterator[Client]:
    with signed_out(served.url, served.state.publishable_key) as opened:
        yield opened


def test_python_signs_up_in_refreshes_and_out(served: Served, client: Client) -> None:
    email = "python@example.com"
    signed_up = client.auth.sign_up({"email": email, "password": PASSWORD})
    assert signed_up.user
    assert signed_up.session, "no e-mail has to be confirmed on the local stack"
    assert datetime.now(UTC) - signed_up.user.created_at < timedelta(minutes=1)
    client.auth.sign_out()
    assert client.auth.get_session() is None

    signed_in = client.auth.sign_in_with_password({"email": email, "password": PASSWORD})
    assert signed_in.session
    assert client.table("notes").insert({"body": "from Python"}).execute().data[0]["body"] == "from Python"

    refreshed = client.auth.refresh_session()
    assert refreshed.session
    assert refreshed.session.refresh_token != signed_in.session.refresh_token
    assert client.table("notes").select("body").execute().data == [{"body": "from Python"}]

    client.auth.sign_out()
    with pytest.raises(AuthApiError):
        client.auth.refresh_session(refreshed.session.refresh_token)


def test_the_asynchronous_client_does_the_same(served: Served) -> None:
    async def story() -> list[dict[str, object]]:
        client = await create_async_client(served.url, served.state.publishable_key)
        async with client.auth, client.postgrest:  # these hold its connections
            return await play(client)

    async def play(client: AsyncClient) -> list[dict[str, object]]:
        await client.auth.sign_up({"email": "async@example.com", "password": PASSWORD})
        await client.rpc("write_note", {"p_body": "from asyncio"}).execute()
        answer = await client.table("notes").select("body").execute()
        await client.auth.sign_out()
        return list(answer.data)

    assert asyncio.run(story()) == [{"body": "from asyncio"}]


def test_javascript_keeps_the_same_contract(served: Served) -> None:
    node = shutil.which("node")
    assert node
    done = subprocess.run(
        [node, "--test", "--test-reporter=spec", str(Path(__file__).with_name("contract.mjs"))],
        env={
            **os.environ,
            "CAREBASE_API_URL": served.url,
            "CAREBASE_PUBLISHABLE_KEY": served.state.publishable_key,
            "CAREBASE_SECRET_KEY": served.state.secret_key,
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "pass 7" in done.stdout


def test_the_token_says_who_how_strongly_and_in_which_session(served: Served, client: Client) -> None:
    session = client.auth.sign_up({"email": "token@example.com", "password": PASSWORD}).session
    assert session
    for token in (session.access_token, _refreshed(client)):
        claims = jwt.decode(token, served.state.jwt_secret, algorithms=["HS256"], audience="authenticated")
        assert claims["sub"] == session.user.id
        assert claims["role"] == "authenticated"
        assert claims["aal"] == "aal1"
        assert claims["email"] == "token@example.com"
        assert claims["is_anonymous"] is False
        assert claims["iss"] == f"{served.url}/auth/v1"
        assert _session_exists(served, claims["session_id"])
        assert claims["exp"] - claims["iat"] == 3600


def _refreshed(client: Client) -> str:
    session = client.auth.refresh_session().session
    assert session
    return session.access_token


def _session_exists(served: Served, session_id: str) -> bool:
    return served.value("select count(*) from auth.sessions where id = %s", session_id) == 1


def test_a_refreshed_token_of_a_session_that_was_raised_to_aal2_says_so(
    served: Served, client: Client
) -> None:
    session = client.auth.sign_up({"email": "raised@example.com", "password": PASSWORD}).session
    assert session
    served.value("update auth.sessions set aal = 'aal2' where user_id = %s returning 1", session.user.id)
    claims = jwt.decode(_refreshed(client), options={"verify_signature": False})
    assert claims["aal"] == "aal2"


def test_signing_out_ends_the_session_in_the_database(served: Served, client: Client) -> None:
    session = client.auth.sign_up({"email": "out@example.com", "password": PASSWORD}).session
    assert session
    session_id = jwt.decode(session.access_token, options={"verify_signature": False})["session_id"]
    assert _session_exists(served, session_id)
    client.auth.sign_out()
    assert not _session_exists(served, session_id)


def test_a_wrong_password_a_short_password_and_a_taken_address_are_refused(client: Client) -> None:
    client.auth.sign_up({"email": "taken@example.com", "password": PASSWORD})
    with pytest.raises(AuthApiError) as wrong:
        client.auth.sign_in_with_password({"email": "taken@example.com", "password": "not the passphrase"})
    assert wrong.value.code == "invalid_credentials"
    with pytest.raises(AuthWeakPasswordError):  # supabase/config.toml: minimum_password_length = 12
        client.auth.sign_up({"email": "short@example.com", "password": "short"})
    with pytest.raises(AuthApiError) as taken:
        client.auth.sign_up({"email": "taken@example.com", "password": PASSWORD})
    assert taken.value.code == "user_already_exists"


def test_passwords_are_kept_as_bcrypt_hashes(served: Served, client: Client) -> None:
    client.auth.sign_up({"email": "hash@example.com", "password": PASSWORD})
    kept = served.value("select encrypted_password from auth.users where email = 'hash@example.com'")
    assert str(kept).startswith("$2")
    assert PASSWORD not in str(kept)
