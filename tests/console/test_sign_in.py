"""Signing in, staying in and getting out, on a computer that others use, too."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.console.conftest import Site, VisitAs

NURSE = "nurse1@example.com"
MINUTE = 60_000


def test_a_wrong_password_is_said_in_words_and_can_be_typed_again(visit: VisitAs) -> None:
    here = visit()
    alert = here.page.get_by_role("alert")
    here.page.get_by_role("button", name="Sign in").click()
    expect(alert).to_contain_text("enter your e-mail address")
    expect(here.page.get_by_label("E-mail address")).to_be_focused()
    here.sign_in(NURSE, "not the password at all")
    expect(alert).to_have_text("This e-mail address and password do not fit together. Please try again.")
    password = here.page.get_by_label("Password")
    expect(password).to_be_focused()
    expect(here.page.get_by_label("E-mail address")).to_have_value(NURSE)
    password.fill(here.site.password)
    here.page.keyboard.press("Enter")
    here.settled()


def test_without_a_network_it_says_so_and_keeps_what_was_typed(visit: VisitAs) -> None:
    here = visit()
    here.page.context.set_offline(True)
    here.sign_in(NURSE)
    expect(here.page.get_by_role("alert")).to_contain_text("No connection")
    here.page.context.set_offline(False)
    here.page.get_by_role("button", name="Sign in").click()
    here.settled()


def test_signing_out_ends_the_session_on_the_server_and_leaves_nothing_in_the_browser(
    site: Site, visit: VisitAs
) -> None:
    here = visit(NURSE)
    mine = f"select count(*) from public.user_sessions where user_id = '{site.user_id(NURSE)}'"
    [(before,)] = site.sql(mine)
    stored = "[localStorage.length, sessionStorage.length, document.cookie]"
    assert here.page.evaluate(stored) == [0, 0, ""]
    here.page.get_by_role("button", name="Sign out").click()
    expect(here.page.get_by_text("You are signed out.").first).to_be_visible()
    assert here.page.evaluate(stored) == [0, 0, ""]
    [(after,)] = site.sql(mine)
    assert int(str(after)) == int(str(before)) - 1
    here.page.go_back()
    expect(here.page.locator("nav")).to_have_count(0)


def test_a_reload_asks_again_and_then_goes_on_at_the_same_page(visit: VisitAs) -> None:
    here = visit(NURSE).go("library")
    here.page.reload()
    here.sign_in(NURSE)
    here.settled()
    expect(here.heading()).to_have_text("Where to turn, what to learn")


def test_whoever_leaves_is_warned_and_then_signed_out(site: Site, visit: VisitAs) -> None:
    here = visit()
    here.page.clock.install()
    here.arrive()
    here.sign_in(NURSE)
    here.settled()
    here.page.clock.fast_forward(9 * MINUTE + 5_000)
    warning = here.page.get_by_role("alertdialog", name="Are you still there?")
    expect(warning).to_be_visible()
    warning.get_by_role("button", name="I am here").click()
    expect(warning).to_have_count(0)
    here.page.clock.fast_forward(9 * MINUTE + 5_000)
    expect(warning).to_be_visible()
    here.page.clock.fast_forward(MINUTE)
    expect(here.page.get_by_text("Nobody was here for a while").first).to_be_visible()
    expect(here.page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(here.page.locator("nav")).to_have_count(0)


def test_a_session_that_is_ended_elsewhere_is_taken_up_again_with_what_was_typed(
    site: Site, visit: VisitAs
) -> None:
    here = visit("nurse6@example.com")
    here.choose("How stressed are you?", 3)
    here.choose("How much energy do you have?", 8)
    here.page.get_by_label("Patients contacted").fill("11")
    site.end_sessions_of("nurse6@example.com")
    here.page.get_by_role("button", name="Check in", exact=True).click()
    again = here.page.get_by_role("dialog", name="Please sign in again")
    expect(again).to_be_visible()
    # Nobody else reads what is underneath, and nobody else takes it over.
    expect(here.page.locator("#app")).to_be_hidden()
    expect(again.get_by_label("E-mail address")).to_have_attribute("readonly", "")
    here.page.keyboard.press("Escape")
    expect(again).to_be_visible()
    again.get_by_label("Password").fill(site.password)
    again.get_by_role("button", name="Sign in").click()
    expect(here.page.get_by_role("heading", name="Checked in for")).to_be_visible()
    [row] = site.sql(
        f"""select stress_level, energy_level, patients_contacted_today
            from public.provider_daily_checkins
            where user_id = '{site.user_id("nurse6@example.com")}' order by checkin_date desc limit 1"""
    )
    assert row == (3, 8, 11)


def test_someone_else_starts_over_with_nothing_of_the_one_before(site: Site, visit: VisitAs) -> None:
    here = visit("nurse5@example.com")
    here.page.get_by_label("Patients contacted").fill("77")
    site.end_sessions_of("nurse5@example.com")
    here.page.evaluate("location.hash = '#/trend'")
    again = here.page.get_by_role("dialog", name="Please sign in again")
    again.get_by_role("button", name="Someone else: start over").click()
    expect(here.page.get_by_text("You are signed out.").first).to_be_visible()
    here.sign_in(NURSE)
    here.settled()
    expect(here.page.get_by_label("Patients contacted")).not_to_have_value("77")
    assert "nurse5" not in here.page.content()


def test_help_is_one_key_away_signed_in_signed_out_and_offline(visit: VisitAs) -> None:
    here = visit()
    expect(here.page.get_by_label("E-mail address")).to_be_focused()
    here.page.keyboard.press("F1")
    help_ = here.page.get_by_role("dialog", name="Help now")
    expect(help_).to_contain_text("911, 112 or 999")
    here.page.keyboard.press("Escape")
    expect(here.page.get_by_label("E-mail address")).to_be_focused()
    here.sign_in(NURSE)
    here.settled()
    here.page.context.set_offline(True)
    here.page.keyboard.press("F1")
    first = help_.get_by_role("link").first
    expect(first).to_be_focused()
    expect(first).to_have_attribute("href", "tel:988")
    here.page.keyboard.press("Escape")
    expect(help_).to_have_count(0)
