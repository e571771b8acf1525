"""Clocks of incidents in simulated time: which fires at which minute on the wall, over weeks, how often."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Thread
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.rows import dict_row

from carebase.project import Project

Connection = psycopg.Connection[dict[str, Any]]
CHAIN = ("assignee", "site_managers", "org_owners")


@dataclass(frozen=True)
class Home:
    """An organization in London with a manager and an owner, on a connection of the database's owner."""

    conn: Connection
    url: str
    org: UUID
    site: UUID
    manager: UUID
    owner: UUID

    def one(self, query: str, *parameters: Any) -> Any:
        row = self.conn.execute(query.encode(), parameters).fetchone()
        assert row
        return next(iter(row.values()))

    def report(self, at: str, severity: str, site: UUID | None = None) -> UUID:
        """Reported at this minute on the wall of the site."""
        found: UUID = self.one(
            """insert into public.incidents
                 (org_id, site_id, kind, severity, occurred_at, reported_at, reported_by, description)
               select org_id, sites.id, 'fall', %s, due.at, due.at, %s, app.plain('Fell.'::text)
               from public.sites
               cross join lateral (
                 select %s::timestamp at time zone coalesce(sites.time_zone, 'Europe/London') as at
               ) as due
               where sites.id = %s returning incidents.id""",
            severity,
            self.manager,
            at,
            site or self.site,
        )
        return found

    def run(self, since: str, until: str) -> None:
        """The job as it runs: each minute of this time in London, everything that is due."""
        self.conn.execute(
            """do $$
               declare
                 v_at timestamptz := current_setting('tests.since')::timestamp at time zone 'Europe/London';
               begin
                 while v_at < current_setting('tests.until')::timestamp at time zone 'Europe/London' loop
                   perform set_config('carebase.frozen_clock', v_at::text, true);
                   while app.job_fire_incident_timers(2) = 2 loop end loop;
                   v_at := v_at + interval '1 minute';
                 end loop;
               end $$""".replace("current_setting('tests.since')", f"'{since}'").replace(
                "current_setting('tests.until')", f"'{until}'"
            )
        )

    def at(self, when: str, query: str, *parameters: Any) -> None:
        """A statement at this minute in London."""
        with self.conn.transaction():
            self.conn.execute(
                """select set_config(
                     'carebase.frozen_clock', (%s::timestamp at time zone 'Europe/London')::text, true)""",
                (when,),
            )
            self.conn.execute(query.encode(), parameters)

    def fired(self, incident: UUID) -> list[tuple[str, str, str | None]]:
        """What fired: at which minute on the wall of the site, for which step, who was told."""
        rows = self.conn.execute(
            """select to_char(
                 fired_at at time zone coalesce(sites.time_zone, 'Europe/London'), 'Dy DD Mon HH24:MI'
               ) as at, step::text, told_level
               from public.incident_timers inner join public.sites on sites.id = incident_timers.site_id
               where incident_id = %s and fired_at is not null order by fired_at, step""",
            (incident,),
        ).fetchall()
        return [(row["at"], row["step"], row["told_level"] and CHAIN[row["told_level"] - 1]) for row in rows]


@pytest.fixture
def home(database: str, project: Project, server: Any) -> Iterator[Home]:
    url = server.url(psycopg.conninfo.conninfo_to_dict(database)["dbname"])
    with psycopg.connect(url, autocommit=True, row_factory=dict_row) as conn:
        conn.execute((project.root / "tests" / "sql" / "helpers.sql").read_bytes())
        row = conn.execute(
            """select org, site, tests.make_staff(org, 'manager', 'Mona', site) as manager,
                 tests.make_staff(org, 'org_owner', 'Olga') as owner
               from (select org, tests.make_site(org) as site
                     from (select tests.make_org('lakeside', false, 'Europe/London') as org) as made
                    ) as placed"""
        ).fetchone()
        assert row
        # Good Friday and Easter Monday of 2026.
        conn.execute(
            "insert into public.incident_calendars (org_id, holidays) values (%s, '{2026-04-03,2026-04-06}')",
            (row["org"],),
        )
        yield Home(conn, url, row["org"], row["site"], row["manager"], row["owner"])


