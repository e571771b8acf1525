"""A care home with those who work and live there, and clients that act as them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest

from tests.api.conftest import PASSWORD, Api, Person

ROLES = {
    "mia": "manager",
    "nadia": "nurse",
    "carl": "carer",
    "cleo": "carer",
    "lea": "compliance_lead",
    "ada": "admin",
    "finn": "family",
}
STAFF = ("mia", "nadia", "carl", "cleo", "lea")


@dataclass(frozen=True)
class House:
    """The Elms: Mia manages it, Nadia nurses, Carl and Cleo care, Ruth lives there. Hugo is of another."""

    api: Api
    org: UUID
    site: UUID
    resident: UUID
    people: dict[str, Person] = field(repr=False)

    def make_resident(self, name: str) -> UUID:
        made = self.api.sql("select tests.make_resident(%s, %s, %s)", self.org, self.site, name)
        assert isinstance(made, UUID)
        return made


@pytest.fixture(scope="module")
def house(api: Api, make_person: Callable[..., Person], make_org: Callable[..., UUID]) -> House:
    """A house of this module's own."""
    org, elsewhere = make_org("elms"), make_org("harbor")
    api.sql("update public.organizations set time_zone = 'UTC' where id = %s", org)
    site = api.sql("select tests.make_site(%s, 'The Elms')", org)
    assert isinstance(site, UUID)
    people = {name: make_person(role, org) for name, role in ROLES.items()}
    people["hugo"] = make_person("manager", elsewhere)
    for name in STAFF:
        api.sql(
            """insert into public.staff_members (org_id, user_id, job_title, employed_during)
               values (%s, %s, 'Care', '[2020-01-01,)')""",
            org,
            people[name].user_id,
        )
    resident = api.sql("select tests.make_resident(%s, %s, 'Ruth')", org, site)
    assert isinstance(resident, UUID)
    return House(api, org, site, resident, people)


@pytest.fixture
def speak(house: House, make_client: Callable[..., Any]) -> Callable[..., Any]:
    """A client that acts as somebody: `speak("nadia")`; through another address: `speak("nadia", url)`."""

    def sign_in(name: str, url: str | None = None) -> Any:
        client = make_client(url or house.api.url, house.api.publishable_key)
        client.sign_in(house.people[name].email, PASSWORD)
        return client

    return sign_in
