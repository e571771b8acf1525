"""What is kept of each medicine: what comes, goes, is counted and does not fit; second signatures."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from carebase.project import Project
from tests.console import care
from tests.console.care import Home, ask_for, key
from tests.console.conftest import Site, Visit, VisitAs, axe


def keep(home: Home, name: str, *, received: int = 10, is_controlled: bool = False) -> Any:
    """A stock of Percy's, with so much of it, seen by two."""
    nurse = home.as_(care.NURSE)
    stock = nurse.call(
        "create_medication_stock",
        p_resident_id=home.residents["Percy"],
        p_name=name,
        p_unit="tablet",
        p_is_controlled=is_controlled,
    )
    got = nurse.call(
        "record_stock_movement",
        p_stock_id=stock["id"],
        p_kind="received",
        p_request_key=key(),
        p_quantity=received,
    )
    if is_controlled:
        home.as_(care.OTHER_NURSE).call("witness_stock_movement", p_id=got["id"])
    return stock


def look(here: Visit) -> Page:
    here.go("cupboard")
    if here.page.get_by_text("What do you look for?").count():
        ask_for(here)
    if here.page.get_by_label("Home", exact=True).count():
        here.page.get_by_label("Home", exact=True).select_option("The Hazels")
        here.settled()
    return here.page


def card(page: Page, text: str) -> Locator:
    return page.locator("li.card").filter(has_text=text)


def test_a_nurse_begins_to_count_a_medicine_and_records_what_came(
    visit: VisitAs, hazels: Home, project: Project
) -> None:
    here = visit(care.NURSE, bypass_csp=True)
    page = look(here)
    page.get_by_role("button", name="Begin to count a medicine").click()
    ask = page.get_by_role("dialog", name="Begin to count a medicine")
    ask.get_by_role("button", name="Begin to count a medicine").click()
    expect(ask.get_by_text("Please answer: Which medicine?")).to_be_visible()
    assert axe(project, page) == []
    ask.get_by_label("Which medicine?").fill("Folic acid 5 mg tablets")
    ask.get_by_label("Whose is it?").select_option("Percy")
    ask.get_by_label("What is counted?").fill("tablet")
    ask.get_by_label("Order more when no more than this is left").fill("5")
    ask.get_by_role("button", name="Begin to count a medicine").click()
    it = card(page, "Folic acid")
    expect(it).to_contain_text("0 tablet (Percy)")
    expect(it).to_contain_text("order more")

    it.get_by_role("button", name="Came or went: Folic acid").click()
    ask = page.get_by_role("dialog", name="Folic acid")
    ask.get_by_label("What happened?").select_option("it was disposed of")
    ask.get_by_label("How much, in tablet?").fill("3")
    ask.get_by_role("button", name="Came or went").click()
    expect(ask.get_by_role("alert")).to_contain_text("There is not so much in the stock.")
    ask.get_by_label("What happened?").select_option("it was delivered")
    ask.get_by_label("How much, in tablet?").fill("28")
    ask.get_by_role("button", name="Came or went").click()
    expect(ask).to_have_count(0)
    expect(it).to_contain_text("28 tablet (Percy)")
    expect(it).not_to_contain_text("order more")


def test_what_does_not_fit_is_explained_by_the_manager_and_then_put_right(
    site: Site, visit: VisitAs, hazels: Home
) -> None:
    stock = keep(hazels, "Bisoprolol 2.5 mg")
    page = look(visit(care.CARER))
    it = card(page, "Bisoprolol")
    expect(page.get_by_role("button", name="Begin to count a medicine")).to_have_count(0)
    it.get_by_role("button", name="Count: Bisoprolol 2.5 mg").click()
    ask = page.get_by_role("dialog", name="Bisoprolol 2.5 mg")
    ask.get_by_label("How much is there, in tablet?").fill("8")
    ask.get_by_role("button", name="Count").click()
    gap = "Bisoprolol 2.5 mg: 2 tablet less than there should be"
    expect(card(page, gap)).to_contain_text("Nobody has explained it yet.")
    expect(card(page, gap).get_by_role("button")).to_have_count(0)

    theirs = look(visit(care.MANAGER))
    expect(card(theirs, gap).get_by_role("button", name="Put the stock right")).to_have_count(0)
    card(theirs, gap).get_by_role("button", name="Explain").click()
    ask = theirs.get_by_role("dialog", name=gap)
    ask.get_by_label("How did that come about?").fill("Two fell on the floor.")
    ask.get_by_role("button", name="Explain").click()
    expect(ask).to_have_count(0)
    card(theirs, gap).get_by_role("button", name="Put the stock right").click()
    expect(theirs.get_by_text(gap)).to_have_count(0)
    expect(card(theirs, "Bisoprolol").first).to_contain_text("8 tablet (Percy)")
    assert site.sql(
        "select quantity_after::integer from public.medication_stock_movements"
        f" where stock_id = '{stock['id']}' order by entry_number"
    ) == [(10,), (8,)]


