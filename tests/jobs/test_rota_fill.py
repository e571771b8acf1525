"""The solver fills open shifts, breaks no rule, and says why places stay open.

The rules are said here once more, in our own words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carebase.problems import UsageProblem
from carebase.project import Project
from carebase.stack.server import PostgresServer
from carebase_jobs.rota import Candidate, OpenShift, RotaFacts, fill, solve
from tests.commands import carebase
from tests.conftest import cloned

Connection = psycopg.Connection[Any]


def monday() -> date:
    """Of a week that is to come, whenever the test runs."""
    today = datetime.now(UTC).date()
    return today + timedelta(days=14 - today.weekday())


@dataclass(frozen=True)
class Home:
    """A home in a database of this module's own."""

    conn: Connection
    url: str
    org: UUID
    site: UUID
    manager: UUID

    def one(self, query: str, *parameters: object) -> Any:
        row = self.conn.execute(query.encode(), parameters).fetchone()
        return row[0] if row else None

    def staff(self, name: str, role: str = "carer") -> UUID:
        person: UUID = self.one("select tests.make_staff(%s, %s, %s, %s)", self.org, role, name, self.site)
        return person

    def shift(self, day: int, start: str, hours: int, needed: int = 1, skill: str = "care") -> UUID:
        made: UUID = self.one(
            """insert into public.shifts (org_id, site_id, starts_at, ends_at, skill, needed_count)
               select %s, %s, starts_at, starts_at + make_interval(hours => %s), %s::public.staff_skill, %s
               from (select (%s::date + %s::time) at time zone 'UTC') as at (starts_at) returning id""",
            *(self.org, self.site, hours, skill, needed, monday() + timedelta(days=day), start),
        )
        return made


@pytest.fixture(scope="module")
def home(server: PostgresServer, templates: dict[str, str], project: Project) -> Iterator[Home]:
    with cloned(server, templates["migrated"]) as database:
        url = server.url(database)
        with psycopg.connect(url, autocommit=True) as conn:
            conn.execute((project.root / "tests" / "sql" / "helpers.sql").read_bytes())
            row = conn.execute("select tests.make_org('lakeside', false, 'UTC')").fetchone()
            assert row
            conn.execute(
                """insert into public.organization_feature_flags (org_id, feature_key, is_enabled)
                   values (%s, 'care_homes', true)""",
                row,
            )
            site = conn.execute("select tests.make_site(%s, 'The Elms')", row).fetchone()
            assert site
            manager = conn.execute(
                "select tests.make_person(%s, 'manager', 'Mona', %s)", [row[0], site[0]]
            ).fetchone()
            assert manager
            yield Home(conn, url, row[0], site[0], manager[0])


def test_a_week_is_filled_and_applied(home: Home) -> None:
    carl, cleo = home.staff("Carl"), home.staff("Cleo")
    nora = home.staff("Nora", "nurse")
    mon = home.shift(0, "08:00", 12, needed=2)
    night = home.shift(0, "22:00", 9)
    wed = home.shift(2, "08:00", 8, skill="nursing")
    thu = home.shift(3, "08:00", 8, skill="nursing")
    cook = home.shift(4, "08:00", 8, skill="catering")
    home.conn.execute(
        """insert into public.staff_availability (org_id, user_id, kind, starts_at, ends_at)
           values (%s, %s, 'unavailable', %s, %s)""",
        [home.org, nora, monday() + timedelta(days=3), monday() + timedelta(days=4)],
    )
    assert fill(home.url, "lakeside", "The Elms", monday() + timedelta(days=6)).filled_count
    done = carebase(
        *("rota", "fill", "--org", "lakeside", "--site", str(home.site), "--week", str(monday())),
        *("--db-url", home.url),
    )
    assert done.returncode == 0, done.stderr
    # Three people for three places that clash, and one who nurses on Wednesday.
    assert "4 of 6 open places filled" in done.stdout
    assert "catering" not in done.stdout

    proposals = home.conn.execute(
        """select status::text, place_count, filled_count, is_optimal from public.rota_proposals
           where org_id = %s order by id""",
        [home.org],
    ).fetchall()
    assert proposals == [("superseded", 6, 4, True), ("proposed", 6, 4, True)]
    lines = home.conn.execute(
        """select lines.shift_id, lines.assignee_id, lines.open_count, lines.refusals
           from public.rota_proposal_lines as lines
           inner join public.rota_proposals as proposals
             on proposals.org_id = lines.org_id and proposals.id = lines.proposal_id
           where proposals.org_id = %s and proposals.status = 'proposed'""",
        [home.org],
    ).fetchall()
    opened = {shift: (count, why) for shift, person, count, why in lines if person is None}
    assert opened == {
        thu: (1, {"skill": 2, "unavailable": 1}),
        cook: (1, {"skill": 3}),
    }
    assert Counter(shift for shift, person, *_ in lines if person) == {mon: 2, night: 1, wed: 1}
    assert (wed, nora) in {(shift, person) for shift, person, *_ in lines}

    # Meanwhile Carl and Cleo become unavailable: their lines are left out, the others hold.
    home.conn.execute(
        """insert into public.staff_availability (org_id, user_id, kind, starts_at, ends_at)
           select %s, unnest(%s::uuid[]), 'unavailable', %s, %s""",
        [home.org, [carl, cleo], monday(), monday() + timedelta(days=2)],
    )
    with home.conn.transaction():
        home.conn.execute("select tests.act_as(%s)", [home.manager])
        applied = home.conn.execute(
            """select proposals.status::text, lines.* from public.rota_proposals as proposals
               cross join lateral public.apply_rota_proposal(proposals.id) as lines
               where proposals.status = 'proposed'"""
        ).fetchall()
    outcome = Counter((person == nora, reason) for _, _, person, _, reason in applied)
    assert outcome[False, "unavailable"] == 2
    assert outcome[True, None] == 2
    assert home.one("select count(*) from public.shift_assignments where org_id = %s", home.org) == 2


