"""Putting a seed into a database: one transaction, one seeder at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Literal, get_args

from carebase.db.connect import connect
from carebase.problems import DatabaseProblem, UsageProblem
from carebase.project import Project
from carebase.seeds.care import Scene, tell_care
from carebase.seeds.demo import DemoRows
from carebase.seeds.documents import (
    DemoOrganization,
    Organization,
    Reference,
    load_care,
    load_demo,
    load_reference,
)
from carebase.seeds.ids import seed_id, user_id
from carebase.seeds.insert import Connection, adopt_settings, explained, insert_missing
from carebase.seeds.instruments import publish_instruments
from carebase.seeds.locality import refuse_remote
from carebase.seeds.password import demo_password
from carebase.seeds.reference import reference_rows
from carebase.seeds.report import SeedReport, TableReport
from carebase.seeds.scheduled import declare_jobs
from carebase.seeds.sign_in import hash_password, renew_passwords, sign_in_rows

Seed = Literal["reference", "demo"]
SEEDS: tuple[Seed, ...] = get_args(Seed)

_DAYS = (date(2000, 1, 1), date(2199, 12, 31))


def apply(
    target: str | Connection,
    project: Project,
    name: Seed,
    day: date | None = None,
    *,
    allow_remote: bool = False,
) -> SeedReport:
    """Add the rows of a seed that the database lacks; those that it has are left as they are.

    Everything or nothing: one transaction, or a savepoint when `target` is a connection inside one.

    Args:
        target: URL or connection, as the role postgres (or a superuser).
        project: the checkout whose `seeds/` to use.
        name: `reference`, or `demo`, which includes the reference rows.
        day: what the demo's dates are relative to; by default today, in each organization's time zone.
        allow_remote: let the demo into a database that is not on this machine.

    Returns:
        The rows added, renewed and found, per table.

    Raises:
        UsageProblem: `seed_unknown`, `day_out_of_range`, `seed_file_invalid`, `database_not_local`,
            `demo_password_invalid`.
        DatabaseProblem: `schema_missing`, `seed_conflict`, `seed_forbidden`, `seed_failed`.

    Example:
        >>> apply(url, Project.find(), "demo", date(2026, 11, 20)).changed  # doctest: +SKIP
        412
    """
    if name not in SEEDS:
        raise UsageProblem("seed_unknown", f"There is no seed {name!r}.", hint=f"Seeds: {', '.join(SEEDS)}.")
    if day and not _DAYS[0] <= day <= _DAYS[1]:
        raise UsageProblem("day_out_of_range", f"{day} is not between {_DAYS[0]} and {_DAYS[1]}.")
    with _connection(target) as conn, explained("the database"), conn.transaction():
        if name == "demo" and not allow_remote:
            refuse_remote(conn)
        conn.execute("select pg_advisory_xact_lock(hashtextextended('carebase.seeds', 0))")
        # What its job does each night, for the months until then.
        conn.execute("select app.make_audit_partitions()")
        # Rows of the storage, which are no part of a migration.
        conn.execute("select app.sync_buckets()")
        reference = load_reference(project)
        tables = [insert_missing(conn, rows) for rows in reference_rows(reference)]
        tables += publish_instruments(conn, reference.instruments)
        tables.append(declare_jobs(conn, reference.scheduled_jobs))
        days: dict[str, date] = {}
        if name == "demo":
            demos = load_demo(project)
            care = load_care(project, demos)
            tables += _sign_ins(conn, demos, demo_password(project))
            for organization in _organizations(conn, reference, demos, day):
                if organization.demo.organization:
                    days[organization.slug] = organization.day
                elif organization.demo.settings:
                    tables.append(adopt_settings(conn, organization.org_id, organization.demo.settings))
                tables += [insert_missing(conn, rows) for rows in organization.tables()]
                if organization.checks_in:
                    tables.append(_count_days(conn, organization))
                if told := care.get(organization.slug):
                    scene = Scene(
                        organization.slug,
                        organization.org_id,
                        organization.day,
                        organization.organization.time_zone,
                        {one.key: one.site for one in organization.demo.residents},
                        told,
                    )
                    tables += tell_care(conn, scene, is_given=day is not None)
    return SeedReport(seed=name, days=days, tables=_by_table(tables))


def _sign_ins(conn: Connection, demos: dict[str, DemoOrganization], password: str) -> list[TableReport]:
    password_hash = hash_password(conn, password)
    users, identities = (insert_missing(conn, rows) for rows in sign_in_rows(demos, password_hash))
    everybody = [user_id(slug, person.key) for slug, demo in demos.items() for person in demo.people]
    renewed = renew_passwords(conn, everybody, password, password_hash)
    return [users.model_copy(update={"updated": renewed, "unchanged": users.unchanged - renewed}), identities]


def _organizations(
    conn: Connection, reference: Reference, demos: dict[str, DemoOrganization], day: date | None
) -> Iterator[DemoRows]:
    known = {organization.slug: organization for organization in reference.organizations}
    newest = max(policy.version for policy in reference.resilience_policies)
    for slug, demo in demos.items():
        organization: Organization | None = demo.organization or known.get(slug)
        if organization is None:
            raise UsageProblem(
                "seed_file_invalid",
                f"seeds/demo/{slug}.toml has no [organization], and seeds/reference has no {slug!r} either.",
            )
        org_id = known[slug].id if slug in known else seed_id("organizations", slug)
        day_of_theirs = day or _today(conn, organization.time_zone)
        yield DemoRows(slug, org_id, organization, demo, day_of_theirs, newest)


def _count_days(conn: Connection, rows: DemoRows) -> TableReport:
    """What a job does each night: the figures of the days that are over, for good."""
    table = "public.provider_checkin_days"
    with explained(table):
        counted = conn.execute(
            "select app.close_checkin_days(%s, %s, 1000)", [rows.org_id, rows.day]
        ).fetchone()
        there = conn.execute(
            "select count(*) from public.provider_checkin_days where org_id = %s and checkin_date < %s",
            [rows.org_id, rows.day],
        ).fetchone()
    inserted = counted[0] if counted else 0
    return TableReport(table=table, inserted=inserted, unchanged=(there[0] if there else 0) - inserted)


def _today(conn: Connection, time_zone: str) -> date:
    """The day as the database's rules see it: by their clock, in this zone."""
    with explained("public.organizations"):
        row = conn.execute("select (app.clock() at time zone %s)::date", [time_zone]).fetchone()
    if row is None:  # a select without a source always gives a row
        raise DatabaseProblem("seed_failed", "The database does not say what day it is.")
    today: date = row[0]
    return today


def _by_table(reports: list[TableReport]) -> list[TableReport]:
    """One line per table, in the order of first appearance; tables without seed rows are left out."""
    totals: dict[str, TableReport] = {}
    for report in reports:
        before = totals.get(report.table)
        totals[report.table] = TableReport(
            table=report.table,
            inserted=report.inserted + (before.inserted if before else 0),
            updated=report.updated + (before.updated if before else 0),
            unchanged=report.unchanged + (before.unchanged if before else 0),
        )
    return [total for total in totals.values() if total.inserted + total.updated + total.unchanged]


@contextmanager
def _connection(target: str | Connection) -> Iterator[Connection]:
    if isinstance(target, str):
        with connect(target) as conn:
            yield conn
    else:
        yield target
