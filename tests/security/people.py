"""People with sessions in a database of the tests' own, acting over real connections and committing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg

Connection = psycopg.Connection[Any]


@dataclass
class Town:
    """Organizations with two sites each, people, roles."""

    conn: Connection

    @classmethod
    def at(cls, url: str) -> Town:
        return cls(psycopg.connect(url, autocommit=True))

    def make_org(self) -> UUID:
        org: UUID = self._one(
            "insert into public.organizations (name, slug, kind) "
            "values ('Town', 'town-' || gen_random_uuid(), 'clinic') returning id"
        )
        for name in ("North", "South"):
            self.conn.execute(
                "insert into public.sites (org_id, kind, name) values (%s, 'clinic', %s)", [org, name]
            )
        return org

    def make_person(self) -> UUID:
        person: UUID = self._one(
            "insert into auth.users (id, email, aud, role) select id, id || '@town.example', "
            "'authenticated', 'authenticated' from (select gen_random_uuid() as id) as made returning id"
        )
        self.conn.execute("insert into public.profiles (id, display_name) values (%s, 'Somebody')", [person])
        return person

    def give(self, person: UUID, org: UUID, role: str = "nurse") -> UUID:
        role_id: UUID = self._one(
            "insert into public.role_assignments (org_id, user_id, role, valid_during) "
            "values (%s, %s, %s, '[2020-01-01,)') returning id",
            org,
            person,
            role,
        )
        return role_id

    def sign_in(self, person: UUID) -> UUID:
        return sign_in(self.conn, person)

    def _one(self, query: str, *parameters: object) -> Any:
        [(value,)] = self.conn.execute(query.encode(), parameters).fetchall()
        return value


def sign_in(conn: Connection, person: UUID) -> UUID:
    """A new session with a second factor, as the auth layer makes it."""
    session = uuid4()
    conn.execute("insert into auth.sessions (id, user_id, aal) values (%s, %s, 'aal2')", [session, person])
    return session


def claims(person: UUID, session: UUID, aal: str = "aal2") -> str:
    """The token of a session, as the gateway hands it on."""
    return json.dumps({"sub": str(person), "role": "authenticated", "aal": aal, "session_id": str(session)})


def request(person: UUID, session: UUID, query: str, aal: str = "aal2") -> str:
    """A whole request in one round trip, as PostgREST runs it: one transaction, role and claims set in it."""
    token = claims(person, session, aal).replace("'", "''")
    return (
        "begin; select set_config('role', 'authenticated', true), "
        f"set_config('request.jwt.claims', '{token}', true); {query}; commit"
    )


def stale_sessions(conn: Connection) -> list[tuple[Any, ...]]:
    """Sessions whose stored reach is not what the tables say now."""
    return conn.execute(
        """
        select sessions.id, sessions.active_org_id, sessions.roles, reach.roles
        from public.user_sessions as sessions
        cross join lateral app.resolve_reach(sessions.user_id, sessions.active_org_id) as reach
        where (
          sessions.roles, sessions.role_sites, sessions.needs_mfa, sessions.idle_limit,
          sessions.time_zone::text, sessions.stale_at
        ) is distinct from (
          reach.roles, reach.role_sites, reach.needs_mfa, reach.idle_limit,
          reach.time_zone::text, reach.stale_at
        )
        or sessions.ends_at <> sessions.started_at + reach.session_limit
        """
    ).fetchall()
