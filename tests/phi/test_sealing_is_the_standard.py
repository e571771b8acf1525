"""A256CBC-HS512 in SQL is RFC 7518's, and opens what `cryptography` seals, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carebase.phi import aead
from carebase.phi.aead import Context, NotAuthentic

# RFC 7518, appendix B.3.
KEY = bytes(range(64))
PLAINTEXT = (
    b"A cipher system must not be required to be secret, and it must be able to fall into the hands of the "
    b"enemy without inconvenience"
)
IV = bytes.fromhex("1af38c2dc2b96ffdd86694092341bc04")
AAD = b"The second principle of Auguste Kerckhoffs"
CIPHERTEXT = bytes.fromhex(
    "4affaaadb78c31c5da4b1b590d10ffbd3dd8d5d302423526912da037ecbcc7bd"
    "822c301dd67c373bccb584ad3e9279c2e6d12a1374b77f077553df829410446b"
    "36ebd97066296ae6427ea75c2e0846a11a09ccf5370dc80bfecbad28c73f09b3"
    "a3b75e662a2594410ae496b2e2e6609e31e6e02cc837f053d21f37ff4f51950b"
    "be2638d09dd7a4930930806d0703b1f6"
)
TAG = bytes.fromhex("4dd3b4c088a7f45c216839645b2012bf2e6269a8c56a816dbc1b267761955bc5")
MANY = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
KEYS = st.binary(min_size=64, max_size=64)
IVS = st.binary(min_size=16, max_size=16)
CONTEXTS = st.builds(
    Context,
    table=st.sampled_from(["public.patients", "public.residents"]),
    column=st.sampled_from(["family_name", "birth_date"]),
    org_id=st.none() | st.uuids(),
    subject_id=st.none() | st.uuids(),
)


@pytest.fixture
def conn(database: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database, autocommit=True) as connection:
        yield connection


def ask(conn: psycopg.Connection[Any], query: str, *values: object) -> Any:
    row = conn.execute(f"select {query}".encode(), values, binary=True).fetchone()
    assert row
    return row[0]


def sql_seal(conn: psycopg.Connection[Any], key: bytes, iv: bytes, plaintext: bytes, aad: bytes) -> bytes:
    """Ciphertext and tag."""
    found = ask(conn, "app.aead_seal(app.aead_schedule(%s), %s, %s, %s)", key, aad, plaintext, iv)
    assert found[:16] == iv
    return bytes(found[16:])


def sql_open(conn: psycopg.Connection[Any], key: bytes, aad: bytes, sealed: bytes) -> bytes | None:
    found: bytes | None = ask(conn, "app.aead_open(app.aead_schedule(%s), %s, %s)", key, aad, sealed)
    return found


def test_the_vector_of_the_rfc(conn: psycopg.Connection[Any]) -> None:
    assert sql_seal(conn, KEY, IV, PLAINTEXT, AAD) == CIPHERTEXT + TAG
    assert sql_open(conn, KEY, AAD, IV + CIPHERTEXT + TAG) == PLAINTEXT
    assert aead.encrypt(KEY, IV, PLAINTEXT, AAD) == CIPHERTEXT + TAG
    assert aead.decrypt(KEY, IV, CIPHERTEXT + TAG, AAD) == PLAINTEXT


@MANY
@given(key=KEYS, iv=IVS, plaintext=st.binary(max_size=300), aad=st.binary(max_size=80))
def test_either_opens_what_the_other_sealed(
    conn: psycopg.Connection[Any], key: bytes, iv: bytes, plaintext: bytes, aad: bytes
) -> None:
    sealed = aead.encrypt(key, iv, plaintext, aad)
    assert sql_seal(conn, key, iv, plaintext, aad) == sealed
    assert sql_open(conn, key, aad, iv + sealed) == plaintext
    assert aead.decrypt(key, iv, sealed, aad) == plaintext


@MANY
@given(key=KEYS, context=CONTEXTS, plaintext=st.binary(max_size=100))
def test_values_too(conn: psycopg.Connection[Any], key: bytes, context: Context, plaintext: bytes) -> None:
    key_id = uuid4()
    at = "app.sealed_context(%s, %s, %s)"
    where = (context.place, context.org_id, context.subject_id)
    in_python = aead.seal(key, key_id, context, plaintext)
    assert ask(conn, "app.is_sealed(%s)", in_python) is True
    assert ask(conn, f"app.open_value(app.aead_schedule(%s), {at}, %s)", key, *where, in_python) == plaintext
    in_sql = ask(conn, f"app.seal_value(%s, app.aead_schedule(%s), {at}, %s)", key_id, key, *where, plaintext)
    assert aead.key_id(in_sql) == key_id
    assert aead.unseal(key, context, in_sql) == plaintext


@MANY
@given(data=st.data(), key=KEYS, plaintext=st.binary(max_size=60))
def test_no_value_with_a_flipped_bit_opens(
    conn: psycopg.Connection[Any], data: st.DataObject, key: bytes, plaintext: bytes
) -> None:
    """But in the name of the key: such a value names a key that is not there."""
    context = Context("public.patients", "family_name", uuid4())
    value = bytearray(aead.seal(key, uuid4(), context, plaintext))
    bit = data.draw(st.integers(0, 7) | st.integers(17 * 8, len(value) * 8 - 1))
    value[bit // 8] ^= 1 << bit % 8
    opened = "app.open_value(app.aead_schedule(%s), %s, %s)"
    assert ask(conn, opened, key, context.aad(), bytes(value)) is None
    with pytest.raises(NotAuthentic):
        aead.unseal(key, context, bytes(value))


@MANY
@given(key=KEYS, here=CONTEXTS, there=CONTEXTS)
def test_a_value_opens_nowhere_but_where_it_belongs(
    conn: psycopg.Connection[Any], key: bytes, here: Context, there: Context
) -> None:
    value = aead.seal(key, uuid4(), here, b"x")
    opened = ask(conn, "app.open_value(app.aead_schedule(%s), %s, %s)", key, there.aad(), value)
    assert (opened == b"x") == (here == there)
    assert (opened is None) == (here != there)


@MANY
@given(sealed=st.binary(max_size=130))
def test_any_other_bytes_do_not_open(conn: psycopg.Connection[Any], sealed: bytes) -> None:
    assert sql_open(conn, KEY, AAD, sealed) is None
    assert ask(conn, "app.open_value(app.aead_schedule(%s), %s, %s)", KEY, AAD, b"\x01" + sealed) is None


def test_nobody_who_calls_through_the_api_may_call_any_of_it(conn: psycopg.Connection[Any]) -> None:
    open_to = ask(
        conn,
        """array_agg(distinct p.proname order by p.proname) from pg_proc as p
           cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as a
           where p.pronamespace = 'app'::regnamespace and a.grantee <> p.proowner
             and p.proname !~ 'api_key|payload_key|webhook_secret|complaint'
             and p.proname ~ 'aead|seal|key|blind|kek|secret|unwrap|open_value|plain'""",
    )
    assert open_to == ["is_sealed", "plain"]
