"""However large the input, the import takes less than 300 MB, and never the size of the file."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import orjson
import pytest

from carebase.imports.findings import Finding, Findings
from tests.fhir import people
from tests.fhir.conftest import Clinic

MEGABYTE = 1 << 20
LIMIT = 300
PROGRAM = """
import resource
import sys
from pathlib import Path
from carebase.fhir import import_fhir
report = import_fhir(sys.argv[1], "lakeside", [Path(sys.argv[2])], dry_run=True)
# Linux counts into ru_maxrss what the program that started us held; VmHWM is this program's own.
status = Path("/proc/self/status")
if status.exists():
    peak = int(status.read_text().split("VmHWM:")[1].split()[0]) >> 10
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 20
counts = report.counts["Patient"]
print(peak, counts.inserted, counts.superseded, report.refused)
"""
PATIENTS = 1_000
VERSIONS = 30


def versions(count: int) -> Iterable[bytes]:
    """So many versions of each patient, of seven kilobytes each, most of it narrative.

    All of them are read and staged; the last ones count, and cost a key each.
    """
    body = orjson.dumps(people.patient("KEY", text={"div": "<p>made-up narrative</p>" * 300}))
    return (body.replace(b"KEY", b"p%d" % (number % PATIENTS)) for number in range(count * PATIENTS))


def write_lines(path: Path) -> None:
    with path.open("wb") as file:
        for body in versions(VERSIONS):
            file.write(body + b"\n")


def write_bundle(path: Path) -> None:
    """The patients in one Bundle, and between them documents of up to 120 MB in one string."""
    with path.open("wb") as file:
        file.write(b'{"resourceType": "Bundle", "entry": [')
        for number, body in enumerate(versions(VERSIONS // 4)):
            file.write(b'{"resource": ' + body + b"},")
            if number in (10, 20):
                file.write(b'{"resource": {"resourceType": "Patient", "photo": [{"data": "')
                for _ in range(6 * number):
                    file.write(b"QUJD" * (MEGABYTE // 4))
                file.write(b'"}]}},')
        file.write(b'{"resource": {"resourceType": "Basic"}}]}')


@pytest.mark.parametrize(
    ("write", "count", "refused"), [(write_lines, VERSIONS, 0), (write_bundle, VERSIONS // 4, 2)]
)
def test_of_a_large_file(own_clinic: Clinic, tmp_path: Path, write: object, count: int, refused: int) -> None:
    path = tmp_path / ("large.ndjson" if write is write_lines else "large.json")
    assert callable(write)
    write(path)
    size = path.stat().st_size // MEGABYTE
    assert size > 200
    try:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, own_clinic.url, str(path)],
            capture_output=True,
            text=True,
            timeout=120,
        )
    finally:
        path.unlink()
    assert done.returncode == 0, done.stderr
    peak, inserted, superseded, missed = map(int, done.stdout.split())
    assert (inserted, superseded, missed) == (PATIENTS, (count - 1) * PATIENTS, refused)
    assert peak < LIMIT
    assert peak < size / 2 + 50


def test_findings_beyond_a_megabyte_are_kept_on_disk() -> None:
    findings = Findings()
    for number in range(20_000):
        findings.add(
            Finding(
                "refused",
                "file.ndjson",
                f"line {number}",
                "Patient",
                None,
                "value_invalid",
                "gender is wrong",
            )
        )
    assert [finding.place for finding in findings] == [f"line {number}" for number in range(20_000)]
    assert next(iter(findings)).place == "line 0"
    assert findings._spool._rolled  # type: ignore[attr-defined]
