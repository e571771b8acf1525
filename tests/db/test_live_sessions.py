"""The migration that meets people who are already signed in."""

from __future__ import annotations

from carebase.db import migrations
from carebase.project import Project
from tests.db.conftest import ask, do

BEFORE = "20261121035853"
SCENE = """
with person as (
  insert into auth.users (id, email, aud, role)
  values ('00000000-0000-7000-8000-00000000000a', 'nadia@lakeside.example', 'authenticated', 'authenticated')
  returning id
), org as (
  insert into public.organizations (name, slug, kind) values ('Lakeside', 'lakeside', 'clinic') returning id
), role as (
  insert into public.role_assignments (org_id, user_id, role)
  select org.id, person.id, 'nurse' from org, person
)
insert into auth.sessions (id, user_id, created_at)
select gen_random_uuid(), person.id, now() - started.ago
from person, (values (interval '1 hour'), (interval '3 days')) as started (ago)
"""
CONFIGURED = """
select settings.setting
from pg_db_role_setting, unnest(setconfig) as settings (setting)
where
  setrole = 'authenticator'::regrole
  and setdatabase = (select oid from pg_database where datname = current_database())
"""


def test_who_is_signed_in_goes_on_within_the_rules(project: Project, url: str) -> None:
    """A session of this morning may go on; one of three days ago is beyond the limit that now holds."""
    migrations.migrate(project, url)
    migrations.rollback(project, url, to=BEFORE)
    do(url, SCENE)
    migrations.migrate(project, url)
    reach = """
        select
          roles::text, active_org_id is not null, ends_at > now(), last_seen_at > now() - interval '1 hour'
        from public.user_sessions
        inner join app.session_activity on session_activity.session_id = user_sessions.id
        order by started_at
    """
    assert ask(url, reach) == [("{nurse}", True, False, True), ("{nurse}", True, True, True)]


def test_postgrest_opens_each_request_until_it_is_undone(project: Project, url: str) -> None:
    migrations.migrate(project, url)
    assert ask(url, CONFIGURED) == [("pgrst.db_pre_request=app.open_request",)]
    migrations.rollback(project, url, to=BEFORE)
    assert ask(url, CONFIGURED) == []
