"""Care plans of the demo: versions, tasks and reviews; what was due lately, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

from carebase.seeds.care.documents import Plan, Wording
from carebase.seeds.care.scene import Scene
from carebase.seeds.insert import Connection, Row, TableRows, explained, insert_missing, plain
from carebase.seeds.report import TableReport

_WEEK = 7
_REVIEWED_AFTER = {"low": 90, "medium": 60, "high": 30}
_OCCURRENCES = "public.care_plan_task_occurrences"

# The week before, of tasks that are there for the first time: most done, some declined, a few missed.
_LATELY = """
insert into public.care_plan_task_occurrences (
  org_id, care_plan_task_id, resident_id, site_id, task_kind, due_on, due_time, due_at, overdue_at,
  status, completed_at, completed_by, skip_reason, missed_at
)
select
  due.org_id, due.id, due.resident_id, due.site_id, due.task_kind, due.due::date, due.due::time, due.due_at,
  due.due_at + make_interval(mins => due.grace_minutes), due.status::public.care_task_status,
  case when due.status <> 'missed' then due.due_at + make_interval(mins => 5 + due.chance) end,
  case when due.status <> 'missed' then due.carer end,
  case when due.status = 'skipped' then 'declined'::public.care_task_skip_reason end,
  case when due.status = 'missed' then due.due_at + make_interval(mins => due.grace_minutes) end
from (
  select
    tasks.*, times.due, app.wall_moment(times.due, %(zone)s) as due_at, carers.carer, numbers.chance,
    case numbers.chance when 7 then 'skipped' when 11 then 'missed' else 'completed' end as status
  from public.care_plan_tasks as tasks
  inner join unnest(%(tasks)s::uuid[], %(carers)s::uuid[]) as carers (id, carer) on carers.id = tasks.id
  cross join lateral app.recurrence_times(
    app.read_recurrence(tasks.rule, %(zone)s), tasks.first_on + tasks.first_time, tasks.first_on, %(day)s
  ) as times (due)
  cross join lateral (
    select (extract(doy from times.due)::integer * 5 + extract(hour from times.due)::integer) %% 17 as chance
  ) as numbers
  where tasks.org_id = %(org)s and times.due < %(day)s
) as due
on conflict (org_id, care_plan_task_id, due_on, due_time) do nothing"""


def tell_plans(conn: Connection, scene: Scene, helpers: dict[str, str]) -> Iterator[TableReport]:
    """Plans and their tasks, what was due in the week before, and what is due by now and in the next days.

    Args:
        conn: a transaction.
        scene: the organization and the day.
        helpers: key of a site → key of who does tasks there.
    """
    plans = scene.care.plans
    rows = [_plan(scene, plan) for plan in plans]
    yield insert_missing(conn, TableRows("public.care_plans", ("org_id", "id"), rows))
    versions = [row for plan in plans for row in _versions(scene, plan)]
    yield insert_missing(conn, TableRows("public.care_plan_versions", ("org_id", "id"), versions))
    reviews = [_review(scene, plan) for plan in plans]
    yield insert_missing(conn, TableRows("public.care_plan_reviews", ("org_id", "id"), reviews))
    tasks = [row for plan in plans for row in _tasks(scene, plan)]
    made = insert_missing(conn, TableRows("public.care_plan_tasks", ("org_id", "id"), tasks))
    yield made
    before = _count(conn, scene)
    if made.inserted == len(tasks):
        with explained(_OCCURRENCES):
            conn.execute(
                _LATELY.encode(),
                {
                    "org": scene.org_id,
                    "zone": scene.zone,
                    "day": scene.day,
                    "tasks": [task["id"] for task in tasks],
                    "carers": [
                        scene.person(helpers[scene.homes[plan.resident]])
                        for plan in plans
                        for _ in plan.tasks
                    ],
                },
            )
    # What a job does several times a day.
    with explained(_OCCURRENCES):
        conn.execute("select app.job_generate_care_tasks(%s, 1000)", [scene.org_id])
    after = _count(conn, scene)
    yield TableReport(table=_OCCURRENCES, inserted=after - before, unchanged=before)


def _count(conn: Connection, scene: Scene) -> int:
    row = conn.execute(
        "select count(*) from public.care_plan_task_occurrences where org_id = %s", [scene.org_id]
    ).fetchone()
    return int(row[0]) if row else 0


def _plan(scene: Scene, plan: Plan) -> Row:
    return {**scene.place(plan.resident), "id": scene.id("plans", plan.key), "plan_type": plan.type}


def _versions(scene: Scene, plan: Plan) -> Iterator[Row]:
    told = [plan.before, plan] if plan.before else [plan]
    for number, wording in enumerate(told, 1):
        is_last = wording is plan
        yield {
            **scene.place(plan.resident),
            "id": scene.id("plans", plan.key, number),
            "care_plan_id": scene.id("plans", plan.key),
            "plan_type": plan.type,
            "status": "active" if is_last else "superseded",
            "version_number": number,
            "risk_level": plan.risk,
            "content": plain(_content(wording)),
            "published_at": scene.then(wording.ago),
            "published_by": scene.person(plan.by),
            "closed_at": None if is_last else scene.then(plan.ago),
        }


def _content(wording: Wording) -> str:
    return json.dumps(
        {"needs": wording.needs, "goals": wording.goals, "interventions": wording.interventions},
        ensure_ascii=False,
    )


def _review(scene: Scene, plan: Plan) -> Row:
    return {
        **scene.place(plan.resident),
        "id": scene.id("reviews", plan.key),
        "care_plan_id": scene.id("plans", plan.key),
        "risk_level": plan.risk,
        "due_on": scene.past(plan.ago) + timedelta(days=_REVIEWED_AFTER[plan.risk]),
        # Who reviews is told once; of a demo, nobody is woken.
        "told_at": scene.then(1),
    }


def _tasks(scene: Scene, plan: Plan) -> Iterator[Row]:
    for task in plan.tasks:
        yield {
            **scene.place(plan.resident),
            "id": scene.id("tasks", plan.key, task.key),
            "care_plan_id": scene.id("plans", plan.key),
            "task_kind": task.kind,
            "instructions": plain(task.text),
            "first_on": scene.past(_WEEK),
            "first_time": task.at,
            "rule": task.rule,
            "grace_minutes": task.grace,
        }
