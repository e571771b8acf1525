"""However members give, take, invite and accept, nobody climbs the ladder, and sessions follow at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.rows import dict_row

from carebase.project import Project
from carebase.stack.server import PostgresServer
from tests.properties.members import NAMES, furnish

ROLES = [
    "super_admin", "org_owner", "admin", "manager", "care_manager", "case_manager", "nurse", "clinician",
    "carer", "compliance_lead", "wellness_officer", "billing", "scheduler", "resident", "patient", "family",
    "referral_partner", "service",
]  # fmt: skip

# Those that lead somewhere come up more often.
role = st.sampled_from(["org_owner", "admin", "manager", "carer", "nurse"]) | st.sampled_from(ROLES)
place = st.sampled_from([None, None, None, "house", "house", "court", "pier"])
# Who has power acts more often: otherwise most steps are refused.
actor = st.sampled_from(["Odile", "Ada", "Mia", "Max"]) | st.sampled_from(NAMES)
person = st.sampled_from(NAMES)
STEPS = st.lists(
    st.tuples(st.just("wait"), st.integers(1, 12))
    | st.tuples(
        st.just("grant"), actor, person, role, place, st.integers(0, 3), st.none() | st.integers(1, 9)
    )
    | st.tuples(st.just("revoke"), actor, st.integers(0, 30))
    | st.tuples(st.just("invite"), actor, person, role, place)
    | st.tuples(st.just("accept"), st.none() | person, st.integers(0, 5)),
    min_size=3,
    max_size=20,
)


@pytest.fixture
def connection(database: str, project: Project, server: PostgresServer) -> Iterator[psycopg.Connection[Any]]:
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
    assert isinstance(name, str)
    with psycopg.connect(server.url(name), autocommit=True, row_factory=dict_row) as conn:
        conn.execute((project.root / "tests" / "sql" / "helpers.sql").read_bytes())
        yield conn


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_nobody_climbs(connection: psycopg.Connection[Any], steps: list[tuple[Any, ...]]) -> None:
    with connection.transaction(force_rollback=True):
        house = furnish(connection)
        house.compare()
        for step in steps:
            house.step(*step)
