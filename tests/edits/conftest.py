"""Circles of one organization and people who may change them, each with a session."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
import pytest

from carebase.stack.server import PostgresServer
from tests.conftest import cloned
from tests.security.people import Connection, Town, claims

FIELDS = ("name", "meeting_frequency", "max_members", "is_active")


@dataclass(frozen=True)
class Lead:
    """One who leads circles, and what a frontend of theirs sends."""

    person: UUID
    session: UUID

    def merge(self, conn: Connection, circle: UUID, changes: dict[str, Any], **given: Any) -> dict[str, Any]:
        """One request, in a transaction of its own."""
        with conn.transaction():
            conn.execute(
                "select set_config('role', 'authenticated', true),"
                " set_config('request.jwt.claims', %s, true)",
                [claims(self.person, self.session)],
            )
            row = conn.execute(
                "select to_jsonb(merged)"
                " from public.merge_provider_support_circles(%s, %s, %s, %s, %s) as merged",
                [
                    circle,
                    json.dumps(changes),
                    json.dumps(given["base"]) if "base" in given else None,
                    given.get("version"),
                    given.get("key"),
                ],
            ).fetchone()
        assert row
        answer: dict[str, Any] = row[0]
        return answer


@dataclass(frozen=True)
class Office:
    """The organization, on a connection of the database's owner."""

    url: str
    conn: Connection
    org: UUID
    leads: tuple[Lead, ...]

    def make_circle(self, **fields: Any) -> UUID:
        values = {"name": "0", "meeting_frequency": "weekly", "max_members": 3, "is_active": True} | fields
        row = self.conn.execute(
            "insert into public.provider_support_circles"
            " (org_id, name, meeting_frequency, max_members, is_active)"
            " values (%s, %s, %s, %s, %s) returning id",
            [self.org, *(values[field] for field in FIELDS)],
        ).fetchone()
        assert row
        circle: UUID = row[0]
        return circle

    def read(self, circle: UUID) -> dict[str, Any]:
        row = self.conn.execute(
            "select to_jsonb(circles) from public.provider_support_circles as circles where id = %s", [circle]
        ).fetchone()
        assert row
        found: dict[str, Any] = row[0]
        return found


@pytest.fixture(scope="module")
def office(server: PostgresServer, templates: dict[str, str]) -> Iterator[Office]:
    with cloned(server, templates["migrated"]) as name:
        url = server.url(name, "postgres")
        with psycopg.connect(url, autocommit=True) as conn:
            town = Town(conn)
            org = town.make_org()
            conn.execute(
                "insert into public.organization_feature_flags (org_id, feature_key, is_enabled)"
                " values (%s, 'resilience_hub', true)",
                [org],
            )
            people = [town.make_person() for _ in range(6)]
            for person in people:
                town.give(person, org, "care_manager")
            yield Office(url, conn, org, tuple(Lead(person, town.sign_in(person)) for person in people))