def test_a_spring_with_a_weekend_holidays_and_a_change_of_the_clocks(home: Home) -> None:
    """The clocks go forward on Sunday 29 March at 01:00."""
    low = home.report("2026-03-27 16:30", "low")
    severe = home.report("2026-03-28 23:30", "severe")
    # Half an hour is left of Friday, and Monday is the next working day.
    home.run("2026-03-27 16:00", "2026-04-15 18:00")
    assert home.fired(low) == [
        ("Mon 30 Mar 16:30", "acknowledge", "site_managers"),
        ("Tue 31 Mar 12:30", "acknowledge", "org_owners"),
        ("Tue 31 Mar 16:30", "act", "site_managers"),
        ("Wed 01 Apr 12:30", "act", "org_owners"),
        ("Tue 07 Apr 16:30", "review", "site_managers"),
        ("Wed 08 Apr 12:30", "review", "org_owners"),
        ("Tue 14 Apr 16:30", "close", "site_managers"),
        ("Wed 15 Apr 12:30", "close", "org_owners"),
    ]
    # Around the clock, two hours after 23:30 are 02:30: an hour was left out.
    assert home.fired(severe) == [
        ("Sun 29 Mar 00:00", "acknowledge", "site_managers"),
        ("Sun 29 Mar 02:30", "act", "site_managers"),
        ("Sun 29 Mar 05:00", "acknowledge", "org_owners"),
        ("Sun 29 Mar 06:30", "act", "org_owners"),
        ("Tue 31 Mar 00:30", "review", "site_managers"),
        ("Tue 31 Mar 04:30", "review", "org_owners"),
        ("Tue 14 Apr 17:00", "close", "site_managers"),
        ("Wed 15 Apr 13:00", "close", "org_owners"),
    ]
    late = home.one(
        """select count(*) from public.notification_queue
           where template_key = 'incident.late' and channel = 'in_app'"""
    )
    assert late == 16
    told = home.one(
        """select count(distinct payload::text || recipient_id) from public.notification_queue
           where template_key = 'incident.late'"""
    )
    assert told == 4, "links to two incidents, for two people, and nothing else"


def test_an_autumn_in_two_zones(home: Home) -> None:
    """The clocks go back on Sunday 25 October in London and on Sunday 1 November in New York."""
    york = home.one(
        """insert into public.sites (org_id, kind, name, time_zone)
           values (%s, 'house', 'New York', 'America/New_York') returning id""",
        home.org,
    )
    severe = home.report("2026-10-24 23:45", "severe")
    abroad = home.report("2026-10-30 16:30", "low", york)
    home.run("2026-10-24 23:00", "2026-11-06 23:59")
    # Two hours after 23:45 it is 01:45 for the first time; four more are 04:45, since an hour comes twice.
    assert home.fired(severe) == [
        ("Sun 25 Oct 00:15", "acknowledge", "site_managers"),
        ("Sun 25 Oct 01:45", "act", "site_managers"),
        ("Sun 25 Oct 03:15", "acknowledge", "org_owners"),
        ("Sun 25 Oct 04:45", "act", "org_owners"),
        ("Mon 26 Oct 22:45", "review", "site_managers"),
        ("Tue 27 Oct 02:45", "review", "org_owners"),
        ("Fri 06 Nov 17:00", "close", "site_managers"),
    ]
    # Nobody manages this house: the owner is told at once, and nobody is left after her.
    assert home.fired(abroad) == [
        ("Mon 02 Nov 16:30", "acknowledge", "org_owners"),
        ("Tue 03 Nov 16:30", "act", "org_owners"),
        ("Fri 06 Nov 16:30", "review", "org_owners"),
    ]


def test_steps_that_are_done_fire_nothing_and_reopening_starts_again(home: Home) -> None:
    incident = home.report("2026-06-01 09:00", "severe")
    home.at(
        "2026-06-01 09:10",
        "update public.incidents set status = 'acknowledged', acknowledged_at = app.clock()",
    )
    home.run("2026-06-01 09:00", "2026-06-01 11:01")
    assert home.fired(incident) == [("Mon 01 Jun 11:00", "act", "site_managers")]
    home.at(
        "2026-06-01 11:05", "update public.incidents set status = 'under_review', reviewed_at = app.clock()"
    )
    home.at("2026-06-01 11:06", "update public.incidents set status = 'closed', closed_at = app.clock()")
    home.run("2026-06-01 11:05", "2026-06-01 16:00")
    assert len(home.fired(incident)) == 1
    home.at(
        "2026-06-01 16:00",
        """update public.incidents
           set status = 'under_review', closed_at = null, reviewed_at = null, reopened_at = app.clock()""",
    )
    home.run("2026-06-03 15:59", "2026-06-03 16:02")
    assert home.fired(incident)[1:] == [("Wed 03 Jun 16:00", "review", "site_managers")]


