"""`carebase resilience` on a database: switching the hub on, and the months as leads are told of them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.commands import carebase

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def url(make_database: Callable[[str], str]) -> str:
    """The demo, with months of one organization: the last one of enough people, the one before not."""
    url = make_database("demo")
    with psycopg.connect(url) as conn:
        conn.execute(
            """with night as (
                 insert into public.provider_teams (org_id, name)
                 select id, '=Night' from public.organizations where slug = 'lakeside' returning org_id, id
               )
               insert into public.provider_wellbeing_months
                 (org_id, month, team_id, provider_count, assessed_count, median_burnout, average_burnout,
                  elevated_percent, checked_in_count, adoption_percent, average_stress)
               select night.org_id, months.month, months.team_id, 20, months.assessed, months.median,
                 months.median, null, months.assessed, months.adoption, 4.5
               from night
               cross join lateral (
                 values
                   (date_trunc('month', now() - interval '2 months'), null::uuid, null, null, null),
                   (date_trunc('month', now() - interval '1 month'), null, 12, 61, 60),
                   (date_trunc('month', now() - interval '1 month'), id, null, null, null),
                   (date_trunc('month', now() - interval '20 months'), null, 9, 30, 45)
               ) as months (month, team_id, assessed, median, adoption)"""
        )
    return url


@pytest.fixture
def resilience(url: str) -> Run:
    """Run `carebase resilience …` there."""

    def run(*words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = carebase("resilience", *words, "--db-url", url)
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        return done

    return run


def hub_of(url: str, organization: str) -> dict[str, Any]:
    done = carebase("flags", "list", "--organization", organization, "--json", "--db-url", url)
    rows = {row["feature_key"]: row for row in json.loads(done.stdout)}
    found: dict[str, Any] = rows["resilience_hub"]
    return found


def test_a_beta_and_its_end(resilience: Run, url: str) -> None:
    assert hub_of(url, "harbor")["is_enabled"] is False
    answer = json.loads(resilience("enable", "harbor", "--json").stdout)
    assert (answer[0]["feature_key"], answer[0]["is_enabled"]) == ("resilience_hub", True)
    assert hub_of(url, "harbor")["is_enabled"] is True
    resilience("rollout", "0")
    assert hub_of(url, "harbor")["is_enabled"] is True, "who has it by name keeps it"
    back = carebase("flags", "override", "resilience_hub", "harbor", "--remove", "--db-url", url)
    assert back.returncode == 0, back.stderr
    assert hub_of(url, "harbor")["is_enabled"] is False


def test_a_rollout_switches_on_and_says_how_far(resilience: Run) -> None:
    for percent in (10, 50, 100):
        (flag,) = json.loads(resilience("rollout", str(percent), "--json").stdout)
        assert (flag["feature_key"], flag["is_enabled_globally"], flag["rollout_percent"]) == (
            "resilience_hub",
            True,
            percent,
        )
    assert "100 %" in resilience("rollout", "100").stdout


def test_a_summary_says_what_is_suppressed(resilience: Run) -> None:
    shown = resilience("summary", "--org", "lakeside").stdout.splitlines()
    assert len(shown) == 4, "a heading, two months, what a dash means"
    assert shown[1].split()[-7:] == ["-", "-", "-", "-", "4.5", "-", "-"], "stress is of days"
    assert "suppressed" in shown[3]
    assert "61 high" in shown[2]
    assert "60 %" in shown[2]
    assert "Night" not in "".join(shown)
    assert "=Night" in resilience("summary", "--org", "lakeside", "--teams").stdout
    assert len(json.loads(resilience("summary", "--months", "24", "--json").stdout)) == 3
    assert len(json.loads(resilience("summary", "--months", "1", "--json").stdout)) == 1
    assert "No month is closed yet" in resilience("summary", "--org", "harbor").stdout


def test_an_export_is_of_figures_only(resilience: Run) -> None:
    rows = json.loads(resilience("export", "--org", "lakeside", "--format", "json").stdout)
    assert [row["median_burnout"] for row in rows] == [30, None, 61]
    assert not {"user_id", "practitioner_id", "provider_name"} & set(rows[0])
    written = list(
        csv.DictReader(
            io.StringIO(resilience("export", "--format", "csv", "--teams", "--months", "2").stdout)
        )
    )
    assert [row["median_burnout"] for row in written] == ["", "61", ""]
    assert list(written[0]) == list(rows[0])
    assert written[2]["team"] == "'=Night", "a spreadsheet takes it for a name, and not for a formula"
    assert written[1]["average_stress"] == "4.5"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("enable", "atlantis"), "atlantis"),
        (("rollout", "101"), "percent"),
        (("rollout", "many"), "rollout"),
        (("summary", "--org", "atlantis"), "atlantis"),
        (("summary", "--months", "25"), "months"),
        (("export", "--org", "atlantis", "--format", "csv"), "atlantis"),
        (("export", "--format", "xlsx"), "xlsx"),
        (("export",), "--format"),
    ],
)
def test_a_mistake_is_a_sentence(resilience: Run, words: tuple[str, ...], says: str) -> None:
    assert says in resilience(*words, code=2).stderr.lower()


def test_a_database_without_our_schema_is_a_sentence(make_database: Callable[[str], str]) -> None:
    done = carebase("resilience", "summary", "--db-url", make_database("platform"))
    assert done.returncode == 4, done.stderr
    assert "Traceback" not in done.stderr
