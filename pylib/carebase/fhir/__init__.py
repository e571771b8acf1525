"""Real data in: FHIR R4 people and encounters, from files into one organization.

    files ──> resources ──> rows ──COPY──> staging table ──one merge per type──> tables
    reading   (bounded)     shaping        (temporary)      sql/*_merge.sql

`import_fhir` is the whole of it. It streams: neither a large file nor a large resource is ever in memory, and
a resource that cannot be loaded is a `Finding`, not the end of the run. Nothing that describes a person is in
a finding, a report or a problem: only file names, resource ids, element paths and reasons.
"""

from __future__ import annotations

from carebase.fhir.importing import import_fhir
from carebase.fhir.report import Counts, ImportReport
from carebase.fhir.validation import Validation
from carebase.imports.findings import Finding, Findings, Severity

__all__ = ["Counts", "Finding", "Findings", "ImportReport", "Severity", "Validation", "import_fhir"]
