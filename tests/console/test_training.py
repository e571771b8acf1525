"""Who is trained for what: those who answer for a home see everybody, the others themselves."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.console import care
from tests.console.care import Home
from tests.console.conftest import Visit, VisitAs

FIRST_AID = "First aid at work"

pytestmark = pytest.mark.usefixtures("first_aid")


def look(here: Visit) -> Page:
    here.go("training")
    if here.page.get_by_label("Home", exact=True).count():
        here.page.get_by_label("Home", exact=True).select_option("The Hazels")
        here.settled()
    return here.page


def cell(page: Page, name: str) -> str:
    """What the matrix says of somebody and first aid."""
    matrix = page.get_by_role("region", name="People, and how they stand")
    column = matrix.locator("thead th").all_inner_texts().index(FIRST_AID)
    row = matrix.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name))
    return row.locator("th, td").nth(column).inner_text()


def test_a_compliance_lead_finds_gaps_and_records_what_closes_them(visit: VisitAs) -> None:
    page = look(visit(care.COMPLIANCE))
    expect(page.get_by_role("heading", name="Everybody at The Hazels")).to_be_visible()
    assert cell(page, "Nancy Fernleigh") == cell(page, "Nico Bracken") == "missing"
    assert cell(page, "Clover Meadowsweet") == "not asked"
    expect(page.get_by_role("rowheader", name="Nancy Fernleigh")).to_contain_text("not on the rota")

    page.locator("summary").filter(has_text="Record a training").click()
    form = page.get_by_role("form", name="Record a training")
    form.get_by_role("button").click()
    expect(form.get_by_text("Please answer: Person")).to_be_visible()
    form.get_by_label("Person").select_option("Nancy Fernleigh")
    form.get_by_label("Course").select_option(FIRST_AID)
    form.get_by_label("Completed on").fill("2999-01-01")
    form.get_by_role("button").click()
    expect(form.get_by_role("alert")).to_be_visible()
    today = page.evaluate("() => new Date(Date.now() - 864e5).toISOString().slice(0, 10)")
    form.get_by_label("Completed on").fill(today)
    form.get_by_role("button").click()
    expect(page.get_by_role("rowheader", name="Nancy Fernleigh")).not_to_contain_text("not on the rota")
    assert cell(page, "Nancy Fernleigh").startswith("in order until")
    assert cell(page, "Nico Bracken") == "missing"


def test_what_was_saved_is_not_said_to_have_failed(visit: VisitAs, hazels: Home) -> None:
    """The network goes after the answer: whoever is told that it went wrong records it twice."""
    page = look(visit(care.COMPLIANCE))
    page.locator("summary").filter(has_text="Record a training").click()
    form = page.get_by_role("form", name="Record a training")
    form.get_by_label("Person").select_option("Clover Meadowsweet")
    form.get_by_label("Course").select_option(FIRST_AID)
    form.get_by_label("Completed on").fill(hazels.today().isoformat())
    page.route("**/rpc/get_training_matrix", lambda route: route.abort())
    form.get_by_role("button").click()
    expect(form.get_by_role("alert")).to_have_text(
        "It is saved. Only what comes next could not be shown: please open this page anew."
    )
    clover = hazels.as_(care.CARER).id
    records = f"select count(*) from public.training_records where user_id = '{clover}'"
    courses = "course_id in (select id from public.training_courses where code = 'first_aid')"
    assert hazels.site.sql(f"{records} and {courses}") == [(1,)]


@pytest.mark.parametrize("email", [care.MANAGER, care.OWNER])
def test_managers_and_owners_look_and_record_nothing(visit: VisitAs, email: str) -> None:
    page = look(visit(email))
    assert cell(page, "Nico Bracken") == "missing"
    expect(page.get_by_text("Record a training")).to_have_count(0)


def test_a_nurse_sees_how_she_stands_and_nobody_else(visit: VisitAs, hazels: Home) -> None:
    page = look(visit(care.OTHER_NURSE))
    mine = page.get_by_role("table", name="What is asked of you")
    row = mine.get_by_role("row").filter(has_text=FIRST_AID)
    expect(row.get_by_role("cell")).to_have_text(["missing", "needed"])
    expect(page.get_by_role("region", name="People, and how they stand")).to_have_count(0)
    assert "Nancy" not in page.content()


def test_who_manages_no_home_of_these_is_told_nothing_of_them(visit: VisitAs) -> None:
    page = look(visit("manager.oaks@example.net"))
    expect(page.get_by_role("heading", name="Everybody at The Oaks")).to_be_visible()
    assert "Nico Bracken" not in page.content()
