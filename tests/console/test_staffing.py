"""How a shift was staffed: a nurse says it, those who lead read it by name and answer, and she reads that."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.console.conftest import Site, Visit, VisitAs
from tests.console.test_checkin import refuse

NURSE = "nurse6@example.com"
NAME = "Clover Brightwater"
BOTH = "nurse3@example.com"
SUBMIT = "**/rest/v1/rpc/submit_shift_report"
ANSWER = "**/rest/v1/rpc/answer_shift_report"


@pytest.fixture(autouse=True)
def _only_its_own_reports(site: Site) -> None:
    """The demo has some."""
    site.sql("delete from public.shift_reports returning 1")


def form_of(here: Visit) -> Locator:
    return here.page.get_by_role("form", name="How the shift was staffed")


def fill(here: Visit, *, patients: str = "7", acuity: int = 4, reasons: tuple[str, ...] = ()) -> None:
    form = form_of(here)
    form.get_by_label("Yesterday,").check()
    form.get_by_label("Night shift").check()
    form.get_by_label("Patients in your care at once").fill(patients)
    here.choose("How heavy was their care?", acuity)
    for reason in reasons:
        form.get_by_label(reason).check()


def send(here: Visit) -> None:
    with here.page.expect_response(SUBMIT):
        form_of(here).get_by_role("button", name="Send this report").click()


def own(page: Page) -> Locator:
    return page.locator("li.card").filter(has_text="Night shift")


def reported(site: Site, email: str, *, columns: str) -> list[tuple[object, ...]]:
    return site.sql(
        f"select {columns} from public.shift_reports where user_id = '{site.user_id(email)}' order by id"
    )


def report_unsafe(site: Site, email: str = NURSE, *, shift: str = "night", days_ago: int = 1) -> str:
    """A report without a browser."""
    [(made,)] = site.sql(
        f"""insert into public.shift_reports (
              org_id, practitioner_id, user_id, shift_date, shift, patient_count, acuity, unsafe_reasons
            )
            select members.org_id, people.id, people.user_id,
              app.organization_day(members.org_id) - {days_ago}, '{shift}', 8, 5, '{{too_few_nurses}}'
            from public.org_practitioners as members
            inner join public.fhir_practitioners as people on people.id = members.practitioner_id
            where people.user_id = '{site.user_id(email)}'
            returning id"""
    )
    return str(made)


def test_a_nurse_reports_an_unsafe_night_mends_it_and_reads_what_was_done(site: Site, visit: VisitAs) -> None:
    nurse = visit(NURSE).go("staffing")
    page = nurse.page
    expect(page.get_by_text("read it with your name")).to_be_visible()
    expect(page.get_by_text("You have not reported a shift yet.")).to_be_visible()
    fill(nurse, reasons=("Too few nurses", "No time for breaks"))
    form_of(nurse).get_by_label("Patients on the unit").fill("30")
    form_of(nurse).get_by_label("Nurses on the unit").fill("3")
    send(nurse)
    expect(page.get_by_role("heading", name="Saved: Night shift,")).to_be_focused()
    saved = page.locator(".notice.good")
    expect(saved).to_contain_text("7 patients · acuity 4 of 5 · on the unit: 30 patients, 3 nurses")
    expect(saved).to_contain_text("Not staffed safely: Too few nurses; No time for breaks.")
    expect(saved).to_contain_text("Administrators, managers and care managers have been told.")
    expect(own(page)).to_contain_text("Not answered yet.")

    # What was said is there to be mended, and it stays one report.
    page.get_by_role("button", name="Change: Night shift").click()
    patients = form_of(nurse).get_by_label("Patients in your care at once")
    expect(patients).to_have_value("7")
    expect(form_of(nurse).get_by_label("Too few nurses")).to_be_checked()
    expect(form_of(nurse).get_by_label("Yesterday,")).to_be_focused()
    patients.fill("9")
    form_of(nurse).get_by_label("No time for breaks").uncheck()
    send(nurse)
    expect(own(page)).to_contain_text("9 patients")
    [row] = reported(
        site, NURSE, columns="shift::text, patient_count, acuity, unit_nurse_count, unsafe_reasons::text"
    )
    assert row == ("night", 9, 4, 3, "{too_few_nurses}")

    lead = visit("admin@example.com").go("staffing")
    card = lead.page.locator("li.card").filter(has_text=NAME)
    expect(card).to_contain_text("Night shift")
    expect(card).to_contain_text("9 patients · acuity 4 of 5 · on the unit: 30 patients, 3 nurses")
    expect(card).to_contain_text("Not staffed safely: Too few nurses.")
    weeks = lead.page.get_by_role("table", name="The last eight weeks").locator("tbody tr")
    expect(weeks).to_have_count(1)
    cells = weeks.first.get_by_role("cell")
    expect(cells).to_have_text(["Night shift", "1", "9", "4", "10", "1", "1"])
    card.get_by_role("button", name="Answer").click()
    expect(card.get_by_text("Please answer: What was done about it?")).to_be_visible()
    card.get_by_label("What was done about it?").select_option("staff was added")
    with lead.page.expect_response(ANSWER):
        card.get_by_role("button", name="Answer").click()
    expect(card.get_by_role("heading", name=NAME)).to_be_focused()
    expect(card.get_by_text("staff was added.")).to_be_visible()
    expect(card.get_by_role("button")).to_have_count(0)
    expect(cells).to_have_text(["Night shift", "1", "9", "4", "10", "1", "0"])

    # Not again: it was answered in the meantime, and what was typed stays.
    page.get_by_role("button", name="Report another shift").click()
    fill(nurse, patients="12")
    send(nurse)
    expect(form_of(nurse).get_by_role("alert")).to_contain_text("was answered and stays as it is")
    expect(patients).to_have_value("12")
    nurse.go("account")
    nurse.go("staffing")
    expect(own(page)).to_contain_text("staff was added.")
    expect(page.get_by_role("button", name="Change: Night shift")).to_have_count(0)


def test_what_is_missing_is_said_and_a_safe_shift_tells_nobody(site: Site, visit: VisitAs) -> None:
    here = visit(NURSE).go("staffing")
    form_of(here).get_by_role("button", name="Send this report").click()
    day = here.page.get_by_role("radiogroup", name="When did the shift begin?")
    expect(day.get_by_text("Please answer: When did the shift begin?")).to_be_visible()
    expect(day.get_by_role("radio").first).to_be_focused()
    expect(form_of(here).get_by_text("Patients in your care at once: a number")).to_be_visible()
    fill(here, patients="4", acuity=2)
    refuse(here.page, SUBMIT, 400, "invalid_input", field="p_shift_date")
    send(here)
    expect(day.get_by_text("No.")).to_be_visible()
    send(here)
    saved = here.page.locator(".notice.good")
    expect(saved).to_contain_text("Staffed safely.")
    expect(saved).not_to_contain_text("have been told")
    assert reported(site, NURSE, columns="is_unsafe, unit_patient_count, site_id") == [(False, None, None)]


def test_a_wellness_officer_reads_by_name_and_does_not_answer(site: Site, visit: VisitAs) -> None:
    report = report_unsafe(site)
    here = visit("wellness@example.com").go("staffing")
    card = here.page.locator("li.card").filter(has_text=NAME)
    expect(card).to_contain_text("not answered")
    expect(here.page.get_by_role("form")).to_have_count(0)
    # As a message links to it.
    here.go(f"staffing/{report}")
    expect(card).to_contain_text("8 patients")
    expect(card.get_by_role("button")).to_have_count(0)
    here.page.get_by_role("link", name="All reports").click()
    expect(here.page.get_by_role("heading", name="Workload by week and shift")).to_be_visible()


@pytest.fixture
def _leads_too(site: Site) -> Iterator[None]:
    """A nurse who is a manager, too."""
    user = site.user_id(BOTH)
    site.sql(
        f"""insert into public.role_assignments (org_id, user_id, role, valid_during)
            select id, '{user}', 'manager', tstzrange(app.clock() - interval '1 day', null)
            from public.organizations where slug = 'lakeside'"""
    )
    yield
    site.sql(f"delete from public.role_assignments where user_id = '{user}' and role = 'manager'")


@pytest.mark.usefixtures("_leads_too")
def test_who_leads_and_gives_care_sees_both_and_answers_others_only(site: Site, visit: VisitAs) -> None:
    report_unsafe(site)
    here = visit(BOTH)
    expect(here.heading()).to_have_text("How was your day?")
    here.go("staffing")
    other = here.page.locator("li.card").filter(has_text=NAME)
    expect(other.get_by_role("button", name="Answer")).to_be_visible()
    fill(here, reasons=("Equipment missing",))
    send(here)
    expect(here.page.get_by_role("heading", name="Saved: Night shift,")).to_be_focused()
    mine = here.page.locator("li.card").filter(has_text="Hazel Thistledown")
    expect(mine).to_contain_text("Somebody else answers what you reported.")
    expect(mine.get_by_role("button")).to_have_count(0)
    expect(other.get_by_role("button", name="Answer")).to_be_visible()


def test_the_administrator_of_another_organization_sees_nothing_of_it(site: Site, visit: VisitAs) -> None:
    report = report_unsafe(site)
    with site.switched("resilience_hub", "harbor", on=True):
        here = visit("admin@example.org").go("staffing")
        expect(here.page.get_by_text("There is no report that waits for an answer.")).to_be_visible()
        expect(here.page.get_by_text("No shift was reported in the last eight weeks.")).to_be_visible()
        assert NAME not in here.page.content()
        here.go(f"staffing/{report}")
        expect(here.page.get_by_text("This report is not there.")).to_be_visible()


def test_a_long_list_is_shown_a_page_at_a_time(site: Site, visit: VisitAs) -> None:
    for number in range(53):
        report_unsafe(site, shift="night" if number % 2 else "day", days_ago=number // 2)
    here = visit("admin@example.com").go("staffing")
    cards = here.page.locator("li.card").filter(has_text=NAME)
    more = here.page.get_by_role("button", name="Show more")
    expect(cards).to_have_count(50)
    more.click()
    expect(cards).to_have_count(53)
    expect(more).to_have_count(0)
    shifts = cards.locator(".by").all_inner_texts()
    assert len(set(shifts)) == 53
