"""The import from beginning to end: one transaction, everything or nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from carebase.db.connect import Connection
from carebase.fhir import merging
from carebase.fhir.log import ImportLog
from carebase.fhir.progress import Progress
from carebase.fhir.reading import Reader
from carebase.fhir.references import FHIR_ID
from carebase.fhir.report import ImportReport
from carebase.fhir.runkey import RunKey
from carebase.fhir.sources import check_paths, find_sources
from carebase.fhir.staging import Stager
from carebase.fhir.validation import Validation
from carebase.imports.findings import Finding, Findings
from carebase.imports.session import Tenant, import_session
from carebase.problems import UsageProblem

_TRY_LOCK = "select pg_try_advisory_xact_lock(hashtextextended('carebase.import.fhir', 0))"
_LOCK = "select pg_advisory_xact_lock(hashtextextended('carebase.import.fhir', 0))"


def import_fhir(
    url: str,
    organization: str,
    paths: Sequence[Path],
    *,
    tenant_id: str | None = None,
    validation: Validation = "fields",
    dry_run: bool = False,
    progress: Progress | None = None,
    on_finding: Callable[[Finding], None] | None = None,
) -> ImportReport:
    """Load organizations, practitioners, patients, roles and encounters from FHIR R4 into one organization.

    Everything is merged in one transaction: an interrupted run leaves nothing behind. Repeating a run changes
    nothing. Memory stays the same however much there is to read.

    Args:
        url: the database, as a role that is above row level security, such as `postgres`.
        organization: slug or id of the organization to load into.
        paths: files (JSON resources, Bundles, ndjson), and folders to search for them.
        tenant_id: logical id of the Organization resource that is this organization itself.
        validation: `fields` checks what is loaded; `full` whole resources, which is slower.
        dry_run: do all of it but the commit.
        progress: told how far it is.
        on_finding: called for each resource that is refused, or loaded in part, as it is found.

    Returns:
        What became of the resources; its findings say which were refused and why.

    Raises:
        UsageProblem: `path_missing`, `path_not_a_file`, `organization_unknown`, `tenant_id_invalid`.
        EnvironmentProblem: no database answers, or the connection was lost.
        DatabaseProblem: `schema_missing`, `import_forbidden`, `import_failed`.

    Example:
        >>> import_fhir(url, "lakeside-care", [Path("export/")]).counts["Patient"].inserted  # doctest: +SKIP
        22
    """
    started = time.monotonic()
    progress = progress or Progress()
    check_paths(paths)
    if tenant_id is not None and not FHIR_ID.fullmatch(tenant_id):
        raise UsageProblem(
            "tenant_id_invalid",
            "The id of an Organization resource is 1 to 64 letters, digits, hyphens and dots.",
            hint="Give its `id`, without `Organization/` before it.",
        )
    with import_session(url, "fhir", organization, dry_run=dry_run) as (conn, tenant):
        report = ImportReport(tenant.slug, dry_run, Findings(on_finding))
        log, key = ImportLog(report), RunKey()
        _stage(
            conn, tenant, paths, report, Stager(log, validation, key), Reader(log, progress.advance), progress
        )
        if not _is_true(conn, _TRY_LOCK):
            progress.wait()
            conn.execute(_LOCK)
        if tenant_id:
            merging.link_tenant(conn, tenant_id)
        merging.merge_all(conn, report, log, progress.merge, key)
    report.seconds = time.monotonic() - started
    return report


def _stage(
    conn: Connection,
    tenant: Tenant,
    paths: Sequence[Path],
    report: ImportReport,
    stager: Stager,
    reader: Reader,
    progress: Progress,
) -> None:
    for source in find_sources(paths):
        report.files += 1
        report.size += source.size
    progress.start(report.size)
    merging.make_stage(conn, tenant.id, tenant.time_zone)
    with conn.cursor() as cursor:
        stager.copy(reader.read(find_sources(paths)), cursor)


def _is_true(conn: Connection, question: str) -> bool:
    row = conn.execute(question.encode()).fetchone()
    return bool(row and row[0])
