"""Files of the storage in a backup: what the database says there is, and the bytes of it.

A file never changes and its place is made of ids. So a restore adds what is missing to the storage before the
databases change places, and takes nothing away: a file that no row tells of is served to nobody.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from carebase.backups.manifest import FileFault, StoredFile
from carebase.db.connect import connect
from carebase.problems import UsageProblem
from carebase.stack.failures import explain_os_errors

_BLOCK = 1 << 20
_HAS = "select to_regclass('storage.objects') is not null and to_regclass('public.file_uploads') is not null"
_LISTED = """
select objects.bucket_id || '/' || objects.name, files.byte_size, encode(files.sha256, 'hex')
from storage.objects
inner join public.file_uploads as files
  on files.bucket_id::text = objects.bucket_id and files.object_path = objects.name
order by 1
"""


def listed(url: str) -> list[StoredFile]:
    """What a database says is in its storage, as its superuser."""
    with connect(url, autocommit=True, name="carebase backup") as conn:
        if conn.execute(_HAS).fetchone() != (True,):
            return []
        return [
            StoredFile(path=path, bytes=size, sha256=sha256)
            for path, size, sha256 in conn.execute(_LISTED).fetchall()
        ]


def look(folder: Path, files: Sequence[StoredFile]) -> tuple[list[StoredFile], list[FileFault]]:
    """Which of these files a folder has as they were announced, and what is wrong with the others."""
    found, faults = [], []
    for file in files:
        fault = fault_of(folder / file.path, file)
        if fault:
            faults.append(FileFault(path=file.path, fault=fault))
        else:
            found.append(file)
    return found, faults


def fault_of(place: Path, file: StoredFile) -> str | None:
    """`missing`, `altered`, or None for a file that is what it was."""
    try:
        with place.open("rb") as content:
            if os.fstat(content.fileno()).st_size != file.bytes:
                return "altered"
            return None if digest(iter(lambda: content.read(_BLOCK), b"")) == file.sha256 else "altered"
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return "missing"


def digest(blocks: Iterator[bytes]) -> str:
    """SHA-256 of blocks, in hex."""
    hashed = hashlib.sha256()
    for block in blocks:
        hashed.update(block)
    return hashed.hexdigest()


def require_whole(folder: Path, files: Sequence[StoredFile]) -> None:
    """Refuse files that are not what the manifest says.

    Raises:
        UsageProblem: `backup_files_differ`, naming them.
    """
    _, faults = look(folder, files)
    if faults:
        named = ", ".join(f"{fault.path} ({fault.fault})" for fault in faults[:5])
        raise UsageProblem(
            "backup_files_differ",
            f"{len(faults)} files of the backup are not what it says of them: {named}; nothing was changed.",
            hint="Copy it anew from where it was kept, or use another one.",
        )


def put(source: Path, target: Path, files: Sequence[StoredFile]) -> int:
    """Add files to a storage, each whole or not at all; how many it did not have, or had otherwise."""
    added = 0
    with explain_os_errors(target):
        for file in files:
            place = target / file.path
            if fault_of(place, file) is None:
                continue
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            unfinished = place.with_name(f"{place.name}.{os.getpid()}.restored")
            try:
                _copy(source / file.path, unfinished)
                unfinished.replace(place)
            finally:
                unfinished.unlink(missing_ok=True)
            added += 1
    return added


def _copy(source: Path, target: Path) -> None:
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with source.open("rb") as content, open(descriptor, "wb") as file:
        shutil.copyfileobj(content, file, _BLOCK)
        file.flush()
        os.fsync(descriptor)
