"""Mia plans a week, Carl and Cleo work it, by the typed client: what is refused goes back to what it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest

from carebase.client.shapes import RosterPerson, ShiftChanges, TemplateChanges
from carebase.errors import Conflict, NotFound, PermissionDenied
from carebase.models import ListRosterWeekResult, ShiftAssignment, ShiftTemplate
from tests.client.house import House

NOW = datetime.now(UTC)
MONDAY = NOW.date() - timedelta(days=NOW.weekday())


@pytest.fixture(scope="module")
def weeks() -> Callable[[], date]:
    """A week that no other test has planned."""
    number = iter(range(2, 40))
    return lambda: MONDAY + timedelta(weeks=next(number))


@pytest.fixture
def planned(
    house: House, speak: Callable[..., Any], weeks: Callable[[], date]
) -> tuple[date, list[ListRosterWeekResult]]:
    """A drafted week of two shifts, for one carer each."""
    mia, week = speak("mia"), weeks()
    for old in mia.staffing.templates.list({"is_active": True}).items:
        mia.staffing.templates.update(old, is_active=False)
    made = mia.staffing.create_template(
        house.site,
        name=f"Early {uuid4()}",
        skill="care",
        starts_local=time(7),
        ends_local=time(19),
        weekdays=[1, 2],
        needed_count=1,
    )
    assert isinstance(made, ShiftTemplate)
    assert mia.staffing.plan(house.site, week=week).status == "draft"
    return week, mia.staffing.week(house.site, week=week).items


def test_a_week_from_the_template_to_the_claim(
    house: House, speak: Callable[..., Any], planned: tuple[date, list[ListRosterWeekResult]]
) -> None:
    week, (monday, tuesday) = planned
    mia, carl, cleo = speak("mia"), speak("carl"), speak("cleo")
    assert carl.staffing.week(house.site, week=week).items == []
    assigned = mia.staffing.assign(monday.shift_id, user_id=carl.identity().user_id)
    assert isinstance(assigned, ShiftAssignment)
    assert [each.reason for each in mia.staffing.check(monday.shift_id, user_id=cleo.identity().user_id)] == [
        "full"
    ]
    assert mia.staffing.publish(house.site, week=week).status == "published"
    first, _ = carl.staffing.week(house.site, week=week).items
    [person] = carl.staffing.people(first)
    assert isinstance(person, RosterPerson)
    assert (person.assignment_id, person.user_id) == (assigned.id, house.people["carl"].user_id)
    offer = mia.staffing.offer(tuesday.shift_id)
    assert cleo.staffing.claim(offer.id).user_id == house.people["cleo"].user_id
    with pytest.raises(Conflict) as taken:
        carl.staffing.claim(offer.id)
    assert taken.value.details["reason"] == "taken"

    theirs = cleo.staffing.assignments.list({"shift_id": tuesday.shift_id}).items[0]
    swap = carl.staffing.request_swap(assigned.id, with_user_id=theirs.user_id, with_assignment_id=theirs.id)
    assert cleo.staffing.my_swaps(limit=1).items == [swap]
    assert cleo.staffing.answer_swap(swap.id).status == "accepted"
    assert mia.staffing.decide_swap(swap.id).status == "approved"
    [mix] = mia.staffing.skill_mix(house.site, from_=week, to=week)
    assert (mix.needed_count, mix.assigned_count) == (1, 1)
    shift = mia.staffing.shifts.get(monday.shift_id)
    assert mia.staffing.merge_shift(
        shift.id, changes=ShiftChanges(break_minutes=30), base_version=shift.version
    ).is_changed
    mia.staffing.cancel(tuesday.shift_id)
    assert [each.shift_id for each in mia.staffing.week(house.site, week=week).items] == [monday.shift_id]


def test_a_roster_is_changed_on_the_screen_first(
    house: House, speak: Callable[..., Any], planned: tuple[date, list[ListRosterWeekResult]]
) -> None:
    week, (monday, _) = planned
    mia, carl, cleo = speak("mia"), house.people["carl"], house.people["cleo"]
    change = mia.staffing.assigning(monday, user_id=carl.user_id, name="Carl")
    assert (change.before.assigned_count, change.expected.assigned_count) == (0, 1)
    assert [each.name for each in mia.staffing.people(change.expected)] == ["Carl"]
    made = change.send()

    late = mia.staffing.assigning(monday, user_id=cleo.user_id)
    with pytest.raises(Conflict) as refused:
        late.send()
    assert refused.value.details["reason"] == "full"
    assert late.before is monday
    assert mia.staffing.people(late.before) == []

    now, _ = mia.staffing.week(house.site, week=week).items
    off = mia.staffing.unassigning(now, assignment_id=made.id)
    assert (off.before.assigned_count, off.expected.assigned_count) == (1, 0)
    assert off.send() is None
    again, _ = mia.staffing.week(house.site, week=week).items
    assert mia.staffing.people(again) == mia.staffing.people(off.expected) == []


def test_who_cannot_work_says_so(
    house: House, speak: Callable[..., Any], planned: tuple[date, list[ListRosterWeekResult]]
) -> None:
    _, (monday, _) = planned
    mia, carl = speak("mia"), speak("carl")
    said = carl.staffing.say_availability(
        starts_at=monday.starts_at, ends_at=monday.ends_at, kind="unavailable"
    )
    assert [each.kind for each in said] == ["unavailable"]
    page = mia.staffing.availability(house.site, from_=monday.starts_at, to=monday.ends_at)
    assert [each.user_id for each in page.items] == [house.people["carl"].user_id]
    with pytest.raises(Conflict) as refused:
        mia.staffing.assign(monday.shift_id, user_id=house.people["carl"].user_id)
    assert refused.value.details["reason"] == "unavailable"


def test_contracts_and_templates_are_edited(house: House, speak: Callable[..., Any]) -> None:
    mia = speak("mia")
    template = mia.staffing.templates.create(
        site_id=house.site, name=f"Late {uuid4()}", skill="care", starts_local=time(14), ends_local=time(22)
    )
    merged = mia.staffing.merge_template(
        template.id, changes=TemplateChanges(needed_count=3), base=TemplateChanges(needed_count=1)
    )
    assert (merged.is_changed, merged.conflicts) == (True, [])
    with pytest.raises(Conflict):
        mia.staffing.templates.update(template, needed_count=4)
    now = mia.staffing.templates.get(template.id)
    assert mia.staffing.templates.update(now, is_active=False).is_active is False


def test_others_neither_plan_nor_see(
    house: House, speak: Callable[..., Any], planned: tuple[date, list[ListRosterWeekResult]]
) -> None:
    week, (monday, _) = planned
    with pytest.raises(PermissionDenied):
        speak("carl").staffing.plan(house.site, week=week)
    hugo = speak("hugo")
    assert hugo.staffing.week(house.site, week=week).items == []
    assert hugo.staffing.templates.list().items == []
    with pytest.raises(NotFound):
        hugo.staffing.assign(monday.shift_id, user_id=house.people["hugo"].user_id)
