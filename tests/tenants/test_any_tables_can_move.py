"""Rooms to come: tables in circles, in partitions, about sessions. Rows move by what is declared."""

from __future__ import annotations

import pytest

from tests.tenants.conftest import LAKESIDE, NOBODY, ORGANIZATION, PERSON, Move, Rooms


@pytest.mark.parametrize("deferrable", ["", "deferrable", "deferrable initially deferred"])
def test_tables_in_circles(move: Move, rooms: Rooms, deferrable: str) -> None:
    move.on_both(
        f"""
        create table public.teams (
          org_id uuid not null references public.organizations, id uuid not null, lead_id uuid,
          parent_id uuid, primary key (org_id, id),
          foreign key (org_id, parent_id) references public.teams (org_id, id)
        );
        create table public.members (
          org_id uuid not null references public.organizations, id uuid not null, team_id uuid not null,
          primary key (org_id, id),
          foreign key (org_id, team_id) references public.teams (org_id, id) {deferrable}
        );
        alter table public.teams add constraint teams_lead_fkey
        foreign key (org_id, lead_id) references public.members (org_id, id) {deferrable};
        """
    )
    org = move.source.org(LAKESIDE)
    move.source.rows(
        f"""
        insert into public.teams (org_id, id) select '{org}', gen_random_uuid() from generate_series(1, 20);
        insert into public.members select org_id, gen_random_uuid(), id from public.teams;
        update public.teams as t set
          lead_id = (select min(m.id::text)::uuid from public.members as m where m.team_id <> t.id),
          parent_id = (select max(p.id::text)::uuid from public.teams as p where p.id <> t.id)
        """
    )
    project = rooms(ORGANIZATION.format("teams") + ORGANIZATION.format("members"))
    constraints = "select conname, condeferrable, condeferred from pg_constraint order by 1, conrelid"
    before = move.target.rows(constraints)
    move = move.with_project(project)
    move.load(move.export())
    for table in ("public.teams", "public.members"):
        assert move.target.of(org)[table] == move.source.of(org)[table]
    assert move.target.rows(constraints) == before


def test_keys_of_text_in_partitions_with_generated_columns(move: Move, rooms: Rooms) -> None:
    move.on_both(
        """
        create table public.events (
          org_id uuid not null references public.organizations, name text not null, at date not null,
          note jsonb, payload bytea, length integer generated always as (length(name)) stored,
          primary key (org_id, name, at)
        ) partition by range (at);
        create table public.events_old partition of public.events
        for values from (minvalue) to ('2020-01-01');
        create table public.events_new partition of public.events
        for values from ('2020-01-01') to (maxvalue);
        create trigger _100_refuse before insert or update on public.events
        for each row execute function app.stamp_row();
        """
    )
    org = move.source.org(LAKESIDE)
    move.source.rows("alter table public.events disable trigger user")
    for name in ("b", "B", "a", "ä", "á", "_", "-", "aa", "A a", "Z"):
        move.source.rows(
            "insert into public.events (org_id, name, at, note, payload)"
            " values (%s, %s, '2019-01-01', '{}', '\\x00ff'), (%s, %s, '2021-01-01', null, '')",
            org,
            name,
            org,
            name,
        )
    move = move.with_project(rooms(ORGANIZATION.format("events")))
    move.load(move.export())
    found = move.target.of(org)["public.events"]
    assert found == move.source.of(org)["public.events"]
    assert len(found) == 20


