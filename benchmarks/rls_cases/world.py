"""Many organizations of the same size, made set by set, and the people who ask."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID, uuid4

import psycopg

PEOPLE = 10
SITES = 10
CHECKIN_DAYS = 60
PATIENTS = 100
ENCOUNTERS = 150
ROWS_PER_ORGANIZATION = PEOPLE * (CHECKIN_DAYS + 4) + SITES * 2 + PATIENTS * 2 + ENCOUNTERS + 2


@dataclass(frozen=True)
class Actor:
    """Somebody who asks: their token, and what a developer would filter by for them."""

    claims: str
    org: UUID
    user: UUID


# Ids are computed from names, so that one statement makes the rows of a table and the next refers to them.
_LOAD = """
create function pg_temp.key(p_kind text, p_org integer, p_number integer default 0) returns uuid
language sql immutable as $$ select md5(p_kind || p_org || '/' || p_number)::uuid $$;

insert into public.organizations (id, name, slug, kind, license_tier, settings)
select pg_temp.key('org', o), 'Organization ' || o, 'organization-' || o, 'care_management', 'standard',
  '{"mfa_roles": []}'
from generate_series(1, %(organizations)s) as o;

insert into public.organization_feature_flags (org_id, feature_key, is_enabled)
select pg_temp.key('org', o), 'resilience_hub', true from generate_series(1, %(organizations)s) as o;

insert into auth.users (id, email, aud, role)
select pg_temp.key('user', o, n), o || '-' || n || '@example.com', 'authenticated', 'authenticated'
from generate_series(1, %(organizations)s) as o, generate_series(1, %(people)s) as n;

insert into public.profiles (id, display_name)
select pg_temp.key('user', o, n), 'Person ' || n
from generate_series(1, %(organizations)s) as o, generate_series(1, %(people)s) as n;

insert into public.role_assignments (org_id, user_id, role, valid_during)
select pg_temp.key('org', o), pg_temp.key('user', o, n),
  case n when 1 then 'admin' when 2 then 'care_manager' else 'nurse' end::public.app_role,
  tstzrange('2020-01-01', null)
from generate_series(1, %(organizations)s) as o, generate_series(1, %(people)s) as n;

insert into public.properties (org_id, id, name)
select pg_temp.key('org', o), pg_temp.key('property', o, n), 'Property ' || n
from generate_series(1, %(organizations)s) as o, generate_series(1, %(sites)s) as n;

insert into public.sites (org_id, id, property_id, kind, name)
select pg_temp.key('org', o), pg_temp.key('site', o, n), pg_temp.key('property', o, n), 'house', 'Site ' || n
from generate_series(1, %(organizations)s) as o, generate_series(1, %(sites)s) as n;

insert into public.fhir_practitioners (id, user_id, family_name, given_names)
select pg_temp.key('practitioner', o, n), pg_temp.key('user', o, n), 'Family ' || n, array['Given']
from generate_series(1, %(organizations)s) as o, generate_series(1, %(people)s) as n;

insert into public.org_practitioners (org_id, practitioner_id)
select pg_temp.key('org', o), pg_temp.key('practitioner', o, n)
from generate_series(1, %(organizations)s) as o, generate_series(1, %(people)s) as n;

insert into public.provider_daily_checkins (
  org_id, practitioner_id, user_id, checkin_date, work_setting, stress_level, energy_level, is_shared
)
select pg_temp.key('org', o), pg_temp.key('practitioner', o, n), pg_temp.key('user', o, n),
  date '2026-01-01' + d, 'home_health', 1 + (n + d) %% 10, 1 + (n * d) %% 10, (n + d) %% 7 = 0
from generate_series(1, %(organizations)s) as o, generate_series(1, %(people)s) as n,
  generate_series(1, %(days)s) as d;

-- As wide as sealed names are; no key opens them, and nothing here does.
insert into public.patients (id, family_name, given_names)
select pg_temp.key('patient', o, n), noise.value, noise.value
from generate_series(1, %(organizations)s) as o, generate_series(1, %(patients)s) as n,
  lateral (
    select '\\x01'::bytea || sha512(int8send(n)) || substr(sha256(int8send(n)), 1, 16) as value
  ) as noise;

insert into public.org_patients (org_id, patient_id)
select pg_temp.key('org', o), pg_temp.key('patient', o, n)
from generate_series(1, %(organizations)s) as o, generate_series(1, %(patients)s) as n;

insert into public.encounters (org_id, id, patient_id, status, class_code, date_of_service)
select pg_temp.key('org', o), pg_temp.key('encounter', o, n),
  pg_temp.key('patient', o, 1 + n %% %(patients)s), 'finished', 'AMB', date '2026-01-01' + n %% 90
from generate_series(1, %(organizations)s) as o, generate_series(1, %(encounters)s) as n;
"""


def build(url: str, organizations: int) -> dict[str, Actor]:
    """Fill the database, as superuser, and sign in three people of one organization.

    Triggers are off while the rows come in: they are right by construction, and a million stamps and checks
    are not what is measured.
    """
    sizes = {
        "organizations": organizations,
        "people": PEOPLE,
        "sites": SITES,
        "days": CHECKIN_DAYS,
        "patients": PATIENTS,
        "encounters": ENCOUNTERS,
    }
    with psycopg.connect(url, autocommit=True, cursor_factory=psycopg.ClientCursor) as conn:
        conn.execute("set session_replication_role = replica")
        conn.execute(_LOAD, sizes)
        conn.execute("set session_replication_role = origin")
        conn.execute("vacuum analyze")
        middle = organizations // 2
        return {
            name: _sign_in(conn, middle, number)
            for name, number in (("admin", 1), ("care_manager", 2), ("nurse", 3))
        }


def _sign_in(conn: psycopg.Connection[tuple[object, ...]], org: int, number: int) -> Actor:
    session = uuid4()
    row = conn.execute(
        "select pg_temp.key('org', %(org)s), pg_temp.key('user', %(org)s, %(number)s)",
        {"org": org, "number": number},
    ).fetchone()
    assert row
    org_id, user_id = UUID(str(row[0])), UUID(str(row[1]))
    conn.execute("insert into auth.sessions (id, user_id, aal) values (%s, %s, 'aal1')", (session, user_id))
    claims = {
        "iss": "http://127.0.0.1/auth/v1",
        "sub": str(user_id),
        "aud": "authenticated",
        "role": "authenticated",
        "session_id": str(session),
        "aal": "aal1",
        "email": "person@example.com",
        "app_metadata": {"provider": "email", "providers": ["email"]},
        "user_metadata": {},
        "is_anonymous": False,
    }
    return Actor(json.dumps(claims), org_id, user_id)
