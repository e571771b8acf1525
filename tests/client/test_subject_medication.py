"""Nadia orders, Carl gives, through the typed client: a dose whose answer is lost is signed for once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from carebase.client.shapes import Answer
from carebase.errors import InvalidInput, NotFound
from carebase.models import MedicationAdministration, MedicationOrder
from tests.client.house import House
from tests.client.losing import losing


def test_a_dose_whose_answer_is_lost_is_given_once(house: House, speak: Callable[..., Any]) -> None:
    resident = house.make_resident("Ida")
    with losing(house.api.url) as lossy:
        nadia, carl = speak("nadia", lossy.url), speak("carl", lossy.url)
        lossy.lose("/rpc/create_medication_order")
        order = nadia.medication.create(
            resident,
            name="Paracetamol 500 mg",
            dose="Two tablets",
            route="oral",
            dose_quantity=2,
            unit="tablet",
            prescriber="Dr Hale",
            is_as_needed=True,
            indication="Pain",
            min_interval_minutes=240,
            max_quantity_24_hours=8,
        )
        assert isinstance(order, MedicationOrder)
        assert [each.id for each in nadia.medication.list(resident_id=resident).items] == [order.id]
        [possible] = carl.medication.as_needed(resident, purpose="treatment").items
        assert possible.order_id == order.id
        lossy.lose("/rpc/record_as_needed", times=2)
        given = carl.medication.record_as_needed(order.id, reason="Headache")
        assert lossy.arrived == 3
    assert isinstance(given, MedicationAdministration)
    assert [each.id for each in carl.medication.administrations.list({"resident_id": resident}).items] == [
        given.id
    ]
    effect = carl.medication.record_effect(given.id, effect="effective")
    assert carl.medication.effects.get(effect.id).effect == "effective"
    stopped = nadia.medication.change_status(order.id, status="stopped", reason="No more pain.")
    assert nadia.medication.get(order.id) == stopped
    assert [each.change for each in nadia.medication.order_events.list({"order_id": order.id}).items][-1] == (
        "stopped"
    )


def test_a_round_is_for_those_who_work_there(house: House, speak: Callable[..., Any]) -> None:
    resident = house.make_resident("Tom")
    now = datetime.now(UTC)
    speak("nadia").medication.create(
        resident,
        name="Vitamin D",
        dose="One capsule",
        route="oral",
        dose_quantity=1,
        unit="capsule",
        prescriber="Dr Hale",
        times_of_day=[(now + timedelta(minutes=20)).time().replace(microsecond=0)],
    )
    window = {"from_": now - timedelta(hours=1), "to": now + timedelta(hours=30), "purpose": "treatment"}
    doses = [
        each
        for each in speak("carl").medication.round(house.site, **window).items
        if each.resident_id == resident
    ]
    assert len(doses) >= 1
    given = speak("carl").medication.record(doses[0].dose_id, status="given")
    assert given.status == "given"
    assert speak("hugo").medication.round(house.site, **window).items == []


def test_an_assessment_is_scored(house: House, speak: Callable[..., Any]) -> None:
    nadia = speak("nadia")
    resident = house.make_resident("Amy")
    chosen = {"air_or_oxygen": "air", "consciousness": "alert"}
    measured = {
        "respiration_rate": 16,
        "spo2": 97,
        "systolic_blood_pressure": 120,
        "pulse": 130,
        "temperature": 37.0,
    }
    answers = [Answer(link_id=name, code=code) for name, code in chosen.items()]
    answers += [Answer(link_id=name, value=value) for name, value in measured.items()]
    made = nadia.assessments.create(resident, instrument_code="news2", answers=answers)
    # Pulse 111 to 130 scores 2, all else is normal: NEWS2, Royal College of Physicians, 2017, chart 1.
    assert made.total == 2
    [line] = nadia.assessments.list(resident, purpose="treatment").items
    assert (line.id, line.total) == (made.id, 2)
    assert nadia.assessments.get(made.id) == made
    with pytest.raises(InvalidInput):
        nadia.assessments.create(resident, instrument_code="news2", answers=answers[:-1])
    with pytest.raises(NotFound):
        speak("hugo").assessments.get(made.id)
