"""A medication round: given, refused, too early, twice in a hurry; a controlled drug takes two people."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

from carebase.project import Project
from tests.console import care
from tests.console.care import Home, ask_for, key
from tests.console.conftest import Site, Visit, VisitAs, axe


def order(home: Home, name: str, who: str = "Percy", *, minutes: int | None = 10, **more: object) -> Any:
    """An order of a nurse's, due in so many minutes, or as needed."""
    due = datetime.now(care.ZONE) + timedelta(minutes=minutes or 0)
    times = {"p_times_of_day": [due.strftime("%H:%M")]} if minutes else {"p_is_as_needed": True}
    return home.as_(care.NURSE).call(
        "create_medication_order",
        **{
            "p_resident_id": home.residents[who],
            "p_name": name,
            "p_dose": "One tablet",
            "p_route": "oral",
            "p_dose_quantity": 1,
            "p_unit": "tablet",
            "p_prescriber": "Dr Hale",
            "p_request_key": key(),
            **times,
            **more,
        },
    )


def look(here: Visit, minutes: int = 10) -> Page:
    """The day on which what is due in so many minutes is."""
    due = datetime.now(care.ZONE) + timedelta(minutes=minutes)
    here.go(f"round/{due.date()}/day")
    if here.page.get_by_text("What do you look for?").count():
        ask_for(here)
    if here.page.get_by_label("Home", exact=True).count():
        here.page.get_by_label("Home", exact=True).select_option("The Hazels")
        here.settled()
    return here.page


def dose(page: Page, name: str) -> Locator:
    return page.locator("li.card").filter(has_text=name)


def test_a_nurse_gives_and_a_dose_is_given_once_however_often_it_is_sent(
    site: Site, visit: VisitAs, hazels: Home
) -> None:
    made = order(hazels, "Amlodipine 5 mg", p_instructions="With water.")
    page = look(visit(care.NURSE))
    it = dose(page, "Amlodipine")
    expect(it).to_contain_text("Percy")
    expect(it).to_contain_text("Amlodipine 5 mg: One tablet (1 tablet, by mouth)")
    expect(it).to_contain_text("With water.")

    def lost(route: Route) -> None:
        # It arrives, and its answer does not.
        route.fetch()
        route.abort()

    page.route("**/rest/v1/rpc/record_administration", lost, times=1)
    given = it.get_by_role("button", name="Given: Amlodipine 5 mg, Percy")
    given.click()
    expect(it.get_by_role("alert")).to_contain_text("No connection.")
    expect(given).to_be_visible()
    given.click()
    expect(it).to_contain_text("Signed by you at")
    expect(given).to_have_count(0)
    assert site.sql(
        f"select status from public.medication_administrations where order_id = '{made['id']}'"
    ) == [("given",)]


def test_what_was_refused_has_a_reason_and_what_is_too_early_is_said(
    visit: VisitAs, hazels: Home, project: Project
) -> None:
    order(hazels, "Senna 7.5 mg")
    order(hazels, "Ramipril 2.5 mg", minutes=180)
    here = visit(care.CARER, bypass_csp=True)
    page = look(here)
    it = dose(page, "Senna")
    it.get_by_role("button", name="Refused").click()
    ask = page.get_by_role("dialog", name="Senna 7.5 mg, Percy")
    ask.get_by_role("button", name="Refused").click()
    expect(ask.get_by_text("Please answer: Why?")).to_be_visible()
    assert axe(project, page) == []
    ask.get_by_label("Why?").select_option("they did not want it")
    ask.get_by_role("button", name="Refused").click()
    expect(ask).to_have_count(0)
    expect(it.locator(".tag")).to_have_text("refused")

    page = look(here, 180)
    early = dose(page, "Ramipril")
    early.get_by_role("button", name="Given").click()
    expect(early.get_by_role("alert")).to_contain_text("It is too early for this dose.")
    expect(early.get_by_text("It is possible from")).to_be_visible()


