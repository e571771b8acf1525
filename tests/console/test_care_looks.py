"""How the pages of care homes look: for axe, in both colour schemes, on a phone, with nothing that jumps."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from carebase.project import Project
from tests.console import care
from tests.console.care import Home, ask_for
from tests.console.conftest import VisitAs, axe
from tests.console.test_looks import DESK, PHONE, WATCH_SHIFTS

# Who sees which pages; each of these pictures is kept.
PEOPLE = {
    care.CARER: ["shift/{today}/day", "residents", "residents/{Olive}"],
    care.NURSE: ["round/{today}/day", "cupboard"],
    care.COMPLIANCE: ["training"],
    care.MANAGER: ["beds", "incidents", "incidents/report", "rota/{monday}", "swaps"],
    care.DAUGHTER: ["residents"],
}


@pytest.mark.parametrize(("scheme", "width"), [("light", "desk"), ("dark", "phone")])
def test_axe_finds_nothing_nothing_is_cut_off_and_nothing_jumps(
    visit: VisitAs,
    hazels: Home,
    planned: dict[str, str],
    shift_templates: None,
    first_aid: None,
    project: Project,
    screenshots: Path,
    scheme: str,
    width: str,
) -> None:
    monday = hazels.monday(7)
    manager = hazels.as_(care.MANAGER)
    manager.call("plan_rota", p_site_id=hazels.id, p_week=monday.isoformat())
    for shift in manager.call("list_roster_week", p_site_id=hazels.id, p_week=monday.isoformat())[::5]:
        if shift["skill"] == "care" and not shift["people"]:
            who = hazels.as_(care.CARER if shift["template_name"] == "Early" else care.OTHER_CARER)
            if not manager.call("check_assignment", p_shift_id=shift["shift_id"], p_user_id=who.id):
                manager.call("assign_shift", p_shift_id=shift["shift_id"], p_user_id=who.id)
    size = PHONE if width == "phone" else DESK
    for email, pages in PEOPLE.items():
        # Trusted types would keep axe's own scripts out.
        here = visit(color_scheme=scheme, viewport=size, bypass_csp=True, reduced_motion="reduce")
        page = here.page
        page.add_init_script(WATCH_SHIFTS)
        here.arrive()
        here.sign_in(email)
        here.settled().go(pages[0].split("/")[0])
        if page.get_by_text("What do you look for?").count():
            assert axe(project, page) == []
            ask_for(here)
        if page.get_by_label("Home", exact=True).count():
            page.get_by_label("Home", exact=True).select_option("The Hazels")
            here.settled()
        for id_ in pages:
            here.go(id_.format(today=hazels.today(), monday=monday, **hazels.residents))
            expect(page.get_by_role("alert")).to_have_count(0)
            assert axe(project, page) == [], id_
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), id_
            assert page.evaluate("shifts.reduce((sum, each) => sum + each, 0)") < 0.05, id_
            name = (
                id_.replace("/{today}/day", "").replace("/{monday}", "").format(Olive="one").replace("/", "-")
            )
            name = f"family-{name}" if email == care.DAUGHTER else name
            page.screenshot(path=screenshots / f"{name}-{width}-{scheme}.png", full_page=True)
