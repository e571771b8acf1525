"""`carebase flags` on a database: what an operator switches is what an organization then has."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.commands import carebase

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def flags(make_database: Callable[[str], str]) -> Run:
    """Run `carebase flags …` on a database with the demo's organizations."""
    url = make_database("demo")

    def run(*words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = carebase("flags", *words, "--db-url", url)
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        return done

    return run


def features(flags: Run, organization: str) -> dict[str, Any]:
    rows = json.loads(flags("list", "--organization", organization, "--json").stdout)
    return {row["feature_key"]: row for row in rows}


def test_the_list_says_how_each_feature_is_switched(flags: Run) -> None:
    rows = {row["feature_key"]: row for row in json.loads(flags("list", "--json").stdout)}
    assert set(rows) == {
        "brain_generator",
        "care_homes",
        "command_center",
        "documents",
        "medication_guardian",
        "patient_modules",
        "residency",
        "resilience_hub",
    }
    hub = rows["resilience_hub"]
    assert (hub["is_enabled_globally"], hub["rollout_percent"], hub["required_license_tier"]) == (
        False,
        100,
        "standard",
    )
    assert (hub["overrides_on"], hub["overrides_off"], hub["unwanted"]) == (1, 0, 0)
    shown = flags("list").stdout
    assert "Emotional Resilience Hub" in shown
    assert "1 on" in shown


def test_switching_for_all_reaches_those_whose_licence_includes_it(flags: Run) -> None:
    flags("set", "brain_generator", "--on")
    assert features(flags, "lakeside")["brain_generator"]["is_enabled"] is True
    assert features(flags, "harbor")["brain_generator"]["is_enabled"] is False
    flags("set", "brain_generator", "--tier", "basic")
    assert features(flags, "harbor")["brain_generator"]["is_enabled"] is True
    flags("set", "brain_generator", "--off")
    assert features(flags, "lakeside")["brain_generator"]["is_enabled"] is False


def test_a_rollout_of_nought_and_of_a_hundred_percent(flags: Run) -> None:
    flags("rollout", "command_center", "0")
    assert features(flags, "lakeside")["command_center"]["is_available"] is False
    answer = json.loads(flags("rollout", "command_center", "100", "--json").stdout)
    assert answer[0]["rollout_percent"] == 100
    assert features(flags, "lakeside")["command_center"]["is_available"] is True


def test_an_override_and_its_end(flags: Run) -> None:
    done = flags("override", "medication_guardian", "harbor", "--on", "--reason", "Pilot", "--json")
    assert json.loads(done.stdout)[0]["is_enabled"] is True
    assert features(flags, "lakeside")["medication_guardian"]["is_enabled"] is False
    flags("override", "medication_guardian", "harbor", "--remove")
    assert features(flags, "harbor")["medication_guardian"]["is_enabled"] is False
    flags("override", "command_center", "harbor", "--off")
    assert "not available" in flags("list", "--organization", "harbor").stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("set", "no_such_feature", "--on"), "no_such_feature"),
        (("set", "resilience_hub"), "--on, --off or --tier"),
        (("rollout", "no_such_feature", "10"), "no_such_feature"),
        (("rollout", "resilience_hub", "101"), "percent"),
        (("override", "resilience_hub", "atlantis", "--on"), "atlantis"),
        (("override", "no_such_feature", "harbor", "--on"), "no_such_feature"),
        (("override", "resilience_hub", "harbor"), "--on, --off and --remove"),
        (("override", "resilience_hub", "harbor", "--on", "--remove"), "--on, --off and --remove"),
        (("list", "--organization", "atlantis"), "atlantis"),
    ],
)
def test_a_mistake_is_a_sentence(flags: Run, words: tuple[str, ...], says: str) -> None:
    assert says in flags(*words, code=2).stderr


def test_a_database_without_our_schema_is_a_sentence(make_database: Callable[[str], str]) -> None:
    url = make_database("platform")
    done = carebase("flags", "list", "--db-url", url)
    assert done.returncode == 4, done.stderr
    assert "Traceback" not in done.stderr
    with psycopg.connect(url) as conn:
        assert conn.execute("select to_regclass('public.nurseos_feature_flags')").fetchone() == (None,)
