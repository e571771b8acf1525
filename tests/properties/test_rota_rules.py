"""Whatever managers and carers do, one after the other or all at once: no rota breaks a rule.

The rules are said here in our own words and computed from what is stored, not asked of the database.
"""

from __future__ import annotations

import json
import random
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carebase.project import Project
from carebase.stack.server import PostgresServer
from tests.conftest import cloned

MONDAY = datetime(2031, 3, 3, tzinfo=UTC)
REST, WEEK = {"carl": 660, "cleo": 480, "cem": 660}, {"carl": 2880, "cleo": 1500, "cem": 2880}
NAMES = tuple(REST)
REASONS = {
    *("not_employed", "no_role", "skill", "training", "unavailable", "double_booking", "rest"),
    *("weekly_maximum", "full", "assigned", "attended", "taken", "closed", "over", "status"),
    *("requested", "busy"),
}


@dataclass
class Home:
    """A home with three carers and a manager; sessions to act as each of them over any connection."""

    url: str
    org: UUID
    site: UUID
    people: dict[str, UUID]
    sessions: dict[str, str] = field(default_factory=dict)

    def claims(self, name: str) -> str:
        return json.dumps(
            {
                "sub": str(self.people[name]),
                "role": "authenticated",
                "aal": "aal2",
                "session_id": self.sessions[name],
            }
        )

    def call(self, conn: psycopg.Connection[Any], name: str, query: str, *parameters: object) -> str:
        """One request; `done`, or the reason or code that it was refused with. Anything else is raised."""
        try:
            with conn.transaction():
                conn.execute(
                    "select set_config('role', 'authenticated', true), "
                    "set_config('request.jwt.claims', %s, true), set_config('carebase.opened_for', '', true)",
                    [self.claims(name)],
                )
                conn.execute(query.encode(), parameters)
        except psycopg.Error as error:
            if error.sqlstate != "PGRST":
                raise
            told = json.loads(error.diag.message_primary or "{}")
            return str(json.loads(told["details"] or "{}").get("reason", told["code"]))
        return "done"

    def check(self, conn: psycopg.Connection[Any]) -> int:
        """Every rule, of everything that is stored; how many assignments there are."""
        rows = conn.execute(
            """select a.user_id, s.starts_at, s.ends_at, s.break_minutes, s.id, s.needed_count, a.is_published
               from public.shift_assignments as a
               inner join public.shifts as s on s.org_id = a.org_id and s.id = a.shift_id
               where a.org_id = %s and a.deleted_at is null and s.deleted_at is null""",
            [self.org],
        ).fetchall()
        away = conn.execute(
            """select user_id, starts_at, ends_at from public.staff_availability
               where org_id = %s and kind = 'unavailable' and deleted_at is null""",
            [self.org],
        ).fetchall()
        names = {person: name for name, person in self.people.items()}
        by_person = defaultdict(list)
        for user, *shift in rows:
            by_person[names[user]].append(shift)
        for name, shifts in by_person.items():
            shifts.sort()
            for (_, ended, *_), (began, *_) in pairwise(shifts):
                assert began - ended >= timedelta(minutes=REST[name]), (name, ended, began)
            weeks: Counter[Any] = Counter()
            for began, ended, pause, *_ in shifts:
                weeks[began.isocalendar()[:2]] += (ended - began) // timedelta(minutes=1) - pause
            assert max(weeks.values()) <= WEEK[name], (name, weeks)
        for shift_id, taken in Counter(row[4] for row in rows).items():
            assert taken <= next(row[5] for row in rows if row[4] == shift_id)
        for user, left, back in away:
            for began, ended, *_, is_published in by_person[names[user]]:
                # Who knows of no draft may rule out what is in one; it cannot be published then.
                assert ended <= left or began >= back or not is_published, (names[user], left, began)
        return len(rows)

    def clear(self, conn: psycopg.Connection[Any]) -> None:
        for table in (
            *("shift_attendance", "shift_swaps", "shift_offers", "shift_assignments", "shifts"),
            *("rota_weeks", "staff_availability"),
        ):
            conn.execute(f"delete from public.{table} where org_id = %s".encode(), [self.org])

    def add_shift(
        self, conn: psycopg.Connection[Any], start: datetime, hours: int, *, needed: int = 1, pause: int = 0
    ) -> UUID:
        row = conn.execute(
            """insert into public.shifts
                 (org_id, site_id, starts_at, ends_at, skill, needed_count, break_minutes)
               values (%s, %s, %s, %s, 'care', %s, %s) returning id""",
            [self.org, self.site, start, start + timedelta(hours=hours), needed, pause],
        ).fetchone()
        assert row
        return UUID(str(row[0]))


