"""Every database can ask the published questions; what an operator decided about them stays."""

from __future__ import annotations

import shutil
from pathlib import Path

import psycopg
import pytest

from carebase import seeds
from carebase.problems import UsageProblem
from carebase.project import Project
from carebase.seeds.documents import load_reference

# Items per scale, as published; reversed ones by number.
PUBLISHED = {
    ("cbi", "personal"): (6, []),
    ("cbi", "work"): (7, ["w7"]),
    ("cbi", "client"): (6, []),
    ("olbi", "exhaustion"): (8, ["2", "4", "8", "12"]),
    ("olbi", "disengagement"): (8, ["3", "6", "9", "11"]),
    ("single_item_burnout", "burnout"): (1, []),
    ("mbi", "emotional_exhaustion"): (0, []),
    ("mbi", "depersonalization"): (0, []),
    ("mbi", "personal_accomplishment"): (0, []),
    ("news2", "aggregate"): (7, []),
    ("must", "overall_risk"): (0, []),
    ("falls_checklist", "factors"): (9, []),
}


def test_they_are_what_was_published(database: str) -> None:
    with psycopg.connect(database) as conn:
        found = conn.execute(
            """select instruments.code, scales.code, count(items.link_id),
                 coalesce(
                   array_agg(items.link_id order by items.position) filter (where items.is_reversed), '{}'
                 )
               from public.instruments
               inner join app.instrument_scales as scales on scales.instrument_id = instruments.id
               left join app.instrument_items as items
                 on items.instrument_id = instruments.id and items.scale_code = scales.code
               where instruments.status = 'active'
               group by instruments.code, scales.code"""
        ).fetchall()
    assert {(code, scale): (count, backwards) for code, scale, count, backwards in found} == PUBLISHED


def test_what_an_operator_retired_or_replaced_stays_so(database: str, project: Project) -> None:
    with psycopg.connect(database, autocommit=True) as conn:
        conn.execute("update public.instruments set is_active = false where code = 'olbi'")
        assert seeds.apply(database, project, "reference").changed == 0
        rows = conn.execute("select code from public.instruments where is_active order by 1").fetchall()
    assert rows == [
        (code,) for code in ("cbi", "falls_checklist", "mbi", "must", "news2", "single_item_burnout")
    ]


WRONG = {
    "a scale that is not there": ('w1 = { scale = "work"', 'w1 = { scale = "luck"', "luck"),
    "answers that are not there": (
        'p1 = { scale = "personal", options = "frequency"',
        'p1 = { scale = "personal", options = "mood"',
        "mood",
    ),
    "a licence nobody knows": ('license_kind = "proprietary"', 'license_kind = "secret"', "license_kind"),
    "no citation": ('citation = "Kristensen', 'source = "Kristensen', "citation"),
}


@pytest.mark.parametrize(("right", "wrong", "named"), WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_refused_by_name(
    right: str, wrong: str, named: str, project: Project, tmp_path: Path
) -> None:
    shutil.copytree(project.seeds, tmp_path / "seeds")
    file = tmp_path / "seeds" / "reference" / "instruments.toml"
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(UsageProblem) as caught:
        load_reference(Project(tmp_path))
    assert caught.value.code == "seed_file_invalid"
    assert named in caught.value.message
