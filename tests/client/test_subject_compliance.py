"""Lea says what is required, Mia answers for her home, Cora is trained, through the typed client."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from carebase.client.shapes import TrainingCell
from carebase.errors import Conflict, NotFound, PermissionDenied
from carebase.models import GetTrainingMatrixResult, TrainingRecord
from tests.client.house import House

TODAY = datetime.now(UTC).date()
DONE = TODAY - timedelta(days=3)


def test_from_the_requirement_to_the_record(house: House, speak: Callable[..., Any]) -> None:
    lea, mia, carl = speak("lea"), speak("mia"), speak("carl")
    code = f"first_aid_{uuid4().hex[:8]}"
    course = lea.compliance.courses.create(code=code, title="First aid", validity_months=36)
    required = lea.compliance.requirements.create(course_id=course.id, role="carer", blocks_rostering=True)

    def cells(user_id: UUID) -> dict[str, TrainingCell]:
        lines = [line for line in mia.compliance.matrix(house.site).items if line.user_id == user_id]
        assert all(isinstance(line, GetTrainingMatrixResult) for line in lines)
        return {cell.code: cell for line in lines for cell in mia.compliance.cells(line)}

    him = house.people["carl"].user_id
    assert (cells(him)[code].standing, cells(him)[code].blocks_rostering) == ("missing", True)
    record = lea.compliance.record_training(him, course_id=course.id, completed_on=DONE)
    assert isinstance(record, TrainingRecord)
    assert cells(him)[code].standing == "valid"
    assert code in {line.code for line in carl.compliance.standing()}
    assert record in mia.compliance.training_of(him).items
    [line] = [line for line in lea.compliance.figures(limit=500) if line.code == code]
    assert (line.required_count, line.compliant_count) == (2, 1)
    lea.compliance.withdraw_training(record.id)
    assert cells(him)[code].standing == "missing"

    lea.compliance.requirements.archive(required.id)
    assert code not in cells(him)
    assert required.id in [each.id for each in lea.compliance.removed_requirements()]
    lea.compliance.restore_requirement(required.id)
    assert code in cells(him)
    lea.compliance.requirements.archive(required.id)
    with pytest.raises(PermissionDenied):
        carl.compliance.matrix(house.site)


def test_pages_of_a_matrix(house: House, speak: Callable[..., Any]) -> None:
    mia = speak("mia")
    whole = [line.user_id for line in mia.compliance.matrix(house.site).items]
    assert len(whole) > 2
    seen, after = [], None
    while True:
        page = mia.compliance.matrix(house.site, limit=2, after=after)
        seen += [line.user_id for line in page.items]
        after = page.next
        if after is None:
            break
    assert seen == whole


def test_checks_and_supervisions(house: House, speak: Callable[..., Any]) -> None:
    lea, mia, cleo = speak("lea"), speak("mia"), speak("cleo")
    her = house.people["cleo"].user_id
    check = lea.compliance.record_check(
        her, kind="criminal_record", status="pending", checked_on=DONE, reference_number="A-1"
    )
    lea.compliance.settle_check(check, status="clear")
    assert cleo.compliance.checks.get(check).status == "clear"
    assert [each.reference_number for each in lea.compliance.open_checks([check], purpose="operations")] == [
        "A-1"
    ]
    held = mia.compliance.record_supervision(
        her, site_id=house.site, kind="appraisal", held_on=DONE, notes="Leads a shift.", next_due_on=TODAY
    )
    assert [each.notes for each in cleo.compliance.open_supervisions([held], purpose="operations")] == [
        "Leads a shift."
    ]
    cleo.compliance.acknowledge_supervision(held)
    assert mia.compliance.supervisions.get(held).acknowledged_at is not None
    assert held in [each.id for each in mia.compliance.due_supervisions(site_id=house.site)]
    assert mia.compliance.given_supervisions(purpose="operations", limit=1).items[0].id == held


def test_complaints_audits_and_evidence(house: House, speak: Callable[..., Any]) -> None:
    mia, lea = speak("mia"), speak("lea")
    complaint = mia.compliance.record_complaint(
        house.site, kind="complaint", source="relative", details="Cold soup."
    )
    mia.compliance.acknowledge_complaint(complaint)
    mia.compliance.respond_complaint(complaint, response="It is hot now.", outcome="upheld")
    with pytest.raises(Conflict):
        mia.compliance.respond_complaint(complaint, response="Again.", outcome="upheld")
    [opened] = mia.compliance.open_complaints([complaint], purpose="operations")
    assert (opened.details, opened.response) == ("Cold soup.", "It is hot now.")

    audit = mia.compliance.record_audit(
        house.site, title="Kitchen", audited_on=DONE, findings="Soup is cold.", key_questions=["effective"]
    )
    action = mia.compliance.add_audit_action(audit, action_text="Warm plates", due_on=TODAY)
    mia.compliance.complete_audit_action(action)
    assert [each.id for each in mia.compliance.audit_actions.list({"audit_id": audit}).items] == [action]
    evidence = mia.compliance.link_evidence(
        house.site, key_question="effective", kind="quality_audit", evidence_id=audit, title="Kitchen audit"
    )
    read = lea.compliance.evidence.get(evidence)
    changed = mia.compliance.evidence.update(read, title="Kitchen audit of this year")
    with pytest.raises(Conflict):
        lea.compliance.evidence.update(read, title="Mine")
    with pytest.raises(PermissionDenied):
        mia.compliance.evidence.archive(changed.id)
    lea.compliance.evidence.archive(changed.id)
    with pytest.raises(NotFound):
        lea.compliance.evidence.get(evidence)


def test_what_is_recorded_stays(speak: Callable[..., Any]) -> None:
    lea = speak("lea")
    for part in ("records", "checks", "supervisions", "complaints", "audits"):
        for name in ("create", "update", "archive"):
            with pytest.raises(AttributeError):
                getattr(getattr(lea.compliance, part), name)
    with pytest.raises(AttributeError):
        lea.compliance.evidence.create  # noqa: B018  made by link_evidence alone


def test_another_organization_sees_nothing(house: House, speak: Callable[..., Any]) -> None:
    hugo = speak("hugo")
    assert hugo.compliance.complaints.list().items == []
    assert hugo.compliance.courses.list().items == []
    attempts: tuple[Callable[[], Any], ...] = (
        lambda: hugo.compliance.matrix(house.site),
        lambda: hugo.compliance.standing(user_id=house.people["carl"].user_id),
        lambda: hugo.compliance.record_complaint(
            house.site, kind="complaint", source="relative", details="Cold."
        ),
    )
    for attempt in attempts:
        with pytest.raises(NotFound):
            attempt()
