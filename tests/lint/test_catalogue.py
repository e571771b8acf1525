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

FILES = {edit["file"] for fault in FAULTS for edit in fault["edit"]}


def _together(faults: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Faults that are made in files of their own, so that one house can have all of them at once.

    What a room declares changes what others find: such a fault stays alone.
    """
    houses: list[tuple[set[str], list[dict[str, Any]]]] = []
    for fault in faults:
        files = {edit["file"] for edit in fault["edit"]}
        is_alone = any(file.endswith("room.toml") for file in files)
        for taken, others in houses:
            if not (is_alone or taken & files):
                taken |= files
                others.append(fault)
                break
        else:
            houses.append((FILES if is_alone else files, [fault]))
    return [made for _, made in houses]


def _found(workspace: Workspace) -> list[tuple[str, str, int]]:
    return sorted((finding.rule, finding.file, finding.line) for finding in catalogue.check(workspace))


def test_a_sound_house_has_no_findings(house: House, built: Callable[[House], Workspace]) -> None:
    assert _found(built(house)) == []


def test_every_rule_is_tried() -> None:
    assert {fault["rule"] for fault in FAULTS} == {rule.name for rule in catalogue.ALL_RULES}


@pytest.mark.parametrize(
    "faults", _together(FAULTS), ids=lambda faults: ", ".join(fault["rule"] for fault in faults)
)
def test_each_rule_finds_its_fault_where_it_is(
    faults: list[dict[str, Any]], house: House, built: Callable[[House], Workspace]
) -> None:
    for edit in (edit for fault in faults for edit in fault["edit"]):
        if "old" in edit:
            house.replace(edit["file"], edit["old"], edit["new"])
        else:
            house.append(edit["file"], edit["new"])
    # `also`: what cannot but break with it.
    expected = [
        (rule, place["file"], house.line(place["file"], place["line"]))
        for fault in faults
        for rule, place in [
            (fault["rule"], fault["at"]),
            *((other["rule"], other) for other in fault.get("also", [])),
        ]
    ]
    assert _found(built(house)) == sorted(expected)
