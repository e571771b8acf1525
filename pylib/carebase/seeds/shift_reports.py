"""How the made-up nurses of the demo say that their shifts were staffed."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from carebase.seeds.checkin_values import checkin_values
from carebase.seeds.documents import DemoOrganization
from carebase.seeds.ids import practitioner_id, seed_id, user_id
from carebase.seeds.insert import Row, TableRows
from carebase.seeds.weekdays import days_before

_DAYS = 14
# Those of the last days wait for whoever looks at the demo.
_UNANSWERED_DAYS = 2
_HARD = 8


def shift_report_rows(
    slug: str, org_id: UUID, demo: DemoOrganization, day: date, time_zone: str
) -> TableRows:
    """A report for each shift of the last two weeks, as hard as its nurse's check-in of the day was.

    A shift without a break was not safe, nor was a very hard one. The first care manager has answered.

    Args:
        slug: of the organization.
        org_id: its id.
        demo: its file.
        day: the reports end the day before.
        time_zone: of the organization.
    """
    lead = next((person.key for person in demo.people if person.role == "care_manager"), None)
    rows: list[Row] = []
    for person in demo.people:
        if person.checkins is None:
            continue
        for worked in days_before(day, _DAYS, person.checkins.on):
            row = _report(slug, person.key, worked, person.checkins.setting)
            is_answered = lead and row["unsafe_reasons"] and worked < day - timedelta(days=_UNANSWERED_DAYS)
            rows.append(
                {
                    "org_id": org_id,
                    **row,
                    "answer": "plan_changed" if is_answered else None,
                    "answered_by": user_id(slug, lead) if lead and is_answered else None,
                    "answered_at": f"{worked + timedelta(days=1)} 10:00 {time_zone}" if is_answered else None,
                }
            )
    return TableRows("public.shift_reports", ("org_id", "user_id", "shift_date", "shift"), rows)


def _report(slug: str, nurse: str, worked: date, setting: str) -> Row:
    day = checkin_values(user_id(slug, nurse), worked, setting)
    reasons = [
        *(["too_few_nurses"] if day.stress_level > _HARD else []),
        *(["missed_breaks"] if day.missed_break else []),
    ]
    return {
        "id": seed_id(slug, "shift_reports", nurse, worked),
        "practitioner_id": practitioner_id(slug, nurse),
        "user_id": user_id(slug, nurse),
        "shift_date": worked,
        "shift": "day",
        "patient_count": day.patients_contacted_today,
        "acuity": (day.stress_level + 1) // 2,
        "unsafe_reasons": reasons,
    }
