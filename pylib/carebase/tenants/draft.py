"""Writing an export: under a name of its own until it is complete, readable by its owner only."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from carebase.problems import UsageProblem
from carebase.stack.failures import explain_os_errors

ARCHIVE = ".tar"
_MARK = "partial"
_TAR = "package.tar"
_TAKEN = {errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR, errno.EISDIR}


@dataclass(frozen=True)
class Draft:
    """The folder in which an export is written."""

    folder: Path

    @contextmanager
    def create(self, name: str) -> Iterator[BinaryIO]:
        """A new file in it, on the disk when the block ends."""
        descriptor = os.open(self.folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "wb", buffering=1 << 20) as file:
            yield file
            file.flush()
            os.fsync(descriptor)


@contextmanager
def draft(path: Path) -> Iterator[Draft]:
    """A folder to write an export in; it becomes `path` at the end, and vanishes after an error.

    One that was killed leaves its draft behind, under a name that no import takes; the next one to the same
    path removes it.

    Args:
        path: the export, a folder, or one file if its name ends in `.tar`.

    Raises:
        UsageProblem: `export_exists`, `folder_missing`.
        EnvironmentProblem: `disk_full`, `not_writable`.
    """
    if path.exists() or path.is_symlink():
        raise _exists(path)
    if not path.parent.is_dir():
        raise UsageProblem(
            "folder_missing", f"There is no folder {path.parent} to put the export in.", hint="Create it."
        )
    with explain_os_errors(path):
        _remove_abandoned(path)
        folder = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}.{_MARK}-"))  # made 0700
        lock = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield Draft(folder)
            _publish(folder, path)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)


def _publish(folder: Path, path: Path) -> None:
    if path.suffix == ARCHIVE:
        _pack(folder, path.stem)
    try:
        if path.suffix == ARCHIVE:
            os.link(folder / _TAR, path)  # unlike a rename, refuses to replace what is there by now
        else:
            _settle(folder)
            folder.rename(path)
    except OSError as error:
        raise _exists(path) if error.errno in _TAKEN else error from error
    _settle(path.parent)


def _exists(path: Path) -> UsageProblem:
    return UsageProblem(
        "export_exists", f"{path} is there already.", hint="Choose another name, or move it away."
    )


def _pack(folder: Path, name: str) -> None:
    files = sorted(folder.iterdir())
    with Draft(folder).create(_TAR) as target, tarfile.open(fileobj=target, mode="w") as tar:
        for file in files:
            member = tarfile.TarInfo(f"{name}/{file.name}")
            member.size, member.mode, member.mtime = file.stat().st_size, 0o600, int(file.stat().st_mtime)
            with file.open("rb") as content:
                tar.addfile(member, content)
            file.unlink()


def _settle(folder: Path) -> None:
    """See that the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_abandoned(path: Path) -> None:
    """Remove drafts of this path that nobody writes any more: there are people's data in them."""
    for folder in path.parent.iterdir():
        if not folder.name.startswith(f".{path.name}.{_MARK}-"):
            continue
        with suppress(OSError):
            lock = os.open(folder, os.O_RDONLY)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder)
            finally:
                os.close(lock)
