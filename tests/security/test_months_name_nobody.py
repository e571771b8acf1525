"""What leads may ask about closed days and months, asked in every way, before and after any one person acts.

Twenty-one nurses in two teams of fourteen and seven, and a care manager. Leads learn nothing from a second
answer, no figure stands for fewer than five people, none is left by subtraction, and whoever takes part
anonymously is to a lead as somebody who takes no part. (A-064, A-072 to A-077, A-081, A-082)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import chain, combinations
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.rows import dict_row

from carebase.project import Project
from tests.conftest import cloned

FEWEST = 5
LEADS = ("org_owner", "admin", "manager", "care_manager", "wellness_officer")
NURSES = range(21)  # the first fourteen work by day, the others by night
# Of April: who checked in, who was assessed, who finished a module.
CHECKED_IN = [*range(6), *range(14, 19)]
ASSESSED = [*range(9), *range(14, 20)]
TRAINED = range(6)
NOON = "2026-06-15 12:00-05"
Cells = dict[tuple[Any, ...], dict[str, Any]]
Connection = psycopg.Connection[dict[str, Any]]

# All answers that the caller gets, each once:
# 24 times 4 ways to ask for months, 24 for teams, 378 ranges of days.
HELPERS = """
create function tests.answers(p_teams uuid[], p_from date, p_is_thorough boolean)
returns table (what text, answer jsonb) language plpgsql as $$
begin
  return query
  select distinct 'month', to_jsonb(months) || jsonb_build_object('team', teams.id)
  from unnest(p_teams || null::uuid || gen_random_uuid()) as teams (id)
  cross join generate_series(case when p_is_thorough then 1 else 24 end, 24) as back
  cross join lateral public.get_wellbeing_months(back, teams.id) as months;
  return query
  select distinct 'cell', to_jsonb(cells)
  from generate_series(case when p_is_thorough then 1 else 24 end, 24) as back
  cross join lateral public.get_team_heatmap(back) as cells;
  return query
  select distinct 'day', to_jsonb(days)
  from generate_series(0, case when p_is_thorough then 78 else 0 end, 3) as first_on
  cross join generate_series(case when p_is_thorough then first_on else 78 end, 78, 3) as last_on
  cross join lateral public.get_team_checkin_summary(p_from + first_on, p_from + last_on) as days
  where not days.is_open;
  return query
  select distinct 'module', jsonb_build_object('id', modules.id, 'helpful_percent', modules.helpful_percent)
  from public.get_resilience_modules() as modules;
end
$$;
create function tests.check_in(p_org_id uuid, p_user_id uuid, p_day date, p_stress integer)
returns void language sql as $$
  insert into public.provider_daily_checkins
    (org_id, user_id, practitioner_id, checkin_date, work_setting, stress_level, energy_level)
  values (p_org_id, p_user_id, tests.practitioner_of(p_user_id), p_day, 'clinic', p_stress, 5)
$$;
create function tests.finish_module(p_org_id uuid, p_user_id uuid, p_at timestamptz)
returns void language sql as $$
  insert into public.provider_training_completions (
    org_id, user_id, practitioner_id, module_id, started_at, completed_at, found_helpful, answered_at
  )
  select p_org_id, p_user_id, tests.practitioner_of(p_user_id), modules.id, p_at, p_at, true, p_at
  from public.resilience_training_modules as modules order by modules.id limit 1
$$;
-- How many rows of a table or a list name somebody; -1 where it is not for the caller.
create function tests.traces(p_source text, p_pattern text) returns integer language plpgsql as $$
declare
  v_count integer;
begin
  execute format('select count(*) from %s as seen where to_jsonb(seen)::text ~ $1', p_source)
  into v_count using p_pattern;
  return v_count;
exception when insufficient_privilege or raise_exception or sqlstate 'PGRST' then
  return -1;
end
$$;
create function tests.run_jobs(p_org_id uuid) returns void language plpgsql as $$
begin
  perform app.job_close_checkin_days(p_org_id, 1000);
  perform app.job_close_wellbeing_months(p_org_id);
  perform app.job_count_helpfulness(app.clock());
  perform app.job_open_interventions(p_org_id, 1000);
