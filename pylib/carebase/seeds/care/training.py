"""What the demo's staff have to know, what they have done and were checked for, and a one-to-one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from carebase.seeds.care.scene import Scene
from carebase.seeds.insert import Connection, Row, TableRows, insert_missing, plain
from carebase.seeds.report import TableReport

_CHECKED_EVERY = 1095


def tell_training(conn: Connection, scene: Scene) -> Iterator[TableReport]:
    """Records before what is required: figures are counted once, from what is there."""
    for table, rows in (
        ("public.training_courses", _courses(scene)),
        ("public.training_records", _records(scene)),
        ("public.staff_checks", _checks(scene)),
        ("public.training_requirements", [*_requirements(scene), *_required_checks(scene)]),
        ("public.supervisions", _supervisions(scene)),
    ):
        yield insert_missing(conn, TableRows(table, ("org_id", "id"), list(rows)))


def _courses(scene: Scene) -> Iterator[Row]:
    for course in scene.care.courses:
        yield {
            "org_id": scene.org_id,
            "id": scene.id("courses", course.code),
            "code": course.code,
            "title": course.title,
            "validity_months": course.months,
            "is_active": True,
        }


def _records(scene: Scene) -> Iterator[Row]:
    months = {course.code: course.months for course in scene.care.courses}
    for line in scene.care.trained:
        for person, left in line.people.items():
            until = scene.day + timedelta(days=left)
            yield {
                "org_id": scene.org_id,
                "id": scene.id("trained", line.course, person),
                "user_id": scene.person(person),
                "course_id": scene.id("courses", line.course),
                "status": "completed",
                "completed_on": _months_before(until, months[line.course]),
                "expires_on": until,
            }


def _months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of a shorter month is its 28th."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, min(day.day, 28))


def _checks(scene: Scene) -> Iterator[Row]:
    for line in scene.care.checks:
        for person, left in line.people.items():
            until = scene.day + timedelta(days=left)
            yield {
                "org_id": scene.org_id,
                "id": scene.id("checks", line.kind, person),
                "user_id": scene.person(person),
                "kind": line.kind,
                "status": "clear",
                "reference_number": plain(line.reference),
                "checked_on": until - timedelta(days=_CHECKED_EVERY),
                "expires_on": until,
            }


def _requirements(scene: Scene) -> Iterator[Row]:
    for course in scene.care.courses:
        for role in course.roles:
            yield {
                "org_id": scene.org_id,
                "id": scene.id("requirements", course.code, role),
                "course_id": scene.id("courses", course.code),
                "check_kind": None,
                "role": role,
                "site_kind": "care_home",
                "blocks_rostering": course.blocks,
            }


def _required_checks(scene: Scene) -> Iterator[Row]:
    for line in scene.care.checks:
        for role in line.roles:
            yield {
                "org_id": scene.org_id,
                "id": scene.id("requirements", line.kind, role),
                "course_id": None,
                "check_kind": line.kind,
                "role": role,
                "site_kind": "care_home",
                "blocks_rostering": False,
            }


def _supervisions(scene: Scene) -> Iterator[Row]:
    for one in scene.care.supervisions:
        yield {
            "org_id": scene.org_id,
            "id": scene.id("supervisions", one.key),
            "site_id": scene.site(one.site),
            "user_id": scene.person(one.of),
            "supervisor_id": scene.person(one.by),
            "kind": one.kind,
            "held_on": scene.past(one.ago),
            "next_due_on": scene.day + timedelta(days=one.next_in),
            "notes": plain(one.text),
        }