def test_the_wrong_line_is_taken_back_by_who_signed_it_and_by_a_nurse(
    site: Site, visit: VisitAs, hazels: Home, project: Project
) -> None:
    nurse = hazels.as_(care.NURSE)
    stock = nurse.call(
        "create_medication_stock",
        p_resident_id=hazels.residents["Percy"],
        p_name="Lisinopril",
        p_unit="tablet",
    )
    nurse.call(
        "record_stock_movement", p_stock_id=stock["id"], p_kind="received", p_request_key=key(), p_quantity=10
    )
    made = order(hazels, "Lisinopril 10 mg", p_stock_id=stock["id"])
    wrong = "That was wrong: Lisinopril 10 mg, Percy"
    here = visit(care.CARER, bypass_csp=True)
    it = dose(look(here), "Lisinopril")
    it.get_by_role("button", name="Given").click()
    expect(it).to_contain_text("Signed by you at")

    it.get_by_role("button", name=wrong).click()
    ask = here.page.get_by_role("dialog", name="Lisinopril 10 mg, Percy")
    expect(ask.get_by_label("It is in the cupboard")).to_be_checked()
    assert axe(project, here.page) == []
    ask.get_by_role("button", name="That was wrong").click()
    expect(ask.get_by_text("Please answer: What was wrong?")).to_be_visible()
    ask.get_by_label("What was wrong?").select_option("it was not given")
    ask.get_by_role("button", name="That was wrong").click()
    expect(ask).to_have_count(0)
    expect(it.get_by_role("button", name="Given")).to_be_visible()
    expect(it).not_to_contain_text("Signed by")

    it.get_by_role("button", name="Refused").click()
    ask.get_by_label("Why?").select_option("they were asleep")
    ask.get_by_role("button", name="Refused").click()
    expect(it.locator(".tag")).to_have_text("refused")
    theirs = look(visit(care.NURSE))
    dose(theirs, "Lisinopril").get_by_role("button", name=wrong).click()
    ask = theirs.get_by_role("dialog", name="Lisinopril 10 mg, Percy")
    expect(ask.get_by_label("It is in the cupboard")).to_have_count(0)
    ask.get_by_label("What was wrong?").select_option("it was somebody else's")
    ask.get_by_role("button", name="That was wrong").click()
    expect(dose(theirs, "Lisinopril").get_by_role("button", name="Given")).to_be_visible()
    assert site.sql(
        "select status, retraction_reason from public.medication_administrations"
        f" where order_id = '{made['id']}' order by id"
    ) == [("given", "not_given"), ("refused", "wrong_resident")]
    assert site.sql(
        f"select quantity::integer from public.medication_stock_movements where stock_id = '{stock['id']}'"
        " order by entry_number"
    ) == [(10,), (-1,), (1,)]


def test_a_controlled_drug_takes_a_second_person_in_a_session_of_their_own(
    visit: VisitAs, hazels: Home
) -> None:
    nurse, other = hazels.as_(care.NURSE), hazels.as_(care.OTHER_NURSE)
    stock = nurse.call(
        "create_medication_stock",
        p_resident_id=hazels.residents["Percy"],
        p_name="Morphine 10 mg",
        p_unit="tablet",
        p_is_controlled=True,
    )
    got = nurse.call(
        "record_stock_movement", p_stock_id=stock["id"], p_kind="received", p_request_key=key(), p_quantity=10
    )
    other.call("witness_stock_movement", p_id=got["id"])
    order(hazels, "Morphine 10 mg", p_is_controlled=True, p_stock_id=stock["id"])

    first = look(visit(care.NURSE))
    mine = dose(first, "Morphine")
    expect(mine).to_contain_text("controlled drug")
    mine.get_by_role("button", name="Given").click()
    expect(mine).to_contain_text("It waits for a second signature, of somebody else than you.")
    expect(mine.get_by_role("button")).to_have_count(0)

    button = "I saw it: Morphine 10 mg, Percy"
    untrained = dose(look(visit(care.CARER)), "Morphine")
    untrained.get_by_role("button", name=button).click()
    expect(untrained.get_by_role("alert")).to_contain_text("Your role and training do not let you witness")

    theirs = dose(look(visit(care.OTHER_NURSE)), "Morphine")
    expect(theirs).to_contain_text("Nancy Fernleigh has signed for it. Did you see it?")
    theirs.get_by_role("button", name=button).click()
    expect(theirs.locator(".tag").first).to_have_text("given")
    expect(theirs.get_by_role("button", name=button)).to_have_count(0)


def test_what_is_needed_is_given_from_the_residents_page_and_asked_after(
    visit: VisitAs, hazels: Home
) -> None:
    order(
        hazels,
        "Paracetamol 500 mg",
        "Olive",
        minutes=None,
        p_indication="Pain",
        p_min_interval_minutes=240,
        p_max_quantity_24_hours=4,
    )
    here = ask_for(visit(care.CARER).go(f"residents/{hazels.residents['Olive']}"))
    page = here.page
    it = dose(page, "Paracetamol").last
    expect(it).to_contain_text("Can be given now.")
    it.get_by_label("Why is it needed?").fill("Her knee hurts.")
    it.get_by_role("button", name="Give it").click()
    expect(it).to_contain_text("Too soon after the last one: from")
    expect(it.get_by_role("button")).to_have_count(0)

    page = look(here, 0)
    expect(page.get_by_role("heading", name="Given as needed")).to_be_visible()
    asked = page.get_by_role("form", name="Did it help? Paracetamol 500 mg, Olive")
    asked.get_by_label("Did it help?").select_option("Somewhat")
    asked.get_by_role("button", name="Record").click()
    expect(page.get_by_text("It is recorded whether it helped.").first).to_be_visible()

    daughter = visit(care.DAUGHTER)
    expect(daughter.page.get_by_text("Paracetamol 500 mg").first).to_be_visible()
    assert "Her knee" not in daughter.page.content()


def test_a_care_manager_and_an_owner_look_and_sign_nothing(visit: VisitAs, hazels: Home) -> None:
    order(hazels, "Lansoprazole 15 mg", "Tilly")
    for email in (care.COORDINATOR, care.OWNER):
        it = dose(look(visit(email)), "Lansoprazole")
        expect(it).to_contain_text("Tilly")
        expect(it.get_by_role("button")).to_have_count(0)
