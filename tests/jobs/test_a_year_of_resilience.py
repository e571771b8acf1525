"""A year of one organization, day by day: who is asked, offered, invited and told what, and nothing else.

What people do is a script, what must come of it a calendar, worked out by hand from the rules:

* more than 20 claimed questions on each of five days in a row: asked once, that evening (A-046)
* encounters and no check-in: asked once, that evening; anonymous participants in any case (A-048)
* an assessment is due again after 7 days (critical), 14 (high), 30 (moderate), 90 (low): asked once
* high: a circle and peer support are offered within the hour; critical: less work, too (A-045). An
  invitation ends after 14 days; an offer lapses 30 days after it was due, a week after it was made. Until
  four weeks after the offer (of a circle eight) the newest score is the score after (A-076)
* more than a tenth of the providers newly critical in a week, five at least: leads hear on Monday (A-078)
* less than a fifth checked in on each of fourteen days: leads hear, once a month (A-079)
* who takes no part, or no longer, is not in any of it; where the hub is off, nobody is

In Havana the first hour of a day is skipped in March and comes twice in November: the jobs of midnight
meet it.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
import pytest
from psycopg.rows import dict_row

from carebase.project import Project

YEAR = 2026
ZONE = ZoneInfo("America/Havana")
PROVIDERS = ["nadia", "nora", "alma", "tom", "wilma", *(f"c{n:02}" for n in range(1, 46))]

# Day, time by the organization's clock, who (c11-c15: five people), what; "!": it is refused with this code.
SCRIPT = """
01-01 00:01 nadia   takes part aggregate_only
01-01 00:01 nora    takes part may_be_contacted
01-01 00:01 alma    takes part anonymous
01-01 00:01 wilma   takes part aggregate_only
01-01 00:01 c01-c45 takes part aggregate_only
01-02 10:00 tom     assesses 90 90 10 ! consent_required
01-02 10:01 tom     checks in 9 ! consent_required

02-02 12:00 nadia   claims 21
02-03 12:00 nadia   claims 21
02-04 12:00 nadia   claims 21
02-05 12:00 nadia   claims 21
02-06 12:00 nadia   claims 20
02-10 10:00 nadia   assesses 20 30 80

03-01 10:00 nora    assesses 85 75 20
03-03 11:00 nora    accepts peer_support by name
03-03 11:01 nora    declines workload_reduction
03-05 12:00 nadia   claims 25
03-06 12:00 nadia   claims 25
03-07 12:00 nadia   claims 25
03-07 12:00 nora    sees 1
03-08 12:00 nadia   claims 25
03-08 12:00 nora    sees 1
03-08 12:00 tom     sees 1
03-08 12:00 wilma   sees 1
03-08 15:00 wilma   checks in 5
03-09 10:00 nora    assesses 60 60 34
03-09 12:00 nadia   claims 25
03-10 12:00 nadia   claims 25
03-10 12:00 alma    sees 1
03-10 15:00 alma    checks in 5
03-11 12:00 alma    sees 1
03-20 12:00 nadia   sees 1 cancelled

04-01 10:00 wilma   assesses 70 60 30
04-05 08:00 wilma   withdraws
04-06 12:00 wilma   sees 1
04-20 10:00 wilma   assesses 90 90 10 ! consent_required
04-20 10:00 nora    assesses 20 20 80
04-25 10:00 wanda   closes nora

05-04 10:00 alma    assesses 90 80 10

06-01 08:00 wilma   takes part may_be_contacted
06-01 12:00 wilma   sees 1
06-15 03:30 tom     asks for peer support
06-20 12:00 nora    sees 1
06-20 15:00 nora    checks in 8

07-04 10:00 alma    keeps quiet
07-05 12:00 alma    sees 1

08-03 12:00 nadia   claims 21
08-04 12:00 nadia   claims 22
08-05 12:00 nadia   claims 23
08-06 12:00 nadia   claims 24
08-07 12:00 nadia   claims 26

