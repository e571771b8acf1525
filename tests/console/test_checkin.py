"""A nurse at four in the morning: checking in by keyboard, and everything that may come between."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.console.conftest import Site, Visit, VisitAs

NURSE = "nurse2@example.com"
# What is left of the menu without the resilience hub, where there is a care home.
CARE_PAGES = (
    "Shift",
    "Residents",
    "Medication",
    "Medicine stock",
    "Incidents",
    "Beds",
    "Rota",
    "Swaps",
    "Training",
)
NEW = "nurse7@example.com"  # has never checked in
SUBMIT = "**/rest/v1/rpc/submit_daily_checkin"


def refuse(page: Page, url: str, status: int, code: str, times: int = 1, **details: Any) -> None:
    """The server refuses the next call."""
    body = {"code": code, "message": "No.", "details": json.dumps(details), "hint": None}
    page.route(
        url,
        lambda route: route.fulfill(status=status, content_type="application/json", body=json.dumps(body)),
        times=times,
    )


def answer(page: Page, name: str, value: object) -> list[Any]:
    """The server answers an RPC with this; what it is asked with is in the list."""
    asked: list[Any] = []

    def fulfil(route: Route) -> None:
        asked.append(route.request.post_data_json)
        route.fulfill(status=200, content_type="application/json", body=json.dumps(value))

    page.route(f"**/rest/v1/rpc/{name}", fulfil)
    return asked


def fill(here: Visit) -> None:
    here.choose("How stressed are you?", 8)
    here.choose("How much energy do you have?", 2)
    here.page.get_by_label("Patients contacted").fill("6")


def check_in(here: Visit) -> None:
    here.page.get_by_role("button", name="heck").last.click()


def test_by_keyboard_alone_and_the_trend_shows_it(site: Site, visit: VisitAs) -> None:
    here = visit()
    keys = here.page.keyboard
    expect(here.page.get_by_label("E-mail address")).to_be_focused()
    keys.type(NEW)
    keys.press("Tab")
    keys.type(site.password)
    keys.press("Enter")
    here.settled()
    expect(here.heading()).to_be_focused()
    expect(here.page.get_by_label("Where did you mainly work?")).to_be_visible()
    steps = ["Tab", "7", "Tab", "0", "Tab", "T", "Tab", "9", "Tab", "2", "Tab", "Tab", "Space", "Enter"]
    for key in steps:
        keys.press(key)
    expect(here.page.get_by_role("heading", name="Checked in for")).to_be_focused()
    [row] = site.sql(
        f"""select stress_level, energy_level, work_setting::text, patients_contacted_today,
              difficult_patient_calls, overtime_hours, missed_break, is_shared
            from public.provider_daily_checkins where user_id = '{site.user_id(NEW)}'"""
    )
    assert row == (7, 10, "telehealth", 9, 2, 0, True, False)

    keys.press("Tab")
    keys.press("Enter")
    here.settled()
    expect(here.heading()).to_have_text("How it has been")
    rows = here.page.get_by_role("table").locator("tbody tr")
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("9 patients, 2 difficult calls, break missed")
    expect(here.page.get_by_text("You have checked in 1 time.")).to_be_visible()
    expect(here.page.get_by_role("img", name="Line chart of stress and energy, 1 check-in.")).to_be_visible()
    expect(here.page.locator(".chart[data-drawn]")).to_be_visible()


def test_what_is_missing_is_said_at_its_place_and_gets_the_focus(visit: VisitAs) -> None:
    here = visit(NURSE)
    here.choose("How stressed are you?", 5)
    here.page.get_by_label("Overtime in hours").fill("25")
    check_in(here)
    energy = here.page.get_by_role("radiogroup", name="How much energy do you have?")
    expect(energy.get_by_text("Please answer: How much energy do you have?")).to_be_visible()
    expect(energy.get_by_role("radio").first).to_be_focused()
    expect(here.page.get_by_label("Overtime in hours")).to_have_attribute("aria-invalid", "true")
    expect(here.page.get_by_role("status")).to_contain_text("Please answer")
    here.choose("How much energy do you have?", 5)
    expect(energy.get_by_text("Please answer")).to_be_hidden()


def test_again_on_the_same_day_the_answers_are_there(visit: VisitAs) -> None:
    here = visit("nurse3@example.com", timezone_id="America/Chicago")
    fill(here)
    check_in(here)
    expect(here.page.get_by_role("heading", name="Checked in for")).to_be_visible()
    here.go("account")
    here.go("checkin")
    expect(here.page.get_by_text("You have checked in today.")).to_be_visible()
    expect(here.page.get_by_label("Patients contacted")).to_have_value("6")
    here.choose("How stressed are you?", 1)
    check_in(here)
    expect(here.page.get_by_role("heading", name="Checked in for")).to_be_visible()
    here.go("trend")
    expect(here.page.get_by_role("row").nth(1)).to_contain_text("6 patients")


STREAK = {"checkin_count": 40, "week_count": 12, "is_this_week_done": False}


def test_the_trend_only_ever_encourages(visit: VisitAs) -> None:
    for current, longest, words in (
        (3, 9, "You have checked in for 3 weeks running. Your longest run was 9 weeks."),
        (9, 9, "You have checked in for 9 weeks running."),
        (1, 9, "You have checked in 40 times."),
        (0, 9, "You have checked in 40 times."),
    ):
        here = visit(NURSE)
        answer(
            here.page,
            "get_my_checkin_streak",
            [{**STREAK, "current_weeks": current, "longest_weeks": longest}],
        )
        here.go("trend")
        expect(here.page.get_by_text(words, exact=True)).to_be_visible()


def test_a_network_that_is_lost_loses_nothing_else(visit: VisitAs) -> None:
    here = visit(NURSE)
    fill(here)
    here.page.context.set_offline(True)
    check_in(here)
    expect(here.page.get_by_role("alert")).to_contain_text("No connection. What you typed is still here")
    here.go("trend")
    expect(here.page.get_by_role("alert")).to_contain_text("No connection")
    here.page.context.set_offline(False)
    here.page.get_by_role("button", name="Try again").click()
    expect(here.page.get_by_role("table")).to_be_visible()
    here.go("checkin")
    expect(here.page.get_by_label("Patients contacted")).to_have_value("6")
    check_in(here)
    expect(here.page.get_by_role("heading", name="Checked in for")).to_be_visible()


def test_twice_in_a_hurry_is_one_call(visit: VisitAs) -> None:
    here = visit(NURSE)
    calls: list[str] = []
    here.page.on(
        "request", lambda request: calls.append(request.url) if "submit_daily" in request.url else None
    )
    fill(here)
    here.page.get_by_label("Patients contacted").focus()
    here.page.evaluate(
        """() => {
          const form = document.querySelector("main form");
          form.requestSubmit();
          form.requestSubmit();
        }"""
    )
    expect(here.page.get_by_role("heading", name="Checked in for")).to_be_visible()
    assert len(calls) == 1


def test_a_flag_that_is_switched_off_in_the_middle_is_said_and_leaves_the_menu(
    site: Site, visit: VisitAs
) -> None:
    here = visit(NURSE)
    fill(here)
    with site.switched("resilience_hub", "lakeside", on=False):
        check_in(here)
        expect(here.page.get_by_role("alert")).to_contain_text("switched off for your organization")
        expect(here.page.get_by_label("Patients contacted")).to_have_value("6")
        expect(here.page.locator("nav a")).to_have_text([*CARE_PAGES, "Account"])
        # Help does not depend on it.
        here.page.keyboard.press("F1")
        expect(here.page.get_by_role("dialog").get_by_role("link", name="988").first).to_be_visible()
        here.page.keyboard.press("Escape")
        here.go("library")
        expect(here.heading()).to_have_text("Not open to you here")
    assert "Check in" in visit(NURSE).menu()


REFUSALS: list[tuple[int, str, dict[str, Any], str]] = [
    (429, "rate_limited", {"retry_after": 40}, "Please wait 40 seconds"),
    (403, "mfa_required", {}, "asks for a second factor"),
    (403, "permission_denied", {}, "Your role here does not allow this"),
    (503, "PGRST001", {}, "The server does not answer"),
    (500, "XX000", {}, "it was not your fault"),
]


def test_every_refusal_has_words_and_costs_nothing_that_was_typed(visit: VisitAs) -> None:
    here = visit(NURSE)
    fill(here)
    for status, code, details, words in REFUSALS:
        refuse(here.page, SUBMIT, status, code, **details)
        check_in(here)
        expect(here.page.get_by_role("alert")).to_contain_text(words)
    patients = here.page.get_by_label("Patients contacted")
    refuse(here.page, SUBMIT, 400, "invalid_input", field="p_patients_contacted_today")
    check_in(here)
    expect(patients).to_be_focused()
    expect(patients).to_have_attribute("aria-invalid", "true")
    expect(patients).to_have_value("6")
    check_in(here)
    expect(here.page.get_by_role("heading", name="Checked in for")).to_be_visible()


def test_who_has_not_agreed_is_asked_and_comes_back_to_what_was_typed(visit: VisitAs) -> None:
    here = visit()
    none = {"level": None, "newest_policy_version": 1, "is_current": False}
    answer(here.page, "get_my_participation", none)
    given = answer(here.page, "give_resilience_consent", None)
    here.sign_in(NURSE)
    here.settled()
    assert "Taking part" in here.menu()
    fill(here)
    refuse(here.page, SUBMIT, 403, "consent_required")
    check_in(here)
    expect(here.heading()).to_have_text("Taking part")
    here.settled()
    expect(here.page.locator(".policy").get_by_role("heading").first).to_be_visible()
    here.page.get_by_role("button", name="I agree and take part").click()
    expect(here.page.get_by_label("Patients contacted")).to_have_value("6")
    assert given == [{"p_level": "aggregate_only", "p_policy_version": 1}]
    check_in(here)
    expect(here.page.get_by_role("heading", name="Checked in for")).to_be_visible()


def test_a_questionnaire_is_asked_as_it_comes_from_the_server(site: Site, visit: VisitAs) -> None:
    here = visit("nurse3@example.com").go("questionnaire")
    here.page.get_by_role("link", name="Single-item burnout measure").click()
    here.settled()
    here.page.get_by_role("button", name="Send my answers").click()
    expect(here.page.get_by_text("Please answer: Overall, based on your definition").first).to_be_visible()
    here.page.get_by_label("Occasionally I am under stress").check()
    here.page.get_by_role("button", name="Send my answers").click()
    expect(here.page.get_by_text("Risk of burnout: low.")).to_be_visible()
    mine = f"user_id = '{site.user_id('nurse3@example.com')}'"
    found = site.sql(
        f"""select composite_burnout_score from public.provider_burnout_assessments
            where {mine} order by assessment_date desc limit 1"""
    )
    assert found == [(25,)]


def test_results_of_the_maslach_inventory_are_entered_and_its_questions_are_not_here(
    site: Site, visit: VisitAs
) -> None:
    with site.switched("resilience_hub", "harbor", on=True):
        here = visit("nurse1@example.org").go("questionnaire/mbi")
        page = here.page
        page.get_by_label("Emotional exhaustion").fill("85")
        page.get_by_label("Depersonalization").fill("120")
        page.get_by_label("Personal accomplishment").fill("20")
        page.get_by_role("button", name="Send my results").click()
        expect(page.get_by_text("Depersonalization: a number from 0 to 100, please.").first).to_be_visible()
        page.get_by_label("Depersonalization").fill("62.5")
        page.get_by_role("button", name="Send my results").click()
        expect(page.get_by_role("heading", name="Thank you")).to_be_focused()
    kept = site.sql(
        f"""select scale_code, score from public.provider_assessment_scores
            where user_id = '{site.user_id("nurse1@example.org")}' order by scale_code"""
    )
    assert [(scale, float(str(score))) for scale, score in kept] == [
        ("depersonalization", 62.5),
        ("emotional_exhaustion", 85),
        ("personal_accomplishment", 20),
    ]
