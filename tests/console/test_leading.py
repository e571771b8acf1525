"""Those who lead: figures of the team, nothing of another organization, features, two places to work."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.console.conftest import Site, VisitAs

ADMIN = "admin@example.com"


def test_a_manager_sees_the_team_day_by_day_and_suppressed_days_in_words(visit: VisitAs) -> None:
    here = visit(ADMIN)
    expect(here.heading()).to_have_text("How the team is")
    expect(
        here.page.get_by_role("img", name="Line chart of average stress and energy over 14 days.")
    ).to_be_visible()
    expect(here.page.locator(".chart[data-drawn]")).to_be_visible()
    rows = here.page.get_by_role("table").locator("tbody tr")
    expect(rows).to_have_count(14)
    expect(rows.first).to_contain_text("Not counted yet")
    # On Sundays fewer than five of the demo's nurses check in. One that is just over may not be counted yet.
    counted = [text for text in rows.all_inner_texts() if "Not counted yet" not in text]
    sundays = [text for text in counted if "Sun," in text]
    assert sundays
    assert all("Fewer than five people checked in: not shown" in text for text in sundays)
    expect(here.page.get_by_text(f"{len(sundays)} of 14 days")).to_be_visible()
    shown = [text for text in rows.all_inner_texts() if "%" in text]
    assert len(shown) >= 10

    here.page.get_by_label("Period").select_option("The last 42 days")
    expect(rows).to_have_count(42)


def test_who_leads_is_not_asked_how_they_are_and_reads_no_names(visit: VisitAs) -> None:
    here = visit(ADMIN)
    # A home of Lakeside's is a care home.
    of_care = ["Beds", "Rota", "Swaps"]
    pages = ["Team", "Wellbeing", "Staffing", "Helping", *of_care, "Circles", "Library", "Account"]
    assert here.menu() == pages
    for name in ("Lamplight", "Moonbeam", "Thistledown"):
        assert name not in here.page.content()
    here.go("checkin")
    expect(here.heading()).to_have_text("Not open to you here")
    here.go("circles")
    expect(here.page.get_by_role("heading", name="Tuesday evening circle")).to_be_visible()
    expect(here.page.get_by_role("link", name="Tuesday evening circle")).to_have_count(0)


def test_the_administrator_of_another_organization_sees_nothing_of_it(site: Site, visit: VisitAs) -> None:
    with site.switched("resilience_hub", "harbor", on=True):
        here = visit("admin@example.org")
        expect(here.page.locator(".where")).to_have_text("Harbor Clinic")
        expect(here.page.get_by_text("there is no day on which at least five people")).to_be_visible()
        rows = here.page.get_by_role("table").locator("tbody tr").all_inner_texts()
        assert not [text for text in rows if "%" in text]
        here.go("circles")
        expect(here.page.get_by_text("There are no others.")).to_be_visible()
        [(circle,)] = site.sql("select id from public.provider_support_circles limit 1")
        here.go(f"circles/{circle}")
        expect(here.page.get_by_text("This circle is not there")).to_be_visible()
        assert "Lakeside" not in here.page.content()


def test_a_member_writes_to_the_circle_unnamed_and_leaves_it(site: Site, visit: VisitAs) -> None:
    here = visit("nurse1@example.com").go("circles")
    here.page.get_by_role("link", name="Tuesday evening circle").click()
    here.settled()
    text = here.page.get_by_label("Write to the circle")
    text.fill("It was <b>a long</b> night.")
    here.page.get_by_label("Leave my name out").check()
    here.page.get_by_role("button", name="Send").click()
    first = here.page.locator("li.card").filter(has_text="a long")
    expect(first).to_contain_text("It was <b>a long</b> night.")
    expect(first).to_contain_text("Somebody of the circle")
    expect(text).to_have_value("")

    here.page.get_by_role("button", name="Leave this circle").click()
    sure = here.page.get_by_role("dialog", name="Leave Tuesday evening circle?")
    expect(sure.get_by_role("button", name="Stay")).to_be_focused()
    sure.get_by_role("button", name="Leave", exact=True).click()
    expect(here.page.get_by_text("You are in no circle.")).to_be_visible()


@pytest.fixture
def _flag_as_it_was(site: Site) -> Iterator[None]:
    yield
    site.sql(
        """update public.nurseos_feature_flags set is_enabled_globally = false, rollout_percent = 100
           where feature_key = 'brain_generator'"""
    )


@pytest.mark.usefixtures("_flag_as_it_was")
def test_a_super_admin_rolls_a_feature_out(site: Site, visit: VisitAs) -> None:
    here = visit("superadmin@example.com")
    assert here.menu() == ["Features", "Account"]
    card = here.page.get_by_role("form", name="Nurse Brain Generator")
    card.get_by_label("Switched on").check()
    card.get_by_label("Rollout in percent").fill("101")
    card.get_by_role("button", name="Save").click()
    expect(card.get_by_text("a number from 0 to 100, please")).to_be_visible()
    card.get_by_label("Rollout in percent").fill("10")
    card.get_by_role("button", name="Save").click()
    expect(here.page.get_by_text("On for 10 % of the organizations").first).to_be_visible()
    assert site.sql(
        """select is_enabled_globally, rollout_percent from public.nurseos_feature_flags
           where feature_key = 'brain_generator'"""
    ) == [(True, 10)]


@pytest.fixture
def _works_in_two_places(site: Site) -> Iterator[None]:
    """The wellness officer of Lakeside is an administrator of Harbor, too."""
    user = site.user_id("wellness@example.com")
    site.sql(
        f"""insert into public.role_assignments (org_id, user_id, role, valid_during)
            select id, '{user}', 'admin', tstzrange(now() - interval '1 day', null)
            from public.organizations where slug = 'harbor'"""
    )
    yield
    site.sql(
        f"""delete from public.role_assignments where user_id = '{user}'
            and org_id = (select id from public.organizations where slug = 'harbor')"""
    )


@pytest.mark.usefixtures("_works_in_two_places")
def test_whoever_works_in_two_places_switches_and_the_menu_follows(site: Site, visit: VisitAs) -> None:
    here = visit("wellness@example.com")
    where = here.page.locator(".where")
    here.go("account")
    places = here.page.get_by_role("radiogroup", name="Your organizations")
    here_now, other = ("Lakeside Home Health", "Harbor Clinic")
    if where.inner_text() == other:
        here_now, other = other, here_now
    expect(places.get_by_role("radio", name=here_now)).to_be_checked()
    menu = here.menu()
    places.get_by_role("radio", name=other).check()
    here.page.get_by_role("button", name="Switch").click()
    expect(where).to_have_text(other)
    here.settled()
    assert here.menu() != menu

    # A session that has ended is taken up again in the organization one was in, not in the usual one.
    site.end_sessions_of("wellness@example.com")
    here.page.get_by_role("radio", name=here_now).check()
    here.page.get_by_role("button", name="Switch").click()
    again = here.page.get_by_role("dialog", name="Please sign in again")
    again.get_by_label("Password").fill(site.password)
    again.get_by_role("button", name="Sign in").click()
    expect(where).to_have_text(here_now)
