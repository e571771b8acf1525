"""How it looks and reads: for axe, in both colour schemes, on a phone, with nothing that jumps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from carebase.project import Project
from tests.console.conftest import Site, VisitAs, axe
from tests.console.test_checkin import answer

# Who sees which pages. A person looks at some of them, too: they are in build/screenshots.
PEOPLE = {
    "nurse4@example.com": [
        "checkin",
        "trend",
        "risk",
        "offers",
        "questionnaire/single_item_burnout",
        "questionnaire/mbi",
        "staffing",
        "circles",
        "library",
        "participation",
        "account",
    ],
    "admin@example.com": [
        "team",
        "wellbeing",
        "staffing",
        "staffing/{report}",
        "help",
        "help/operations",
        "help/operations/{case}",
    ],
    "superadmin@example.com": ["flags"],
}
TAKES_PART = {"level": "may_be_contacted", "newest_policy_version": 1, "is_current": True}
WITH_CHART = ("trend", "team", "wellbeing", "risk")
SHOT = (
    *WITH_CHART,
    "checkin",
    "flags",
    "library",
    "offers",
    "staffing",
    "staffing/{report}",
    "help/operations",
    "help/operations/{case}",
)
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1100, "height": 800}
# What a browser reports of things that moved without anybody having touched anything.
WATCH_SHIFTS = """
    globalThis.shifts = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifts.push(entry.value);
    }).observe({ type: "layout-shift", buffered: true });"""


@pytest.fixture
def report(site: Site) -> Iterator[str]:
    """A shift of nurse4's that was not staffed safely, and that nobody has answered."""
    [(made,)] = site.sql(
        f"""insert into public.shift_reports (
              org_id, practitioner_id, user_id, shift_date, shift, patient_count, acuity, unit_patient_count,
              unit_nurse_count, unsafe_reasons
            )
            select members.org_id, people.id, people.user_id, app.organization_day(members.org_id), 'evening',
              9, 5, 31, 3, '{{too_few_nurses,missed_breaks}}'
            from public.org_practitioners as members
            inner join public.fhir_practitioners as people on people.id = members.practitioner_id
            where people.user_id = '{site.user_id("nurse4@example.com")}'
            returning id"""
    )
    yield str(made)
    site.sql(f"delete from public.shift_reports where id = '{made}' returning 1")


@pytest.mark.usefixtures("months")
@pytest.mark.parametrize(("scheme", "width"), [("light", "desk"), ("dark", "phone")])
def test_axe_finds_nothing_nothing_is_cut_off_and_nothing_jumps(
    site: Site, visit: VisitAs, project: Project, screenshots: Path, report: str, scheme: str, width: str
) -> None:
    # One that helpers may see, whatever other tests have made of the others.
    [(case,)] = site.sql(
        f"""select id from public.provider_interventions
            where user_id = '{site.user_id("nurse2@example.com")}' and kind = 'workload_reduction'"""
    )
    size = PHONE if width == "phone" else DESK
    first = next(iter(PEOPLE))
    for email, pages in PEOPLE.items():
        # Trusted types would keep axe's own scripts out.
        here = visit(color_scheme=scheme, viewport=size, bypass_csp=True, reduced_motion="reduce")
        page = here.page
        page.add_init_script(WATCH_SHIFTS)
        answer(page, "get_my_participation", TAKES_PART)
        here.arrive()
        if email == first:
            expect(page.get_by_label("E-mail address")).to_be_focused()
            assert axe(project, page) == []
        here.sign_in(email)
        here.settled()
        for id_ in pages:
            here.go(id_.format(case=case, report=report))
            if id_ in WITH_CHART:
                expect(page.locator(".chart[data-drawn]")).to_be_visible()
            assert axe(project, page) == [], id_
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), id_
            assert page.evaluate("shifts.reduce((sum, each) => sum + each, 0)") < 0.05, id_
            if id_ in SHOT:
                name = id_.replace("/operations", "-list").replace("-list/{case}", "-case")
                name = name.replace("/{report}", "-report")
                if id_ == "staffing" and email != first:
                    name = "staffing-lead"
                page.screenshot(path=screenshots / f"{name}-{width}-{scheme}.png", full_page=id_ != "library")
        if email == first:
            page.keyboard.press("F1")
            expect(page.get_by_role("dialog", name="Help now")).to_be_visible()
            assert axe(project, page) == []


def test_axe_finds_nothing_in_messages_either(visit: VisitAs, project: Project) -> None:
    here = visit("nurse4@example.com", color_scheme="dark", viewport=PHONE, bypass_csp=True)
    here.page.get_by_role("button", name="heck").last.click()
    expect(here.page.get_by_text("Please answer").first).to_be_visible()
    assert axe(project, here.page) == []
    here.site.end_sessions_of("nurse4@example.com")
    here.page.evaluate("location.hash = '#/trend'")
    expect(here.page.get_by_role("dialog", name="Please sign in again")).to_be_visible()
    assert axe(project, here.page) == []


def test_the_keyboard_reaches_help_first_and_can_skip_the_menu(visit: VisitAs) -> None:
    here = visit("nurse1@example.com")
    here.page.evaluate("document.activeElement.blur(); getSelection().removeAllRanges();")
    here.page.evaluate("document.querySelector('#app').setAttribute('tabindex', '-1')")
    here.page.evaluate("document.querySelector('#app').focus()")
    here.page.keyboard.press("Tab")
    expect(here.page.get_by_role("button", name="Help now")).to_be_focused()
    here.page.keyboard.press("Tab")
    skip = here.page.get_by_role("link", name="Skip to the page")
    expect(skip).to_be_focused()
    here.page.keyboard.press("Enter")
    expect(here.page.locator("main")).to_be_focused()
    expect(here.heading()).to_have_text("How was your day?")