@pytest.fixture(scope="module")
def home(server: PostgresServer, templates: dict[str, str], project: Project) -> Iterator[Home]:
    with cloned(server, templates["migrated"]) as database:
        url = server.url(database)
        with psycopg.connect(url, autocommit=True) as conn:
            conn.execute((project.root / "tests" / "sql" / "helpers.sql").read_bytes())

            def one(query: str, *parameters: object) -> Any:
                row = conn.execute(query.encode(), parameters).fetchone()
                return row[0] if row else None

            org = one("select tests.make_org('lakeside', false, 'UTC')")
            one(
                """insert into public.organization_feature_flags (org_id, feature_key, is_enabled)
                   values (%s, 'care_homes', true) returning org_id""",
                org,
            )
            site = one("select tests.make_site(%s)", org)
            people = {
                name: one("select tests.make_staff(%s, 'carer', %s, %s)", org, name, site) for name in NAMES
            }
            people["mona"] = one("select tests.make_person(%s, 'manager', 'Mona', %s)", org, site)
            one(
                """insert into public.staff_contracts
                     (org_id, user_id, site_id, holds_during, weekly_maximum_minutes, minimum_rest_minutes,
                      skills)
                   values (%s, %s, %s, '[2020-01-01,)', %s, %s, '{care}') returning id""",
                *(org, people["cleo"], site, WEEK["cleo"], REST["cleo"]),
            )
            sessions = {name: str(one("select tests.open_session(%s)", who)) for name, who in people.items()}
            yield Home(url, org, site, people, sessions)


MOVES = st.one_of(
    st.tuples(st.just("assign"), st.integers(0, 9), st.sampled_from(NAMES), st.just(0)),
    st.tuples(st.just("assign"), st.integers(0, 9), st.sampled_from(NAMES), st.just(0)),
    st.tuples(st.just("unassign"), st.integers(0, 9), st.just("mona"), st.just(0)),
    st.tuples(st.just("move"), st.integers(0, 9), st.just("mona"), st.integers(-12, 12)),
    st.tuples(st.just("shrink"), st.integers(0, 9), st.just("mona"), st.integers(1, 2)),
    st.tuples(st.just("away"), st.integers(0, 9), st.sampled_from(NAMES), st.integers(1, 30)),
    st.tuples(st.just("swap"), st.integers(0, 9), st.sampled_from(NAMES), st.integers(0, 9)),
    st.tuples(st.just("offer"), st.integers(0, 9), st.sampled_from(NAMES), st.just(0)),
)
SHIFTS = st.lists(
    st.tuples(st.integers(0, 13 * 24), st.sampled_from([4, 8, 12]), st.integers(1, 2)),
    min_size=3,
    max_size=10,
)


def do(home: Home, conn: psycopg.Connection[Any], shifts: list[UUID], move: tuple[Any, ...]) -> str:
    # One call in a statement, as in a request: several would take their locks in any order.
    what, number, who, value = move
    shift = shifts[number % len(shifts)]
    if what == "assign":
        return home.call(conn, "mona", "select public.assign_shift(%s, %s)", shift, home.people[who])
    if what == "move":
        return home.call(
            conn,
            "mona",
            """select public.merge_shifts(id, jsonb_build_object(
                 'starts_at', starts_at + make_interval(hours => %s),
                 'ends_at', ends_at + make_interval(hours => %s)), p_base_version => version)
               from public.shifts where id = %s""",
            *(value, value, shift),
        )
    if what == "shrink":
        return home.call(
            conn,
            "mona",
            """select public.merge_shifts(id, jsonb_build_object('needed_count', %s::integer),
                 p_base_version => version)
               from public.shifts where id = %s""",
            *(value, shift),
        )
    if what == "away":
        start = MONDAY + timedelta(hours=number * 30)
        return home.call(
            conn,
            who,
            "select public.set_my_availability(%s, %s, 'unavailable')",
            *(start, start + timedelta(hours=value)),
        )
    if what == "offer":
        home.call(conn, "mona", "select public.offer_shift(%s)", shift)
        return home.call(
            conn, who, "select public.claim_shift(id) from public.shift_offers where status = 'open' limit 1"
        )
    held = conn.execute(
        """select id, user_id from public.shift_assignments
           where org_id = %s and deleted_at is null order by starts_at, id""",
        [home.org],
    ).fetchall()
    if not held:
        return "done"
    assignment, owner = held[number % len(held)]
    if what == "unassign":
        return home.call(conn, "mona", "select public.unassign_shift(%s)", assignment)
    names = {person: name for name, person in home.people.items()}
    theirs = next((other for other, user in held if user == home.people[who] and value % 2), None)
    asked = home.call(
        conn,
        names[owner],
        "select public.request_swap(%s, %s, %s)",
        *(assignment, home.people[who], theirs),
    )
    if asked == "done":
        home.call(
            conn,
            who,
            "select public.accept_swap(id) from public.list_my_swaps() where status = 'requested' limit 1",
        )
        return home.call(
            conn,
            "mona",
            "select public.approve_swap(id) from public.shift_swaps where status = 'accepted' limit 1",
        )
    return asked


