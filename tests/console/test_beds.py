"""The beds of care homes: those who run them move people, with a pointer or the keyboard; others look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Route, expect

from carebase.project import Project
from tests.console import care
from tests.console.care import As, Home, ask_for
from tests.console.conftest import Site, VisitAs, axe


def bed(page: Page, home: Home, name: str) -> str:
    return f'[data-bed="{home.beds[name]}"]'


def _boards(person: As, homes: tuple[Home, Home]) -> list[dict[str, Any]]:
    return [bed for home in homes for bed in person.call("get_occupancy_board", p_site_id=home.id)]


@pytest.fixture
def _as_they_were(homes: tuple[Home, Home]) -> Iterator[None]:
    """Everybody is back in their bed afterwards."""
    hazels, _ = homes
    yield
    manager = hazels.as_(care.COORDINATOR)
    home = {hazels.residents[name]: hazels.beds[place] for name, place in care.BEDS.items()}
    board = {bed["bed_id"]: bed["resident_id"] for bed in _boards(manager, homes)}
    while astray := [who for bed, who in board.items() if who and home[who] != bed]:
        who = next((each for each in astray if not board[home[each]]), None)
        to = home[who] if who else hazels.beds["4B"]
        who = who or astray[0]
        manager.call("transfer_resident", p_resident_id=who, p_bed_id=to)
        board = {bed["bed_id"]: bed["resident_id"] for bed in _boards(manager, homes)}


@pytest.mark.usefixtures("_as_they_were")
def test_a_manager_moves_somebody_by_drag_and_by_keyboard(visit: VisitAs, hazels: Home) -> None:
    here = ask_for(visit(care.MANAGER).go("beds"))
    page = here.page
    expect(page.get_by_text("3 of 6 beds taken, 2 free, 1 closed")).to_be_visible()
    old, new = page.locator(bed(page, hazels, "1A")), page.locator(bed(page, hazels, "4A"))
    expect(old).to_contain_text("Olive")
    expect(page.locator(bed(page, hazels, "3A"))).to_contain_text("closed")
    old.drag_to(new)
    sure = page.get_by_role("dialog", name="Move Olive?")
    expect(sure.get_by_label("To which bed?")).to_have_value(hazels.beds["4A"])
    expect(sure.get_by_label("To which bed?")).to_be_focused()
    sure.get_by_role("button", name="Move").click()
    expect(new).to_contain_text("Olive")
    expect(old).to_contain_text("free")
    expect(page.get_by_text("Olive has moved.").first).to_be_visible()

    # The keyboard goes on where she is now.
    expect(page.get_by_role("button", name="Move Olive")).to_be_focused()
    page.keyboard.press("Enter")
    select = sure.get_by_label("To which bed?")
    expect(select).to_be_focused()
    page.keyboard.type("The Hazels: Room 1")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(old).to_contain_text("Olive")
    assert hazels.as_(care.MANAGER).call("get_occupancy_figures", p_site_id=hazels.id)[0]["vacant_count"] == 2


@pytest.mark.usefixtures("_as_they_were")
def test_what_cannot_be_is_said_in_words(visit: VisitAs, hazels: Home, project: Project) -> None:
    here = ask_for(visit(care.MANAGER, bypass_csp=True).go("beds"), "Running the home")
    page = here.page
    olive = page.locator(bed(page, hazels, "1A"))
    for name, words in (
        ("3A", "Room 3, bed 3A cannot be had: closed."),
        ("1B", "bed 1B cannot be had: taken."),
    ):
        olive.drag_to(page.locator(bed(page, hazels, name)))
        expect(page.get_by_role("alert")).to_contain_text(words)
    assert axe(project, page) == []

    # Somebody else was quicker, once before the question and once after it.
    other = hazels.as_(care.COORDINATOR)
    other.call("transfer_resident", p_resident_id=hazels.residents["Percy"], p_bed_id=hazels.beds["4A"])
    olive.drag_to(page.locator(bed(page, hazels, "4A")))
    sure = page.get_by_role("dialog", name="Move Olive?")
    expect(sure.get_by_text("Room 4, bed 4A is not free any more.")).to_be_visible()
    sure.get_by_label("To which bed?").select_option("The Hazels: Room 4, bed 4B")
    other.call("transfer_resident", p_resident_id=hazels.residents["Percy"], p_bed_id=hazels.beds["4B"])
    sure.get_by_role("button", name="Move").click()
    expect(sure.get_by_role("alert").last).to_contain_text("The bed is taken at that time.")
    expect(sure.get_by_label("To which bed?")).to_have_value(hazels.beds["4B"])
    assert axe(project, page) == []
    page.keyboard.press("Escape")
    expect(sure).to_have_count(0)


@pytest.mark.usefixtures("_as_they_were")
def test_who_runs_two_homes_moves_from_one_to_the_other(visit: VisitAs, homes: tuple[Home, Home]) -> None:
    hazels, willows = homes
    here = ask_for(visit(care.COORDINATOR).go("beds"))
    page = here.page
    for home in ("The Hazels", "The Willows"):
        details = page.locator("details").filter(has=page.get_by_role("heading", name=home))
        if details.get_attribute("open") is None:
            details.locator("summary").click()
    page.get_by_role("button", name="Move Tilly").click()
    sure = page.get_by_role("dialog", name="Move Tilly?")
    expect(sure.get_by_text("their records are there from then on")).to_be_visible()
    sure.get_by_label("To which bed?").select_option("The Willows: Room 2, bed W2")
    sure.get_by_role("button", name="Move").click()
    expect(page.locator(bed(page, willows, "W2"))).to_contain_text("Tilly")
    expect(page.locator(bed(page, hazels, "2A"))).to_contain_text("free")
    expect(page.get_by_text("2 of 6 beds taken, 3 free, 1 closed")).to_be_visible()


@pytest.mark.parametrize("email", [care.CARER, care.NURSE, care.OWNER, care.COMPLIANCE, care.ADMIN])
def test_others_look_and_move_nobody(visit: VisitAs, hazels: Home, email: str) -> None:
    here = ask_for(visit(email).go("beds"))
    page = here.page
    summary = page.locator("summary").filter(has_text="The Hazels")
    if page.locator(bed(page, hazels, "1A")).count() == 0:
        summary.click()
    expect(page.locator(bed(page, hazels, "1A"))).to_contain_text("Olive")
    expect(page.get_by_role("button", name="Move Olive")).to_have_count(0)
    assert page.locator("[draggable]").count() == 0


def test_nothing_is_read_before_it_is_said_what_for_and_relatives_have_no_board(
    site: Site, visit: VisitAs
) -> None:
    here = visit(care.CARER)
    asked: list[str] = []
    here.page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    here.go("beds")
    expect(here.page.get_by_text("Each look is written down")).to_be_visible()
    assert not {"list_residents", "get_occupancy_board"} & set(asked)
    ask_for(here)
    assert "list_residents" in asked
    here.go("account").go("beds")
    expect(here.page.get_by_text("What for: Giving care")).to_be_visible()

    family = visit(care.DAUGHTER)
    assert "Beds" not in family.menu()
    family.go("beds")
    expect(family.heading()).to_have_text("Not open to you here")


def test_a_board_that_changed_between_two_pages_is_read_anew(visit: VisitAs, hazels: Home) -> None:
    """The last bed of a first page of 500 is gone when the second is asked for; the server itself says so."""
    here = visit(care.MANAGER)
    asked: list[dict[str, Any]] = []
    gone = [
        {
            "room_id": str(uuid4()),
            "bed_id": str(uuid4()),
            "room_name": "Old wing",
            "bed_name": "X",
            "state": "vacant",
        }
        for _ in range(500)
    ]

    def once_a_page_of_beds_that_are_gone(route: Route) -> None:
        asked.append(route.request.post_data_json)
        if len(asked) == 1:
            route.fulfill(json=gone)
        else:
            route.continue_()

    here.page.route("**/rest/v1/rpc/get_occupancy_board", once_a_page_of_beds_that_are_gone)
    page = ask_for(here.go("beds")).page
    expect(page.get_by_text("3 of 6 beds taken, 2 free, 1 closed")).to_be_visible()
    assert [each.get("p_after_bed_id") for each in asked] == [None, gone[-1]["bed_id"], None]


def test_switched_off_meanwhile_it_says_so_and_leaves_the_menu(site: Site, visit: VisitAs) -> None:
    here = ask_for(visit(care.MANAGER).go("beds"))
    here.page.get_by_role("button", name="Move Olive").click()
    sure = here.page.get_by_role("dialog", name="Move Olive?")
    expect(sure.get_by_label("To which bed?")).to_be_focused()
    sure.get_by_label("To which bed?").select_option("The Hazels: Room 4, bed 4A")
    with site.switched("residency", care.MEADOW, on=False):
        sure.get_by_role("button", name="Move").click()
        expect(sure.get_by_role("alert")).to_contain_text("has been switched off")
