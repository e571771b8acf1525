"""The people of the generated organization who ask."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID, uuid4

import psycopg

from carebase.seeds.scale import Plan
from carebase.seeds.scale.plan import crowds

Connection = psycopg.Connection[tuple[object, ...]]
# By their number in the organization: who leads comes first; every fiftieth, from 3 on, has too much to do.
ADMIN, CARE_MANAGER, HEAVY_NURSE, NURSE = 1, 2, 53, 57
EMPTY = """
create or replace function public.bench_nothing() returns integer language sql stable
set search_path = '' return 1;
revoke all on function public.bench_nothing() from public, anon;
grant execute on function public.bench_nothing() to authenticated;
"""


@dataclass(frozen=True)
class Person:
    """Somebody who asks: their token, and who they are."""

    claims: str
    org: UUID
    user: UUID
    practitioner: UUID

    @property
    def parameters(self) -> dict[str, UUID]:
        return {"org": self.org, "user": self.user, "practitioner": self.practitioner}


def sign_in(conn: Connection, plan: Plan, number: int) -> Person:
    """Sign a person of the large organization in, by their number."""
    large = crowds(plan)[0]
    org, user, practitioner = (
        UUID(one(number)) for one in (large.organization, large.user, large.practitioner)
    )
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
    return Person(json.dumps(claims), org, user, practitioner)


def free_nurses(conn: Connection, plan: Plan, count: int) -> list[int]:
    """Numbers of nurses who take part by name and have not checked in today."""
    large = crowds(plan)[0]
    busy = {
        UUID(str(row[0]))
        for row in conn.execute(
            "select user_id from public.provider_daily_checkins where org_id = %s"
            " and checkin_date = (app.clock() at time zone 'UTC')::date",
            (UUID(large.organization(0)),),
        )
    }
    found: list[int] = []
    for number in range(4, plan.providers):
        if number % 10 >= 3 and UUID(large.user(number)) not in busy:
            found.append(number)
            if len(found) == count:
                return found
    raise SystemExit(f"{count} nurses who have not checked in today are needed; there are {len(found)}")
