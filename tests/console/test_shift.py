"""A shift as carers and nurses work it: whose a task is, done, not done and why, and who was quicker."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from carebase.project import Project
from tests.console import care
from tests.console.care import Home, ask_for
from tests.console.conftest import Site, Visit, VisitAs, axe

pytestmark = pytest.mark.usefixtures("planned")


def look(here: Visit, home: Home) -> Page:
    """All of today."""
    ask_for(here.go(f"shift/{home.today()}/day"))
    if here.page.get_by_label("Home", exact=True).count():
        here.page.get_by_label("Home", exact=True).select_option("The Hazels")
        here.settled()
    return here.page


def task(page: Page, kind: str) -> Locator:
    return page.locator("li.task").filter(has=page.locator(".tag", has_text=kind))


def test_a_carer_takes_a_task_and_does_it(site: Site, visit: VisitAs, hazels: Home) -> None:
    page = look(visit(care.CARER), hazels)
    mine = task(page, "Drinking")
    expect(mine).to_contain_text("A cup of tea, and sit with her.")
    expect(mine).to_contain_text("Nobody has taken it yet.")
    expect(mine.get_by_role("button")).to_have_count(1)
    # A double tap: what is drawn under the finger after the first waits, and does nothing at the second.
    held: list[Route] = []
    page.route("**/rest/v1/rpc/*_task", lambda route: held.append(route))
    mine.get_by_role("button", name="Take it: Drinking, Olive").dblclick()
    expect(mine).to_contain_text("It is yours.")
    expect(mine.get_by_role("button", name="Done: Drinking, Olive", exact=True)).to_be_disabled()
    assert [route.request.url.rpartition("/")[2] for route in held] == ["take_task"]
    held[0].continue_()
    page.unroute("**/rest/v1/rpc/*_task")
    expect(mine).to_be_focused()
    # Shown before the database has said so; what it then holds is asked of it.
    with page.expect_response(lambda answer: "complete_task" in answer.url):
        mine.get_by_role("button", name="Done: Drinking, Olive", exact=True).click()
        expect(mine).to_contain_text("Done by you at")
    expect(mine.get_by_role("button")).to_have_text(["Take it back"])
    assert site.sql(
        f"""select status, completed_by::text from public.care_plan_task_occurrences
            where resident_id = '{hazels.residents["Olive"]}' and task_kind = 'hydration'"""
    ) == [("completed", hazels.as_(care.CARER).id)]


def test_the_wrong_tap_is_taken_back_and_both_are_kept(site: Site, visit: VisitAs, hazels: Home) -> None:
    [(task_id, status)] = site.sql(
        f"""select id::text, status from public.care_plan_task_occurrences
            where resident_id = '{hazels.residents["Olive"]}' and task_kind = 'hydration'"""
    )
    if status == "due":
        hazels.as_(care.CARER).call("take_task", p_occurrence_id=task_id)
        hazels.as_(care.CARER).call("complete_task", p_occurrence_id=task_id)
    page = look(visit(care.CARER), hazels)
    mine = task(page, "Drinking")
    mine.get_by_role("button", name="Take it back: Drinking, Olive").click()
    ask = page.get_by_role("dialog", name="Drinking, Olive")
    ask.get_by_role("button", name="Take it back").click()
    expect(ask.get_by_text("Please answer: Why is it taken back?")).to_be_visible()
    ask.get_by_label("Why is it taken back?").fill("That was Percy's cup.")
    with page.expect_response(lambda answer: "undo_task" in answer.url):
        ask.get_by_role("button", name="Take it back").click()
        expect(mine).to_contain_text("It is yours.")
    expect(mine.get_by_role("button", name="Done: Drinking, Olive", exact=True)).to_be_visible()
    assert site.sql(
        """select former_status, reason is not null from public.care_plan_task_corrections
           order by corrected_at desc limit 1"""
    ) == [("completed", True)]
    # A leader of the shift may, whoever it was; a colleague may not.
    hazels.as_(care.CARER).call("complete_task", p_occurrence_id=task_id)
    colleague = task(look(visit(care.OTHER_CARER), hazels), "Drinking")
    expect(colleague).to_contain_text("Done by Clover Meadowsweet")
    expect(colleague.get_by_role("button")).to_have_count(0)
    theirs = task(look(visit(care.NURSE), hazels), "Drinking")
    expect(theirs.get_by_role("button")).to_have_text(["Take it back"])


def test_what_is_not_done_has_a_reason(site: Site, visit: VisitAs, hazels: Home, project: Project) -> None:
    here = visit(care.NURSE, bypass_csp=True)
    page = look(here, hazels)
    it = task(page, "Eating")
    it.get_by_role("button", name="Not done").click()
    ask = page.get_by_role("dialog", name="Eating, Olive")
    ask.get_by_role("button", name="Not done").click()
    expect(ask.get_by_text("Please answer: Why was it not done?")).to_be_visible()
    assert axe(project, page) == []
    ask.get_by_label("Why was it not done?").select_option("they were asleep")
    ask.get_by_label("What is there to say?").fill("Asleep in the chair.")
    # The session ends in the middle: the same person goes on with what was typed.
    site.end_sessions_of(care.NURSE)
    ask.get_by_role("button", name="Not done").click()
    again = page.get_by_role("dialog", name="Please sign in again")
    again.get_by_label("Password").fill(site.password)
    again.get_by_role("button", name="Sign in").click()
    expect(ask).to_have_count(0)
    expect(it).to_contain_text("Not done: they were asleep. Said by you at")
    hazels.people.pop(care.NURSE).close()
    assert site.sql(
        f"""select status, skip_reason, note is not null from public.care_plan_task_occurrences
            where resident_id = '{hazels.residents["Olive"]}' and task_kind = 'nutrition'"""
    ) == [("skipped", "asleep", True)]


def test_who_was_slower_is_told_and_what_was_shown_is_taken_back(
    visit: VisitAs, hazels: Home, planned: dict[str, str]
) -> None:
    page = look(visit(care.CARER), hazels)
    other = hazels.as_(care.OTHER_CARER)
    rows = other.call(
        "list_shift_tasks",
        p_site_id=hazels.id,
        p_from=f"{hazels.today()}T00:00:00Z",
        p_to=f"{hazels.today()}T23:59:00Z",
        p_purpose="treatment",
    )
    [row] = [row for row in rows if row["care_plan_task_id"] == planned["observation"]]
    other.call("take_task", p_occurrence_id=row["id"])
    it = task(page, "Observation")
    it.get_by_role("button", name="Take it").click()
    expect(it.get_by_role("alert")).to_contain_text("Somebody else has this task")
    expect(it).to_contain_text("Nobody has taken it yet.")
    it.get_by_role("button", name="Try again").click()
    expect(it).to_contain_text("Colm Thistle does it.")
    expect(it.get_by_role("button")).to_have_count(0)
    page.get_by_label("Only what is mine or nobody's yet").check()
    expect(page.locator("li.task").filter(has_text="Soft breakfast.").or_(it)).not_to_contain_text(
        ["Colm Thistle"]
    )


def test_who_looks_across_homes_sees_what_became_of_it_and_does_nothing(visit: VisitAs, hazels: Home) -> None:
    page = look(visit(care.COMPLIANCE), hazels)
    expect(task(page, "Skin")).to_contain_text("Look at both heels.")
    expect(page.locator("li.task").get_by_role("button")).to_have_count(0)


def test_switched_off_in_the_middle_nothing_is_lost_from_sight(
    visit: VisitAs, hazels: Home, site: Site
) -> None:
    page = look(visit(care.NURSE), hazels)
    it = task(page, "Skin")
    with site.switched("care_homes", care.MEADOW, on=False):
        it.get_by_role("button", name="Done: Skin, Olive", exact=True).click()
        expect(it.get_by_role("alert")).to_contain_text("has been switched off")
        expect(it).to_contain_text("Look at both heels.")
        expect(page.locator("nav a")).to_have_text(["Account"])
    it.get_by_role("button", name="Done: Skin, Olive", exact=True).click()
    expect(it).to_contain_text("Done by you at")
