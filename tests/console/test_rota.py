"""The rota of a week: planned, filled, published; and what speaks against somebody, before saving."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from carebase.project import Project
from tests.console import care
from tests.console.care import Home
from tests.console.conftest import Site, Visit, VisitAs, axe


def planned(home: Home, weeks: int) -> dict[str, dict[str, Any]]:
    """A week that is planned: its shifts, as "Early 0" for Monday's."""
    manager = home.as_(care.MANAGER)
    monday = home.monday(weeks)
    manager.call("plan_rota", p_site_id=home.id, p_week=monday.isoformat())
    rows = manager.call("list_roster_week", p_site_id=home.id, p_week=monday.isoformat())
    return {
        f"{row['template_name']} {(date.fromisoformat(row['shift_on']) - monday).days}": row for row in rows
    }


def look(here: Visit, home: Home, weeks: int) -> Page:
    here.go(f"rota/{home.monday(weeks)}")
    if here.page.get_by_label("Home", exact=True).count():
        here.page.get_by_label("Home", exact=True).select_option("The Hazels")
        here.settled()
    return here.page


def shift(page: Page, row: dict[str, Any]) -> Locator:
    return page.locator(f'[data-shift="{row["shift_id"]}"]')


pytestmark = pytest.mark.usefixtures("shift_templates")


def test_a_manager_plans_a_week_fills_it_and_publishes_it(visit: VisitAs, hazels: Home) -> None:
    here = visit(care.MANAGER)
    page = look(here, hazels, 1)
    expect(page.get_by_text("This week has no rota that you may see.")).to_be_visible()
    page.get_by_role("button", name="Plan this week").click()
    expect(page.locator(".day")).to_have_count(7)
    expect(page.locator(".shift")).to_have_count(28)
    expect(page.get_by_text("draft: only planners see it")).to_be_visible()
    rows = planned(hazels, 1)
    early = shift(page, rows["Early 0"])
    expect(early).to_contain_text("07:00 to 15:00")
    expect(early).to_contain_text("2 of 2 still open")
    early.get_by_role("button", name="Add somebody: Early").click()
    ask = page.get_by_role("dialog")
    expect(ask.get_by_label("Whom?")).to_be_focused()
    ask.get_by_label("Whom?").select_option("Clover Meadowsweet, Care assistant")
    expect(ask.get_by_text("Nothing speaks against Clover Meadowsweet.")).to_be_visible()
    ask.get_by_role("button", name="Put on the shift").click()
    expect(early).to_contain_text("Clover Meadowsweet")
    expect(early).to_contain_text("1 of 2 still open")
    expect(early).to_be_focused()
    assert "Somebody else has changed" not in page.content()

    carer = look(visit(care.CARER), hazels, 1)
    expect(carer.get_by_text("This week has no rota that you may see.")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("The rota is published, and those who work are told.").first).to_be_visible()
    carer.reload()
    # Somebody else's session: only what is published, and no buttons that plan.
    mine = look(visit(care.CARER), hazels, 1)
    expect(shift(mine, rows["Early 0"])).to_contain_text("You")
    expect(mine.get_by_role("button", name="Add somebody")).to_have_count(0)

    # An open place is offered, and taken.
    late = shift(page, rows["Late 2"])
    late.get_by_role("button", name="Offer a place").click()
    expect(late).to_contain_text("on offer")
    theirs = look(visit(care.OTHER_CARER), hazels, 1)
    shift(theirs, rows["Late 2"]).get_by_role("button", name="Take it").click()
    expect(shift(theirs, rows["Late 2"])).to_contain_text("You")

    early.get_by_role("button", name="Take off Clover Meadowsweet").click()
    expect(early).to_contain_text("2 of 2 still open")


