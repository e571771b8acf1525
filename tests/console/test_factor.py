"""A second factor, where an organization asks for one: its code, or what to do without it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Route, expect

from carebase.project import Project
from tests.console.conftest import Site, VisitAs, axe

NURSE = "nurse1@example.org"


def _demand(site: Site, roles: str) -> None:
    site.sql(
        f"""update public.organizations set settings = settings || '{{"mfa_roles": {roles}}}'
            where slug = 'harbor' returning 1"""
    )


@pytest.fixture
def demanded(site: Site) -> Iterator[None]:
    with site.switched("resilience_hub", "harbor", on=True):
        _demand(site, '["nurse"]')
        yield
        _demand(site, "[]")


@pytest.mark.usefixtures("demanded")
def test_without_one_it_says_what_to_do(visit: VisitAs, project: Project) -> None:
    """As on the local stack, whose auth layer has none."""
    here = visit(NURSE, bypass_csp=True)
    expect(here.heading()).to_have_text("One more step")
    assert here.menu() == ["Second factor", "Account"]
    expect(here.page.get_by_text("Ask the administrators of your organization")).to_be_visible()
    assert axe(project, here.page) == []


@pytest.mark.usefixtures("demanded")
def test_with_one_its_code_opens_the_rest(site: Site, visit: VisitAs, project: Project) -> None:
    """The auth layer is played here: it knows a factor, and the second code is the right one."""
    here = visit(bypass_csp=True)
    page, codes = here.page, []
    user = {"id": site.user_id(NURSE), "email": NURSE, "app_metadata": {}, "user_metadata": {}}
    factor = {"id": str(uuid4()), "factor_type": "totp", "status": "verified"}
    at = f"**/auth/v1/factors/{factor['id']}"

    def verify(route: Route) -> None:
        codes.append(route.request.post_data_json["code"])
        if len(codes) == 1:
            wrong = {"code": "mfa_verification_failed", "message": "Invalid TOTP code entered"}
            route.fulfill(status=422, content_type="application/json", body=json.dumps(wrong))
            return
        _demand(site, "[]")
        token = route.request.headers["authorization"].removeprefix("Bearer ")
        proved = {"access_token": token, "token_type": "bearer", "expires_in": 3600, "refresh_token": "r"}
        route.fulfill(json={**proved, "user": user})

    page.route("**/auth/v1/user", lambda route: route.fulfill(json={**user, "factors": [factor]}))
    page.route(f"{at}/challenge", lambda route: route.fulfill(json={"id": "c", "expires_at": 2_000_000_000}))
    page.route(f"{at}/verify", verify)
    here.sign_in(NURSE)
    here.settled()
    code = page.get_by_label("Code")
    code.fill("12345")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("A code has six digits.").first).to_be_visible()
    expect(code).to_be_focused()
    assert axe(project, page) == []
    for typed in ("111 111", "222 222"):
        code.fill(typed)
        page.get_by_role("button", name="Continue").click()
        if typed == "111 111":
            expect(page.get_by_role("alert")).to_contain_text("This code does not fit")
    expect(here.heading()).to_have_text("How was your day?")
    assert codes == ["111111", "222222"]
    assert "Second factor" not in here.menu()
