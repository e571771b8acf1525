"""A data folder on its way: out of a tar stream, into one, and safely onto the disk."""

from __future__ import annotations

import os
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from carebase.stack import places
from carebase.stack.failures import explain_os_errors

# Of a server that ran; the next one writes its own.
_LEFT_OUT = {"postmaster.pid", "postmaster.opts"}


class StrangeMember(Exception):
    """A member of a tar file that is neither a folder nor a plain file below the top."""


def make(folder: Path) -> None:
    """A folder that a server may use as its data folder."""
    with explain_os_errors(folder):
        folder.mkdir(mode=0o700)
        if user := places.server_user():
            user.own(folder)


def unpack(
    members: tarfile.TarFile,
    target: Path,
    *,
    below: str = ".",
    besides: tuple[str, ...] = (),
    is_servers: bool = True,
) -> None:
    """Write the files of an archive into a folder that is there, for the server `make` made it.

    Args:
        members: the archive.
        target: the folder.
        below: the folder of the archive that they are in.
        besides: files and folders that may be elsewhere, which are left out.
        is_servers: whether the server's user is to own them.

    Raises:
        StrangeMember: what is no folder and no plain file, or not below.
        EnvironmentProblem: the disk is full.
    """
    user = places.server_user() if is_servers else None
    for member in members:
        path = PurePosixPath(member.name)
        if ".." not in path.parts and any(path.is_relative_to(each) for each in besides):
            continue
        if path.is_absolute() or ".." in path.parts or not path.is_relative_to(below):
            raise StrangeMember(member.name)
        place = target / path.relative_to(below)
        if place == target:
            continue
        content = members.extractfile(member) if member.isreg() else None
        if content is None and not member.isdir():
            raise StrangeMember(member.name)
        with explain_os_errors(place):
            if content is None:
                place.mkdir(mode=0o700, exist_ok=True)
            else:
                if not is_servers:  # an archive of files only says no folders
                    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                with open(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                    shutil.copyfileobj(content, file, 1 << 18)
            if user:
                user.own(place)


def walk(folder: Path) -> Iterator[Path]:
    """What belongs into a backup of a data folder, folders before what is in them."""
    for entry in sorted(folder.iterdir()):
        if entry.name not in _LEFT_OUT:
            yield entry
            if entry.is_dir() and not entry.is_symlink():
                yield from walk(entry)


def sync(folder: Path) -> None:
    """Wait until everything in the folder is on the disk."""
    for path in [folder, *walk(folder), folder.parent]:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
