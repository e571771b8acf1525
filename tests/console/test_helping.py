"""Help as it is lived: leads see months and nobody, a nurse what weighs on her, and who gets back to her."""

from __future__ import annotations

import pytest
from playwright.sync_api import Request, expect

from tests.console.conftest import Site, VisitAs
from tests.console.test_checkin import answer

pytestmark = pytest.mark.usefixtures("months")
FEW = "fewer than five people"


def test_leads_see_months_and_teams_and_too_few_people_in_words(visit: VisitAs) -> None:
    here = visit("admin@example.com").go("wellbeing")
    page = here.page
    expect(
        page.get_by_role("img", name="Line chart of median and average burnout over 6 months")
    ).to_be_visible()
    expect(page.locator(".chart[data-drawn]")).to_be_visible()
    burnout = page.get_by_role("table", name="Burnout, from 0 to 100").locator("tbody tr")
    expect(burnout.first).to_contain_text("62\t57\thigh", use_inner_text=True)
    expect(burnout.last).to_contain_text("Fewer than five people were assessed")
    expect(page.get_by_role("table", name="Taking part").locator("tbody tr").first).to_contain_text(
        "fewer than five did, or did not"
    )

    grid = page.get_by_role("region", name="Median burnout by team and month")
    day, night = (grid.get_by_role("row").filter(has_text=name) for name in ("Day team", "Night team"))
    expect(day.get_by_role("cell")).to_have_text([FEW] * 5 + ["62 high"])
    expect(night.get_by_role("cell")).to_have_text([FEW] * 6)

    page.get_by_label("Show").select_option("Night team")
    expect(burnout.first).to_contain_text("Fewer than five people were assessed")
    expect(page.get_by_text("for the whole organization only")).to_be_visible()
    assert "Quickstep" not in page.content()


def test_a_nurse_sees_what_raised_her_risk_and_how_it_went(visit: VisitAs) -> None:
    here = visit("nurse2@example.com").go("risk")
    page = here.page
    expect(page.get_by_role("heading", name="Your risk of burnout is critical")).to_be_visible()
    parts = page.get_by_role("listitem")
    expect(parts.filter(has_text="Your last answers to a questionnaire come to 82 of 100.")).to_contain_text(
        "82 points"
    )
    expect(parts.filter(has_text="22 points above the ones before; 10 and more counts.")).to_contain_text(
        "10 points"
    )
    rows = page.get_by_role("table", name="Your burnout score").locator("tbody tr")
    expect(rows.first).to_contain_text("82\t22 higher", use_inner_text=True)
    expect(page.get_by_text("Encounters, last 30 days")).to_be_visible()


BESIDE = {
    "assessment_date": "2026-05-10",
    "score": 42,
    "month": "2026-05-01",
    "assessed_count": 26,
    "median_burnout": 40,
    "lower_quartile": 28,
    "upper_quartile": 61,
    "quarter": "third",
}


def test_a_nurse_sees_her_score_beside_those_of_twenty_and_more(visit: VisitAs) -> None:
    here = visit("nurse2@example.com")
    heading = here.page.get_by_role("heading", name="Your score beside others")
    # Fewer than twenty were assessed in each of the demo's months.
    here.go("risk")
    expect(here.page.get_by_role("heading", name="Your work")).to_be_visible()
    expect(heading).to_have_count(0)
    here.go("account")
    answer(here.page, "get_my_benchmark", [BESIDE])
    here.go("risk")
    expect(heading).to_be_visible()
    expect(
        here.page.get_by_text(
            "Your burnout score of 42 is in the third quarter of the 26 people assessed in May 2026; "
            "half were at or below 40."
        )
    ).to_be_visible()
    expect(here.page.get_by_text("they name nobody")).to_be_visible()


