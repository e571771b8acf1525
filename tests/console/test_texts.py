"""Every word is in the file of texts: none is missing or left over; each value of the database has one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import psycopg
import pytest

from carebase.project import Project

_FORMS = {"one", "two", "few", "many", "zero", "other"}
# Texts that are named by a value, such as t(`category.${value}`).
_OF_VALUES = re.compile(r"`([a-z_.]+)\.\$\{")


def _keys(texts: dict[str, object], prefix: str = "") -> Iterator[str]:
    for name, value in texts.items():
        if isinstance(value, dict) and not set(value) <= _FORMS:
            yield from _keys(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


@pytest.fixture(scope="module")
def texts(project: Project) -> dict[str, object]:
    loaded: dict[str, object] = json.loads(
        (project.console / "texts" / "en.json").read_text(encoding="utf-8")
    )
    return loaded


@pytest.fixture(scope="module")
def code(project: Project) -> str:
    files = sorted([project.console / "main.js", *project.console.glob("*/*.js")])
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_no_text_is_missing_and_none_is_left_over(texts: dict[str, object], code: str) -> None:
    known = set(_keys(texts))
    words = set(re.findall(r'"([a-z_]+(?:\.[a-zA-Z_]+)+)"', code))
    prefixes = tuple(f"{prefix}." for prefix in _OF_VALUES.findall(code))
    asked = {word for word in words if word.split(".")[0] in texts}
    assert asked - known == set()
    left_over = {key for key in known - asked if not key.startswith(prefixes)}
    assert left_over == set()


def test_every_page_has_its_texts(texts: dict[str, object], project: Project) -> None:
    known = set(_keys(texts))
    for path in (project.console / "pages").glob("*.js"):
        if path.stem != "index":
            assert f'id: "{path.stem}"' in path.read_text(), path
            assert {f"page.{path.stem}.menu", f"page.{path.stem}.title"} <= known


_TYPES = {
    "work_setting": "work_setting",
    "category": "resilience_category",
    "content_type": "training_content_type",
    "resource_kind": "resilience_resource_kind",
    "meeting_frequency": "meeting_frequency",
    "participation_level": "participation_level",
    "participation_level_hint": "participation_level",
    "risk_level": "burnout_risk_level",
    "resilience.risk": "provider_risk_kind",
    "provider_prompt": "provider_prompt_kind",
    "intervention_kind": "intervention_kind",
    "intervention_kind_text": "intervention_kind",
    "intervention_status": "intervention_status",
    "intervention_outcome": "intervention_outcome",
    "contact_method": "contact_method",
    "peer_support_occasion": "peer_support_occasion",
    "license_tier": "license_tier",
    "role": "app_role",
    "care_task_kind": "care_task_kind",
    "care_task_status": "care_task_status",
    "care_task_skip_reason": "care_task_skip_reason",
    "care_plan_type": "care_plan_type",
    "care_plan_risk_level": "care_plan_risk_level",
    "daily_note_kind": "daily_note_kind",
    "medication_route": "medication_route",
    "medication_dose_status": "medication_dose_status",
    "medication_reason": "medication_reason",
    "medication_effect_grade": "medication_effect_grade",
    "incident_kind": "incident_kind",
    "incident_status": "incident_status",
    "incident_severity": "incident_severity",
    "incident_step": "incident_step",
    "rota_status": "rota_status",
    "training_standing": "training_standing",
    "training_standing_until": "training_standing",
    "staff_check_kind": "staff_check_kind",
    "staff_skill": "staff_skill",
    "assignment_refusal": "assignment_refusal",
    "incident_person_role": "incident_person_role",
    "incident_followup_kind": "incident_followup_kind",
    "work_shift": "work_shift",
    "unsafe_staffing_reason": "unsafe_staffing_reason",
    "staffing_answer": "staffing_answer",
    "score_quarter": "score_quarter",
}


def test_every_value_of_the_database_has_a_text(texts: dict[str, object], database: str) -> None:
    known = set(_keys(texts))
    with psycopg.connect(database) as conn:
        for group, type_ in _TYPES.items():
            rows = conn.execute(f"select unnest(enum_range(null::public.{type_}))::text").fetchall()
            of_group = {key for key in known if key.rpartition(".")[0] == group}
            assert of_group == {f"{group}.{value}" for (value,) in rows}, group
