"""Killed at any moment, an import leaves the database as it was, and running it again completes it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from carebase.fhir import Counts
from carebase.problems import EnvironmentProblem
from tests.fhir import people
from tests.fhir.conftest import Clinic, Inbox

MOMENTS = {
    "reading": "%copy pg_temp.import_stage%",
    "merging": "%from pg_temp.import_encounters where refusal%",
}
COUNT = 8_000
NAME = "carebase import fhir"
WAIT = 60
IMPORTERS = "select 1 from pg_stat_activity where datname = current_database() and application_name = %s"
PROGRAM = """
import pathlib, sys
from carebase.fhir import import_fhir
import_fhir(sys.argv[1], "lakeside", [pathlib.Path(sys.argv[2])])
"""


@pytest.fixture
def export(inbox: Inbox) -> Path:
    """Enough to take some seconds."""
    pairs = (
        resource
        for number in range(COUNT)
        for resource in (
            people.patient(f"p{number}"),
            people.encounter(f"e{number}", of=f"Patient/p{number}"),
        )
    )
    return inbox.lines(pairs)


def start(clinic: Clinic, path: Path) -> subprocess.Popen[str]:
    """The import as its own process."""
    command = [sys.executable, "-c", PROGRAM, clinic.url, str(path)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def wait_for(clinic: Clinic, statement: str, importer: subprocess.Popen[str]) -> None:
    """Until the import is at this statement."""
    until = time.monotonic() + WAIT
    while not clinic.rows(f"{IMPORTERS} and query ilike %s", NAME, statement):
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
    assert report.counts["Encounter"] == report.counts["Patient"] == Counts(inserted=COUNT)


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
    assert clinic.load(npis, export, into="hillside").counts["Encounter"] == Counts(inserted=COUNT)
    importer.communicate(timeout=WAIT)
    assert importer.returncode == 0
    assert clinic.row("select count(*) from public.encounters") == {"count": 2 * COUNT}


def test_no_database_is_a_sentence(clinic: Clinic, inbox: Inbox) -> None:
    with pytest.raises(EnvironmentProblem):
        Clinic("postgresql://postgres@127.0.0.1:1/none").load(inbox.single(people.patient()))
    assert os.listdir(inbox.folder) == ["resource.json"]