09-09 10:00 c11-c15 assesses 90 90 10
09-12 10:00 c11     accepts circle_invitation
09-12 10:00 c12     declines peer_support
09-13 10:00 c13     accepts peer_support by name
09-16 20:00 c11     assesses 60 60 34

10-07 10:00 c16-c21 assesses 90 90 10
10-20 10:00 c16-c21 assesses 90 90 10
10-28 12:00 nora    claims 25
10-29 12:00 nora    claims 25
10-30 12:00 nora    claims 25
10-31 12:00 nora    claims 25
11-01 00:30 nora    claims 25
11-01 12:00 nora    sees 1
11-01 23:30 c22-c27 assesses 90 90 10
11-10 10:00 nadia   assesses 30 40 70

12-01 08:00 nadia   takes part anonymous
12-02 12:00 nadia   sees 1
12-02 15:00 nadia   checks in 5
12-15 09:55 c28     assesses 90 90 10
12-15 10:00 ada     switches the hub off
12-16 12:00 nora    sees 1
"""
# Whom the script need not name day by day: from then on so many of the crowd check in, at noon.
CROWD = {"01-01": 10, "07-01": 9, "07-21": 10, "07-22": 3, "09-04": 10, "12-16": 0}
# Nora's ten hard days: 150 encounters in all, a check-in each, so that nobody asks. Of questions neither
# who takes part anonymously is asked nor who takes no part.
for day in range(10, 20):
    SCRIPT += f"06-{day} 12:00 nora sees 15\n06-{day} 15:00 nora checks in 8\n"
for day in range(3, 8):
    SCRIPT += f"08-0{day} 12:00 alma claims 30\n08-0{day} 12:00 tom claims 30\n"

CALENDAR = """
03-01 nora    is offered circle_invitation 80.50
03-01 nora    is offered peer_support 80.50
03-01 nora    is offered workload_reduction 80.50
03-01 nora    is invited
03-03 nora    peer_support is open
03-03 wanda   is told intervention.shared
03-03 nora    workload_reduction is declined
03-07 nora    is asked after_shift
03-08 nora    is asked after_shift
03-08 nora    is asked reassessment
03-09 nadia   is asked question_volume 25
03-10 nora    peer_support went by -18.70
03-10 alma    is asked after_shift
03-11 alma    is asked after_shift
03-16 nora    circle_invitation is cancelled
03-16 nora    invitation is expired
03-23 nora    is asked reassessment

04-01 wilma   is offered circle_invitation 67.00
04-01 wilma   is offered peer_support 67.00
04-01 wilma   is invited
04-16 wilma   circle_invitation is cancelled
04-16 wilma   invitation is expired
04-25 nora    peer_support is completed

05-04 alma    is offered circle_invitation 87.00
05-04 alma    is offered peer_support 87.00
05-04 alma    is offered workload_reduction 87.00
05-04 alma    is invited
05-09 wilma   peer_support is cancelled
05-11 nadia   is asked reassessment
05-19 alma    circle_invitation is cancelled
05-19 alma    invitation is expired

06-01 wilma   is asked after_shift
06-01 wilma   is asked reassessment
06-11 alma    peer_support is cancelled
06-11 alma    workload_reduction is cancelled
06-15 tom     peer_support is open
06-15 wanda   is told peer_support.wanted

07-05 alma    is asked after_shift in silence
07-15 ada     is told resilience.low_engagement
07-15 wanda   is told resilience.low_engagement
07-19 nora    is asked reassessment

08-05 ada     is told resilience.low_engagement
08-05 wanda   is told resilience.low_engagement
08-07 nadia   is asked question_volume 26

09-01 ada     is told resilience.low_engagement
09-01 wanda   is told resilience.low_engagement
09-09 c11-c15 is offered circle_invitation 90.00
09-09 c11-c15 is offered peer_support 90.00
09-09 c11-c15 is offered workload_reduction 90.00
09-09 c11-c15 is invited
09-12 c11     circle_invitation is completed
09-12 c11     invitation is accepted
09-12 c12     peer_support is declined
09-13 c13     peer_support is open
09-13 wanda   is told intervention.shared
09-16 c11-c15 is asked reassessment
09-17 c11     circle_invitation went by -28.20
09-24 c12-c15 circle_invitation is cancelled
09-24 c12-c15 invitation is expired
09-30 c11     is asked reassessment

