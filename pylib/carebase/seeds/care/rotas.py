"""Rotas of the demo: the week of the day and those after it. A week that is there is left to who plans it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import orjson

from carebase.seeds.care.documents import Shift
from carebase.seeds.care.scene import Scene
from carebase.seeds.insert import Connection, Row, TableRows, explained, insert_missing
from carebase.seeds.report import TableReport

_WEEK = timedelta(days=7)
_ASSIGNED = "public.shift_assignments"
# Later on, somebody may have left or lack a course; then nobody has the shift.
_ASSIGN = """
insert into public.shift_assignments (
  org_id, id, site_id, shift_id, user_id, shift_on, starts_at, ends_at, break_minutes, is_published
)
select
  shifts.org_id, given.id, shifts.site_id, shifts.id, given.user_id, shifts.shift_on, shifts.starts_at,
  shifts.ends_at, shifts.break_minutes, shifts.is_published
from jsonb_to_record(%s::jsonb) as given (org_id uuid, id uuid, shift_id uuid, user_id uuid)
inner join public.shifts on shifts.org_id = given.org_id and shifts.id = given.shift_id
where
  not exists (select from app.assignment_faults(shifts.org_id, shifts.id, given.user_id))
  and not exists (
    select from public.shift_assignments as there where there.org_id = given.org_id and there.id = given.id
  )"""


def tell_rotas(conn: Connection, scene: Scene) -> Iterator[TableReport]:
    """Templates, terms, who can work when; then weeks that are not there yet."""
    for table, rows in (
        ("public.shift_templates", [_template(scene, one) for one in scene.care.shifts]),
        ("public.staff_contracts", list(_contracts(scene))),
        ("public.staff_availability", list(_availability(scene))),
    ):
        yield insert_missing(conn, TableRows(table, ("org_id", "id"), rows))
    weeks = list(_weeks(scene))
    there = _known_weeks(conn, scene)
    fresh = {row["id"] for row in weeks if (row["site_id"], row["week_on"]) not in there}
    yield _insert(conn, scene, "public.rota_weeks", weeks, fresh, "id")
    shifts = [row for week in weeks for row in _shifts(scene, week)]
    yield _insert(conn, scene, "public.shifts", shifts, fresh, "rota_week_id")
    rows = [row for week in weeks for row in _assignments(scene, week)]
    with explained(_ASSIGNED):
        known = _present(conn, scene, _ASSIGNED, rows)
        inserted = sum(
            conn.execute(_ASSIGN.encode(), [orjson.dumps(row).decode()]).rowcount
            for row in rows
            if row["rota_week_id"] in fresh
        )
    yield TableReport(table=_ASSIGNED, inserted=inserted, unchanged=known)
    yield _insert(conn, scene, "public.shift_offers", list(_offers(scene, weeks)), fresh, "rota_week_id")


def _insert(
    conn: Connection, scene: Scene, table: str, rows: list[Row], fresh: set[UUID], week: str
) -> TableReport:
    """Those of fresh weeks, and how many of the others are there."""
    new = [
        {name: value for name, value in row.items() if name != "rota_week_id" or table == "public.shifts"}
        for row in rows
        if row[week] in fresh
    ]
    made = insert_missing(conn, TableRows(table, ("org_id", "id"), new))
    present = _present(conn, scene, table, [row for row in rows if row[week] not in fresh])
    return made.model_copy(update={"unchanged": made.unchanged + present})


def _present(conn: Connection, scene: Scene, table: str, rows: list[Row]) -> int:
    found = conn.execute(
        f"select count(*) from {table} where org_id = %s and id = any(%s)".encode(),  # noqa: S608 (our own names)
        [scene.org_id, [row["id"] for row in rows]],
    ).fetchone()
    return int(found[0]) if found else 0


def _known_weeks(conn: Connection, scene: Scene) -> set[tuple[UUID, date]]:
    with explained("public.rota_weeks"):
        rows: list[tuple[Any, ...]] = conn.execute(
            "select site_id, week_on from public.rota_weeks where org_id = %s", [scene.org_id]
        ).fetchall()
    return {(row[0], row[1]) for row in rows}


def _template(scene: Scene, one: Shift) -> Row:
    return {
        "org_id": scene.org_id,
        "id": scene.id("shifts", one.key),
        "site_id": scene.site(one.site),
        "name": one.name,
        "skill": one.skill,
        "weekdays": sorted(day + 1 for day in one.on),
        "starts_local": one.starts,
        "ends_local": one.ends,
        "break_minutes": one.break_,
        "needed_count": 1,
        "is_active": True,
    }


def _contracts(scene: Scene) -> Iterator[Row]:
    for one in scene.care.contracts:
        yield {
            "org_id": scene.org_id,
            "id": scene.id("contracts", one.by),
            "user_id": scene.person(one.by),
            "site_id": scene.site(one.site),
            "holds_during": f"[{scene.past(365)},)",
            "weekly_maximum_minutes": one.hours * 60,
            "minimum_rest_minutes": 660,
            "skills": one.skills,
        }


def _availability(scene: Scene) -> Iterator[Row]:
    for one in scene.care.availability:
        first = scene.day + timedelta(days=one.in_days)
        yield {
            "org_id": scene.org_id,
            "id": scene.id("availability", one.key),
            "user_id": scene.person(one.by),
            "kind": one.kind,
            "starts_at": scene.moment(first, time()),
            "ends_at": scene.moment(first + timedelta(days=one.days), time()),
        }


def _weeks(scene: Scene) -> Iterator[Row]:
    monday = scene.day - timedelta(days=scene.day.weekday())
    for rota in scene.care.rotas:
        for number in range(rota.published + 1):
            is_published = number < rota.published
            week_on = monday + number * _WEEK
            yield {
                "org_id": scene.org_id,
                "id": scene.id("rotas", rota.site, week_on),
                "site_id": scene.site(rota.site),
                "week_on": week_on,
                "status": "published" if is_published else "draft",
                "published_at": scene.moment(scene.past(1), time(12)) if is_published else None,
            }


def _of_week(scene: Scene, week: Row) -> Iterator[tuple[Shift, date]]:
    for one in scene.care.shifts:
        if scene.site(one.site) == week["site_id"]:
            for day in sorted(one.on):
                yield one, week["week_on"] + timedelta(days=day)


def _shifts(scene: Scene, week: Row) -> Iterator[Row]:
    for one, day in _of_week(scene, week):
        ends_on = day + timedelta(days=one.ends <= one.starts)
        yield {
            "org_id": scene.org_id,
            "id": scene.id("shifts", one.key, day),
            "site_id": week["site_id"],
            "rota_week_id": week["id"],
            "template_id": scene.id("shifts", one.key),
            "starts_at": scene.moment(day, one.starts),
            "ends_at": scene.moment(ends_on, one.ends),
            "break_minutes": one.break_,
            "skill": one.skill,
            "needed_count": 1,
        }


def _assignments(scene: Scene, week: Row) -> Iterator[Row]:
    for one, day in _of_week(scene, week):
        for worked in one.worked:
            if day.weekday() in worked.on:
                yield {
                    "org_id": scene.org_id,
                    "id": scene.id("assignments", one.key, day, worked.by),
                    "rota_week_id": week["id"],
                    "shift_id": scene.id("shifts", one.key, day),
                    "user_id": scene.person(worked.by),
                }


def _offers(scene: Scene, weeks: list[Row]) -> Iterator[Row]:
    """Of the last week that is published: what is offered lies ahead, whatever day of the week it is."""
    last = {week["site_id"]: week for week in weeks if week["status"] == "published"}
    for week in last.values():
        for one, day in _of_week(scene, week):
            if one.offered and day.weekday() in one.offered and day > scene.day:
                closes = datetime.combine(day, one.starts) - timedelta(hours=12)
                yield {
                    "org_id": scene.org_id,
                    "id": scene.id("offers", one.key, day),
                    "site_id": week["site_id"],
                    "shift_id": scene.id("shifts", one.key, day),
                    "rota_week_id": week["id"],
                    "status": "open",
                    "closes_at": scene.moment(closes.date(), closes.time()),
                }
