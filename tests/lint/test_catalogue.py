"""Each rule of the house finds exactly its fault, at the line to edit, and nothing in a house without faults.

The faults are in `faults/`, one file per family of rules.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from carebase.lint.catalogue import check as catalogue
from carebase.lint.workspace import Workspace
from tests.lint.conftest import House

FAULTS = [
    fault
    for path in sorted((Path(__file__).parent / "faults").glob("*.toml"))
    for fault in tomllib.loads(path.read_text(encoding="utf-8"))["fault"]
]


def _found(workspace: Workspace) -> list[tuple[str, str, int]]:
    return sorted((finding.rule, finding.file, finding.line) for finding in catalogue.check(workspace))


def test_a_sound_house_has_no_findings(house: House, built: Callable[[House], Workspace]) -> None:
    assert _found(built(house)) == []


def test_every_rule_is_tried() -> None:
    assert {fault["rule"] for fault in FAULTS} == {rule.name for rule in catalogue.ALL_RULES}


@pytest.mark.parametrize(
    "fault", FAULTS, ids=lambda fault: f"{fault['rule']} {fault.get('case', '')}".strip()
)
def test_a_rule_finds_its_fault_where_it_is(
    fault: dict[str, Any], house: House, built: Callable[[House], Workspace]
) -> None:
    for edit in fault["edit"]:
        if "old" in edit:
            house.replace(edit["file"], edit["old"], edit["new"])
        else:
            house.append(edit["file"], edit["new"])
    # `also`: what cannot but break with it.
    expected = [(fault["rule"], fault["at"]["file"], fault["at"]["line"])]
    expected += [(other["rule"], other["file"], other["line"]) for other in fault.get("also", [])]
    assert _found(built(house)) == sorted(
        (rule, file, house.line(file, line)) for rule, file, line in expected
    )