def test_a_nurse_takes_up_an_offer_and_a_wellness_officer_sees_her_through(
    site: Site, visit: VisitAs
) -> None:
    nurse = visit("nurse4@example.com").go("offers")
    offer = nurse.page.get_by_role("form", name="A colleague to talk to")
    offer.get_by_role("button", name="Take it up").click()
    expect(offer.get_by_text("Please answer: May those who help know")).to_be_visible()
    offer.get_by_label("Yes, they may know").check()
    offer.get_by_role("button", name="Take it up").click()
    expect(nurse.page.get_by_text("Those who help know that it is you.").first).to_be_visible()
    expect(offer).to_have_count(0)

    asked: list[str] = []
    here = visit("wellness@example.com")
    page = here.page

    def note(request: Request) -> None:
        asked.append(request.url.rpartition("/")[2])

    page.on("request", note)
    here.go("help")
    expect(page.get_by_text("Each look is written down")).to_be_visible()
    assert not {"list_interventions", "get_providers_needing_help"} & set(asked)
    page.get_by_label("Looking after those who work here").check()
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="Juniper Moonbeam").last).to_be_visible()
    page.get_by_role("link", name="Rowan Quickstep").click()
    here.settled()
    log = page.get_by_role("form", name="Log this contact")
    log.get_by_label("How?").select_option("Call")
    log.get_by_label("Reached", exact=True).check()
    log.get_by_role("button").click()
    expect(page.get_by_role("listitem").filter(has_text="Call: Reached")).to_be_visible()
    expect(page.get_by_text("in contact")).to_be_visible()
    expect(log.get_by_label("How?")).to_have_value("")
    # What is known is not asked again: each question is an event in the trail.
    assert asked.count("get_intervention") == 1

    close = page.get_by_role("form", name="Close this case")
    close.get_by_label("How did it end?").select_option("Better")
    close.get_by_label("What was agreed").fill("Two free days.")
    close.get_by_role("button").click()
    expect(page.get_by_role("heading", name="Cases")).to_be_visible()
    expect(page.get_by_role("link", name="Rowan Quickstep")).to_have_count(0)

    nurse.go("account")
    nurse.go("offers")
    nurse.page.get_by_text("What has ended").click()
    expect(nurse.page.get_by_text("Two free days.")).to_be_visible()


def test_asking_for_a_colleague_takes_two_taps(site: Site, visit: VisitAs) -> None:
    here = visit("nurse7@example.com").go("offers")
    here.page.get_by_role("button", name="A patient died").click()
    here.page.get_by_role("button", name="Ask without my name").click()
    expect(here.page.get_by_role("heading", name="It has been asked.")).to_be_focused()
    expect(here.page.get_by_text("1 person who helps has been told.")).to_be_visible()
    expect(here.page.get_by_text("You have not made yourself known for this.")).to_be_visible()
    mine = site.sql(
        f"""select occasion::text, shared_at from public.provider_interventions
            where user_id = '{site.user_id("nurse7@example.com")}'"""
    )
    assert mine == [("patient_death", None)]


def test_where_nobody_was_told_help_is_shown_at_once(visit: VisitAs) -> None:
    here = visit("nurse3@example.com")
    nobody = {"intervention_id": None, "due_on": "2026-01-02", "is_shared": True, "told_count": 0}
    answer(here.page, "request_peer_support", [nobody])
    here.go("offers")
    here.page.get_by_role("button", name="Violence").click()
    here.page.get_by_role("button", name="Ask by name").click()
    expect(here.page.get_by_role("dialog", name="Help now").get_by_role("link").first).to_be_focused()
    here.page.keyboard.press("Escape")
    expect(here.page.get_by_text("Nobody could be told")).to_be_visible()


def test_a_no_is_enough(site: Site, visit: VisitAs) -> None:
    here = visit("nurse1@example.com").go("offers")
    here.page.get_by_role("form", name="A colleague to talk to").get_by_role(
        "button", name="No, thank you"
    ).click()
    expect(here.page.get_by_text("There is nothing that waits for you.")).to_be_visible()
    mine = site.sql(
        f"""select status::text, shared_at from public.provider_interventions
            where user_id = '{site.user_id("nurse1@example.com")}'"""
    )
    assert mine == [("declined", None)]
