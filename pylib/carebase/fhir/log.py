"""Where the steps of an import write down what they could not load."""

from __future__ import annotations

import re
from dataclasses import dataclass

from carebase.fhir.problems import Refused
from carebase.fhir.report import ImportReport
from carebase.imports.findings import Finding, Severity

_TYPE = re.compile(r"[A-Z][A-Za-z]{1,63}", re.ASCII)
_OTHER = "other"
# FHIR R4 has 148 resource types; a file that claims more kinds must not fill the memory with their names.
_MOST_TYPES = 200


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the input, and the resource there as far as it is known."""

    file: str
    place: str = ""
    resource_type: str | None = None
    resource_id: str | None = None


class ImportLog:
    """Turns refusals into findings and keeps the numbers of the report.

    Args:
        report: what to write into.
    """

    def __init__(self, report: ImportReport) -> None:
        self._report = report

    def refuse(self, where: Where, refused: Refused) -> None:
        """A resource is not loaded."""
        counts = self._report.counts.get(where.resource_type or "")
        if counts:
            counts.refused += 1
        else:
            self._report.unreadable += 1
        self._add("refused", where, refused.code, refused.reason)

    def warn(self, where: Where, warning: Refused) -> None:
        """A resource is loaded, but for a part of it."""
        self._add("warning", where, warning.code, warning.reason)

    def ignore(self, resource_type: str) -> None:
        """A resource of a type that is not loaded."""
        ignored = self._report.ignored
        if resource_type not in ignored and (
            len(ignored) >= _MOST_TYPES or not _TYPE.fullmatch(resource_type)
        ):
            resource_type = _OTHER
        ignored[resource_type] = ignored.get(resource_type, 0) + 1

    def _add(self, severity: Severity, where: Where, code: str, reason: str) -> None:
        self._report.findings.add(
            Finding(severity, where.file, where.place, where.resource_type, where.resource_id, code, reason)
        )
