"""How the demo's people sign in: rows of Supabase Auth, right for its server and for the local gateway."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from carebase.seeds.documents import DemoOrganization
from carebase.seeds.ids import seed_id, user_id
from carebase.seeds.insert import Connection, TableRows, explained

_NO_INSTANCE = UUID(int=0)


def hash_password(conn: Connection, password: str) -> str:
    """A bcrypt hash, made by the database: what Supabase Auth stores.

    One hash serves all people of the demo, because they share one password anyway.
    """
    with explained("auth.users"):
        row = conn.execute(
            "select extensions.crypt(%s, extensions.gen_salt('bf', 10))", [password]
        ).fetchone()
    return str(row[0]) if row else ""


def sign_in_rows(demos: dict[str, DemoOrganization], password_hash: str) -> list[TableRows]:
    """The users of all demo organizations, e-mail address confirmed, and their identities."""
    people = [
        (user_id(slug, person.key), person.email, demo.since)
        for slug, demo in demos.items()
        for person in demo.people
    ]
    return [
        TableRows("auth.users", ("id",), [_user(*person, password_hash) for person in people]),
        TableRows("auth.identities", ("provider_id", "provider"), [_identity(*person) for person in people]),
    ]


def renew_passwords(conn: Connection, users: Iterable[UUID], password: str, password_hash: str) -> int:
    """Give the hash to those of the users whose stored one is not of this password.

    Returns:
        How many had another password.
    """
    with explained("auth.users"):
        return conn.execute(
            r"""with stored as materialized (
                  select distinct encrypted_password as hash from auth.users where id = any(%(users)s)
                ),
                wrong as (
                  select hash from stored
                  -- Only hashes like ours are compared: pgcrypto stops at a salt that it does not know.
                  where case
                    when hash like '$2a$%%' then extensions.crypt(%(password)s, hash) <> hash
                    else true
                  end
                )
                update auth.users set encrypted_password = %(hash)s, updated_at = now()
                from wrong
                where id = any(%(users)s) and encrypted_password is not distinct from wrong.hash""",
            {"users": list(users), "password": password, "hash": password_hash},
        ).rowcount


def _user(user: UUID, email: str, since: date, password_hash: str) -> dict[str, object]:
    return {
        "id": user,
        "instance_id": _NO_INSTANCE,
        "aud": "authenticated",
        "role": "authenticated",
        "email": email,
        "encrypted_password": password_hash,
        "email_confirmed_at": f"{since} 00:00 UTC",
        "raw_app_meta_data": {"provider": "email", "providers": ["email"]},
        "raw_user_meta_data": {},
        # Supabase Auth reads these as texts and fails on null.
        "confirmation_token": "",
        "recovery_token": "",
        "email_change": "",
        "email_change_token_new": "",
    }


def _identity(user: UUID, email: str, since: date) -> dict[str, object]:
    return {
        "id": seed_id("identities", user),
        "user_id": user,
        "provider": "email",
        "provider_id": str(user),
        "identity_data": {"sub": str(user), "email": email, "email_verified": True, "phone_verified": False},
    }