10-07 c16-c21 is offered circle_invitation 90.00
10-07 c16-c21 is offered peer_support 90.00
10-07 c16-c21 is offered workload_reduction 90.00
10-07 c16-c21 is invited
10-12 ada     is told resilience.burnout_spike
10-12 wanda   is told resilience.burnout_spike
10-14 c16-c21 is asked reassessment
10-17 c11     peer_support is cancelled
10-17 c14-c15 peer_support is cancelled
10-17 c11-c15 workload_reduction is cancelled
10-22 c16-c21 circle_invitation is cancelled
10-22 c16-c21 invitation is expired
10-27 c16-c21 is asked reassessment

11-01 nora    is asked question_volume 25
11-02 c22-c27 is offered circle_invitation 90.00
11-02 c22-c27 is offered peer_support 90.00
11-02 c22-c27 is offered workload_reduction 90.00
11-02 c22-c27 is invited
11-02 ada     is told resilience.burnout_spike
11-02 wanda   is told resilience.burnout_spike
11-08 c22-c27 is asked reassessment
11-14 c16-c21 peer_support is cancelled
11-14 c16-c21 workload_reduction is cancelled
11-16 c22-c27 circle_invitation is cancelled
11-16 c22-c27 invitation is expired

12-02 nadia   is asked after_shift
12-10 c22-c27 peer_support is cancelled
12-10 c22-c27 workload_reduction is cancelled

