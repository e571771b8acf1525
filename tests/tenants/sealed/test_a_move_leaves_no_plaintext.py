"""Values come to a server that logs whatever it can, and leave it again: no file of it has one, or a key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import orjson
import psycopg
import pytest

from carebase import tenants
from carebase.db import declared
from carebase.project import Project
from carebase.stack.server import PostgresServer, throwaway
from tests.conftest import cloned
from tests.phi.conftest import Clinic
from tests.phi.test_no_plaintext_is_left_anywhere import SETTINGS, forms, scan
from tests.tenants.conftest import Database
from tests.tenants.packages import secrets_of
from tests.tenants.sealed.conftest import CANARY, PEOPLE, Installations, opened


@pytest.fixture
def talkative(project: Project) -> Iterator[PostgresServer]:
    """A server that logs every statement."""
    with throwaway(project, settings=SETTINGS) as running:
        yield running


def test_no_value_and_no_key_is_found_in_any_place(
    ward: Installations, talkative: PostgresServer, tmp_path: Path
) -> None:
    with cloned(talkative, "platform") as name:
        url, owner_url = talkative.url(name), talkative.url(name, "postgres")
        declared.build(owner_url, ward.project)
        with psycopg.connect(url, autocommit=True) as conn:
            conn.execute((Project.find(Path(__file__)).root / "tests" / "sql" / "helpers.sql").read_bytes())
            conn.execute(PEOPLE.encode())
        there = replace(ward, target=Database(owner_url, url))
        there.move()
        path = tmp_path / "again"
        tenants.export_organization(owner_url, ward.project, "lakeside", path, secrets=secrets_of(path))
        assert opened(there.target, "nadia") == opened(ward.source, "nadia")
        with psycopg.connect(owner_url, autocommit=True) as system:
            clinic = Clinic(url, owner_url, system)
            wanted = forms(CANARY, CANARY.lower(), CANARY.upper(), "1950-02-04")
            for exported in (ward.folder / "lakeside", path):
                key = bytes.fromhex(orjson.loads(secrets_of(exported).read_bytes())["key"])
                wanted |= {key, key.hex().encode(), key[32:], key[32:].hex().encode()}
            for (key_id,) in system.execute("select id from app.data_keys").fetchall():
                key = clinic.data_key(key_id)
                wanted |= {key, key.hex().encode(), key[32:], key[32:].hex().encode()}
            assert len(wanted) > 40
            assert scan(talkative, clinic, wanted) == {}
