"""Lists that are longer than a page show the rest of it when somebody asks, each row once."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from playwright.sync_api import Route, expect

from carebase.project import Project
from tests.console.conftest import Site, VisitAs, axe


def test_a_circle_shows_what_was_said_before(site: Site, visit: VisitAs, project: Project) -> None:
    [(circle,)] = site.sql("select id from public.provider_support_circles where name like 'Tuesday%'")
    # At one moment, as what is said without a name may be.
    site.sql(
        f"""insert into public.provider_support_reflections
              (org_id, circle_id, user_id, author_id, reflection_text, created_at)
            select org_id, circle_id, user_id, practitioner_id, 'Said ' || number, '2025-01-01'
            from public.provider_support_circle_members, generate_series(1, 120) as number
            where circle_id = '{circle}' and user_id = '{site.user_id("nurse2@example.com")}' returning 1"""
    )
    try:
        here = visit("nurse2@example.com", bypass_csp=True).go(f"circles/{circle}")
        more = here.page.get_by_role("button", name="Show more")
        cards = here.page.locator("li.card")
        expect(cards).to_have_count(50)
        more.click()
        expect(cards).to_have_count(100)
        expect(cards.nth(50)).to_be_focused()
        assert axe(project, here.page) == []
        more.click()
        expect(more).to_have_count(0)
        said = [text for text in here.page.locator("p.said").all_inner_texts() if text.startswith("Said ")]
        assert len(said) == len(set(said)) == 120
    finally:
        site.sql(
            "delete from public.provider_support_reflections where reflection_text like 'Said %' returning 1"
        )


def test_those_who_help_go_on_reading_after_the_last_of_a_page(visit: VisitAs) -> None:
    here = visit("wellness@example.com")
    asked: dict[str, list[dict[str, Any]]] = {"list_interventions": [], "get_providers_needing_help": []}
    known = {"practitioner_id": str(uuid4()), "composite_burnout_score": 80, "risk_level": "critical"}
    known |= {"assessment_date": "2026-01-01", "has_open_case": False, "provider_name": "Somebody"}
    known |= {"kind": "workload_reduction", "status": "open", "score_before": 80, "due_on": "2026-01-01"}

    def page_of(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        asked[name].append(route.request.post_data_json)
        count = 50 if len(asked[name]) == 1 else 3
        route.fulfill(json=[{**known, "id": f"c{n}", "user_id": f"u{n}"} for n in range(count)])

    here.page.route("**/rest/v1/rpc/*_interventions", page_of)
    here.page.route("**/rest/v1/rpc/get_providers_needing_help", page_of)
    here.go("help/operations")
    more = here.page.get_by_role("button", name="Show more")
    expect(more).to_have_count(2)
    for left, count in ((1, 103), (0, 106)):
        more.first.click()
        expect(here.page.locator("li.card")).to_have_count(count)
        expect(more).to_have_count(left)
    cases, people = asked.values()
    assert [each.get("p_before") for each in cases] == [None, "c49"]
    assert [each.get("p_before") for each in people] == [None, "u49"]
    assert people[1]["p_below_score"] == 80