02-01 month   01 assessed - median - adoption 20
03-01 month   02 assessed - median - adoption 20
04-01 month   03 assessed - median - adoption 22
05-01 month   04 assessed - median - adoption 20
06-01 month   05 assessed - median - adoption 20
07-01 month   06 assessed - median - adoption 22
08-01 month   07 assessed - median - adoption 20
09-01 month   08 assessed - median - adoption -
10-01 month   09 assessed 5 median 90 adoption 20
11-01 month   10 assessed 6 median 90 adoption 20
12-01 month   11 assessed 7 median 90 adoption 20
"""
# Days on which others than the crowd checked in; each of the others has the crowd's count, below five none.
ALSO = {"03-08": 1, "03-10": 1, "12-02": 1, **{f"06-{day}": 1 for day in range(10, 21)}}

# At eight in the evening: how much at risk somebody is, and by what.
RISKS = [
    ("03-09", "nadia", 43, "moderate", {"burnout_assessment", "question_volume"}),
    (
        "03-09",
        "nora",
        71.8,
        "high",
        {"burnout_assessment", "high_risk_panel"},
    ),
    ("06-19", "nora", 35, "low", {"burnout_assessment", "stress"}),
    ("06-20", "nora", 70, "high", {"burnout_assessment", "stress", "workload", "high_risk_panel"}),
    ("06-20", "tom", 20, "low", {"no_assessment"}),
    ("10-12", "c16", 90, "critical", {"burnout_assessment"}),
    ("11-10", "nadia", 43, "moderate", {"burnout_assessment", "trend"}),
]


def lines(text: str) -> Iterator[tuple[date, str, str]]:
    """Day, who, and the rest of each line; of a group one line each."""
    for line in filter(None, text.splitlines()):
        day, rest = line.split(None, 1)
        moment = re.match(r"\d\d:\d\d ", rest)
        who, what = rest[moment.end() if moment else 0 :].split(None, 1)
        group = re.fullmatch(r"c(\d\d)-c(\d\d)", who)
        names = [f"c{n:02}" for n in range(int(group[1]), int(group[2]) + 1)] if group else [who]
        for name in names:
            yield date.fromisoformat(f"{YEAR}-{day}"), name, (moment[0] if moment else "") + what.strip()


def instant(day: date, at: time) -> datetime:
    """When a clock in Havana first shows a time; where it never does, when it skips it."""
    local = datetime.combine(day, at, ZONE)
    if local.astimezone(UTC).astimezone(ZONE).replace(tzinfo=None) == local.replace(tzinfo=None):
        return local.astimezone(UTC)
    while local.astimezone(UTC).astimezone(ZONE).replace(tzinfo=None) != local.replace(tzinfo=None):
        local -= timedelta(minutes=1)
    return local.astimezone(UTC) + timedelta(minutes=1)


def moments(cron: str, day: date, deeds: list[datetime]) -> list[datetime]:
    """When a job is due on a day, in the few forms of cron that the hub's jobs use.

    Every hour is the first one of the day, the one in which people are asked, and the one after each deed: a
    year of all of them is too slow.
    """
    minute, hour, day_of_month, month, day_of_week = cron.split()
    assert month == "*", cron
    if day_of_month != "*" and int(day_of_month) != day.day:
        return []
    if day_of_week != "*" and int(day_of_week) != day.isoweekday() % 7:
        return []
    if not minute.isdigit():
        # What keeps figures ready. They are exact without it; once a month is enough.
        return [instant(day, time(2))] if day.day == 1 else []
    if hour == "*":
        hours = round((instant(day + timedelta(days=1), time()) - instant(day, time())) / timedelta(hours=1))
        begin = instant(day, time()) + timedelta(minutes=int(minute))
        every = [begin + timedelta(hours=n) for n in range(hours)]
        asks = instant(day, time(19, int(minute)))
        return [
            at
            for at in every
            if at in (begin, asks) or any(deed < at <= deed + timedelta(hours=1) for deed in deeds)
        ]
    return [instant(day, time(int(hour), int(minute)))]


@dataclass
class Hub:
    """The organization, and what of it was seen so far."""

    conn: psycopg.Connection[dict[str, Any]]
    org: UUID
    people: dict[str, UUID]
    patients: list[UUID]
    jobs: list[tuple[str, str]]
    seen: dict[Any, Any] = field(default_factory=dict)
    journal: Counter[tuple[date, str, str]] = field(default_factory=Counter)
    state: Any = None

    def rows(self, query: str, *parameters: Any) -> list[dict[str, Any]]:
        return self.conn.execute(query.encode(), parameters).fetchall()

    def run_jobs(self, begin: datetime, end: datetime, due: list[tuple[datetime, str]]) -> None:
        """What is due from `begin` on, before `end`."""
        now = [(at, call) for at, call in due if begin <= at < end]
        if now:
            self.rows("select tests.run_jobs(%s, %s)", [at for at, _ in now], [call for _, call in now])

    def note(self, day: date, who: str, what: str) -> None:
        self.journal[day, who, what] += 1

    def look(self, day: date) -> None:
        """Whatever is new since the day before goes into the journal."""
        (state,) = self.rows(STATE)
        if state == self.state:
            return
        self.state = state
        names = {user: name for name, user in self.people.items()}
        asked: Counter[str] = Counter()
        for row in self.new("select * from public.provider_prompts"):
            assert row["prompted_on"] == day
            asked[names[row["user_id"]]] += 1
            count = "" if row["question_count"] is None else f" {row['question_count']}"
            self.note(day, names[row["user_id"]], f"is asked {row['kind']}{count}")
        told: Counter[tuple[str, str]] = Counter()
        for row in self.new("select id, recipient_id, template_key, channel from public.notification_queue"):
            who, template = names[row["recipient_id"]], row["template_key"]
            if template == "private.resilience":
                assert row["channel"] == "in_app"
                asked[who] -= 1
            else:
                told[who, template] += 1
        for (who, template), times in told.items():
            assert times == 2, "by mail and in the application"
            self.note(day, who, f"is told {template}")
        for who in asked.elements():
            self.note(day, who, "is asked in silence")
        for row in self.new(
            """select id, user_id, kind, status, opened_by_rule, score_before, effect
               from public.provider_interventions""",
            of="status effect",
        ):
            who, kind = names[row["user_id"]], row["kind"]
            before, row = row.pop("before"), row
            if before is None and row["status"] == "proposed":
                self.note(day, who, f"is offered {kind} {row['score_before']}")
            elif before is None or before["status"] != row["status"]:
                self.note(day, who, f"{kind} is {row['status']}")
            if row["effect"] is not None and (before is None or before["effect"] != row["effect"]):
                self.note(day, who, f"{kind} went by {row['effect']}")
        for row in self.new(
            "select id, user_id, status from public.provider_support_circle_invitations", of="status"
        ):
            what = "is invited" if row["before"] is None else f"invitation is {row['status']}"
            self.note(day, names[row["user_id"]], what)
        for row in self.new("select * from public.provider_wellbeing_months"):
            figures = [row[name] for name in ("assessed_count", "median_burnout", "adoption_percent")]
            told_of = ["-" if figure is None else figure for figure in figures]
            self.note(day, "month", "{:%m} assessed {} median {} adoption {}".format(row["month"], *told_of))

    def new(self, query: str, of: str = "") -> Iterator[dict[str, Any]]:
        """Rows that were not there at the last look, or differ from then in these columns."""
        for row in self.rows(query):
            key = (query, row["id"])
            former = self.seen.get(key)
            if former is None or any(former[name] != row[name] for name in of.split()):
                self.seen[key] = row
                yield row | {"before": former}

    def does(self, who: str, what: str, at: datetime) -> None:
        """One line of the script."""
        what, _, refused = (part.strip() for part in what.partition("!"))
        with self.conn.transaction():
            self.rows("select tests.freeze_clock(%s)", at)
            if self.happens(who, what, at.astimezone(ZONE).date()):
                return
            self.rows("select tests.act_as(%s)", self.people[who])
            if refused:
                (answer,) = self.rows("select tests.refusal(%s) as code", CALLS_REFUSED[what.split()[0]])
                assert answer["code"] == refused, (who, what, at)
            else:
                query, parameters = call_of(what)
                assert self.rows(query, *parameters), (who, what)

    def happens(self, who: str, what: str, day: date) -> bool:
        """What comes from elsewhere than the person: the work, a preference."""
        user = self.people[who]
        if work := re.fullmatch(r"(claims|sees) (\d+)( cancelled)?", what):
            if work[1] == "claims":
                self.rows(
                    """insert into public.nurse_questions (org_id, question_text, claimed_by, claimed_at)
                       select %s, app.plain('x'), %s, app.clock() from generate_series(1, %s) returning id""",
                    self.org, user, int(work[2]),
                )  # fmt: skip
            else:
                self.rows(
                    """insert into public.encounters
                         (org_id, patient_id, provider_id, status, class_code, date_of_service)
                       select %s, (%s::uuid[])[1 + number %% 5], tests.practitioner_of(%s), %s, 'AMB', %s
                       from generate_series(1, %s) as number returning id""",
                    self.org, self.patients, user, "cancelled" if work[3] else "finished", day, int(work[2]),
                )  # fmt: skip
        elif what == "keeps quiet":
            self.rows(
                """insert into public.notification_preferences (org_id, user_id, quiet_from, quiet_until)
                   values (%s, %s, '18:00', '07:00') returning org_id""",
                self.org, user,
            )  # fmt: skip
        else:
            return False
        return True


# Differs whenever there is something new to look at.
STATE = """
select
  (select count(*) from public.provider_prompts) as prompts,
  (select count(*) from public.notification_queue) as messages,
  (select sum(version) from public.provider_interventions) as cases,
  (select sum(version) from public.provider_support_circle_invitations) as invitations,
  (select count(*) from public.provider_wellbeing_months) as months
