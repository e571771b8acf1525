"""Swaps of shifts: a colleague is asked and answers, and who plans the rota decides."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from carebase.project import Project
from tests.console import care
from tests.console.care import Home
from tests.console.conftest import Site, Visit, VisitAs, axe
from tests.console.test_rota import planned

WEEKS = 3
pytestmark = pytest.mark.usefixtures("shift_templates")


@pytest.fixture
def shifts(hazels: Home) -> dict[str, dict[str, Any]]:
    """A published week: Clover (carer) is early on Friday, Colm (carer) late on Saturday."""
    rows = planned(hazels, WEEKS)
    manager = hazels.as_(care.MANAGER)
    for name, email in (("Early 4", care.CARER), ("Late 5", care.OTHER_CARER)):
        who = hazels.as_(email).id
        if not any(each["user_id"] == who for each in rows[name]["people"]):
            manager.call("assign_shift", p_shift_id=rows[name]["shift_id"], p_user_id=who)
    manager.call("publish_rota", p_site_id=hazels.id, p_week=hazels.monday(WEEKS).isoformat())
    return planned(hazels, WEEKS)


def look(here: Visit) -> Page:
    here.go("swaps")
    if here.page.get_by_label("Home", exact=True).count():
        here.page.get_by_label("Home", exact=True).select_option("The Hazels")
        here.settled()
    return here.page


def ask(page: Page, instead: str) -> None:
    mine = page.get_by_label("Which of your shifts?")
    mine.select_option(
        label=next(text for text in mine.locator("option").all_inner_texts() if "Early, Fri" in text)
    )
    page.get_by_label("Whom do you ask?").select_option("Colm Thistle")
    theirs = page.get_by_label("What do you take for it?")
    theirs.select_option(
        label=next(text for text in theirs.locator("option").all_inner_texts() if instead in text)
    )
    page.get_by_role("button", name="Ask a colleague").click()
    expect(page.locator("li.card").first).to_contain_text("Clover Meadowsweet asks Colm Thistle")


def test_a_swap_is_asked_for_taken_back_agreed_on_and_carried_out(
    site: Site, visit: VisitAs, hazels: Home, shifts: dict[str, dict[str, Any]], project: Project
) -> None:
    here = visit(care.CARER, bypass_csp=True)
    page = look(here)
    page.get_by_role("button", name="Ask a colleague").click()
    expect(page.get_by_text("Please answer: Which of your shifts?").first).to_be_visible()
    assert axe(project, page) == []
    ask(page, "Nothing")
    mine = page.locator("li.card").first
    expect(mine).to_contain_text("to take over Early")
    mine.get_by_role("button", name="Take it back").click()
    expect(mine.locator(".tag")).to_have_text("taken back")
    ask(page, "Late, Sat")
    expect(mine).to_contain_text("to swap Early")

    boss = look(visit(care.MANAGER))
    waiting = boss.locator("li.card").first
    expect(waiting.get_by_role("button", name="Carry it out")).to_have_count(0)
    expect(waiting.get_by_role("button", name="Turn it down")).to_be_visible()
    theirs = look(visit(care.OTHER_CARER))
    asked = theirs.locator("li.card").first
    expect(asked.get_by_role("button", name="No:")).to_be_visible()
    asked.get_by_role("button", name="I agree").click()
    expect(asked.locator(".tag")).to_have_text("agreed, not decided yet")
    expect(asked.get_by_role("button")).to_have_count(0)

    boss = look(visit(care.MANAGER))
    with boss.expect_response("**/rpc/approve_swap"):
        boss.locator("li.card").first.get_by_role("button", name="Carry it out").click()
    expect(boss.get_by_text("To be decided")).to_have_count(0)
    crew = {name: [each["user_id"] for each in row["people"]] for name, row in planned(hazels, WEEKS).items()}
    assert hazels.as_(care.OTHER_CARER).id in crew["Early 4"]
    assert hazels.as_(care.CARER).id in crew["Late 5"]


def test_who_works_no_shift_is_asked_for_none(visit: VisitAs, hazels: Home) -> None:
    page = look(visit(care.COMPLIANCE))
    expect(page.get_by_role("heading", name="Swaps of shifts")).to_be_visible()
    expect(page.get_by_role("button", name="Ask a colleague")).to_have_count(0)
