"""The import from beginning to end: one transaction, everything or nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from carebase.fhir.progress import Progress
from carebase.homes import merging
from carebase.homes.columns import Mapping
from carebase.homes.reading import Refused, read_homes
from carebase.imports.findings import Finding, Findings
from carebase.imports.session import import_session

_LOCK = "select pg_advisory_xact_lock(hashtextextended('carebase.import.homes', 0))"


@dataclass(slots=True)
class HomesReport:
    """The outcome of one run."""

    organization: str
    dry_run: bool
    findings: Findings
    headers: dict[str, str] = field(default_factory=dict)
    """Field → the header that it was read from."""
    ignored: list[str] = field(default_factory=list)
    """Headers that are nothing we keep."""
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    beds: int = 0
    """Beds that were made."""
    seconds: float = 0.0

    @property
    def refused(self) -> int:
        """Lines that were not loaded."""
        return self.findings.refused

    def summary(self) -> dict[str, Any]:
        """The report as plain values, without the findings."""
        return {
            "organization": self.organization,
            "dry_run": self.dry_run,
            "headers": self.headers,
            "ignored": self.ignored,
            "inserted": self.inserted,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "beds": self.beds,
            "refused": self.findings.refused,
            "warnings": self.findings.warnings,
            "seconds": round(self.seconds, 3),
        }


def import_homes(
    url: str,
    organization: str,
    path: Path,
    *,
    columns: dict[str, str] | None = None,
    with_beds: bool = True,
    dry_run: bool = False,
    progress: Progress | None = None,
    on_finding: Callable[[Finding], None] | None = None,
    on_mapping: Callable[[Mapping], None] | None = None,
) -> HomesReport:
    """Load care homes from a CSV file into the properties and sites of one organization.

    Args:
        url: the database, as a role that is above row level security, such as `postgres`.
        organization: slug or id of the organization to load into.
        path: the file: the US list of nursing facilities (npi, provider_num, bed_count, …), the directory of
            England's regulator (CQC Location ID, Service types, …), or another with `columns`.
        columns: field → header, where the header does not say it by itself.
        with_beds: make a room with one bed for each bed that the file counts, at sites that have no rooms.
        dry_run: do all of it but the commit.
        progress: told how far it is.
        on_finding: called for each line that is refused, or loaded in part, as it is found.
        on_mapping: told which header is what, before the first line is loaded.

    Returns:
        What became of the lines; its findings say which were refused and why.

    Raises:
        UsageProblem: `path_missing`, `headers_missing`, `name_missing`, `key_missing`, `column_unknown`,
            `field_unknown`, `organization_unknown`.
        EnvironmentProblem: no database answers, or the connection was lost.
        DatabaseProblem: `schema_missing`, `import_forbidden`, `import_failed`.

    Example:
        >>> import_homes(url, "lakeside", Path("nursing.csv")).inserted  # doctest: +SKIP
        12
    """
    started = time.monotonic()
    progress = progress or Progress()
    with import_session(url, "homes", organization, dry_run=dry_run) as (conn, tenant):
        report = HomesReport(tenant.slug, dry_run, Findings(on_finding))

        def understood(mapping: Mapping) -> None:
            report.headers, report.ignored = mapping.shown, mapping.ignored
            if on_mapping:
                on_mapping(mapping)

        def refused(line: int, why: Refused) -> None:
            report.findings.add(_finding("refused", path, line, why.code, why.reason))

        progress.start(path.stat().st_size if path.is_file() else 0)
        merging.stage(conn, read_homes(path, columns, understood, refused, progress.advance))
        progress.merge("Location")
        conn.execute(_LOCK)
        org = {"org": tenant.id}
        for line, _ in merging.ambiguous(conn, org):
            refused(line, Refused("ambiguous", "has numbers of two sites that are here"))
        report.beds = merging.merge(conn, org, with_beds=with_beds)
        report.inserted, report.updated, report.unchanged = merging.counts(conn)
        if with_beds:
            for line, _, listed, here in merging.other_beds(conn, org):
                reason = f"counts {listed} beds where {here} are here, which were left as they are"
                report.findings.add(_finding("warning", path, line, "beds_differ", reason))
    report.seconds = time.monotonic() - started
    return report


def _finding(severity: Any, path: Path, line: int, code: str, reason: str) -> Finding:
    return Finding(severity, path.name, f"line {line}", "Location", None, code, reason)
