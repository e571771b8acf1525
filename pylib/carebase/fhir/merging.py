"""From the staging table to ours, per resource type: one statement finds the rows, one merges them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources
from itertools import pairwise
from uuid import UUID

from psycopg import sql

from carebase.db.connect import Connection
from carebase.fhir.log import ImportLog, Where
from carebase.fhir.problems import Refused
from carebase.fhir.report import ImportReport
from carebase.fhir.runkey import CONTEXT, SEALED_TYPES, RunKey

Announce = Callable[[str], None]

_FETCH = 1000
_FINDINGS = sql.SQL(
    "select stage.file, stage.place, stage.resource_type, stage.fhir_id, resource.refusal, resource.warnings"
    " from {} as resource inner join pg_temp.import_stage as stage on resource.seq = stage.seq"
    " where resource.refusal is not null or cardinality(resource.warnings) > 0"
    " order by resource.seq"
)
_WITH_REFERENCES = ("PractitionerRole", "Encounter")
_NAMES = {
    "Organization": "organization",
    "Practitioner": "practitioner",
    "Patient": "patient",
    "PractitionerRole": "practitioner_role",
    "Encounter": "encounter",
}
_REASONS = {
    "patient_unknown": "subject is no patient in the input or imported before",
    "practitioner_unknown": "practitioner is nobody in the input or imported before",
    "provider_unknown": "no participant is a practitioner in the input or imported; loaded without",
    "organization_unknown": "its organization is neither in the input nor imported; loaded without",
    "period_reversed": "period ends before it starts",
    "npi_differs": "the person has another NPI here, which was kept",
    "npi_taken": "its NPI is another person's here; loaded without it",
    "person_shared": "another organization knows the person, or they own the record: data left alone",
    "erased": "the person's key was destroyed here; nothing of them was changed",
    "removed": "was removed here, and stays so",
}


def merge_all(
    conn: Connection, report: ImportReport, log: ImportLog, announce: Announce, key: RunKey
) -> None:
    """Merge everything that is staged, in the transaction that is open.

    Args:
        conn: the connection that the staging table is on.
        report: whose counts to add to.
        log: told of what the merge refuses.
        announce: called with the type that comes next.
        key: what protected fields were staged with.
    """
    for step in ("addresses", "supersede", "targets"):
        cursor = conn.execute(_read(step))
        if step == "supersede":
            for resource_type, number in cursor:
                report.counts[resource_type].superseded += number
    _analyze(conn, "import_stage", "import_targets")
    for resource_type, name in _NAMES.items():
        announce(resource_type)
        if resource_type in _WITH_REFERENCES:
            conn.execute(_read("known"), {"resource_type": resource_type})
            _analyze(conn, "import_known")
        counts = report.counts[resource_type]
        for outcome, number in _merge(conn, resource_type, name, key):
            setattr(counts, outcome, getattr(counts, outcome) + number)
        _tell(conn, name, log)


def _merge(conn: Connection, resource_type: str, name: str, key: RunKey) -> Iterator[tuple[str, int]]:
    """Merge one type; the outcomes and how many had them."""
    if resource_type not in SEALED_TYPES:
        conn.execute(_read(f"{name}_rows"))
        _analyze(conn, f"import_{name}s")
        yield from conn.execute(_read(f"{name}_merge"))
        return
    conn.execute(_read(f"{name}_table"))
    _analyze(conn, "import_stage")
    ends = [0, *(end for (end,) in conn.execute(_read(f"{name}_batches")))]
    batches = [
        {"key": key.key, "context": CONTEXT, "after": after, "upto": upto} for after, upto in pairwise(ends)
    ]
    for step in ("rows", "merge"):
        for batch in batches:
            cursor = conn.execute(_read(f"{name}_{step}"), batch)
            yield from cursor if cursor.description else ()
        _analyze(conn, f"import_{name}s")


def link_tenant(conn: Connection, fhir_id: str) -> None:
    """Remember which Organization resource is the importing organization itself."""
    conn.execute(_read("tenant"), {"fhir_id": fhir_id})


def make_stage(conn: Connection, org_id: UUID, time_zone: str) -> None:
    """Create the temporary tables of a run, which end with the transaction."""
    conn.execute(_read("stage"))
    conn.execute("insert into pg_temp.import_run (org_id, time_zone) values (%s, %s)", [org_id, time_zone])


def _tell(conn: Connection, name: str, log: ImportLog) -> None:
    """Report what the merge refused; on a server-side cursor, since it may be everything."""
    query = _FINDINGS.format(sql.Identifier("pg_temp", f"import_{name}s"))
    with conn.cursor("import_findings") as cursor:
        cursor.itersize = _FETCH
        cursor.execute(query)
        for file, place, resource_type, fhir_id, refusal, warnings in cursor:
            where = Where(file, place, resource_type, fhir_id)
            if refusal:
                log.refuse(where, _explained(refusal))
            else:
                for warning in warnings:
                    log.warn(where, _explained(warning))


def _explained(code: str) -> Refused:
    return Refused(code, _REASONS[code])


def _analyze(conn: Connection, *tables: str) -> None:
    """Temporary tables are planned blind otherwise: autovacuum does not see them."""
    for table in tables:
        conn.execute(sql.SQL("analyze {}").format(sql.Identifier("pg_temp", table)))


@cache
def _read(name: str) -> bytes:
    return resources.files("carebase.fhir").joinpath("sql", f"{name}.sql").read_bytes()