end
$$;
"""


class World:
    """An organization on a connection of the database's owner; every test undoes what it did."""

    def __init__(self, conn: Connection) -> None:
        self.conn = conn
        self.org: UUID = self.one("select tests.make_org('lakeside')")
        self.leads = {role: self.person(role) for role in LEADS}
        self.nurses = [self.person("nurse") for _ in NURSES]
        self.teams: list[UUID] = [
            self.one(
                "insert into public.provider_teams (org_id, name) values (%s, %s) returning id",
                self.org,
                name,
            )
            for name in ("Day", "Night")
        ]
        for number, nurse in enumerate(self.nurses):
            self.run(
                """insert into public.provider_team_members (org_id, practitioner_id, team_id)
                   values (%s, tests.practitioner_of(%s), %s)""",
                self.org, nurse, self.teams[number >= 14],
            )  # fmt: skip
            self.run("select tests.give_consent(%s, %s)", self.org, nurse)

    def person(self, role: str) -> UUID:
        found: UUID = self.one("select tests.make_person(%s, %s, %s)", self.org, role, role)
        return found

    def run(self, query: str, *parameters: Any) -> list[dict[str, Any]]:
        cursor = self.conn.execute(query.encode(), parameters)
        return cursor.fetchall() if cursor.description else []

    def one(self, query: str, *parameters: Any) -> Any:
        return next(iter(self.run(query, *parameters)[0].values()))

    def act_as(self, person: UUID) -> None:
        self.run("select tests.act_as_system()")
        self.run("select tests.act_as(%s)", person)

    def cells(self, lead: UUID, *, is_thorough: bool = False) -> Cells:
        """What a lead is told of each month, team and day, however they ask."""
        self.act_as(lead)
        rows = self.run("select * from tests.answers(%s, %s, %s)", self.teams, date(2026, 4, 1), is_thorough)
        self.run("select tests.act_as_system()")
        cells: Cells = {}
        for row in rows:
            answer = row["answer"]
            named = ("month", "team", "team_id", "checkin_date", "id")
            key = (row["what"], *(answer.get(name) for name in named))
            assert key not in cells, f"{key} is told in two ways"
            cells[key] = answer
        return cells

    def months(self, cells: Cells, month: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """The whole and the teams of a month."""
        found = {key[2]: cell for key, cell in cells.items() if key[0] == "month" and key[1] == month}
        return found[None], [found[str(team)] for team in self.teams]


@pytest.fixture(scope="module")
def made(server: Any, templates: dict[str, str], project: Project) -> Iterator[World]:
    """April was lived, and is over since long; it is noon of a day in June."""
    with (
        cloned(server, templates["migrated"]) as name,
        psycopg.connect(server.url(name), autocommit=True, row_factory=dict_row) as conn,
    ):
        conn.execute((project.root / "tests" / "sql" / "helpers.sql").read_bytes())
        conn.execute(HELPERS.encode())
        with conn.transaction():
            conn.execute("select tests.freeze_clock('2026-04-01 12:00-05')")
            world = World(conn)
            for number in CHECKED_IN:
                for day in range(1, 10):
                    if number >= day:  # eleven people on the first day, ten on the second, and so on
                        nurse = world.nurses[number]
                        world.run(
                            "select tests.check_in(%s, %s, %s, %s)",
                            world.org, nurse, date(2026, 4, day), 1 + number % 10,
                        )  # fmt: skip
                world.run("select tests.check_in(%s, %s, '2026-04-20', 5)", world.org, world.nurses[number])
            for number in ASSESSED:
                world.run(
                    "select tests.assess(%s, %s, '2026-04-15', %s)",
                    world.org, world.nurses[number], 4 * number,
                )  # fmt: skip
            for number in TRAINED:
                world.run(
                    "select tests.finish_module(%s, %s, '2026-04-15 12:00-05')",
                    world.org,
                    world.nurses[number],
                )
            conn.execute("select tests.freeze_clock(%s)", (NOON,))
            world.run("select tests.run_jobs(%s)", world.org)
        yield world


@pytest.fixture
def world(made: World) -> Iterator[World]:
    with made.conn.transaction(force_rollback=True):
        made.conn.execute("select tests.freeze_clock(%s)", (NOON,))
        yield made


ACTS = {
    "checks in": "select public.submit_daily_checkin('clinic', 10, 1)",
    "assesses": "select public.submit_burnout_assessment(100, 100, 0)",
    "withdraws": "select public.withdraw_resilience_consent()",
    "takes part otherwise": "select public.give_resilience_consent(app.newest_policy_version(), 'anonymous')",
    "deletes everything": "select public.delete_my_resilience_data('delete everything')",
}


def test_every_way_to_ask_gets_one_answer(world: World) -> None:
    answers = [world.cells(lead, is_thorough=True) for lead in world.leads.values()]
    assert all(answer == answers[0] for answer in answers), "leads of all kinds are told the same"
    assert answers[0] == world.cells(world.leads["admin"]), "and asking for all at once says no more"
    assert sum(key[0] == "day" for key in answers[0]) == 75, "from the first of April to yesterday"
    assert {key[1] for key in answers[0] if key[0] == "month"} == {"2026-04-01", "2026-05-01"}


@pytest.mark.parametrize("act", [*ACTS, "moves team"])
def test_what_is_over_stays_as_it_was_told(world: World, act: str) -> None:
    """Whoever of them it is, and whatever is closed afterwards."""
    before = world.cells(world.leads["manager"])
    for number, nurse in enumerate(world.nurses):
        with world.conn.transaction(force_rollback=True):
            if act == "moves team":
                world.act_as(world.leads["admin"])
                world.run("select tests.act_as_system()")
                practitioner = world.one("select tests.practitioner_of(%s)", nurse)
                world.act_as(world.leads["admin"])
                world.run("select public.set_provider_team(%s, %s)", practitioner, world.teams[number < 14])
            else:
                world.act_as(nurse)
                world.run(ACTS[act])
            world.run("select tests.act_as_system()")
            world.run("select tests.run_jobs(%s)", world.org)
            assert world.cells(world.leads["manager"]) == before, number
            # A day and a month later there is more to know, and of what was over before nothing else.
            if number in (0, 20):
                world.run("select tests.freeze_clock('2026-07-02 12:00-05')")
                world.run("select tests.run_jobs(%s)", world.org)
                after = world.cells(world.leads["manager"])
                assert {key: after[key] for key in before} == before, number


def test_no_figure_stands_for_fewer_than_five(world: World) -> None:
    cells = world.cells(world.leads["manager"])
    days = [cell for key, cell in cells.items() if key[0] == "day"]
    told = [day["people_count"] for day in days if not day["is_suppressed"]]
    assert told
    assert min(told) >= FEWEST
    assert all(
        {value for name, value in day.items() if name.startswith("average")} == {None}
        for day in days
        if day["is_suppressed"]
    )
    for key, cell in cells.items():
        if key[0] == "month":
            assert (cell["assessed_count"] or FEWEST) >= FEWEST
            assert (cell["helped_count"] or FEWEST) >= FEWEST
            for name, among in (
                ("elevated_percent", cell["assessed_count"]),
                ("adoption_percent", cell["provider_count"]),
                ("trained_percent", cell["provider_count"]),
            ):
                if cell[name] is not None:
                    people = round(cell[name] * among / 100)
                    assert FEWEST <= people <= among - FEWEST, (key, name)


def test_no_subtraction_leaves_fewer_than_five(world: World) -> None:
    """A lead has the number of providers of each team, and so a share is a number of people, too."""
    whole, teams = world.months(world.cells(world.leads["manager"]), "2026-04-01")
    assert whole["assessed_count"] == len(ASSESSED)
    assert whole["adoption_percent"] == 50
    for figure in (assessed, checked_in, not_checked_in):
        of_all = figure(whole)
        assert of_all is not None
        told = [count for count in map(figure, teams) if count is not None]
        for some in chain.from_iterable(combinations(told, size) for size in range(len(told) + 1)):
            rest = of_all - sum(some)
            assert rest == 0 or rest >= FEWEST, (figure.__name__, rest)


def test_neither_months_nor_days_subtract_from_each_other(world: World) -> None:
    """A month later one more has finished a module: two shares must not differ by that one."""
    cells = world.cells(world.leads["manager"])
    april, _ = world.months(cells, "2026-04-01")
    assert april["trained_percent"] == 27, "six of twenty-two"
    before, _ = world.months(cells, "2026-05-01")
    world.run("select tests.finish_module(%s, %s, %s)", world.org, world.nurses[20], NOON)
    world.run("select tests.freeze_clock('2026-07-02 12:00-05')")
    world.run("select tests.run_jobs(%s)", world.org)
    after, _ = world.months(world.cells(world.leads["manager"]), "2026-06-01")
    assert (before["trained_percent"], after["trained_percent"]) == (None, None)


def test_where_one_stands_is_the_same_three_numbers_for_everybody_and_stays(world: World) -> None:
    """No quarter of fewer than five, and no second answer when somebody is gone."""
    for number, nurse in enumerate(world.nurses):
        world.run("select tests.assess(%s, %s, '2026-06-15', %s)", world.org, nurse, 4 * number)
    world.run("select tests.freeze_clock('2026-07-02 12:00-05')")
    world.run("select tests.run_jobs(%s)", world.org)
    told = [benchmark(world, nurse) for nurse in world.nurses]
    bounds = {
        (
            each["month"],
            each["assessed_count"],
            each["lower_quartile"],
            each["median_burnout"],
            each["upper_quartile"],
        )
        for each in told
    }
    assert bounds == {("2026-06-01", 21, 20, 40, 60)}
    quarters = Counter(each["quarter"] for each in told)
    assert set(quarters) == {"lowest", "second", "third", "highest"}
    assert min(quarters.values()) >= FEWEST

    world.act_as(world.nurses[20])
    world.run("select public.delete_my_resilience_data('delete everything')")
    world.run("select tests.act_as_system()")
    world.run("select tests.run_jobs(%s)", world.org)
    assert [benchmark(world, nurse) for nurse in world.nurses[:20]] == told[:20]


def benchmark(world: World, nurse: UUID) -> dict[str, Any]:
    world.act_as(nurse)
    [row] = world.run("select to_jsonb(own) as answer from public.get_my_benchmark() as own")
    answer: dict[str, Any] = row["answer"]
    return answer


def test_who_takes_part_anonymously_is_as_who_takes_no_part(world: World) -> None:
    """Both ways round: leads find as much of the one as of the other, and are told the same."""
    one, other = world.nurses[1], world.nurses[2]
    for person in (one, other):
        world.act_as(person)
        world.run("select public.delete_my_resilience_data('delete everything')")
        world.run("select tests.act_as_system()")
    found = []
    for anonymous in (one, other):
        with world.conn.transaction(force_rollback=True):
            world.act_as(anonymous)
            world.run("select public.give_resilience_consent(app.newest_policy_version(), 'anonymous')")
            world.run("select public.submit_daily_checkin('clinic', 9, 2)")
            world.run("select public.submit_burnout_assessment(90, 90, 10)")
            world.run("select tests.act_as_system()")
            world.run("select tests.run_jobs(%s)", world.org)
            for nurse in world.nurses[3:12]:
                world.act_as(nurse)
                world.run("select public.submit_daily_checkin('clinic', 5, 5)")
                world.run("select public.submit_burnout_assessment(50, 50, 50)")
            world.run("select tests.act_as_system()")
            world.run("select tests.freeze_clock('2026-07-02 12:00-05')")
            world.run("select tests.run_jobs(%s)", world.org)
            for role, lead in world.leads.items():
                answer = world.cells(lead)
                assert answer["day", None, None, None, "2026-06-15", None]["people_count"] == 10
                traces = [world_traces(world, lead, person) for person in (one, other)]
                assert traces[0] == traces[1], (role, anonymous == one)
                found.append((answer, traces[0]))
    half = len(found) // 2
    assert found[:half] == found[half:]

    # Whoever may be contacted is found: the search finds what is there.
    world.act_as(one)
    world.run("select public.give_resilience_consent(app.newest_policy_version(), 'may_be_contacted')")
    world.run("select public.submit_burnout_assessment(90, 90, 10)")
    traces = world_traces(world, world.leads["wellness_officer"], one)
    assert traces["public.get_providers_needing_help('operations')"] == 1


def world_traces(world: World, lead: UUID, person: UUID) -> dict[str, int]:
    """In how many rows of each table, and of each list of people, a lead finds a person."""
    practitioner = world.one("select tests.practitioner_of(%s)", person)
    needles = [str(person), str(practitioner)]
    tables = world.run(
        """select classes.relname as name from pg_class as classes
           where classes.relnamespace = 'public'::regnamespace and classes.relkind in ('r', 'p', 'v')
             and has_any_column_privilege('authenticated', classes.oid, 'select')
             and not classes.relispartition"""
    )
    world.act_as(lead)
    sources = [f"public.{row['name']}" for row in tables]
    lists = (
        "get_providers_needing_help('operations')",
        "list_interventions(p_purpose => 'operations')",
        "get_shared_checkins('operations')",
    )
    sources += [f"public.{name}" for name in lists]
    counts: dict[str, int] = {}
    for source in sources:
        # Not for this lead: -1, like any other answer.
        query = "select tests.traces(%s, %s) as found"
        counts[source] = world.one(query, source, "|".join(needles))
    world.run("select tests.act_as_system()")
    return counts


def assessed(cell: dict[str, Any]) -> int | None:
    count: int | None = cell["assessed_count"]
    return count


def checked_in(cell: dict[str, Any]) -> int | None:
    share = cell["adoption_percent"]
    return None if share is None else round(share * cell["provider_count"] / 100)


def not_checked_in(cell: dict[str, Any]) -> int | None:
    count = checked_in(cell)
    return None if count is None else cell["provider_count"] - count
