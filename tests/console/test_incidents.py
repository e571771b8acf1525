"""An incident: from a report with the body it happened to, over the board of clocks, to its closing."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from carebase.project import Project
from tests.console import care
from tests.console.care import Home, ask_for, key
from tests.console.conftest import Site, Visit, VisitAs, axe


def at_hazels(here: Visit) -> Page:
    if here.page.get_by_label("Home", exact=True).count():
        here.page.get_by_label("Home", exact=True).select_option("The Hazels")
        here.settled()
    return here.page


def report(home: Home, words: str, *, kind: str = "fall", severity: str = "moderate", **more: object) -> str:
    """A report by a carer, without a browser."""
    made: str = home.as_(care.CARER).call(
        "report_incident",
        **{
            "p_site_id": home.id,
            "p_kind": kind,
            "p_severity": severity,
            "p_occurred_at": f"{home.today()}T00:00:00Z",
            "p_description": words,
            "p_request_key": key(),
            **more,
        },
    )
    return made


def row_of(page: Page, incident: str) -> Locator:
    return page.get_by_role("row").filter(has=page.locator(f'a[href="#/incidents/{incident}"]'))


def test_a_carer_reports_a_fall_with_points_by_finger_and_by_keyboard(
    site: Site, visit: VisitAs, hazels: Home, project: Project
) -> None:
    here = visit(care.CARER, bypass_csp=True).go("incidents")
    page = here.page
    page.get_by_role("link", name="Report an incident").click()
    ask_for(here.settled())
    form = page.locator("main form")
    form.get_by_role("button", name="Report it").click()
    expect(form.get_by_text("Please answer: What kind?")).to_be_visible()
    expect(form.get_by_label("What kind?")).to_be_focused()
    form.get_by_label("What kind?").select_option("Fall")
    form.get_by_label("How bad?").select_option("low harm")
    form.get_by_label("What happened?").fill("She slid from her chair.")
    form.get_by_label("Who?").select_option("Olive")
    form.get_by_role("button", name="Add this person").click()
    expect(form.get_by_text("Olive: it happened to or by them")).to_be_visible()
    form.get_by_label("Who?").select_option("Somebody else")
    form.get_by_label("How?").select_option("saw it")
    form.get_by_role("button", name="Add this person").click()
    expect(form.get_by_text("Please answer: Their name")).to_be_visible()
    form.get_by_label("Their name").fill("A visitor")
    form.get_by_role("button", name="Add this person").click()
    expect(form.get_by_text("A visitor: saw it")).to_be_visible()

    form.get_by_role("img", name="Body, front: 0 marks").click(position={"x": 104, "y": 36})
    expect(form.get_by_text("Bruise, head, front").last).to_be_visible()
    form.get_by_label("Side of the body").select_option("back")
    form.get_by_label("What is there?").select_option("Skin tear")
    form.get_by_label("Part of the body").select_option("left hand")
    form.get_by_role("button", name="Add to the body").focus()
    page.keyboard.press("Enter")
    expect(form.get_by_role("img", name="Body, back: 1 mark")).to_be_visible()
    page.keyboard.press("Enter")
    form.get_by_role("button", name="Remove: Skin tear, left hand, back").last.click()
    expect(form.get_by_role("button", name="Add to the body")).to_be_focused()
    assert axe(project, page) == []

    # What was typed outlives a session that ends in the middle.
    site.end_sessions_of(care.CARER)
    form.get_by_role("button", name="Report it").click()
    again = page.get_by_role("dialog", name="Please sign in again")
    again.get_by_label("Password").fill(site.password)
    again.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Fall, The Hazels")).to_be_visible()
    here.settled()
    hazels.people.pop(care.CARER, hazels.as_(care.CARER)).close()
    expect(page.get_by_text("She slid from her chair.")).to_be_visible()
    expect(page.get_by_text("Bruise, head, front")).to_be_visible()
    expect(page.get_by_text("Skin tear, left hand, back")).to_be_visible()
    expect(page.get_by_text("A visitor: saw it")).to_be_visible()
    assert axe(project, page) == []
    assert site.sql(
        f"""select count(*)::integer from public.incidents
            where site_id = '{hazels.id}' and kind = 'fall' and severity = 'low'"""
    ) == [(1,)]

    daughter = visit(care.DAUGHTER)
    incidents = daughter.page.locator("section").filter(
        has=daughter.page.get_by_role("heading", name="Incidents")
    )
    expect(incidents).to_contain_text("Fall")
    assert "slid from her chair" not in daughter.page.content()


def test_the_board_shows_what_is_late_and_a_manager_sees_it_through(
    site: Site, visit: VisitAs, hazels: Home
) -> None:
    late, later = report(hazels, "A lamp fell over."), report(hazels, "The tap drips.", severity="none")
    site.sql(
        f"""update public.incident_timers set step_due_at = now() - interval '1 hour'
            where incident_id = '{late}' and step = 'acknowledge'"""
    )
    here = visit(care.MANAGER).go("incidents")
    page = here.page
    assert page.get_by_text("What do you look for?").count() == 0
    board = page.get_by_role("table", name="What is to be done, what is late first")
    first = row_of(page, late).first
    expect(first).to_contain_text("late")
    expect(first).to_contain_text("Take on")
    rows = board.locator("tbody tr")
    assert "late" in rows.first.inner_text()
    expect(row_of(page, later).first).not_to_contain_text("late")

    first.get_by_role("link").click()
    ask_for(here.settled())
    expect(page.get_by_text("A lamp fell over.")).to_be_visible()
    take = page.get_by_role("form", name="Take on")
    take.get_by_label("Who looks after it?").select_option("Nancy Fernleigh")
    take.get_by_role("button", name="Take on").click()
    expect(page.locator(".facts")).to_contain_text("Nancy Fernleigh")
    here.settled()
    page.get_by_text("Write down what was found").first.click()
    review = page.get_by_role("form", name="Write down what was found")
    review.get_by_label("What was found?").fill("Its foot was loose.")
    review.get_by_role("button").click()
    expect(page.locator(".facts")).to_contain_text("under review")
    here.settled()
    expect(page.get_by_text("Its foot was loose.")).to_be_visible()
    page.get_by_text("Close it").first.click()
    close = page.get_by_role("form", name="Close it")
    close.get_by_label("What was learned?").fill("Look at lamps each month.")
    close.get_by_role("button").click()
    expect(page.locator(".facts")).to_contain_text("closed")
    expect(page.get_by_role("form", name="Take on")).to_have_count(0)
    here.go("incidents")
    expect(row_of(page, late)).to_have_count(0)


def test_what_is_restricted_is_not_there_for_colleagues(visit: VisitAs, hazels: Home) -> None:
    kept = report(hazels, "Said in confidence.", kind="safeguarding", severity="low")
    nurse = ask_for(visit(care.NURSE).go(f"incidents/{kept}"))
    expect(nurse.page.get_by_text("This incident is not there, or it is not for you.")).to_be_visible()
    for email in (care.MANAGER, care.COMPLIANCE, care.OWNER):
        here = ask_for(visit(email).go(f"incidents/{kept}"))
        expect(here.page.get_by_text("Said in confidence.")).to_be_visible()
        expect(here.page.get_by_role("heading", name="Safeguarding, The Hazels")).to_contain_text(
            "restricted"
        )


def test_a_severe_one_is_not_closed_before_it_was_reviewed(visit: VisitAs, hazels: Home) -> None:
    severe = report(hazels, "A broken wrist.", severity="severe", p_injury_level="severe")
    here = ask_for(visit(care.COMPLIANCE).go(f"incidents/{severe}"), "Running the home")
    page = here.page
    expect(page.get_by_text("Close it")).to_have_count(0)
    expect(page.get_by_role("form", name="Take on")).to_have_count(0)
    page.get_by_text("Add a note").first.click()
    note = page.get_by_role("form", name="Add a note")
    note.get_by_label("What is there to add?").fill("The family was told.")
    note.get_by_role("button").click()
    expect(page.get_by_text("The family was told.")).to_be_visible()
