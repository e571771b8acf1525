"""What was recorded of residents of the demo, and what one shift told the next."""

from __future__ import annotations

import json
from collections.abc import Iterator

from carebase.seeds.care.documents import Assessed
from carebase.seeds.care.scene import Scene
from carebase.seeds.insert import Connection, Row, TableRows, explained, insert_missing, plain
from carebase.seeds.report import TableReport

_ASSESSMENTS = "public.assessments"
# Scored as record_assessment() does, with what follows from a score.
_GRADED = """
with graded as (
  select app.find_resident_instrument(%(code)s) as instrument_id,
    app.assessed_grades(
      app.find_resident_instrument(%(code)s), %(answers)s::jsonb, %(scores)s::jsonb
    ) as grades
)
insert into public.assessments (
  org_id, id, resident_id, site_id, instrument_id, instrument_code, assessed_at, recorded_at, total, band,
  severity, spo2_scale, answers, note
)
select
  %(org_id)s, %(id)s, %(resident_id)s, %(site_id)s, graded.instrument_id, %(code)s, %(at)s, %(at)s,
  (worst.grade ->> 'score')::numeric, worst.grade ->> 'band', (worst.grade ->> 'severity')::smallint,
  case when %(code)s = 'news2' then app.spo2_scale(%(answers)s::jsonb) end,
  app.plain(app.bare_answers(%(answers)s::jsonb)), app.plain(%(text)s::text)
from graded
cross join lateral (
  select grades.grade from jsonb_array_elements(graded.grades) as grades (grade)
  order by (grades.grade ->> 'percent')::numeric desc limit 1
) as worst"""
_SCORES = """
insert into public.assessment_scores (
  org_id, assessment_id, scale_code, resident_id, site_id, score, band, severity
)
select
  assessments.org_id, assessments.id, grades.grade ->> 'scale', assessments.resident_id, assessments.site_id,
  (grades.grade ->> 'score')::numeric, grades.grade ->> 'band', (grades.grade ->> 'severity')::smallint
from public.assessments
cross join lateral jsonb_array_elements(
  app.assessed_grades(assessments.instrument_id, %(answers)s::jsonb, %(scores)s::jsonb)
) as grades (grade)
where assessments.org_id = %(org_id)s and assessments.id = %(id)s"""
_FOLLOW = """
select app.follow_up_assessment(assessments) from public.assessments
where assessments.org_id = %(org_id)s and assessments.id = %(id)s"""
_BUILD = """
insert into public.handover_items (
  org_id, handover_id, resident_id, site_id, source, source_id, priority, occurred_at
)
select
  handovers.org_id, handovers.id, events.resident_id, handovers.site_id, events.source, events.source_id,
  events.priority, events.occurred_at
from public.handovers
cross join lateral app.handover_events(
  handovers.org_id, handovers.site_id, handovers.starts_at, handovers.ends_at
) as events
where handovers.org_id = %s and handovers.id = any(%s)
order by events.priority, events.occurred_at, events.source_id
on conflict (org_id, handover_id, source, source_id) do nothing"""


def tell_notes(conn: Connection, scene: Scene) -> Iterator[TableReport]:
    """Daily notes."""
    rows: list[Row] = [
        {
            **scene.place(note.resident),
            "id": scene.id("notes", note.key),
            "kind": note.kind,
            "occurred_at": scene.then(note.ago, note.at),
            "recorded_at": scene.then(note.ago, note.at),
            "recorded_by": scene.person(note.by),
            "measured_value": note.value,
            "note": plain(note.text) if note.text else None,
            "is_shared": note.shared,
            "is_for_handover": note.handover,
            "is_retraction": False,
        }
        for note in scene.care.notes
    ]
    yield insert_missing(conn, TableRows("public.daily_notes", ("org_id", "id"), rows))


def tell_assessments(conn: Connection, scene: Scene) -> Iterator[TableReport]:
    """Assessments with their scores, and what they ask for."""
    told = scene.care.assessments
    ids = [scene.id("assessments", one.key) for one in told]
    with explained(_ASSESSMENTS):
        found = conn.execute(
            "select id from public.assessments where org_id = %s and id = any(%s)", [scene.org_id, ids]
        ).fetchall()
        there = {row[0] for row in found}
        scores = 0
        for one in told:
            if scene.id("assessments", one.key) not in there:
                scores += _assess(conn, scene, one)
        known = conn.execute(
            "select count(*) from public.assessment_scores where org_id = %s and assessment_id = any(%s)",
            [scene.org_id, ids],
        ).fetchone()
    yield TableReport(table=_ASSESSMENTS, inserted=len(told) - len(there), unchanged=len(there))
    yield TableReport(
        table="public.assessment_scores", inserted=scores, unchanged=(known[0] if known else 0) - scores
    )


def _assess(conn: Connection, scene: Scene, one: Assessed) -> int:
    values = {
        **scene.place(one.resident),
        "id": scene.id("assessments", one.key),
        "code": one.instrument,
        "at": scene.then(one.ago, one.at),
        "answers": json.dumps(one.answers) if one.answers else None,
        "scores": json.dumps(one.scores) if one.scores else None,
        "text": one.text,
    }
    conn.execute(_GRADED.encode(), values)
    scores = conn.execute(_SCORES.encode(), values).rowcount
    conn.execute(_FOLLOW.encode(), values)
    return scores


def tell_handovers(conn: Connection, scene: Scene) -> Iterator[TableReport]:
    """Handovers with what was recorded in their time; those that are there stay as they were signed for."""
    told = scene.care.handovers
    rows: list[Row] = [
        {
            "org_id": scene.org_id,
            "id": scene.id("handovers", one.key),
            "site_id": scene.site(one.site),
            "starts_at": scene.then(one.ago, one.starts),
            "ends_at": scene.then(one.ago, one.ends),
            "created_by": scene.person(one.by),
        }
        for one in told
    ]
    made = insert_missing(conn, TableRows("public.handovers", ("org_id", "id"), rows))
    yield made
    words: list[Row] = [
        {
            "org_id": scene.org_id,
            "id": scene.id("handovers", one.key, number),
            "handover_id": scene.id("handovers", one.key),
            "site_id": scene.site(one.site),
            "source": "entered",
            "priority": "important",
            "occurred_at": scene.then(one.ago, one.ends),
            "note": plain(text),
        }
        for one in told
        for number, text in enumerate(one.texts)
    ]
    yield insert_missing(conn, TableRows("public.handover_items", ("org_id", "id"), words))
    if made.inserted:
        with explained("public.handover_items"):
            built = conn.execute(_BUILD.encode(), [scene.org_id, [row["id"] for row in rows]]).rowcount
        yield TableReport(table="public.handover_items", inserted=built, unchanged=0)
    else:
        with explained("public.handover_items"):
            found = conn.execute(
                "select count(*) from public.handover_items"
                " where org_id = %s and handover_id = any(%s) and source <> 'entered'",
                [scene.org_id, [row["id"] for row in rows]],
            ).fetchone()
        yield TableReport(table="public.handover_items", inserted=0, unchanged=found[0] if found else 0)
