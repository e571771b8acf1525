"""The page that people read is the text that they agree to, and it says what was promised."""

from __future__ import annotations

import re

import pytest

from carebase.project import Project
from carebase.seeds.documents import load_reference
from carebase.seeds.policies import Policy


@pytest.fixture(scope="module")
def newest() -> Policy:
    return max(load_reference(Project.find()).resilience_policies, key=lambda policy: policy.version)


def test_the_page_is_the_newest_version(newest: Policy) -> None:
    page = (Project.find().root / "docs" / "resilience" / "privacy.md").read_text(encoding="utf-8")
    head = f"# {newest.title}\n\nVersion {newest.version}, from {newest.effective_on:%d %B %Y} on."
    assert page.startswith(head)
    # Lines are broken anywhere; words are the same.
    _, _, body = page.partition("\n---\n")
    assert body.split() == newest.body.split()


def test_versions_count_up_and_come_one_after_the_other() -> None:
    policies = load_reference(Project.find()).resilience_policies
    assert [policy.version for policy in policies] == list(range(1, len(policies) + 1))
    days = [policy.effective_on for policy in policies]
    assert days == sorted(set(days))


@pytest.mark.parametrize(
    "promise",
    [
        "Nothing, unless you agree",
        r"\*\*Anonymous\.\*\*",
        r"\*\*Only in figures\.\*\*",
        r"\*\*May be contacted\.\*\*",
        "at least five people",
        "must not be used to judge, discipline, dismiss",
        "You can withdraw on any day. It acts at once",
        "You can export everything",
        "delete all of it for good",
        "superuser",
    ],
)
def test_it_says_what_it_must(newest: Policy, promise: str) -> None:
    assert re.search(promise, newest.body)
