"""`carebase doctor --env`: what has to come from outside, and what it says where that is missing."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from carebase.doctor import examine
from carebase.doctor.environment import QUESTIONS, faults_of
from carebase.project import Project
from carebase.settings import Settings
from carebase.stack.server import PostgresServer
from tests.commands import carebase

GOOD: dict[str, Any] = {
    "api_url": "https://project.example.com",
    "publishable_key": "sb_publishable_x",
    "secret_key": "sb_secret_x",
    "db_url": "postgresql://postgres@db.example.com/postgres",
}
# What is broken, and the sentence that says so.
FAULTS = {
    "env-keys": (
        "select app.active_kek(); delete from vault.secrets where name = 'carebase_phi_kek_1'",
        "Key-encryption key 1 is not in the vault; what it wraps cannot be opened.",
    ),
    "env-tokens": (
        "delete from vault.secrets where name = 'carebase_jwt_secret'",
        "Secret carebase_jwt_secret is not in the vault: no API key can be exchanged.",
    ),
    "env-senders": (
        "insert into public.integration_configs (org_id, id, kind, name, settings) values ("
        "(select id from public.organizations where slug = 'county'), "
        "'00000000-0000-4000-8000-00000000000a', 'slack', 'Ward', '{}')",
        "Integration 00000000-0000-4000-8000-00000000000a (slack) of county has no secret in the vault.",
    ),
    "env-schedule": ("delete from public.job_runs", "No job has run for a day."),
    "env-organizations": (
        "select 1",
        "Organization county has nobody who owns it or administers it.",
    ),
    "env-features": (
        "delete from public.nurseos_feature_flags where feature_key = 'residency'",
        "Feature residency of the room residency is not in nurseos_feature_flags: it is off for everybody.",
    ),
}


def test_what_is_missing_is_found(database: str, server: PostgresServer, project: Project) -> None:
    assert {question.name for question in QUESTIONS} <= FAULTS.keys()
    with psycopg.connect(server.url(database.rsplit("/", 1)[1]), autocommit=True) as superuser:
        superuser.execute(
            "insert into public.organizations (name, slug, kind, license_tier, time_zone) "
            "values ('County', 'county', 'care_home', 'standard', 'UTC')"
        )
        for fault, _ in FAULTS.values():
            superuser.execute(fault.encode())
    found = {(one.check, one.says) for one in examine(project, database, settings=Settings(**GOOD)).findings}
    assert {(check, says) for check, (_, says) in FAULTS.items()} <= found


def test_nobody_is_asked_about_the_environment_who_did_not_say_so(database: str, project: Project) -> None:
    assert not [one for one in examine(project, database).answers if one.check.startswith("env-")]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"secret_key": None}, "CAREBASE_SECRET_KEY is not set."),
        ({"api_url": None}, "CAREBASE_API_URL is not set."),
        ({"publishable_key": "sb_secret_x"}, "CAREBASE_PUBLISHABLE_KEY is a secret key."),
        (
            {"publishable_key": "k", "secret_key": "k"},
            "CAREBASE_PUBLISHABLE_KEY and CAREBASE_SECRET_KEY are the same key.",
        ),
        ({"api_url": "http://project.example.com"}, "CAREBASE_API_URL is not encrypted."),
    ],
)
def test_settings_that_are_missing_or_mixed_up(changed: dict[str, str | None], sentence: str) -> None:
    given = Settings(**{**GOOD, **{key: value for key, value in changed.items() if value}})
    settings = given.model_copy(update={key: None for key, value in changed.items() if not value})
    assert sentence in [says for says, _ in faults_of(settings)]


def test_good_settings_have_no_fault() -> None:
    assert list(faults_of(Settings(**GOOD))) == []


def test_the_command_tells_it(database: str) -> None:
    done = carebase(
        "doctor",
        "--env",
        "--db-url",
        database,
        env={"CAREBASE_API_URL": "http://example.com", "COLUMNS": "200"},
    )
    assert done.returncode == 1
    assert "CAREBASE_PUBLISHABLE_KEY is not set." in done.stdout