"""
CALLS_REFUSED = {
    "assesses": "select public.submit_burnout_assessment(90, 90, 10)",
    "checks": "select public.submit_daily_checkin('clinic', 9, 5)",
}
OWN_CASE = "(select id from public.provider_interventions where kind = %s and closed_at is null)"


def call_of(what: str) -> tuple[str, tuple[Any, ...]]:
    """The RPC that a person calls to do this."""
    verb, *words = what.split()
    match verb, words:
        case "takes", ["part", level]:
            return "select public.give_resilience_consent(app.newest_policy_version(), %s)", (level,)
        case "withdraws", []:
            return "select public.withdraw_resilience_consent()", ()
        case "assesses", scores:
            return "select public.submit_burnout_assessment(%s, %s, %s)", tuple(map(int, scores))
        case "checks", ["in", stress]:
            return "select public.submit_daily_checkin('clinic', %s, 5)", (int(stress),)
        case "accepts", [kind, *by_name]:
            return f"select public.accept_intervention({OWN_CASE}, %s)", (kind, bool(by_name))
        case "declines", [kind]:
            return f"select public.decline_intervention({OWN_CASE})", (kind,)
        case "switches", _:
            return "select public.set_my_organization_feature('resilience_hub', false)", ()
        case "asks", _:
            return "select public.request_peer_support('patient_death', false)", ()
        case "closes", _:
            return (
                """select public.close_intervention(id, 'improved')
                   from public.list_interventions(p_purpose => 'operations') where status = 'open'""",
                (),
            )
    raise AssertionError(what)


HELPERS = """
create function tests.run_jobs(p_moments timestamptz[], p_calls text[]) returns void language plpgsql as $$
begin
  for v_number in 1..cardinality(p_moments) loop
    perform tests.freeze_clock(p_moments[v_number]);
    execute p_calls[v_number];
  end loop;
