"""The web console in a real Chromium, over a gateway with the demo's people.

`site`      the gateway; shared, so a test that changes something for others changes it back
`homes`     two care homes in it; see care.py
`visit`     open the console as a page of its own: `visit()`, `visit("nurse1@example.com")`
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, Response, expect, sync_playwright

from carebase import flags, seeds
from carebase.project import Project
from carebase.stack.server import PostgresServer
from tests import debian
from tests.conftest import Stack, cloned, served

if TYPE_CHECKING:
    from tests.console.care import Home

ENV = "CAREBASE_CHROMIUM"
_NO_FAULTS = ("Failed to load resource", "Failed to fetch")
_NAMES = ("chromium", "chromium-browser", "google-chrome")

# Those of the demo who have not been asked yet take part, too.
_ALL_TAKE_PART = """
    insert into public.provider_consents (org_id, practitioner_id, user_id, level, policy_version)
    select members.org_id, people.id, people.user_id, 'aggregate_only', 1
    from public.org_practitioners as members
    inner join public.fhir_practitioners as people on people.id = members.practitioner_id
    where people.user_id is not null
    on conflict do nothing"""


def find_chromium() -> str | None:
    """The program that the environment names, or one that is on the path."""
    return os.environ.get(ENV) or next(filter(None, map(shutil.which, _NAMES)), None)


@dataclass(frozen=True)
class Site:
    """Where the console is, and what is behind it."""

    stack: Stack
    password: str

    @property
    def url(self) -> str:
        return self.stack.state.console_url

    def sql(self, statement: str) -> list[tuple[object, ...]]:
        return self.stack.execute(statement)

    def user_id(self, email: str) -> str:
        [(found,)] = self.sql(f"select id from auth.users where email = '{email}'")
        return str(found)

    def end_sessions_of(self, email: str) -> None:
        """As an administrator does, or the person from another device."""
        self.sql(f"delete from auth.sessions where user_id = '{self.user_id(email)}'")

    @contextmanager
    def switched(self, feature: str, slug: str, *, on: bool) -> Iterator[None]:
        """An organization with a feature that it had not, or without one that it had."""
        url = self.stack.db_url
        flags.override_feature(url, feature, slug, is_enabled=on)
        try:
            yield
        finally:
            flags.override_feature(url, feature, slug, is_enabled=not on)


@pytest.fixture(scope="package")
def site(
    server: PostgresServer,
    templates: dict[str, str],
    project: Project,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """The gateway over the demo's database."""
    state = tmp_path_factory.mktemp("console") / "state"
    with cloned(server, templates["demo"]) as database, served(project, server, database, state) as stack:
        stack.execute(_ALL_TAKE_PART)
        yield Site(stack, seeds.demo_password(project))


# Six months that are over: five nurses of the day team were assessed in the last one, three of them in the
# one before, and nobody of the night team. Whoever is at risk by the last score is offered help.
_MONTHS = """
    create temporary table story as
    select lakeside.id as org_id,
      (date_trunc('month', app.organization_day(lakeside.id)) - interval '2 months')::date as before,
      (date_trunc('month', app.organization_day(lakeside.id)) - interval '1 month')::date as last
    from public.organizations as lakeside where lakeside.slug = 'lakeside';
    insert into public.provider_teams (org_id, name)
    select org_id, name from story, unnest(array['Day team', 'Night team']) as name;
    create temporary table nurses as
    select people.id as practitioner_id, people.user_id, scores.*
    from (
      values (1, 50, 65), (2, 60, 82), (3, 20, 30), (4, null, 62), (6, null, 45), (5, null, null),
        (7, null, null)
    ) as scores (number, before, last)
    inner join auth.users on users.email = format('nurse%s@example.com', scores.number)
    inner join public.fhir_practitioners as people on people.user_id = users.id;
    insert into public.provider_team_members (org_id, practitioner_id, team_id)
    select teams.org_id, nurses.practitioner_id, teams.id
    from nurses, public.provider_teams as teams
    where teams.name = case when nurses.number in (5, 7) then 'Night team' else 'Day team' end;
    insert into public.provider_burnout_assessments (
      org_id, practitioner_id, user_id, assessment_date, instrument_id, headline_score
    )
    select story.org_id, nurses.practitioner_id, nurses.user_id, scored.day, instruments.id, scored.score
    from story, public.instruments, nurses
    cross join lateral (
      values (story.before + 9, nurses.before), (story.last + 9, nurses.last)
    ) as scored (day, score)
    where instruments.code = 'single_item_burnout' and scored.score is not null;
    select app.freeze_wellbeing_month(org_id, (last - make_interval(months => ago))::date)
    from story, generate_series(0, 5) as ago;
    select app.job_open_interventions(org_id, 100) from story"""


