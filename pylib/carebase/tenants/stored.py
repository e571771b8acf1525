"""Files of the storage that belong to an organization: out of the folder they are in, and into another.

A file never changes and its place is made of ids. It is in its place before the import commits; one that came
to nothing leaves bytes that no row tells of, which nobody is served.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from carebase.backups.manifest import StoredFile
from carebase.backups.stored import fault_of
from carebase.problems import UsageProblem
from carebase.stack.failures import explain_os_errors
from carebase.tenants.draft import Draft
from carebase.tenants.manifest import Exported, FileFault
from carebase.tenants.package import Package
from carebase.tenants.progress import Progress
from carebase.tenants.session import Session

_BLOCK = 1 << 20
_HAS = "select to_regclass('storage.objects') is not null and to_regclass('public.file_uploads') is not null"
_LISTED = """
select files.bucket_id::text || '/' || files.object_path, files.byte_size, encode(files.sha256, 'hex')
from public.file_uploads as files
inner join storage.objects
  on objects.bucket_id = files.bucket_id::text and objects.name = files.object_path
where files.org_id = %s
order by 1
"""
# What the gateway and hosted Supabase write when a file arrives.
_ENTER = """
insert into storage.objects (bucket_id, name, owner, owner_id, created_at, updated_at, metadata)
select
  files.bucket_id::text, files.object_path, files.uploaded_by, files.uploaded_by::text, files.uploaded_at,
  files.uploaded_at, jsonb_build_object(
    'size', files.byte_size, 'mimetype', files.mime_type, 'contentLength', files.byte_size,
    'cacheControl', 'no-store'
  )
from public.file_uploads as files
where
  files.org_id = %s and files.bucket_id::text || '/' || files.object_path = any(%s)
  and not exists (
    select from storage.objects as known
    where known.bucket_id = files.bucket_id::text and known.name = files.object_path
  )
"""
_OURS = """
select concat_ws(
  ' ', files.bucket_id::text || '/' || files.object_path, files.byte_size, encode(files.sha256, 'hex')
)
from public.file_uploads as files
where files.org_id = %s
"""


def listed(session: Session, org_id: UUID) -> list[StoredFile]:
    """The files of an organization that the storage of the database knows."""
    if session.conn.execute(_HAS).fetchone() != (True,):
        return []
    rows = session.conn.execute(_LISTED, [org_id]).fetchall()
    return [StoredFile(path=path, bytes=size, sha256=sha256) for path, size, sha256 in rows]


def write(
    session: Session, org_id: UUID, storage: Path | None, target: Draft, progress: Progress
) -> tuple[list[StoredFile], list[FileFault]]:
    """Copy an organization's files into an export; those that it has, and what is wrong with the others."""
    files = listed(session, org_id)
    if storage is None:
        return [], [FileFault(path=file.path, fault="elsewhere") for file in files]
    written, faults = [], []
    progress.work("Writing the files", sum(file.bytes for file in files))
    for file in files:
        fault = fault_of(storage / file.path, file)
        if fault:
            faults.append(FileFault(path=file.path, fault=fault))
            continue
        with (storage / file.path).open("rb") as source, target.create(file.name) as copy:
            hashed = hashlib.sha256()
            while block := source.read(_BLOCK):
                hashed.update(block)
                copy.write(block)
                progress.advance(len(block))
        if hashed.hexdigest() != file.sha256:
            raise UsageProblem(
                "file_changed",
                f"{file.path} of the storage changed while it was copied; nothing was written.",
                hint="Files of the storage never change. Who writes into its folder?",
            )
        written.append(file)
    return written, faults


def load(session: Session, package: Package, storage: Path | None, progress: Progress) -> int:
    """Put the files of an export into their places and tell the storage; how many. Again changes nothing.

    Raises:
        UsageProblem: `export_invalid`, `export_damaged`.
    """
    files = package.manifest.stored
    if storage is None or not files:
        return 0
    _require_own(session, package.manifest.organization, files)
    progress.work("Putting the files in place", sum(file.bytes for file in files))
    with explain_os_errors(storage):
        for file in files:
            place = storage / file.path
            if fault_of(place, file) is None:
                continue
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with _whole(place) as target:
                for block in package.read_stored(file):
                    target.write(block)
                    progress.advance(len(block))
    session.conn.execute(_ENTER, [package.manifest.organization.id, [file.path for file in files]])
    return len(files)


def faults(package: Package, storage: Path | None) -> list[FileFault]:
    """The files of an export that a storage lacks, or has otherwise."""
    if storage is None:
        return []
    found = [(file, fault_of(storage / file.path, file)) for file in package.manifest.stored]
    return [FileFault(path=file.path, fault=fault) for file, fault in found if fault]


def _require_own(session: Session, organization: Exported, files: Sequence[StoredFile]) -> None:
    """A forged export puts nothing anywhere but where its own rows say that it is."""
    known = {line for (line,) in session.conn.execute(_OURS, [organization.id]).fetchall()}
    for file in files:
        if f"{file.path} {file.bytes} {file.sha256}" not in known:
            raise UsageProblem(
                "export_invalid",
                f"The export holds the file {file.path}, of which its rows do not tell; nothing was changed.",
                hint="It is not as `carebase org export` wrote it. Export again.",
            )


@contextmanager
def _whole(place: Path) -> Iterator[BinaryIO]:
    """A file that is in its place, on the disk, when the block ends; not after an error."""
    unfinished = place.with_name(f"{place.name}.{os.getpid()}.imported")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with open(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(descriptor)
        unfinished.replace(place)
    finally:
        unfinished.unlink(missing_ok=True)