def test_what_speaks_against_somebody_is_said_before_it_is_saved(
    visit: VisitAs, hazels: Home, project: Project
) -> None:
    rows = planned(hazels, 2)
    clover = hazels.as_(care.CARER).id
    hazels.as_(care.MANAGER).call("assign_shift", p_shift_id=rows["Late 0"]["shift_id"], p_user_id=clover)
    page = look(visit(care.MANAGER, bypass_csp=True), hazels, 2)
    saved: list[str] = []
    page.on("request", lambda request: saved.append(request.url) if "assign_shift" in request.url else None)
    for name, words in (
        ("Early 0", ["They are on another shift then."]),
        ("Early 1", ["They would have less than 11 hours of rest before or after it."]),
        ("Nurse 1", ["does not name what this shift takes: Nursing", "less than 11 hours of rest"]),
    ):
        shift(page, rows[name]).get_by_role("button", name="Add somebody").click()
        ask = page.get_by_role("dialog")
        ask.get_by_label("Whom?").select_option("Clover Meadowsweet, Care assistant")
        expect(ask.get_by_text("Clover Meadowsweet cannot work this shift:")).to_be_visible()
        for each in words:
            expect(ask.get_by_text(each)).to_be_visible()
        expect(ask.get_by_role("button", name="Put on the shift")).to_have_attribute("aria-disabled", "true")
        ask.get_by_role("button", name="Put on the shift").click(force=True)
        assert axe(project, page) == []
        page.keyboard.press("Escape")
    assert saved == []


def test_what_somebody_else_changes_comes_by_itself_and_into_an_open_question(
    visit: VisitAs, hazels: Home
) -> None:
    rows = planned(hazels, 3)
    colm = hazels.as_(care.OTHER_CARER).id
    page = look(visit(care.MANAGER), hazels, 3)
    shift(page, rows["Late 1"]).get_by_role("button", name="Add somebody").click()
    ask = page.get_by_role("dialog")
    ask.get_by_label("Whom?").select_option("Colm Thistle, Care assistant")
    expect(ask.get_by_text("Nothing speaks against Colm Thistle.")).to_be_visible()

    other = hazels.as_(care.COORDINATOR)
    other.call("assign_shift", p_shift_id=rows["Early 1"]["shift_id"], p_user_id=colm)
    expect(ask.get_by_text("They are on another shift then.")).to_be_visible()
    expect(ask.get_by_role("button", name="Put on the shift")).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Escape")
    expect(
        page.get_by_text("Somebody else has changed this rota: 1 shift is different.").first
    ).to_be_visible()
    changed = shift(page, rows["Early 1"])
    expect(changed).to_contain_text("Colm Thistle")
    expect(changed.locator(".tag", has_text="new")).to_be_visible()
    expect(page.locator(".tag.news")).to_have_count(1)

    # The keyboard stays where it is.
    place = shift(page, rows["Night 4"]).get_by_role("button", name="Add somebody")
    place.focus()
    other.call(
        "unassign_shift",
        p_assignment_id=hazels.site.sql(
            f"""select id::text from public.shift_assignments
                where shift_id = '{rows["Early 1"]["shift_id"]}' and deleted_at is null"""
        )[0][0],
    )
    expect(changed).not_to_contain_text("Colm Thistle")
    expect(place).to_be_focused()


def test_with_realtime_it_is_heard_on_the_private_channel_of_the_organization(
    site: Site, visit: VisitAs, hazels: Home
) -> None:
    """There is no Realtime beside the tests: its socket is played, by its own protocol; the rest is real."""
    rows = planned(hazels, 4)
    joined: list[tuple[str, dict[str, Any]]] = []
    sockets: list[WebSocketRoute] = []

    def play(socket: WebSocketRoute) -> None:
        def answer(message: str | bytes) -> None:
            said = json.loads(message)
            is_list = isinstance(said, list)
            names = ("join_ref", "ref", "topic", "event", "payload")
            parts = dict(zip(names, said, strict=True)) if is_list else said
            if parts["event"] == "phx_join":
                joined.append((parts["topic"], parts["payload"]))
                sockets.append(socket)
            parts |= {"event": "phx_reply", "payload": {"status": "ok", "response": {}}}
            socket.send(json.dumps([parts[name] for name in names] if is_list else parts))

        socket.on_message(answer)

    here = visit()
    page = here.page
    page.route(
        "**/console/config.json",
        lambda route: route.fulfill(
            json={"publishable_key": site.stack.state.publishable_key, "has_realtime": True}
        ),
    )
    page.route_web_socket("**/realtime/v1/websocket**", play)
    here.arrive()
    here.sign_in(care.MANAGER)
    look(here.settled(), hazels, 4)
    expect(shift(page, rows["Early 3"])).to_contain_text("2 of 2 still open")
    [(org,)] = site.sql(f"select org_id::text from public.sites where id = '{hazels.id}'")
    while not joined:
        page.wait_for_timeout(100)
    topic, payload = joined[-1]
    assert topic == f"realtime:org:{org}:rota_weeks"
    assert payload["config"]["private"] is True
    assert payload["access_token"]
    # From now on it asks once a minute; what comes sooner was told.
    page.wait_for_timeout(4_500)
    hazels.as_(care.COORDINATOR).call(
        "assign_shift", p_shift_id=rows["Early 3"]["shift_id"], p_user_id=hazels.as_(care.CARER).id
    )
    page.wait_for_timeout(5_000)
    expect(shift(page, rows["Early 3"])).to_contain_text("2 of 2 still open")
    told = {"event": "changed", "payload": {"id": rows["Early 3"]["shift_id"]}, "type": "broadcast"}
    sockets[-1].send(json.dumps([None, None, topic, "broadcast", told]))
    expect(shift(page, rows["Early 3"])).to_contain_text("Clover Meadowsweet")
    expect(page.get_by_text("Somebody else has changed this rota").first).to_be_visible()