def test_a_job_that_was_away_catches_up_once(home: Home) -> None:
    incident = home.report("2026-06-01 09:00", "severe")
    home.run("2026-06-01 18:00", "2026-06-01 18:02")
    home.run("2026-06-01 18:00", "2026-06-01 18:05")
    assert sorted(home.fired(incident)) == [
        ("Mon 01 Jun 18:00", step, who)
        for step in ("acknowledge", "act")
        for who in ("org_owners", "site_managers")
    ]


def test_regulators_rules_and_changed_severity(home: Home) -> None:
    home.conn.execute(
        """insert into public.incident_regulator_rules (org_id, regulator, kind, min_severity, within_hours)
           values (%(org)s, 'Inspectorate', 'fall', 'severe', 24),
             (%(org)s, 'Inspectorate', null, 'severe', 72), (%(org)s, 'Police', 'death', 'none', 1)""",
        {"org": home.org},
    )
    incident = home.report("2026-06-05 09:00", "low")
    home.at("2026-06-05 12:00", "update public.incidents set severity = 'severe'")
    found = home.conn.execute(
        """select regulator, to_char(due_at at time zone 'Europe/London', 'Dy DD Mon HH24:MI') as due
           from public.incident_notifications_of_regulators where incident_id = %s""",
        (incident,),
    ).fetchall()
    assert found == [{"regulator": "Inspectorate", "due": "Sat 06 Jun 12:00"}]
    home.run("2026-06-05 12:00", "2026-06-05 12:45")
    assert home.fired(incident) == [("Fri 05 Jun 12:30", "acknowledge", "site_managers")]
    home.at(
        "2026-06-06 11:00",
        "update public.incident_notifications_of_regulators set notified_at = app.clock(), notified_by = %s",
        home.manager,
    )
    home.run("2026-06-06 11:59", "2026-06-06 12:02")
    assert "notify_regulator" not in [step for _, step, _ in home.fired(incident)]


def test_words_that_do_not_fit_hold_nobody_else_up(home: Home) -> None:
    other = home.one("select tests.make_org('harbor', false, 'Europe/London')")
    site = home.one("select tests.make_site(%s)", other)
    boss = home.one("select tests.make_staff(%s, 'manager', 'Max')", other)
    home.conn.execute(
        """insert into public.notification_templates
             (org_id, template_key, channel, subject, body, payload_keys)
           select %s, 'incident.late', channel, 'x', 'x', '{}'
           from unnest('{in_app,email}'::public.notification_channel[]) as channels (channel)""",
        (home.org,),
    )
    mine = home.report("2026-06-01 09:00", "severe")
    theirs = home.one(
        """insert into public.incidents
             (org_id, site_id, kind, severity, occurred_at, reported_at, reported_by, description)
           select %s, %s, kind, severity, occurred_at, reported_at, %s, app.plain('x'::text)
           from public.incidents where id = %s returning id""",
        other,
        site,
        boss,
        mine,
    )
    home.run("2026-06-01 09:29", "2026-06-01 09:32")
    assert home.fired(mine) == []
    assert [step for _, step, _ in home.fired(theirs)] == ["acknowledge"]


def test_two_jobs_at_once_tell_everybody_once(home: Home) -> None:
    for _ in range(20):
        home.report("2020-06-01 09:00", "severe")

    def run() -> None:
        with psycopg.connect(home.url, autocommit=True) as conn:
            while conn.execute("select app.job_fire_incident_timers(3)").fetchone() != (0,):
                pass

    threads = [Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counts = home.conn.execute(
        """select count(*) as fired, count(distinct (incident_id, step, told_level)) as different,
             max(told_count) as told
           from public.incident_timers where fired_at is not null"""
    ).fetchone()
    assert counts == {"fired": 160, "different": 160, "told": 1}