@pytest.fixture(scope="package")
def months(site: Site) -> None:
    """What leads see of months, and offers of help: once, for whoever looks at them."""
    site.sql(_MONTHS)


@pytest.fixture(scope="package")
def homes(site: Site) -> Iterator[tuple[Home, Home]]:
    """The Hazels and The Willows, once, for whoever works there."""
    from tests.console.care import found_homes

    hazels, willows = found_homes(site)
    yield hazels, willows
    for person in hazels.people.values():
        person.close()


@pytest.fixture(scope="package")
def planned(homes: tuple[Home, Home]) -> dict[str, str]:
    """A care plan of Olive's, and its tasks."""
    from tests.console.care import plan_care

    return plan_care(homes[0])


@pytest.fixture(scope="package")
def shift_templates(homes: tuple[Home, Home]) -> None:
    """What The Hazels needs each day."""
    from tests.console.care import need_staff

    need_staff(homes[0])


@pytest.fixture(scope="package")
def first_aid(homes: tuple[Home, Home]) -> None:
    """What nurses have to know."""
    from tests.console.care import ask_for_first_aid

    ask_for_first_aid(homes[0])


@pytest.fixture
def hazels(homes: tuple[Home, Home]) -> Home:
    return homes[0]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium: Debian's, or the one that CAREBASE_CHROMIUM names."""
    debian.require(f"Chromium (or a browser that {ENV} names)", lambda: bool(find_chromium()), "chromium")
    # Root has no sandbox; what these pages load is ours.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=find_chromium(), args=arguments)
        expect.set_options(timeout=10_000)
        yield running
        running.close()


class Visit:
    """A page of the console, and what a person does there."""

    def __init__(self, site: Site, page: Page) -> None:
        self.site = site
        self.page = page
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda message: self._heard(message.type, message.text))

    def _heard(self, kind: str, text: str) -> None:
        # What the server refuses, or a lost network, is reported, too; everything else is a fault of ours.
        if kind == "error" and not any(words in text for words in _NO_FAULTS):
            self.faults.append(text)

    def arrive(self, hash_: str = "") -> Response | None:
        return self.page.goto(self.site.url + hash_)

    def sign_in(self, email: str, password: str | None = None) -> None:
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").fill(password or self.site.password)
        self.page.get_by_role("button", name="Sign in").click()

    def settled(self) -> Visit:
        """Wait until the page that was asked for is there."""
        expect(self.page.locator("nav")).to_be_visible()
        expect(self.page.locator("main[aria-busy]")).to_have_count(0)
        return self

    def go(self, id_: str) -> Visit:
        """By its address, as a link does."""
        self.page.evaluate("id => { location.hash = `#/${id}`; }", id_)
        return self.settled()

    def menu(self) -> list[str]:
        return self.page.locator("nav a").all_inner_texts()

    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    def choose(self, group: str, level: int) -> None:
        # The radio button fills its cell, under the label.
        self.page.get_by_role("radiogroup", name=group).get_by_role(
            "radio", name=str(level), exact=True
        ).check(force=True)


VisitAs = Callable[..., Visit]


@pytest.fixture
def visit(site: Site, browser: Browser) -> Iterator[VisitAs]:
    """Open the console: signed in as somebody, or nobody; in a context with `options` of Playwright's own."""
    made: list[Visit] = []

    def open_(email: str | None = None, *, place: str = "", **options: Any) -> Visit:
        context = browser.new_context(locale="en-US", **options)
        visited = Visit(site, context.new_page())
        made.append(visited)
        visited.arrive(place)
        if email:
            visited.sign_in(email)
            visited.settled()
        return visited

    yield open_
    for visited in made:
        visited.page.context.close()
        assert visited.faults == []


@cache
def axe_source(project: Project) -> str:
    return (project.node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def axe(project: Project, page: Page) -> list[str]:
    """What axe finds wrong with the page as it is now, a line each."""
    if not page.evaluate("() => Boolean(globalThis.axe)"):
        page.evaluate(f"() => {{ {axe_source(project)} }}")
    found = page.evaluate("async () => (await axe.run(document)).violations")
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]


@pytest.fixture
def http(site: Site) -> Iterator[httpx.Client]:
    """A bare HTTP client, for what no browser would send."""
    with httpx.Client(base_url=site.stack.state.api_url, timeout=20, trust_env=False) as client:
        yield client


@pytest.fixture(scope="session")
def screenshots(project: Project) -> Path:
    """A folder that CI keeps."""
    folder = project.root / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
