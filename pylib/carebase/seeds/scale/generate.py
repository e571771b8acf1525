"""Filling a database by COPY, a transaction for each day and table, and what follows from the rows.

Triggers are off while rows come in, where the database user may switch them off (a superuser, or whoever was
granted `session_replication_role`): the rows are right by construction, and twenty million stamps, checks of
references and entries of the audit trail are not what is measured. Where the user may not, they run, and it
takes several times as long. Either way workload days are there at the end (counted once from the rows, or
folded by app.fold_workload), and days and months are closed by the functions that close them each night
(app.close_checkin_days, app.freeze_wellbeing_month).

Homes are made with triggers off only: what triggers would add to them (clocks, histories, messages) is made
with the rows, or is not what is measured. What has to be sealed is sealed by the database on its way in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain
from typing import Any
from uuid import UUID

import psycopg
from psycopg import errors, sql
from pydantic import BaseModel, ConfigDict

from carebase import seeds
from carebase.db.connect import connect
from carebase.problems import DatabaseProblem, UsageProblem
from carebase.project import Project
from carebase.seeds.insert import explained
from carebase.seeds.locality import refuse_remote
from carebase.seeds.scale import days, home_days, home_rows, rows
from carebase.seeds.scale.homes import HomesPlan, home_crowds
from carebase.seeds.scale.plan import Made, People, Plan, crowds

Connection = psycopg.Connection[Any]
Progress = Callable[[int, int], None]
_BUFFER = 1 << 16
_ASIDE = sql.Identifier("carebase_aside")
# Each organization in turn, and each again: whoever was interrupted begins again where nothing is yet.
_COUNT_WORKLOAD = """
insert into app.provider_workload_days (org_id, practitioner_id, day, encounters, questions)
select work.org_id, work.practitioner_id, work.day, sum(work.encounters), sum(work.questions)
from (
  select org_id, provider_id as practitioner_id, date_of_service as day, 1 as encounters, 0 as questions
  from public.encounters
  where org_id = any(%(orgs)s) and app.is_encounter_counted(provider_id, date_of_service, status, deleted_at)
  union all
  select org_id, practitioner_id, claimed_on, 0, 1
  from public.nurse_questions
  where org_id = any(%(orgs)s) and app.is_question_counted(practitioner_id, claimed_on, deleted_at)
) as work
group by work.org_id, work.practitioner_id, work.day
order by work.day
on conflict do nothing"""


class GenerateReport(BaseModel):
    """What was done.

    Attributes:
        rows: how many rows this run wrote, per table.
        skipped: how many parts an earlier run had written.
        triggers: whether they ran.
    """

    model_config = ConfigDict(frozen=True)

    rows: dict[str, int]
    skipped: int
    triggers: bool


def generate(
    url: str,
    project: Project,
    plan: Plan | HomesPlan,
    progress: Progress | None = None,
    *,
    allow_remote: bool = False,
) -> GenerateReport:
    """Fill a throw-away database; may be interrupted and repeated, and keeps nothing in memory.

    Args:
        url: the database, migrated; as a superuser it goes several times as fast.
        project: the checkout whose reference rows to use.
        plan: how much.
        progress: told how many parts of how many are done.
        allow_remote: let made-up people into a database that is not on this machine.

    Raises:
        UsageProblem: `database_not_local`, `database_in_use` (it holds organizations of somebody else).
        DatabaseProblem: `schema_missing`, `seed_conflict`, `seed_forbidden`, `seed_failed`.
    """
    written: dict[str, int] = {}
    skipped = 0
    with connect(url, autocommit=True) as conn, explained("the database"):
        if not allow_remote:
            refuse_remote(conn)
        _refuse_others(conn, plan)
        seeds.apply(conn, project, "reference")
        triggers = not _switch_triggers_off(conn)
        if isinstance(plan, HomesPlan):
            if triggers:
                raise DatabaseProblem(
                    "seed_forbidden",
                    "Homes are made with triggers switched off, which this database user may not.",
                    hint="Connect as a superuser. Nothing was made but the reference rows.",
                )
            steps, following = _home_steps(conn, plan), []
            parts = _home_parts(plan)
        else:
            steps, following = _steps(conn, plan), _following(plan, triggers=triggers)
            parts = len(crowds(plan)) * (_ONCE + plan.days * _PER_DAY) + len(following)
        done = 0
        for step in steps:
            count = _copy(conn, step)
            skipped += count is None
            written[step.table] = written.get(step.table, 0) + (count or 0)
            done += 1
            if progress:
                progress(done, parts)
        for work in following:
            work(conn)
            done += 1
            if progress:
                progress(done, parts)
        conn.execute("reset session_replication_role" if not triggers else "select")
        conn.execute("analyze")
    return GenerateReport(rows=written, skipped=skipped, triggers=triggers)


_ONCE, _PER_DAY = 12, 6


def _steps(conn: Connection, plan: Plan) -> Iterator[rows.Step]:
    policy_version, instrument = _reference(conn)
    for people in crowds(plan):
        yield from rows.organizations(people)
        yield from rows.persons(people)
        yield from rows.memberships(people, policy_version)
        yield from rows.teams(people)
        yield from rows.patients(people)
    for day in plan.every_day():
        for people in crowds(plan):
            yield from days.day_of(people, day, instrument)


def _home_steps(conn: Connection, plan: HomesPlan) -> Iterator[rows.Step]:
    found = conn.execute(
        "select id from public.instruments where code = 'falls_checklist' order by version desc limit 1"
    ).fetchone()
    if found is None:
        raise DatabaseProblem("seed_failed", "The reference rows lack the instrument falls_checklist.")
    groups = home_crowds(plan)
    for homes in groups:
        yield from home_rows.begin(homes)
    for day in plan.every_day():
        for homes in groups:
            yield from home_days.day_of(homes, day, found[0])
    for day in home_days.days_ahead(plan.until):
        for homes in groups:
            yield from home_days.day_ahead(homes, day)


def _home_parts(plan: HomesPlan) -> int:
    ahead = len(home_days.days_ahead(plan.until)) * home_days.PER_DAY_AHEAD
    return len(home_crowds(plan)) * (home_rows.BEGINNING + plan.days * home_days.PER_DAY + ahead)


def _reference(conn: Connection) -> tuple[int, UUID]:
    row = conn.execute(
        "select (select max(version) from public.resilience_policies),"
        " (select id from public.instruments where code = 'cbi' order by version desc limit 1)"
    ).fetchone()
    if row is None or None in row:
        raise DatabaseProblem("seed_failed", "The reference rows lack a privacy statement or an instrument.")
    return int(row[0]), UUID(str(row[1]))


def _refuse_others(conn: Connection, plan: Made) -> None:
    """A database that somebody uses, or that another plan has filled, is not filled up."""
    ours = [plan.id("organization", number) for number in range(plan.organizations + 1)]
    found = conn.execute(
        "select slug from public.organizations where kind <> 'platform' and not id = any(%s::uuid[])"
        " order by slug limit 1",
        [ours],
    ).fetchone()
    if found:
        raise UsageProblem(
            "database_in_use",
            f"The database has an organization that is not of this plan: {found[0]}.",
            hint="Use an empty database, or the numbers, seed and last day of the run that began this one.",
        )


def _switch_triggers_off(conn: Connection) -> bool:
    try:
        conn.execute("set session_replication_role = replica")
    except errors.InsufficientPrivilege:
        return False
    return True


def _copy(conn: Connection, step: rows.Step) -> int | None:
    """Write the rows of a step; None if they are there. Its first row tells, for they come all at once."""
    first = next(step.lines, None)
    if first is None:
        return 0
    columns = step.columns.split(", ")
    table = sql.Identifier(*step.table.split("."))
    key = [sql.Identifier(name) for name in columns[: step.key]]
    there = sql.SQL("select from {} where {}").format(
        table, sql.SQL(" and ").join(sql.SQL("{} = %s").format(name) for name in key)
    )
    if conn.execute(there, first.split("\t")[: step.key]).rowcount:
        return None
    if not step.sealed:
        return _stream(conn, step, table, columns, chain([first], step.lines))
    with explained(step.table), conn.transaction():
        conn.execute(
            sql.SQL("create temporary table {} on commit drop as select {} from {} with no data").format(
                _ASIDE, sql.SQL(", ").join(map(sql.Identifier, columns)), table
            )
        )
        count = _stream(conn, step, _ASIDE, columns, chain([first], step.lines))
        conn.execute(_sealing(step, table, columns))
    return count


def _sealing(step: rows.Step, table: sql.Identifier, columns: list[str]) -> sql.Composed:
    """Rows from aside into their table, sealed as its trigger does it, each key looked up once."""
    subjects = {subject for _, subject in step.sealed}
    if len(subjects) > 1:
        raise ValueError(f"{step.table}: two keys in one row")
    subject = next(iter(subjects))
    owner = sql.SQL("rows.{}").format(sql.Identifier(subject)) if subject else sql.SQL("null::uuid")
    # Equality, which can be hashed: of one organization there are many.
    same = sql.SQL("and keys.subject = {}").format(owner) if subject else sql.SQL("")
    context = "app.sealed_context({}::text::bytea, rows.org_id, {})"
    sealed = {
        name: sql.SQL("app.seal_value(keys.key_id, keys.schedule, " + context + ", rows.{})").format(
            sql.Literal(f"carebase:1:{step.table}:{name}:"), owner, sql.Identifier(name)
        )
        for name, _ in step.sealed
    }
    values = (sealed.get(name) or sql.SQL("rows.{}").format(sql.Identifier(name)) for name in columns)
    return sql.SQL(
        "with owners as materialized (select distinct rows.org_id, {owner} as subject from {aside} as rows),"
        " keys as materialized (select owners.*, made.key_id, made.schedule from owners"
        " cross join lateral app.sealing_key('seal', owners.org_id, owners.subject) as made)"
        " insert into {table} ({columns}) select {values} from {aside} as rows inner join keys"
        " on keys.org_id = rows.org_id {same}"
    ).format(
        owner=owner,
        same=same,
        aside=_ASIDE,
        table=table,
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        values=sql.SQL(", ").join(values),
    )


def _stream(
    conn: Connection, step: rows.Step, table: sql.Identifier, columns: list[str], lines: Iterator[str]
) -> int:
    """COPY the lines; how many there were."""
    copy = sql.SQL("copy {} ({}) from stdin").format(table, sql.SQL(", ").join(map(sql.Identifier, columns)))
    count, size, buffer = 0, 0, []
    with explained(step.table), conn.cursor() as cursor, cursor.copy(copy) as into:
        for line in lines:
            count += 1
            size += len(line)
            buffer.append(line)
            if size > _BUFFER:
                into.write("".join(buffer))
                size, buffer = 0, []
        into.write("".join(buffer))
    return count


def _following(plan: Plan, *, triggers: bool) -> list[Callable[[Connection], None]]:
    """What the rows lead to, each part by itself and none twice."""
    work: list[Callable[[Connection], None]] = []
    groups = [_ids(people) for people in crowds(plan) if people.count]
    for ids in groups:
        work.append(_fold if triggers else _counting(ids))
        work.append(_closing_days(ids, plan))
        work += [_closing_month(ids, month) for month in _months(plan)]
    return work


def _ids(people: People) -> list[str]:
    return [people.plan.id("organization", people.first + n) for n in range(people.organizations)]


def _counting(ids: list[str]) -> Callable[[Connection], None]:
    def count(conn: Connection) -> None:
        there = conn.execute(
            "select exists (select from app.provider_workload_days where org_id = any(%s::uuid[]))", [ids]
        ).fetchone()
        if there and not there[0]:
            conn.execute(_COUNT_WORKLOAD.replace("%(orgs)s", "%(orgs)s::uuid[]").encode(), {"orgs": ids})

    return count


def _fold(conn: Connection) -> None:
    while (row := conn.execute("select app.fold_workload(100000)").fetchone()) and row[0]:
        pass


def _closing_days(ids: list[str], plan: Plan) -> Callable[[Connection], None]:
    def close(conn: Connection) -> None:
        conn.execute(
            "select app.close_checkin_days(orgs.id, %s, %s) from unnest(%s::uuid[]) as orgs (id)",
            [plan.until, plan.days + 1, ids],
        )

    return close


def _closing_month(ids: list[str], month: date) -> Callable[[Connection], None]:
    def close(conn: Connection) -> None:
        conn.execute(
            "select app.freeze_wellbeing_month(orgs.id, %s) from unnest(%s::uuid[]) as orgs (id)",
            [month, ids],
        )

    return close


def _months(plan: Plan) -> list[date]:
    """The months that are over on the last day, the oldest first."""
    return sorted({day.replace(day=1) for day in plan.every_day()} - {plan.until.replace(day=1)})