def test_a_feature_that_is_switched_off_keeps_what_is_shown(visit: VisitAs, hazels: Home, site: Site) -> None:
    rows = planned(hazels, 5)
    page = look(visit(care.MANAGER), hazels, 5)
    late = shift(page, rows["Late 0"])
    late.get_by_role("button", name="Add somebody").click()
    ask = page.get_by_role("dialog")
    with site.switched("care_homes", care.MEADOW, on=False):
        ask.get_by_label("Whom?").select_option("Colm Thistle, Care assistant")
        expect(ask.get_by_role("alert")).to_contain_text("has been switched off")
    ask.get_by_role("button", name="Try again").click()
    expect(ask.get_by_text("Nothing speaks against Colm Thistle.")).to_be_visible()


@pytest.mark.parametrize("email", [care.OWNER, care.COMPLIANCE, care.NURSE])
def test_others_look_and_plan_nothing(visit: VisitAs, hazels: Home, email: str) -> None:
    hazels.as_(care.MANAGER).call(
        "publish_rota", p_site_id=hazels.id, p_week=planned(hazels, 6)["Early 0"]["shift_on"]
    )
    page = look(visit(email), hazels, 6)
    expect(page.locator(".shift")).to_have_count(28)
    expect(page.locator(".shift").get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)


def test_who_works_says_that_they_came_and_that_they_leave(site: Site, visit: VisitAs, hazels: Home) -> None:
    begins = datetime.now(care.ZONE) + timedelta(minutes=30)
    weeks = int(begins.date() >= hazels.monday(1))
    planned(hazels, weeks)
    manager = hazels.as_(care.MANAGER)
    times = {"starts_at": begins.isoformat(), "ends_at": (begins + timedelta(hours=4)).isoformat()}
    [row] = manager.add("shifts", {"site_id": hazels.id, "skill": "care", "needed_count": 1, **times})
    manager.call("assign_shift", p_shift_id=row["id"], p_user_id=hazels.as_(care.CARER).id)
    manager.call("publish_rota", p_site_id=hazels.id, p_week=hazels.monday(weeks).isoformat())

    others = shift(look(visit(care.NURSE), hazels, weeks), {"shift_id": row["id"]})
    expect(others).to_contain_text("Clover Meadowsweet")
    expect(others.get_by_role("button")).to_have_count(0)
    page = look(visit(care.CARER), hazels, weeks)
    mine = shift(page, {"shift_id": row["id"]})
    mine.get_by_role("button", name="I am here").click()
    expect(page.get_by_text("You have come to your shift.").first).to_be_visible()
    mine.get_by_role("button", name="I am leaving").click()
    expect(mine).to_contain_text("left at")
    expect(mine.get_by_role("button")).to_have_count(0)
    assert site.sql(
        f"""select clocked_in_at is not null, clocked_out_at is not null
            from public.shift_attendance as attendance
            inner join public.shift_assignments as mine on mine.id = attendance.assignment_id
            where mine.shift_id = '{row["id"]}'"""
    ) == [(True, True)]
