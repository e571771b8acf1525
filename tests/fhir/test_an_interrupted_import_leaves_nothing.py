"""Killed at any moment, an import leaves the database as it was, and running it again completes it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from itertools import chain
from pathlib import Path

import psycopg
import pytest

from carebase.fhir import Counts
from carebase.problems import EnvironmentProblem
from tests.fhir import people
from tests.fhir.conftest import Clinic, Inbox

MOMENTS = {
    "reading": "%copy pg_temp.import_stage%",
    "merging": "%from pg_temp.import_encounters where refusal%",
}
# A patient costs a key of their own, a visit does not.
PATIENTS = 400
VISITS = 4_000
NAME = "carebase import fhir"
WAIT = 60
IMPORTERS = "select 1 from pg_stat_activity where datname = current_database() and application_name = %s"
PROGRAM = """
import pathlib, sys
from carebase.fhir import import_fhir
import_fhir(sys.argv[1], "lakeside", [pathlib.Path(sys.argv[2])])
"""


@pytest.fixture
def clinic(own_clinic: Clinic) -> Clinic:
    """Many rows come, and some are left half-way."""
    return own_clinic


@pytest.fixture
def export(inbox: Inbox) -> Path:
    """Enough to take a second."""
    patients = (people.patient(f"p{number}") for number in range(PATIENTS))
    visits = (people.encounter(f"e{number}", of=f"Patient/p{number % PATIENTS}") for number in range(VISITS))
    return inbox.lines(chain(patients, visits))


def start(clinic: Clinic, path: Path) -> subprocess.Popen[str]:
    """The import as its own process."""
    command = [sys.executable, "-c", PROGRAM, clinic.url, str(path)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def wait_for(clinic: Clinic, statement: str, importer: subprocess.Popen[str]) -> None:
    """Until the import is at this statement."""
    until = time.monotonic() + WAIT
    at = f"{IMPORTERS} and query ilike %s".encode()
    with psycopg.connect(clinic.url, autocommit=True) as conn:
        while not conn.execute(at, [NAME, statement]).rowcount:
            assert importer.poll() is None, "the import ended before it could be interrupted"
            assert time.monotonic() < until
            time.sleep(0.005)


def wait_until_gone(clinic: Clinic) -> None:
    """Until the server has noticed that nobody is there any more."""
    until = time.monotonic() + WAIT
    while clinic.rows(IMPORTERS, NAME):
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed(clinic: Clinic, export: Path, moment: str) -> None:
    before = clinic.contents()
    importer = start(clinic, export)
    wait_for(clinic, MOMENTS[moment], importer)
    importer.kill()
    assert importer.wait() == -signal.SIGKILL
    wait_until_gone(clinic)
    assert clinic.contents() == before
    report = clinic.load(export)
    assert report.counts["Patient"] == Counts(inserted=PATIENTS)
    assert report.counts["Encounter"] == Counts(inserted=VISITS)


def test_the_connection_breaks(clinic: Clinic, export: Path) -> None:
    before = clinic.contents()
    importer = start(clinic, export)
    wait_for(clinic, MOMENTS["merging"], importer)
    clinic.rows("select pg_terminate_backend(pid) from pg_stat_activity where application_name = %s", NAME)
    _, errors = importer.communicate(timeout=WAIT)
    assert importer.returncode == 1
    assert "nothing was imported" in errors
    assert clinic.contents() == before


def test_two_at_once_end_well(clinic: Clinic, inbox: Inbox, export: Path) -> None:
    npis = inbox.lines([people.practitioner(npi=people.NPI)], "npis.ndjson")
    importer = start(clinic, export)
    wait_for(clinic, MOMENTS["merging"], importer)
    assert clinic.load(npis, export, into="hillside").counts["Encounter"] == Counts(inserted=VISITS)
    importer.communicate(timeout=WAIT)
    assert importer.returncode == 0
    assert clinic.row("select count(*) from public.encounters") == {"count": 2 * VISITS}


def test_no_database_is_a_sentence(clinic: Clinic, inbox: Inbox) -> None:
    with pytest.raises(EnvironmentProblem):
        Clinic("postgresql://postgres@127.0.0.1:1/none").load(inbox.single(people.patient()))
    assert os.listdir(inbox.folder) == ["resource.json"]
