"""A proof that finds nothing proves nothing unless it finds what is there: faults are seeded one by one."""

from __future__ import annotations

import psycopg
import pytest

from carebase.access.proof import check
from carebase.project import Project

CHECKINS, SITES, PROFILES = "public.provider_daily_checkins", "public.sites", "public.profiles"
CIRCLES = "public.provider_support_circles"
PATIENTS, FLAGS = "public.patients", "public.nurseos_feature_flags"

FAULTS = {
    "a dropped policy": (
        CHECKINS,
        "drop policy select_own on public.provider_daily_checkins",
        "cannot select",
    ),
    "a widened policy": (
        CHECKINS,
        "alter policy select_own on public.provider_daily_checkins "
        "using (org_id = (select app.current_org()))",
        "can select",
    ),
    "a policy widened for writing only, which a condition would hide": (
        CHECKINS,
        "alter policy update_own on public.provider_daily_checkins "
        "using (org_id = (select app.current_org()) and (select app.is_staff())) "
        "with check (org_id = (select app.current_org()) and (select app.is_staff()))",
        "can update",
    ),
    "a check on insert that asks for nothing": (
        CIRCLES,
        "alter policy insert_organization on public.provider_support_circles with check (true)",
        "can insert",
    ),
    "an update without its own check, where the owner can be changed": (
        CHECKINS,
        "grant update (user_id) on public.provider_daily_checkins to authenticated; "
        "alter policy update_own on public.provider_daily_checkins with check (true)",
        "can move",
    ),
    "a dropped floor": (SITES, "drop policy floor_organization on public.sites", "floor"),
    "a floor that is permissive": (
        SITES,
        "drop policy floor_organization on public.sites; create policy floor_organization on public.sites "
        "to anon, authenticated using (org_id = (select app.current_org()))",
        "floor",
    ),
    "a floor without a check on what is written": (
        SITES,
        "alter policy floor_organization on public.sites with check (true)",
        "floor",
    ),
    "a dropped floor of a person": (PROFILES, "drop policy floor_person on public.profiles", "floor"),
    "row level security switched off": (
        SITES,
        "alter table public.sites disable row level security",
        "can select",
    ),
    "removed rows that are seen": (
        SITES,
        "alter policy select_organization on public.sites using (org_id = (select app.current_org()))",
        "(removed)",
    ),
    "a wrong audience": (
        CHECKINS,
        """alter policy select_own on public.provider_daily_checkins using (
          org_id = (select app.current_org())
          and (
            (select app.is_staff()) and user_id = (select app.my_id()) or (select app.has_role('nurse'))
          ))""",
        "nurse can select",
    ),
    "a persona that is left out": (
        PATIENTS,
        """alter policy select_own_or_related_or_looked_after on public.patients
          using (deleted_at is null and (
          user_id = (select app.my_id()) or (select app.has_role('case_manager', 'nurse', 'clinician'))
          and id = any(array(select p.patient_id from public.org_patients as p
            where p.org_id = (select app.current_org())))))""",
        "care_manager cannot select",
    ),
    "a sealed column that opens to another persona": (
        PATIENTS,
        """do $do$ begin
          execute replace(
            pg_get_functiondef('app.open_patients(uuid[], public.access_purpose, uuid[])'::regprocedure),
            $$'nurse', 'clinician'))$$, $$'nurse', 'clinician', 'scheduler'))$$
          );
        end $do$""",
        "scheduler can read gender",
    ),
    "a sealed column that opens to nobody": (
        PATIENTS,
        "revoke execute on function public.open_patients(uuid[], public.access_purpose) from authenticated",
        "nurse cannot read family_name",
    ),
    "a command that nobody has": (
        PROFILES,
        "grant delete on public.profiles to authenticated; create policy delete_own on public.profiles "
        "for delete to authenticated using (id = (select app.my_id()))",
        "can delete",
    ),
    "rows of nobody that everybody writes": (
        FLAGS,
        "alter policy update_anyone on public.nurseos_feature_flags using (true) with check (true)",
        "can update",
    ),
    "a second factor that nobody asks for": (
        SITES,
        """create or replace function app.mfa_roles(p_settings jsonb) returns public.app_role[]
        language sql immutable set search_path = '' as $$ select '{}'::public.app_role[] $$""",
        "admin below aal2 can select",
    ),
    "a session that does not end": (
        SITES,
        """alter function app.open_request() rename to open_request_soundly;
        create function app.open_request() returns void language plpgsql security definer set search_path = ''
        as $f$ begin
          perform app.open_request_soundly();
          if current_setting('carebase.refusal', true) = 'session_expired' then
            perform set_config('carebase.refusal', '', true);
            perform set_config('carebase.org_id', (
              select role_assignments.org_id::text from public.role_assignments
              where role_assignments.user_id = auth.uid() limit 1
            ), true);
          end if;
        end $f$;
        grant execute on function app.open_request() to anon, authenticated""",
        "admin whose session ended can select",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_seeded_fault_is_told(database: str, project: Project, fault: str) -> None:
    table, statements, told = FAULTS[fault]
    with psycopg.connect(database) as conn:
        conn.execute(statements.encode())
    found = check(database, project, only=[table])
    assert any(told in sentence for sentence in found), found


def test_a_sound_table_has_nothing_to_tell_and_nothing_left(database: str, project: Project) -> None:
    count = "select count(*) from public.role_assignments"
    with psycopg.connect(database, autocommit=True) as conn:
        before = conn.execute(count.encode()).fetchall()
        assert check(database, project, only=[SITES]) == []
        assert conn.execute(count.encode()).fetchall() == before


def test_a_table_that_needs_a_recipe_is_named(database: str, project: Project) -> None:
    with psycopg.connect(database) as conn:
        conn.execute("alter table public.sites add constraint sites_name_form check (name ~ '^House ')")
    [told] = check(database, project, only=[SITES])
    assert "cannot make a row of public.sites" in told
    assert "sites_name_form" in told