end
$$;
create function tests.check_in_crowd(p_org_id uuid, p_people uuid[], p_day date) returns void
language sql as $$
  insert into public.provider_daily_checkins
    (org_id, user_id, practitioner_id, checkin_date, work_setting, stress_level, energy_level)
  select p_org_id, people, tests.practitioner_of(people), p_day, 'clinic', 5, 5
  from unnest(p_people) as people
$$;
"""


def job_calls(conn: psycopg.Connection[dict[str, Any]], org: UUID, project: Project) -> list[tuple[str, str]]:
    """The jobs of the hub's room, so that none is forgotten: when they are due, and how they are called."""
    room = "".join(
        path.read_text(encoding="utf-8") for path in (project.root / "sql/resilience").rglob("*.sql")
    )
    ours = set(re.findall(r"^create function app\.(job_\w+)", room, re.M))
    text = (project.root / "seeds/reference/scheduled_jobs.toml").read_text(encoding="utf-8")
    rows = {f"job_{row['name']}": row for row in tomllib.loads(text)["scheduled_jobs"]}
    words = {
        "p_org_id": f"p_org_id => '{org}'",
        "p_limit": "p_limit => 1000",
        "p_due_at": "p_due_at => app.clock()",
    }
    calls = []
    for found in conn.execute(
        """select proname, coalesce(proargnames, '{}') as words from pg_proc
           where pronamespace = 'app'::regnamespace and proname like 'job\\_%' order by proname"""
    ).fetchall():
        name = found["proname"]
        if name in ours:
            parameters = ", ".join(words[word] for word in found["words"])
            calls.append((rows[name]["cron"], f"select app.{name}({parameters})"))
    return calls


@pytest.fixture
def hub(database: str, project: Project, server: Any) -> Iterator[Hub]:
    url = server.url(psycopg.conninfo.conninfo_to_dict(database)["dbname"])
    with psycopg.connect(url, autocommit=True, row_factory=dict_row) as conn:
        conn.execute("set synchronous_commit = off")
        conn.execute((project.root / "tests" / "sql" / "helpers.sql").read_bytes())
        conn.execute(HELPERS.encode())

        def one(query: str, *parameters: Any) -> Any:
            row = conn.execute(query.encode(), parameters).fetchone()
            assert row
            return next(iter(row.values()))

        org = one("select tests.make_org('lakeside', true, %s)", str(ZONE))
        people = {name: one("select tests.make_person(%s, 'nurse', %s)", org, name) for name in PROVIDERS}
        for name, role in (("ada", "admin"), ("wanda", "wellness_officer"), ("mona", "manager")):
            people[name] = one("select tests.make_person(%s, %s, %s)", org, role, name)
        patients = [one("insert into public.patients default values returning id") for _ in range(5)]
        for number, patient in enumerate(patients):
            conn.execute(
                "insert into public.org_patients (org_id, patient_id) values (%s, %s)", (org, patient)
            )
            # Two of five are at high risk, from the twentieth of June on three.
            conn.execute(
                """insert into public.patient_risk_scores (org_id, patient_id, risk_level, assessed_on)
                   values (%s, %s, 'high', %s)""",
                (
                    org,
                    patient,
                    ["2026-01-01", "2026-01-01", "2026-06-20", "2027-01-01", "2027-01-01"][number],
                ),
            )
        conn.execute(
            """insert into public.provider_support_circles (org_id, name, meeting_frequency, max_members)
               values (%s, 'Harbour', 'weekly', 30)""",
            (org,),
        )
        yield Hub(conn, org, people, patients, job_calls(conn, org, project))


