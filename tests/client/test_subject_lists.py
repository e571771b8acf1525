"""Everybody of the demo looks at every list of every subject: their own organization's, or a plain no."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import pytest

from carebase import seeds
from carebase.client.query import Page
from carebase.client.synchronous.services import Subjects
from carebase.errors import PermissionDenied
from carebase.project import Project
from carebase.stack.server import PostgresServer
from tests.conftest import Stack, cloned, served

# Days that are over, of two homes: a list without ids.
_DAYS = """
    insert into public.occupancy_snapshots (
      org_id, site_id, snapshot_date, bed_count, occupied_count, on_leave_count, admission_count,
      discharge_count, counted_at
    )
    select org_id, id, current_date - days, 8, 4, 0, 0, 0, now()
    from public.sites, generate_series(1, 2) as days where kind = 'care_home' on conflict do nothing"""
# One of each role of the demo's care homes, and one of another organization.
PEOPLE = (
    "owner@example.net",
    "admin@example.net",
    "compliance@example.net",
    "manager.elms@example.net",
    "nurse.elms@example.net",
    "carer1@example.net",
)
STRANGER = "caremanager@example.com"
SUBJECTS = sorted(name for name, value in vars(Subjects).items() if isinstance(value, cached_property))


@pytest.fixture(scope="module")
def demo(
    server: PostgresServer,
    templates: dict[str, str],
    project: Project,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stack]:
    state = tmp_path_factory.mktemp("lists") / "state"
    with cloned(server, templates["demo"]) as database, served(project, server, database, state) as stack:
        stack.execute(_DAYS)
        yield stack


def lists(client: Any) -> Iterator[tuple[str, Callable[..., Any]]]:
    """The lists that need nothing but a caller, by where they are."""
    for name in SUBJECTS:
        subject = getattr(client, name)
        raw = getattr(subject, "_client", subject)
        if hasattr(raw, "list") and name not in ("daily_notes", "handovers", "assessments", "documents"):
            yield name, subject.list
        for part, value in vars(raw).items():
            if not part.startswith("_") and hasattr(value, "list"):
                yield f"{name}.{part}", getattr(subject, part).list


def sign_in(demo: Stack, make_client: Callable[..., Any], project: Project, email: str) -> Any:
    client = make_client(demo.state.api_url, demo.state.publishable_key)
    client.sign_in(email, seeds.demo_password(project))
    return client


def organization(demo: Stack, email: str) -> str:
    [(found,)] = demo.execute(
        f"""select org_id from public.role_assignments
            inner join auth.users on users.id = role_assignments.user_id where email = '{email}'"""
    )
    return str(found)


@pytest.mark.parametrize("email", [*PEOPLE, STRANGER])
def test_a_list_is_of_ones_own_organization(
    demo: Stack, make_client: Callable[..., Any], project: Project, email: str
) -> None:
    client = sign_in(demo, make_client, project, email)
    mine = organization(demo, email)
    answered, seen = 0, set()
    for where, read in lists(client):
        try:
            page = read(limit=20)
        except PermissionDenied:
            continue
        assert isinstance(page, Page), where
        answered += 1
        assert {str(row.org_id) for row in page.items if hasattr(row, "org_id")} <= {mine}, where
        seen |= {where} if page.items else set()
    assert answered > 40
    if email == STRANGER:
        # Another kind of organization: it has sites and staff, and none of a care home's records.
        assert not {
            where for where in seen if where.partition(".")[0] in ("clients", "care_plans", "incidents")
        }
    else:
        assert "care_homes" in seen


def test_the_second_page_begins_behind_the_first(
    demo: Stack, make_client: Callable[..., Any], project: Project
) -> None:
    """Of every list with two rows or more, whatever its key is."""
    client = sign_in(demo, make_client, project, "compliance@example.net")
    followed = set()
    for where, read in lists(client):
        try:
            both = read(limit=2).items
        except PermissionDenied:
            continue
        if len(both) == 2:
            first = read(limit=1)
            second = read(limit=1, after=first.next)
            assert [*first.items, *second.items] == both, where
            followed.add(where)
    assert {"clients", "care_homes.beds", "residency.days"} <= followed


def test_pages_of_rows_go_to_the_end(demo: Stack, make_client: Callable[..., Any], project: Project) -> None:
    client = sign_in(demo, make_client, project, "compliance@example.net")
    seen, after = [], None
    while True:
        page = client.clients.list(limit=2, after=after)
        seen += [row.id for row in page.items]
        after = page.next
        if after is None:
            break
    [(there,)] = demo.execute("select count(*) from public.clients")
    assert len(seen) == len(set(seen)) == there
