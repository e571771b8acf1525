"""The people of generated homes who ask."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg

from carebase.seeds.scale import HomesPlan
from carebase.seeds.scale.homes import LEADERS, home_crowds

Connection = psycopg.Connection[tuple[object, ...]]
MANAGER, NURSE, CARER = range(3)
_SETTINGS = """select set_config('search_path', '"public", "extensions"', true),
  set_config('role', 'authenticated', true), set_config('request.jwt.claims', %s, true),
  set_config('request.method', 'POST', true), set_config('request.path', '/rest', true)"""


@dataclass(frozen=True)
class Person:
    """Somebody who asks: their token, who they are, and their home."""

    claims: str
    org: UUID
    user: UUID
    site: UUID


def sign_in(conn: Connection, plan: HomesPlan, role: str | int, home: int = 0) -> Person:
    """Sign in a leader of the large organization by role, or somebody of a home by number."""
    large = home_crowds(plan)[0]
    user = (
        plan.id("user", 0, LEADERS.index(role))
        if isinstance(role, str)
        else large.worker(home, role % large.staff)
    )
    return admit(conn, UUID(large.organization(home)), UUID(user), UUID(large.site(home)))


def admit(conn: Connection, org: UUID, user: UUID, site: UUID) -> Person:
    """A session of somebody, as their token says it."""
    session = uuid4()
    conn.execute("insert into auth.sessions (id, user_id, aal) values (%s, %s, 'aal1')", (session, user))
    claims = {
        "iss": "http://127.0.0.1/auth/v1",
        "sub": str(user),
        "aud": "authenticated",
        "role": "authenticated",
        "session_id": str(session),
        "aal": "aal1",
        "email": "person@example.com",
        "app_metadata": {"provider": "email", "providers": ["email"]},
        "user_metadata": {},
        "is_anonymous": False,
    }
    return Person(json.dumps(claims), org, user, site)


def busiest_home(conn: Connection, plan: HomesPlan) -> int:
    """The home with the most incidents that are open."""
    row = conn.execute(
        "select site_id from public.incidents where org_id = %s and status <> 'closed' group by site_id"
        " order by count(*) desc, site_id limit 1",
        (UUID(plan.id("organization", 0)),),
    ).fetchone()
    sites = [UUID(plan.id("site", 0, home)) for home in range(plan.homes)]
    return sites.index(UUID(str(row[0]))) if row else 0


def begin_as(conn: Connection, person: Person) -> None:
    """Begin a request of somebody as PostgREST does; whoever calls it ends the transaction."""
    conn.execute("begin", prepare=True)
    conn.execute(_SETTINGS, (person.claims,), prepare=True)


def next_monday(plan: HomesPlan) -> str:
    """The week whose rota is a draft."""
    return str(plan.until + timedelta(days=7 - plan.until.weekday()))