def test_what_is_not_there_is_a_sentence(home: Home) -> None:
    for arguments, code in (
        (("seaside", "The Elms", monday()), "organization_unknown"),
        (("lakeside", "The Oaks", monday()), "site_unknown"),
        (("lakeside", "The Elms", date(2020, 1, 6)), "rota_missing"),
    ):
        with pytest.raises(UsageProblem) as caught:
            fill(home.url, *arguments)
        assert caught.value.code == code


START = datetime(2026, 3, 2, tzinfo=UTC)


@st.composite
def weeks(draw: st.DrawFn) -> RotaFacts:
    shifts = []
    for _ in range(draw(st.integers(1, 8))):
        begin = START + timedelta(hours=draw(st.integers(0, 160)))
        hours = draw(st.sampled_from([4, 8, 12]))
        shifts.append(
            OpenShift(uuid4(), begin, begin + timedelta(hours=hours), hours * 60, draw(st.integers(1, 2)))
        )
    candidates = []
    for person in (uuid4() for _ in range(draw(st.integers(0, 4)))):
        rest, maximum = draw(st.sampled_from([480, 660])), draw(st.sampled_from([720, 1440, 2880]))
        planned = draw(st.sampled_from([0, 480]))
        for shift in shifts:
            reasons = draw(st.sampled_from([(), (), (), ("skill",), ("unavailable", "training")]))
            wish = draw(st.booleans())
            candidates.append(Candidate(shift.shift_id, person, rest, maximum, planned, wish, reasons))
    return RotaFacts(tuple(shifts), tuple(candidates))


@settings(max_examples=40, deadline=None)
@given(facts=weeks(), has_time=st.booleans())
def test_no_proposal_breaks_a_rule_and_no_place_stays_open_without_a_reason(
    facts: RotaFacts, has_time: bool
) -> None:
    plan = solve(facts, seconds=10 if has_time else 0.000_001)
    shifts = {shift.shift_id: shift for shift in facts.shifts}
    terms = {(each.shift_id, each.user_id): each for each in facts.candidates}
    taken = Counter(shift for shift, _ in plan.lines)
    assert len(set(plan.lines)) == len(plan.lines)
    assert all(taken[shift] <= shifts[shift].open_count for shift in taken)
    for person in {person for _, person in plan.lines}:
        mine = sorted(
            (shifts[shift] for shift, who in plan.lines if who == person), key=lambda s: s.starts_at
        )
        assert all(not terms[shift.shift_id, person].reasons for shift in mine)
        own = terms[mine[0].shift_id, person]
        for first, later in pairwise(mine):
            assert first.ends_at + timedelta(minutes=own.rest_minutes) <= later.starts_at
        assert own.planned_minutes + sum(shift.minutes for shift in mine) <= own.maximum_minutes
    for each in plan.stays_open:
        assert taken[each.shift_id] + each.open_count == shifts[each.shift_id].open_count
        others = [
            c.user_id for c in facts.of_shift(each.shift_id) if (each.shift_id, c.user_id) not in plan.lines
        ]
        kept = sum(each.refusals.values())
        assert kept >= len(others), "everybody else is kept from it by some rule"
        assert bool(kept) == bool(others)
    assert {each.shift_id for each in plan.stays_open} == {
        shift for shift in shifts if taken[shift] < shifts[shift].open_count
    }
