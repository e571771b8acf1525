"""Incidents and complaints of the demo. Their clocks are set by triggers, as of any incident."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from carebase.seeds.care.documents import Complaint, Incident
from carebase.seeds.care.scene import Scene
from carebase.seeds.insert import Connection, Row, TableRows, insert_missing, plain
from carebase.seeds.report import TableReport

_ACKNOWLEDGED_IN, _ANSWERED_IN = 3, 28


def tell_incidents(conn: Connection, scene: Scene) -> Iterator[TableReport]:
    """Rules of regulators first: from them follows who is to be told of an incident."""
    rules: list[Row] = [
        {
            "org_id": scene.org_id,
            "id": scene.id("regulators", one.name),
            "regulator": one.name,
            "min_severity": one.from_,
            "within_hours": one.within_hours,
        }
        for one in scene.care.regulators
    ]
    yield insert_missing(conn, TableRows("public.incident_regulator_rules", ("org_id", "id"), rules))
    told = scene.care.incidents
    for table, rows in (
        ("public.incidents", [_incident(scene, one) for one in told]),
        ("public.incident_people", [_person(scene, one) for one in told if one.resident]),
        ("public.incident_actions", [row for one in told for row in _actions(scene, one)]),
        ("public.incident_followups", [_followup(scene, one) for one in told if one.note]),
    ):
        yield insert_missing(conn, TableRows(table, ("org_id", "id"), rows))


def tell_complaints(conn: Connection, scene: Scene) -> Iterator[TableReport]:
    """Complaints and compliments."""
    rows = [_complaint(scene, one) for one in scene.care.complaints]
    yield insert_missing(conn, TableRows("public.complaints", ("org_id", "id"), rows))


def _incident(scene: Scene, one: Incident) -> Row:
    stages = ("reported", "acknowledged", "under_review", "closed").index(one.status)
    return {
        "org_id": scene.org_id,
        "id": scene.id("incidents", one.key),
        "site_id": scene.site(one.site),
        "kind": one.kind,
        "severity": one.severity,
        "injury_level": one.injury,
        "status": one.status,
        "is_restricted": False,
        "occurred_at": scene.then(one.ago, one.at),
        "reported_at": scene.then(one.ago, one.at.replace(minute=45)),
        "reported_by": scene.person(one.by),
        "description": plain(one.text),
        "acknowledged_at": scene.then(one.ago, one.at.replace(minute=58)) if stages >= 1 else None,
        "reviewed_at": scene.then(1) if stages >= 3 else None,
        "closed_at": scene.then(1) if stages >= 3 else None,
        "timer_round": 1,
    }


def _of(scene: Scene, one: Incident) -> Row:
    return {
        "org_id": scene.org_id,
        "incident_id": scene.id("incidents", one.key),
        "site_id": scene.site(one.site),
        "is_restricted": False,
    }


def _person(scene: Scene, one: Incident) -> Row:
    return {
        **_of(scene, one),
        "id": scene.id("incidents", one.key, "resident"),
        "person_role": "involved",
        "resident_id": one.resident and scene.resident(one.resident),
    }


def _actions(scene: Scene, one: Incident) -> Iterator[Row]:
    for action in one.actions:
        yield {
            **_of(scene, one),
            "id": scene.id("incidents", one.key, "actions", action.by),
            "assigned_to": scene.person(action.by),
            "action_text": plain(action.text),
            "due_at": scene.moment(scene.day + timedelta(days=2), one.at),
            "completed_at": scene.then(action.done_ago) if action.done_ago else None,
            "completed_by": scene.person(action.by) if action.done_ago else None,
        }


def _followup(scene: Scene, one: Incident) -> Row:
    return {
        **_of(scene, one),
        "id": scene.id("incidents", one.key, "note"),
        "kind": "lessons" if one.status == "closed" else "note",
        "note": plain(one.note or ""),
    }


def _complaint(scene: Scene, one: Complaint) -> Row:
    received = scene.past(one.ago)
    is_complaint = one.kind == "complaint"
    return {
        "org_id": scene.org_id,
        "id": scene.id("complaints", one.key),
        "site_id": scene.site(one.site),
        "kind": one.kind,
        "source": one.source,
        "resident_id": one.resident and scene.resident(one.resident),
        "received_on": received,
        "details": plain(one.text),
        "complainant": plain(one.from_) if one.from_ else None,
        "acknowledge_due_on": _working_day(received, _ACKNOWLEDGED_IN) if is_complaint else None,
        "respond_due_on": received + timedelta(days=_ANSWERED_IN) if is_complaint else None,
    }


def _working_day(day: date, count: int) -> date:
    """So many working days later, Monday to Friday."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day
