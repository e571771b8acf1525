"""The upkeep of keys in a database: how they stand, new ones, new wrapping, re-sealing, destruction."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from uuid import UUID

from psycopg.rows import class_row
from pydantic import BaseModel

from carebase.db.connect import Connection, owner_session
from carebase.phi.providers import KeyProvider
from carebase.problems import EnvironmentProblem, UsageProblem

Progress = Callable[[int], None]
_LOCK = "select pg_try_advisory_lock(hashtextextended('carebase.reseal', 0))"


class KekStatus(BaseModel):
    """A key-encryption key: who keeps it, how many data keys it wraps, whether the vault has it."""

    version: int
    provider: str
    reference: str | None
    created_at: datetime.datetime
    retired_at: datetime.datetime | None
    destroyed_at: datetime.datetime | None
    wraps: int
    is_in_vault: bool


class OwnerStatus(BaseModel):
    """The data keys of an organization (None: of records that none owns), those of single persons counted."""

    organization: str | None
    active: int
    retired: int
    destroyed: int
    persons: int
    oldest_active_at: datetime.datetime | None


class Status(BaseModel):
    """Everything `carebase keys status` shows."""

    keks: list[KekStatus]
    owners: list[OwnerStatus]
    tables: list[str]


class Resealed(BaseModel):
    """What one run of re-sealing did."""

    seen: int
    resealed: int
    passes: int


def status(url: str) -> Status:
    """How the keys of a database stand.

    Args:
        url: the database, as the owner of our objects.

    Raises:
        DatabaseProblem: it is not migrated, or refused.
    """
    with owner_session(url) as conn:
        with conn.cursor(row_factory=class_row(KekStatus)) as cursor:
            keks = cursor.execute(
                """select keks.version, keks.provider, keks.reference, keks.created_at, keks.retired_at,
                     keks.destroyed_at,
                     (select count(*) from app.data_keys as keys
                      where keys.kek_version = keks.version and keys.wrapped_key is not null) as wraps,
                     exists (select from vault.secrets
                             where secrets.name = 'carebase_phi_kek_' || keks.version) as is_in_vault
                   from app.key_encryption_keys as keks order by keks.version"""
            ).fetchall()
        with conn.cursor(row_factory=class_row(OwnerStatus)) as cursor:
            owners = cursor.execute(
                """select organizations.slug as organization,
                     count(*) filter (where keys.retired_at is null) as active,
                     count(*) filter (
                       where keys.retired_at is not null and keys.destroyed_at is null
                     ) as retired,
                     count(*) filter (where keys.destroyed_at is not null) as destroyed,
                     count(distinct keys.subject_id) as persons,
                     min(keys.created_at) filter (where keys.retired_at is null) as oldest_active_at
                   from app.data_keys as keys
                   left join public.organizations on organizations.id = keys.org_id
                   group by organizations.slug order by organizations.slug nulls last"""
            ).fetchall()
        tables = [name for (name,) in conn.execute("select name from app.sealed_tables()")]
    return Status(keks=keks, owners=owners, tables=tables)


def rotate(
    url: str, organization: str | None = None, *, older_than: datetime.timedelta = datetime.timedelta(0)
) -> int:
    """Give every owner, or one organization, new data keys; the older ones still open what they sealed.

    Args:
        url: the database, as the owner of our objects.
        organization: slug; None: everybody.
        older_than: leave out keys that are younger.

    Returns:
        How many keys were replaced.

    Raises:
        UsageProblem: `organization_unknown`.
    """
    with owner_session(url) as conn:
        org_id = _organization(conn, organization) if organization else None
        # Those that are made here are younger than this moment, and left alone.
        row = conn.execute("select now() - %s", [older_than]).fetchone()
        done = 0
        while count := _number(conn, "select app.rotate_data_keys(%s, %s, 500)", org_id, row and row[0]):
            done += count
        return done


def rewrap(
    url: str, provider: KeyProvider, *, destroy_old: bool = False, progress: Progress | None = None
) -> int:
    """Make a new key-encryption key and wrap every data key with it. Interrupted, `finish_rewrap` goes on.

    Args:
        url: the database, as the owner of our objects.
        provider: who makes and keeps the key.
        destroy_old: then take the former ones out of the vault.
        progress: told how many keys each batch had.

    Returns:
        How many data keys were wrapped anew.
    """
    made = provider.make()
    with owner_session(url) as conn:
        conn.execute(
            "select app.add_kek(%s, %s, %s, %s)",
            [made.key.hex(), provider.name, made.reference, made.ciphertext],
        )
    return finish_rewrap(url, destroy_old=destroy_old, progress=progress)


def finish_rewrap(url: str, *, destroy_old: bool = False, progress: Progress | None = None) -> int:
    """Wrap what is left under older key-encryption keys with the newest one, in batches."""
    done = 0
    with owner_session(url) as conn:
        while count := _number(conn, "select app.rewrap_data_keys(500)"):
            done += count
            if progress:
                progress(count)
        if destroy_old:
            conn.execute(
                """select app.destroy_kek(version) from app.key_encryption_keys
                   where retired_at is not null and destroyed_at is null"""
            )
    return done


def recover(url: str, provider: KeyProvider) -> int:
    """Put key-encryption keys back into a vault that lacks them, as after restoring a dump elsewhere.

    Returns:
        How many were put back.

    Raises:
        EnvironmentProblem: `keks_missing`: there are others that this provider does not keep.
    """
    done, lacking = 0, []
    with owner_session(url) as conn:
        missing = conn.execute(
            """select version, provider, reference, ciphertext from app.key_encryption_keys as keks
               where destroyed_at is null and not exists (
                 select from vault.secrets where secrets.name = 'carebase_phi_kek_' || keks.version
               ) order by version"""
        ).fetchall()
        for version, kept_by, reference, ciphertext in missing:
            if kept_by != provider.name:
                lacking.append(f"{version} ({kept_by})")
                continue
            key = provider.recover(reference, ciphertext)
            conn.execute("select vault.create_secret(%s, %s)", [key.hex(), f"carebase_phi_kek_{version}"])
            done += 1
    if lacking:
        raise EnvironmentProblem(
            "keks_missing", f"{done} put back; not kept by {provider.name}: {', '.join(lacking)}."
        )
    return done


def reseal(url: str, *, batch: int = 500, progress: Progress | None = None) -> Resealed:
    """Seal with the newest keys what older ones sealed, in batches, while others read and write.

    Every batch is a transaction of its own and nothing else is remembered, so a run that was killed is simply
    repeated. It goes over the tables until a pass finds nothing to do; retired index keys last for the first.

    Args:
        url: the database, as the owner of our objects.
        batch: rows at once; writers of these rows wait that long.
        progress: told how many rows each batch went over.

    Raises:
        EnvironmentProblem: `reseal_runs_already`.
        DatabaseProblem: a value does not open, and where.
    """
    total = Resealed(seen=0, resealed=0, passes=0)
    with owner_session(url) as conn:
        if not _number(conn, _LOCK):
            raise EnvironmentProblem("reseal_runs_already", "Another re-sealing is under way.")
        with conn.transaction():
            conn.execute("select app.settle_retired_keys()")
        tables = [name for (name,) in conn.execute("select name from app.sealed_tables()").fetchall()]
        while True:
            done = sum(_reseal_table(conn, name, batch, total, progress) for name in tables)
            total.passes += 1
            # While a retired index key is there, every indexed value is gone over again.
            conn.execute("select app.destroy_retired_index_keys()")
            if not done:
                break
    return total


def _reseal_table(conn: Connection, name: str, batch: int, total: Resealed, progress: Progress | None) -> int:
    done = 0
    org_id: UUID | None = None
    row_id: UUID | None = None
    while True:
        row = conn.execute(
            "select last_org_id, last_id, seen_count, resealed_count from app.reseal_rows(%s, %s, %s, %s)",
            [name, org_id, row_id, batch],
        ).fetchone()
        if row is None or not row[2]:
            return done
        org_id, row_id, seen, resealed = row
        done += resealed
        total.seen += seen
        total.resealed += resealed
        if progress:
            progress(seen)


def destroy(url: str, organization: str | None, subject_id: UUID | None) -> int:
    """Destroy the data keys of an organization, of a person there, or of a person everywhere. For good.

    The emptied rows are vacuumed away, so that the wrapped keys leave the table's file, too. A backup still
    has them, wrapped: `rewrap(destroy_old=True)` makes those useless.

    Returns:
        How many keys were destroyed.

    Raises:
        UsageProblem: `organization_unknown`; `nothing_to_destroy`: they have no key (any more).
    """
    with owner_session(url) as conn:
        org_id = _organization(conn, organization) if organization else None
        done = _number(conn, "select app.destroy_data_keys(%s, %s)", org_id, subject_id)
        conn.execute("vacuum (full) app.data_keys")
    if not done:
        raise UsageProblem("nothing_to_destroy", "There is no data key of theirs, or not any more.")
    return done


def _number(conn: Connection, query: str, *values: object) -> int:
    row = conn.execute(query.encode(), values).fetchone()
    return int(row[0]) if row else 0


def _organization(conn: Connection, slug: str) -> UUID:
    row = conn.execute("select id from public.organizations where slug = %s", [slug]).fetchone()
    if row is None:
        raise UsageProblem(
            "organization_unknown",
            f"There is no organization {slug!r}.",
            hint="`carebase org list` shows them.",
        )
    found: UUID = row[0]
    return found
