"""A resident as those see who care for her, she herself and her daughter."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.console import care
from tests.console.care import Home, ask_for
from tests.console.conftest import Site, VisitAs

pytestmark = pytest.mark.usefixtures("planned")


def test_a_nurse_finds_a_resident_reads_her_plan_and_signs_for_it(visit: VisitAs, hazels: Home) -> None:
    here = ask_for(visit(care.NURSE).go("residents"))
    page = here.page
    page.get_by_role("link", name="Olive").click()
    here.settled()
    expect(page.get_by_role("heading", name="Olive The Hazels, Room 1, 1A")).to_be_visible()
    plan = page.locator("details.card").filter(has_text="Drinking")
    plan.locator("summary").click()
    expect(plan).to_contain_text("Offer tea and water, sit with her.")
    expect(plan).to_contain_text("To be looked at again by")
    plan.get_by_role("button", name="I have read this").click()
    expect(plan.get_by_text("You have read this.")).to_be_visible()
    here.go("shift").go(f"residents/{hazels.residents['Olive']}")
    expect(plan).to_contain_text("You have read this.")
    expect(plan.get_by_role("button")).to_have_count(0)


def test_a_carer_notes_what_was_drunk_and_what_is_wrong_is_said_where_it_is(
    site: Site, visit: VisitAs, hazels: Home
) -> None:
    here = ask_for(visit(care.CARER).go(f"residents/{hazels.residents['Olive']}"))
    page = here.page
    page.get_by_text("Write a note").click()
    form = page.get_by_role("form", name="Record")
    form.get_by_role("button", name="Record").click()
    expect(form.get_by_role("alert")).to_contain_text("Say something, or how much.")
    form.get_by_label("About").select_option("Drunk")
    form.get_by_label("Millilitres").fill("6000")
    form.get_by_role("button", name="Record").click()
    expect(form.get_by_text("Millilitres: a number from 1 to 5,000, please.")).to_be_visible()
    form.get_by_label("Millilitres").fill("200")
    form.get_by_label("In words").fill("Peppermint tea.")
    form.get_by_label("Let them and their relatives read it").check()
    form.get_by_role("button", name="Record").click()
    expect(page.get_by_text("It has been written down.").first).to_be_visible()
    note = page.get_by_role("listitem").filter(has_text="Peppermint tea.").first
    expect(note).to_contain_text("Drunk 200 mL")
    expect(note).to_contain_text("you")
    form.get_by_label("About").select_option("Mood")
    expect(form.get_by_label("Millilitres")).to_have_count(0)
    form.get_by_label("In words").fill("For the staff only.")
    form.get_by_role("button", name="Record").click()
    expect(page.get_by_role("listitem").filter(has_text="For the staff only.").first).to_be_visible()

    for email in (care.RESIDENT, care.DAUGHTER):
        own = visit(email)
        assert own.menu() == ["Residents", "Account"]
        expect(own.page.get_by_role("heading", name="Olive")).to_be_visible()
        expect(own.page.get_by_text("Peppermint tea.").first).to_be_visible()
        assert "For the staff only." not in own.page.content()
        assert "Clover" not in own.page.content()
        own.page.locator("details.card").filter(has_text="Drinking").locator("summary").click()
        expect(own.page.get_by_text("A litre and a half a day.")).to_be_visible()
        expect(own.page.get_by_role("button", name="I have read this")).to_have_count(0)
        assert "Percy" not in own.page.content()


@pytest.fixture
def _not_shared(hazels: Home) -> Iterator[None]:
    """Nobody may know about Olive for a while."""
    manager, daughter = hazels.as_(care.MANAGER), hazels.as_(care.DAUGHTER)
    olive = hazels.residents["Olive"]
    [(share,)] = hazels.site.sql(
        f"""select id from public.resident_shares
            where resident_id = '{olive}' and user_id = '{daughter.id}' and withdrawn_at is null"""
    )
    manager.call("withdraw_share", p_share_id=str(share))
    yield
    manager.call("share_resident", p_resident_id=olive, p_user_id=daughter.id, p_topics=care.TOPICS)


@pytest.mark.usefixtures("_not_shared")
def test_a_daughter_who_may_know_nothing_any_more_is_told_so(visit: VisitAs) -> None:
    here = visit(care.DAUGHTER)
    expect(here.page.get_by_text("Nobody lets you know about them now.")).to_be_visible()
    assert "Olive" not in here.page.content()


@pytest.mark.parametrize("email", [care.OWNER, care.COMPLIANCE])
def test_who_looks_across_homes_reads_and_writes_nothing(visit: VisitAs, hazels: Home, email: str) -> None:
    here = ask_for(visit(email).go(f"residents/{hazels.residents['Olive']}"), "A legal duty")
    page = here.page
    expect(page.get_by_role("heading", name="Olive The Hazels")).to_be_visible()
    expect(page.locator("details.card").filter(has_text="Drinking")).to_be_visible()
    expect(page.get_by_text("Write a note")).to_have_count(0)
    expect(page.get_by_role("button", name="I have read this")).to_have_count(0)


def test_a_resident_of_another_home_is_nobody_here(visit: VisitAs, site: Site) -> None:
    [(other,)] = site.sql(
        """select residents.id from public.residents
           inner join public.sites on sites.id = residents.site_id where sites.name = 'The Oaks' limit 1"""
    )
    here = ask_for(visit(care.NURSE).go(f"residents/{other}"))
    expect(here.page.get_by_text("This person is not here, or not at a home of yours.")).to_be_visible()
