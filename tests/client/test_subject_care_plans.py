"""Nadia plans, Carl and Cleo do what is due, by the typed client: what was shown too early is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from carebase.client.shapes import PlanChanges, PlanContent
from carebase.errors import Conflict, NotFound, PermissionDenied
from carebase.models import CarePlan, CarePlanVersion, ListShiftTasksResult
from tests.client.house import House
from tests.client.losing import LosingProxy, losing

NOW = datetime.now(UTC)
WORDS = PlanContent(needs="Walks with a frame", goals="Walks to lunch", interventions="One carer beside her")


@pytest.fixture(scope="module")
def lossy(house: House) -> Iterator[LosingProxy]:
    with losing(house.api.url) as proxy:
        yield proxy


def due(client: Any, house: House, plan_id: UUID | None = None) -> list[ListShiftTasksResult]:
    page = client.care_plans.shift_tasks(
        house.site,
        from_=NOW - timedelta(days=1),
        to=NOW + timedelta(days=1),
        purpose="treatment",
        limit=500,
    )
    tasks = {
        task.id
        for task in client.care_plans.tasks.list({"care_plan_id": plan_id}, limit=500).items
        if plan_id is not None
    }
    return [task for task in page.items if plan_id is None or task.care_plan_task_id in tasks]


@pytest.fixture
def tasks(house: House, speak: Callable[..., Any]) -> list[ListShiftTasksResult]:
    """What is due for somebody who has just moved in."""
    nadia = speak("nadia")
    resident = house.make_resident("Ben")
    plan = nadia.care_plans.create(resident, plan_type="skin", risk_level="high").care_plan_id
    nadia.care_plans.add_task(
        plan,
        task_kind="repositioning",
        instructions="Turn him",
        first_on=NOW.date(),
        first_time=time(0),
        rule="FREQ=HOURLY;INTERVAL=6",
    )
    return due(nadia, house, plan)


def test_a_plan_from_draft_to_end(house: House, speak: Callable[..., Any]) -> None:
    nadia, mia, carl = speak("nadia"), speak("mia"), speak("carl")
    resident = house.make_resident("Ida")
    draft = nadia.care_plans.create(resident, plan_type="mobility", risk_level="low", content=WORDS)
    assert isinstance(draft, CarePlanVersion)
    plan = draft.care_plan_id
    saved = nadia.care_plans.update(
        draft.id, changes=PlanChanges(goals="Walks to tea"), base_version=draft.version
    )
    assert (saved.is_changed, saved.conflicts) == (True, [])
    late = mia.care_plans.update(
        draft.id, changes=PlanChanges(goals="Walks alone"), base=PlanChanges(goals="Walks to lunch")
    )
    assert late.is_changed is False
    assert [each["theirs"] for each in late.conflicts] == ["Walks to tea"]
    with pytest.raises(Conflict):
        nadia.care_plans.publish(draft.id, version=draft.version)
    read = nadia.care_plans.versions.get(draft.id)
    nadia.care_plans.publish(draft.id, version=read.version)
    [opened] = carl.care_plans.open([draft.id], purpose="treatment")
    assert opened.content == WORDS.model_dump() | {"goals": "Walks to tea"}
    carl.care_plans.acknowledge(draft.id)
    assert [
        each.acknowledged_by
        for each in carl.care_plans.acknowledgements.list({"care_plan_version_id": draft.id}).items
    ] == [house.people["carl"].user_id]

    [listed] = nadia.care_plans.list(resident_id=resident).items
    assert isinstance(listed, CarePlan)
    assert nadia.care_plans.get(plan) == listed
    following = nadia.care_plans.draft(plan)
    nadia.care_plans.discard(following.id)
    [review] = nadia.care_plans.reviews.list({"care_plan_id": plan}).items
    nadia.care_plans.complete_review(review.id, outcome="unchanged")
    nadia.care_plans.archive(plan)
    assert nadia.care_plans.get(plan).ended_at is not None
    with pytest.raises(PermissionDenied):
        carl.care_plans.archive(plan)


def test_what_is_shown_done_is_done(
    house: House, speak: Callable[..., Any], tasks: list[ListShiftTasksResult]
) -> None:
    carl = speak("carl")
    carl.care_plans.take(tasks[0].id)
    done = carl.care_plans.completing(tasks[0], note="Slept on.")
    assert (done.before.status, done.expected.status) == (tasks[0].status, "completed")
    assert done.expected.id == tasks[0].id
    assert done.send().status == "completed"
    [told] = carl.care_plans.open_task_notes([tasks[0].id], purpose="treatment")
    assert told.note == "Slept on."
    # Twice is once.
    assert done.send().status == "completed"


def test_what_is_refused_leaves_what_to_go_back_to(
    house: House, speak: Callable[..., Any], tasks: list[ListShiftTasksResult]
) -> None:
    carl, cleo, nadia = speak("carl"), speak("cleo"), speak("nadia")
    carl.care_plans.take(tasks[0].id)
    hers = cleo.care_plans.completing(tasks[0])
    with pytest.raises(PermissionDenied):
        hers.send()
    assert hers.before == tasks[0]
    nadia.care_plans.skip(tasks[0].id, reason="asleep")
    his = carl.care_plans.completing(tasks[0])
    with pytest.raises(Conflict):
        his.send()
    assert his.before is tasks[0]
    assert nadia.care_plans.occurrences.get(tasks[0].id).status == "skipped"

    skipped = nadia.care_plans.skipping(tasks[1], reason="declined")
    assert (skipped.expected.status, skipped.expected.skip_reason) == ("skipped", "declined")
    assert skipped.send().skip_reason == "declined"
    assert nadia.care_plans.reassign(tasks[2].id, assigned_to=house.people["cleo"].user_id).assigned_to == (
        house.people["cleo"].user_id
    )


def test_a_lost_answer_completes_once(
    house: House, speak: Callable[..., Any], tasks: list[ListShiftTasksResult], lossy: LosingProxy
) -> None:
    carl = speak("carl", lossy.url)
    carl.care_plans.take(tasks[0].id)
    lossy.lose("/rpc/complete_task")
    done = carl.care_plans.complete(tasks[0].id)
    assert (lossy.arrived, done.status) == (2, "completed")
    events = "select version from public.care_plan_task_occurrences where id = %s"
    assert house.api.sql(events, tasks[0].id) == done.version


def test_pages_of_a_shift_go_on_where_the_last_ended(
    house: House, speak: Callable[..., Any], tasks: list[ListShiftTasksResult]
) -> None:
    carl = speak("carl")
    whole = [task.id for task in due(carl, house)]
    assert len(whole) > 3
    seen, after = [], None
    while True:
        page = carl.care_plans.shift_tasks(
            house.site,
            from_=NOW - timedelta(days=1),
            to=NOW + timedelta(days=1),
            purpose="treatment",
            limit=3,
            after=after,
        )
        seen += [task.id for task in page.items]
        after = page.next
        if after is None:
            break
    assert seen == whole


def test_another_organization_sees_nothing(
    house: House, speak: Callable[..., Any], tasks: list[ListShiftTasksResult]
) -> None:
    hugo = speak("hugo")
    assert hugo.care_plans.list().items == []
    assert due(hugo, house) == []
    with pytest.raises(NotFound):
        hugo.care_plans.complete(tasks[0].id)
    with pytest.raises(PermissionDenied):
        speak("finn").care_plans.complete(tasks[0].id)
