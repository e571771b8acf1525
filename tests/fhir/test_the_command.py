"""`carebase import fhir`: what it prints, what it never prints, and its exit codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.commands import carebase
from tests.fhir import people
from tests.fhir.conftest import Clinic, Inbox

SECRETS = ("Sampleton", "Testperson", "Ada", "1950", people.MALFORMED_NPI)


def run(clinic: Clinic, *words: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    return carebase(
        "import", "fhir", *words, env={"CAREBASE_DB_URL": clinic.url, "COLUMNS": "200"}, **options
    )


def test_everything_loaded(clinic: Clinic, inbox: Inbox) -> None:
    done = run(clinic, inbox.lines(people.everything()), "--org", "lakeside")
    assert done.returncode == 0, done.stderr
    assert "1 files read" in done.stdout
    assert "Reading" in done.stderr
    assert clinic.row("select count(*) from public.encounters") == {"count": 1}


def test_refusals_are_named_one_by_one_and_hold_nothing_about_people(clinic: Clinic, inbox: Inbox) -> None:
    path = inbox.lines(
        [
            people.patient("fine"),
            people.patient("wrong-date", birthDate="1950-02-30"),
            people.patient("wrong-type", name=[{"family": ["Sampleton"]}]),
            people.patient("Sampleton Ada"),
            people.practitioner("wrong-npi", npi=people.MALFORMED_NPI),
        ]
    )
    with path.open("ab") as file:
        file.write(b'{"resourceType": "Patient", "name": "Sampleton')
    done = run(clinic, path, "--org", "lakeside")
    assert done.returncode == 1
    assert f"{path} line 2: Patient/wrong-date birthDate is not a date" in done.stderr
    assert f"{path} line 3: Patient/wrong-type name[0].family is not a string" in done.stderr
    assert f"{path} line 4: Patient id is not" in done.stderr
    assert f"{path} line 5: Practitioner/wrong-npi identifier[0].value is no NPI" in done.stderr
    assert f"{path} line 6: ? is not JSON" in done.stderr
    assert not [secret for secret in SECRETS if secret in done.stdout + done.stderr]
    assert clinic.row("select count(*) from public.patients") == {"count": 1}


def test_json_is_one_document(clinic: Clinic, inbox: Inbox) -> None:
    path = inbox.lines([people.patient(), people.patient("x", gender="f"), {"resourceType": "Basic"}])
    done = run(clinic, path, "--org", "lakeside", "--json", "--dry-run")
    assert done.returncode == 1
    document = json.loads(done.stdout)
    assert document["dry_run"] is True
    assert document["organization"] == "lakeside"
    assert document["resources"]["Patient"]["inserted"] == 1
    assert document["ignored"] == {"Basic": 1}
    (finding,) = document["findings"]
    assert {key: finding[key] for key in ("file", "place", "resource_id", "code")} == {
        "file": str(path),
        "place": "line 2",
        "resource_id": "x",
        "code": "value_invalid",
    }
    assert clinic.rows("select * from public.patients") == []


def test_an_organization_may_be_named_by_id(clinic: Clinic, inbox: Inbox) -> None:
    key = clinic.row("select id::text from public.organizations where slug = 'hillside'")["id"]
    done = run(clinic, inbox.single(people.patient()), "--org", key, "--json")
    assert json.loads(done.stdout)["organization"] == "hillside"


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["--org", "nobody"], 2, "There is no organization 'nobody'"),
        (["--org", "lakeside", "--self", "Organization/1"], 2, "letters, digits, hyphens"),
        (["--org", "lakeside", "nowhere"], 2, "There is no file or folder nowhere"),
        (["--org", "lakeside", "--db-url", "postgresql://127.0.0.1:1/none"], 3, "does not answer"),
        ([], 2, "--org"),
    ],
)
def test_a_mistake_is_a_sentence(
    clinic: Clinic, inbox: Inbox, words: list[str], code: int, sentence: str
) -> None:
    done = run(clinic, inbox.single(people.patient()), *words)
    assert done.returncode == code
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_without_our_tables_is_a_sentence(own_clinic: Clinic, inbox: Inbox) -> None:
    own_clinic.execute("alter table public.encounters rename to elsewhere")
    done = run(own_clinic, inbox.single(people.patient()), "--org", "lakeside")
    assert done.returncode == 4
    assert "not migrated" in done.stderr


def test_a_role_under_row_level_security_is_refused(clinic: Clinic, inbox: Inbox) -> None:
    login = f"importer_{os.getpid()}"
    with psycopg.connect(clinic.url, autocommit=True) as conn:
        conn.execute(f"create role {login} login password 'made-up' in role authenticated")
        url = psycopg.conninfo.make_conninfo(clinic.url, user=login, password="made-up")
        try:
            done = run(Clinic(url), inbox.single(people.patient()), "--org", "lakeside")
        finally:
            conn.execute(f"drop role {login}")
    assert done.returncode == 4
    assert "row level security" in done.stderr


def test_what_the_database_says_of_a_row_is_not_passed_on(own_clinic: Clinic, inbox: Inbox) -> None:
    own_clinic.execute("alter table public.patients add constraint no_samples check (family_name is null)")
    for words in ([], ["--verbose"]):
        done = run(own_clinic, inbox.single(people.patient()), "--org", "lakeside", *words)
        assert done.returncode in (1, 4)
        assert "no_samples" in done.stderr
        assert not [secret for secret in SECRETS if secret in done.stdout + done.stderr]


def test_stopped_by_the_user(clinic: Clinic, inbox: Inbox) -> None:
    path = inbox.lines(people.patient(f"p{number}") for number in range(40_000))
    environment = {**os.environ, "CAREBASE_DB_URL": clinic.url}
    command = [sys.executable, "-m", "carebase_cli", "import", "fhir", str(path), "--org", "lakeside"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr
        while "Reading" not in process.stderr.readline():
            assert process.poll() is None
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        errors = process.stderr.read()
    assert process.returncode == 130
    assert "nothing was imported" in errors
    assert clinic.rows("select * from public.patients") == []
