"""What a made-up nurse answers on a day: looks like life, and is the same on every machine."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

# Monday is loaded, Wednesday worst, the weekend calm.
_LOAD = (1, 1, 2, 1, 0, -1, -1)

_Scale = Annotated[int, Field(ge=1, le=10)]


class CheckinValues(BaseModel):
    """The answers of one check-in; the names are those of the table's columns."""

    model_config = ConfigDict(frozen=True)

    work_setting: str
    stress_level: _Scale
    energy_level: _Scale
    patients_contacted_today: int
    difficult_patient_calls: int
    overtime_hours: float
    missed_break: bool
    is_shared: bool


def checkin_values(person: UUID, day: date, work_setting: str, *, may_share: bool = True) -> CheckinValues:
    """The answers of a person on a day: a temperament of their own, the load of the weekday, and some chance.

    Chance is the SHA-256 of person and day, so that it needs no state and never changes.

    Args:
        person: whose answers (the id of the sign-in).
        day: of the check-in.
        work_setting: where they mainly work, a value of `work_setting`.
        may_share: whether they may be contacted; nobody else shares a check-in.
    """
    temperament = hashlib.sha256(person.bytes).digest()
    chance = hashlib.sha256(person.bytes + day.isoformat().encode()).digest()
    stress = _within_scale(3 + temperament[0] % 3 + _LOAD[day.weekday()] + chance[0] % 4 - 1)
    energy = _within_scale(10 - stress + chance[1] % 3)
    patients = 4 + chance[2] % 6
    return CheckinValues(
        work_setting=work_setting,
        stress_level=stress,
        energy_level=energy,
        patients_contacted_today=patients,
        difficult_patient_calls=min(patients, max(0, stress - 4) // 2 + chance[3] % 2),
        overtime_hours=max(0, stress - 5) * 0.25 + chance[4] % 3 * 0.25,
        missed_break=stress + chance[5] % 3 >= 8,
        is_shared=may_share and chance[6] % 4 == 0,
    )


def _within_scale(value: int) -> int:
    return min(10, max(1, value))