def test_a_year_is_as_the_rules_say(hub: Hub) -> None:
    deeds: dict[date, list[tuple[datetime, str, str]]] = {}
    for day, who, what in lines(SCRIPT):
        deeds.setdefault(day, []).append((instant(day, time.fromisoformat(what[:5])), who, what[6:]))
    risks: dict[date, list[Any]] = {}
    for text, *risk in RISKS:
        risks.setdefault(date.fromisoformat(f"{YEAR}-{text}"), []).append(risk)
    expected = Counter(lines(CALENDAR))
    for key in [key for key in expected if key[2].endswith(" in silence")]:
        expected[key[0], key[1], key[2].removesuffix(" in silence")] += expected.pop(key)
        expected[key[0], key[1], "is asked in silence"] += 1

    crowd = 0
    before: int | None = None  # how many checked in on the day before
    for number in range(365):
        day = date(YEAR, 1, 1) + timedelta(days=number)
        crowd = CROWD.get(f"{day:%m-%d}", crowd)
        begin, end = instant(day, time()), instant(day + timedelta(days=1), time())
        # What happens in the last hour of a day is taken up in the first of the next.
        done_at = [at for at, _, _ in deeds.get(day, [])]
        due = sorted((at, call) for cron, call in hub.jobs for at in moments(cron, day, done_at))
        assert all(begin <= at < end for at, _ in due), day
        for at, who, what in sorted(deeds.get(day, []), key=lambda deed: deed[0]):
            hub.run_jobs(begin, at, due)
            hub.does(who, what, at)
            begin = at
        hub.run_jobs(begin, end, due)
        members = [hub.people[f"c{n:02}"] for n in range(1, crowd + 1)]
        hub.rows("select tests.check_in_crowd(%s, %s, %s)", hub.org, members, day)
        hub.look(day)
        since = day - timedelta(days=1)
        for row in hub.rows("select * from public.provider_checkin_days where checkin_date >= %s", since):
            hub.note(day, "day", f"{row['checkin_date']} {row['people_count']}")
        expected[day, "day", f"{day - timedelta(days=1)} {before}"] += 1
        before = crowd + ALSO.get(f"{day:%m-%d}", 0)
        before = before if before >= 5 else None
        for name, composite, level, kinds in risks.get(day, []):
            with hub.conn.transaction():
                hub.rows("select tests.freeze_clock(%s)", instant(day, time(20)))
                hub.rows("select tests.act_as(%s)", hub.people[name])
                (found,) = hub.rows("select * from public.get_my_risk()")
            assert float(found["composite"]) == composite, (day, name, found)
            assert found["level"] == level, (day, name, found)
            assert {part["kind"] for part in found["contributions"]} == kinds, (day, name, found)

    (days,) = hub.rows("select count(*) as counted from public.provider_checkin_days")
    assert days["counted"] == 365
    # Nothing missing, nothing more, each once.
    missing, more = told(expected - hub.journal), told(hub.journal - expected)
    assert (missing, more) == ([], [])


def told(entries: Counter[tuple[date, str, str]]) -> list[str]:
    return [f"{day} {who} {what} ({count})" for (day, who, what), count in sorted(entries.items())]
