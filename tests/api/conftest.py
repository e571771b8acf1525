"""The gateway over a database of its own, and people who sign up and sign in as a frontend has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

import httpx
import psycopg
import pytest
from psycopg.rows import scalar_row
from supabase import Client, create_client

from carebase.project import Project
from carebase.stack.server import PostgresServer
from tests.conftest import cloned, served

PASSWORD = "a long enough passphrase"


@dataclass(frozen=True)
class Api:
    """Where a frontend and, behind its back, the database are."""

    url: str
    publishable_key: str
    secret_key: str
    jwt_secret: str
    db_url: str

    def client(self) -> Client:
        """An anonymous client, as a page has it before anyone signs in."""
        return create_client(self.url, self.publishable_key)

    def sql(self, query: str, *parameters: object) -> object:
        """One value, straight from the database as its owner."""
        with psycopg.connect(self.db_url, autocommit=True, row_factory=scalar_row) as conn:
            cursor = conn.execute(query, parameters)  # type: ignore[call-overload]
            return cursor.fetchone() if cursor.description else None


@dataclass(frozen=True)
class Person:
    """Someone with a role, signed in."""

    user_id: UUID
    org_id: UUID
    email: str
    client: Client
    token: str

    def headers(self, api: Api) -> dict[str, str]:
        return {"apikey": api.publishable_key, "Authorization": f"Bearer {self.token}"}


@pytest.fixture(scope="module")
def api(
    server: PostgresServer,
    templates: dict[str, str],
    project: Project,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Api]:
    """A gateway of this module's own, over a fresh migrated database."""
    with cloned(server, templates["migrated"]) as database:
        with psycopg.connect(server.url(database), autocommit=True) as conn:
            conn.execute((project.root / "tests" / "sql" / "helpers.sql").read_bytes())
            conn.execute("grant usage on schema tests to postgres")
            # The local auth layer has no second factor to ask for; tests of it mint their tokens.
            conn.execute(
                """update public.organizations set settings = '{"mfa_roles": []}' where kind = 'platform'"""
            )
        with served(project, server, database, tmp_path_factory.mktemp("gateway") / "state") as stack:
            state = stack.state
            yield Api(state.api_url, state.publishable_key, state.secret_key, state.jwt_secret, stack.db_url)


@pytest.fixture(scope="module")
def make_person(api: Api) -> Callable[..., Person]:
    """Sign somebody up, give them a role, sign them in: `make_person("nurse", org_id)`."""
    names = (f"person{number}@example.com" for number in range(1, 10_000))

    def make(role: str, org_id: UUID) -> Person:
        email = next(names)
        client = api.client()
        signed_up = client.auth.sign_up({"email": email, "password": PASSWORD})
        assert signed_up.user
        with psycopg.connect(api.db_url, autocommit=True) as conn:
            conn.execute("select tests.give_role(%s, %s, %s, %s)", (org_id, role, email, signed_up.user.id))
        session = client.auth.sign_in_with_password({"email": email, "password": PASSWORD}).session
        assert session
        return Person(UUID(signed_up.user.id), org_id, email, client, session.access_token)

    return make


@pytest.fixture(scope="module")
def make_org(api: Api) -> Callable[..., UUID]:
    """A new organization: `make_org("lakeside", has_resilience_hub=False)`.

    It asks nobody for a second factor unless told to (`asks_second_factor=True`), so that plain sign-ins do.
    """

    def make(slug: str, *, has_resilience_hub: bool = True, asks_second_factor: bool = False) -> UUID:
        made = api.sql("select tests.make_org(%s, %s)", slug, has_resilience_hub)
        assert isinstance(made, UUID)
        if not asks_second_factor:
            api.sql("update public.organizations set settings = %s where id = %s", '{"mfa_roles": []}', made)
        return made

    return make


@pytest.fixture(scope="module")
def give_consent(api: Api) -> Callable[..., Person]:
    """Somebody takes part in the resilience hub: `give_consent(nurse, "anonymous")` is the nurse."""

    def give(person: Person, level: str = "aggregate_only") -> Person:
        api.sql("select tests.give_consent(%s, %s, %s)", person.org_id, person.user_id, level)
        return person

    return give


@pytest.fixture
def http(api: Api) -> Iterator[httpx.Client]:
    """A bare HTTP client, for what no library would send."""
    with httpx.Client(base_url=api.url, headers={"apikey": api.publishable_key}, timeout=20) as client:
        yield client
