"""How the made-up nurses of the demo say that their shifts were staffed."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from uuid import UUID

from carebase.seeds.documents import DemoOrganization
from carebase.seeds.ids import practitioner_id, seed_id, user_id
from carebase.seeds.insert import Row, TableRows
from carebase.seeds.weekdays import days_before

_DAYS = 14
# Those of the last days wait for whoever looks at the demo.
_UNANSWERED_DAYS = 2


def shift_report_rows(
    slug: str, org_id: UUID, demo: DemoOrganization, day: date, time_zone: str
) -> TableRows:
    """A report for each shift of the last two weeks, of which some were not staffed safely.

    Nothing in it is from the nurse's check-in: that is theirs, and a report is read by those who lead. The
    first care manager has answered.

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
            row = _report(slug, person.key, worked)
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


def _report(slug: str, nurse: str, worked: date) -> Row:
    user = user_id(slug, nurse)
    chance = hashlib.sha256(b"shift" + user.bytes + worked.isoformat().encode()).digest()
    patients = 4 + chance[0] % 6
    reasons = [
        *(["too_few_nurses"] if patients > 8 else []),
        *(["missed_breaks"] if chance[1] % 6 == 0 else []),
    ]
    return {
        "id": seed_id(slug, "shift_reports", nurse, worked),
        "practitioner_id": practitioner_id(slug, nurse),
        "user_id": user,
        "shift_date": worked,
        "shift": "day",
        "patient_count": patients,
        "acuity": 1 + chance[2] % 5,
        "unsafe_reasons": reasons,
    }