@settings(max_examples=15, deadline=None)
@given(wanted=SHIFTS, moves=st.lists(MOVES, min_size=5, max_size=25))
def test_no_rota_breaks_a_rule(
    home: Home, wanted: list[tuple[int, int, int]], moves: list[tuple[Any, ...]]
) -> None:
    with psycopg.connect(home.url, autocommit=True) as conn, conn.transaction(force_rollback=True):
        shifts = [
            home.add_shift(conn, MONDAY + timedelta(hours=start), hours, needed=needed, pause=hours * 5)
            for start, hours, needed in wanted
        ]
        for week in (MONDAY, MONDAY + timedelta(days=7)):
            home.call(conn, "mona", "select public.publish_rota(%s, %s)", home.site, week.date())
        for move in moves:
            answer = do(home, conn, shifts, move)
            conn.execute("select set_config('role', 'none', true)")
            assert answer in REASONS | {"done", "week", "draft", "not_found", "invalid_input"}, (move, answer)
            home.check(conn)


def test_a_shift_that_could_be_worked_is_assigned(home: Home) -> None:
    """The property above would hold of a database that refuses everything."""
    with psycopg.connect(home.url, autocommit=True) as conn, conn.transaction(force_rollback=True):
        shifts = [home.add_shift(conn, MONDAY + timedelta(days=day), 12) for day in range(4)]
        answers = [do(home, conn, shifts, ("assign", number, "carl", 0)) for number in range(4)]
        conn.execute("select set_config('role', 'none', true)")
        assert answers == ["done"] * 4
        assert home.check(conn) == 4


def test_many_at_once_break_no_rule_and_see_no_deadlock(home: Home) -> None:
    """Eight connections assign, move, swap, publish and say when they are away; a deadlock would raise."""
    with psycopg.connect(home.url, autocommit=True) as conn:
        shifts = [
            home.add_shift(conn, MONDAY + timedelta(hours=7 * number), 8, needed=2) for number in range(20)
        ]
        start = threading.Barrier(8)

        def work(seed: int) -> Counter[str]:
            dice = random.Random(seed)
            answers: Counter[str] = Counter()
            with psycopg.connect(home.url, autocommit=True) as own:
                start.wait()
                for _ in range(25):
                    kind = dice.choice(
                        ["assign", "assign", "assign", "unassign", "move", "away", "swap", "offer", "publish"]
                    )
                    if kind == "publish":
                        week = (MONDAY + timedelta(days=7 * dice.randrange(2))).date()
                        answer = home.call(own, "mona", "select public.publish_rota(%s, %s)", home.site, week)
                    else:
                        move = (kind, dice.randrange(20), dice.choice(NAMES), dice.randrange(1, 10))
                        answer = do(home, own, shifts, move)
                    answers[answer] += 1
            return answers

        with ThreadPoolExecutor(8) as pool:
            answers = sum(pool.map(work, range(8)), Counter[str]())
        assert set(answers) <= REASONS | {"done", "week", "draft", "not_found", "invalid_input"}, answers
        assert answers["done"] > 20
        assert home.check(conn)
        home.clear(conn)


def test_one_place_is_claimed_by_one(home: Home) -> None:
    with psycopg.connect(home.url, autocommit=True) as conn:
        for week in range(4):
            day = MONDAY + timedelta(days=7 * week)
            shift = home.add_shift(conn, day, 8, needed=2)
            home.call(conn, "mona", "select public.publish_rota(%s, %s)", home.site, day.date())
            assert home.call(conn, "mona", "select public.offer_shift(%s)", shift) == "done"
            row = conn.execute("select id from public.shift_offers where shift_id = %s", [shift]).fetchone()
            assert row
            offer = row[0]
            start = threading.Barrier(3)

            def claim(name: str, offer: UUID = offer, start: threading.Barrier = start) -> str:
                with psycopg.connect(home.url, autocommit=True) as own:
                    start.wait()
                    return home.call(own, name, "select public.claim_shift(%s)", offer)

            with ThreadPoolExecutor(3) as pool:
                answers = sorted(pool.map(claim, NAMES))
            assert answers == ["done", "taken", "taken"]
        assert home.check(conn) == 4
        home.clear(conn)