def test_of_a_controlled_drug_a_second_person_signs_for_what_was_taken_back(
    visit: VisitAs, hazels: Home
) -> None:
    stock = keep(hazels, "Oxycodone 5 mg", is_controlled=True)
    nurse, other = hazels.as_(care.NURSE), hazels.as_(care.OTHER_NURSE)
    made = nurse.call(
        "create_medication_order",
        p_resident_id=hazels.residents["Percy"],
        p_name="Oxycodone 5 mg",
        p_dose="One",
        p_route="oral",
        p_dose_quantity=1,
        p_unit="tablet",
        p_prescriber="Dr Hale",
        p_request_key=key(),
        p_is_as_needed=True,
        p_indication="Pain",
        p_min_interval_minutes=240,
        p_max_quantity_24_hours=4,
        p_is_controlled=True,
        p_stock_id=stock["id"],
    )
    given = nurse.call(
        "record_as_needed", p_order_id=made["id"], p_reason="His hip hurts.", p_request_key=key()
    )
    other.call("witness_administration", p_id=given["id"])
    nurse.call("retract_administration", p_id=given["id"], p_reason="not_given")

    line = "Oxycodone 5 mg: 1 tablet came in"
    mine = look(visit(care.NURSE))
    expect(card(mine, line)).to_contain_text("It waits for a second signature, of somebody else than you.")
    ours = card(mine, "Oxycodone 5 mg").filter(has_text="9 tablet (Percy)")
    expect(ours).to_contain_text("1 tablet of it is not signed for")
    theirs = look(visit(care.OTHER_NURSE))
    expect(card(theirs, line)).to_contain_text("Signed by Nancy Fernleigh")
    card(theirs, line).get_by_role("button", name=f"I saw it: {line}").click()
    expect(theirs.get_by_text(line)).to_have_count(0)
    expect(card(theirs, "Oxycodone")).to_contain_text("10 tablet (Percy)")


def test_who_did_not_see_what_came_says_so_and_it_does_not_count(
    site: Site, visit: VisitAs, hazels: Home
) -> None:
    stock = keep(hazels, "Fentanyl 12 patch", is_controlled=True)
    hazels.as_(care.NURSE).call(
        "record_stock_movement", p_stock_id=stock["id"], p_kind="received", p_request_key=key(), p_quantity=5
    )
    line = "Fentanyl 12 patch: 5 tablet came in"
    page = look(visit(care.OTHER_NURSE))
    card(page, line).get_by_role("button", name="I did not see it").click()
    expect(
        page.get_by_text(
            "It is noted that you did not see it, and it does not count. The manager is told."
        ).first
    ).to_be_attached()
    expect(page.locator("li.card").filter(has_text=line)).to_have_count(0)
    expect(card(page, "Fentanyl")).to_contain_text("10 tablet (Percy)")
    assert site.sql(
        "select status::text from public.medication_stock_movements"
        f" where stock_id = '{stock['id']}' order by id"
    ) == [("confirmed",), ("declined",)]
    assert site.sql(
        "select count(*) > 0 from public.notification_queue where template_key = 'medication.not_witnessed'"
        f" and payload ->> 'link' = '/care/medication/stock/{stock['id']}'"
    ) == [(True,)]


def test_a_care_manager_and_an_owner_look_and_sign_nothing(visit: VisitAs, hazels: Home) -> None:
    keep(hazels, "Warfarin 1 mg")
    for email in (care.COORDINATOR, care.OWNER):
        it = card(look(visit(email)), "Warfarin")
        expect(it).to_contain_text("10 tablet (Percy)")
        expect(it.get_by_role("button")).to_have_count(0)
