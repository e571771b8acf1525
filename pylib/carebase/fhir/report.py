"""What an import did, in numbers."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from carebase.imports.findings import Findings

RESOURCE_TYPES = ("Organization", "Practitioner", "Patient", "PractitionerRole", "Encounter")
"""What is loaded, in the order in which references need it."""


@dataclass(slots=True)
class Counts:
    """Resources of one type by what became of them; each is counted once."""

    inserted: int = 0
    updated: int = 0
    linked: int = 0
    """A new id for a person who is here already, maybe by another organization; their row was left alone."""
    unchanged: int = 0
    superseded: int = 0
    """The input holds a later version of the same resource; that one counts under what became of it."""
    refused: int = 0

    @property
    def read(self) -> int:
        """All of them."""
        return sum(getattr(self, each.name) for each in fields(self))


@dataclass(slots=True)
class ImportReport:
    """The outcome of one run."""

    organization: str
    """Slug of the organization."""
    dry_run: bool
    findings: Findings
    counts: dict[str, Counts] = field(default_factory=lambda: {name: Counts() for name in RESOURCE_TYPES})
    ignored: dict[str, int] = field(default_factory=dict)
    """Resources of types that are not loaded, by type."""
    unreadable: int = 0
    """Files, lines and entries that are no FHIR resource; each is among the findings."""
    files: int = 0
    size: int = 0
    """Bytes of these files."""
    seconds: float = 0.0

    @property
    def refused(self) -> int:
        """Everything that was not loaded and should have been."""
        return self.findings.refused

    def summary(self) -> dict[str, Any]:
        """The report as plain values, without the findings.

        Example:
            >>> report.summary()["resources"]["Patient"]["inserted"]  # doctest: +SKIP
            22
        """
        return {
            "organization": self.organization,
            "dry_run": self.dry_run,
            "files": self.files,
            "bytes": self.size,
            "seconds": round(self.seconds, 3),
            "resources": {name: asdict(counts) for name, counts in self.counts.items()},
            "ignored": dict(sorted(self.ignored.items())),
            "unreadable": self.unreadable,
            "refused": self.findings.refused,
            "warnings": self.findings.warnings,
        }