def test_what_is_about_sessions_or_unlogged_stays(move: Move, rooms: Rooms) -> None:
    move.on_both(
        """
        create table public.devices (
          id uuid primary key references auth.sessions on delete cascade,
          user_id uuid not null references auth.users, org_id uuid references public.organizations
        );
        create unlogged table app.attempts (
          org_id uuid not null references public.organizations, id uuid not null, primary key (org_id, id)
        );
        """
    )
    org, nurse = move.source.org(LAKESIDE), "(select id from auth.users where email = 'nurse1@example.com')"
    session = "99999999-2222-4333-8444-555555555555"
    move.source.rows(f"insert into auth.sessions (id, user_id) values ('{session}', {nurse})")
    move.source.rows(f"insert into public.devices values ('{session}', {nurse}, '{org}')")
    move.source.rows(f"insert into app.attempts values ('{org}', '{session}')")
    move = move.with_project(rooms(PERSON.format("devices") + ORGANIZATION.format('"app.attempts"')))
    path = move.export()
    assert all(session not in file.read_text(encoding="utf-8") for file in path.iterdir())
    report = move.load(path)
    assert {"public.devices", "app.attempts"} <= set(report.left_out)
    assert move.target.value("select count(*) from public.devices") == 0


def test_reference_rows_that_are_needed(move: Move, rooms: Rooms) -> None:
    """Of codes those that are used, and of trees all of it; what is there keeps its own id and text."""
    move.on_both(
        """
        create table public.codes (
          id uuid primary key default gen_random_uuid(), code text not null unique, label text,
          created_by uuid
        );
        create table public.regions (id text primary key, parent_id text references public.regions);
        create table public.uses (
          org_id uuid not null references public.organizations, id uuid not null default gen_random_uuid(),
          code text not null references public.codes (code), region_id text references public.regions,
          primary key (org_id, id)
        );
        """
    )
    org = move.source.org(LAKESIDE)
    move.source.rows(
        f"""
        insert into public.codes (code, label, created_by)
        values ('used', 'Used', gen_random_uuid()), ('shared', 'Shared', null), ('idle', 'Idle', null);
        insert into public.regions values ('earth', null), ('europe', 'earth'), ('malta', 'europe');
        insert into public.uses (org_id, code, region_id) values
        ('{org}', 'used', 'malta'), ('{org}', 'shared', null)
        """
    )
    move.target.rows("insert into public.codes (code, label) values ('shared', 'Ours')")
    move = move.with_project(
        rooms(NOBODY.format("codes") + NOBODY.format("regions") + ORGANIZATION.format("uses"))
    )
    move.load(move.export())
    assert move.target.rows("select code, label, created_by from public.codes order by 1") == [
        {"code": "shared", "label": "Ours", "created_by": None},
        {"code": "used", "label": "Used", "created_by": None},
    ]
    assert move.target.value("select count(*) from public.regions") == 3


def test_what_hangs_on_people(move: Move, rooms: Rooms) -> None:
    """A person's own rows move with the person, unless they cannot be without somebody who stays."""
    move.on_both(
        """
        create table public.diaries (
          id uuid primary key default gen_random_uuid(), user_id uuid not null references auth.users,
          patient_id uuid not null references public.patients,
          shared_with uuid references public.organizations,
          follows uuid references public.diaries, text text
        )
        """
    )
    move.source.rows(
        """
        insert into public.diaries (user_id, patient_id, shared_with, text)
        select u.id, p.id, o.id, u.email || ' of ' || p.id
        from auth.users as u, public.patients as p, public.organizations as o
        where u.email in ('nurse1@example.com', 'nurse1@example.org')
        """
    )
    move.source.rows("update public.diaries set follows = (select max(id::text)::uuid from public.diaries)")
    move = move.with_project(rooms(PERSON.format("diaries")))
    path = move.export()
    text = (path / "public.diaries.copy").read_text(encoding="utf-8")
    assert "example.org" not in text
    harbor = move.source.org("harbor")
    theirs = move.source.value(
        "select min(patient_id::text) from public.org_patients where org_id = %s", harbor
    )
    assert theirs
    assert str(theirs) not in text
    assert str(harbor) not in text
    move.load(path)
    assert move.target.value("select count(*) from public.diaries") == 4 * 4
    assert move.target.value("select count(*) from public.diaries where shared_with is null") == 4 * 3
