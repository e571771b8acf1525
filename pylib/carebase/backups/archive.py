"""The file of a backup: a gzipped tar file, `manifest.json` first, and at its end a checksum of all of it.

`tar tzf` lists it. The checksum is a gzip member of its own of 95 bytes, always the same but for the digest,
so that every bit of the file counts.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import struct
import tarfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from carebase.backups import folder
from carebase.backups.manifest import MANIFEST, Manifest, StoredFile, damaged, read_manifest
from carebase.problems import DatabaseProblem, UsageProblem

_DATA, _FILES = "data", "files"
_SMALL = 16 << 20
_BLOCK = 1 << 20


def write(
    file: BinaryIO, manifest: Manifest, data: Path, absent: Sequence[bytes], storage: Path = Path()
) -> None:
    """Write the backup of a data folder whose server is down, and of the files that the manifest lists.

    Args:
        file: what to write to.
        manifest: what it says about itself.
        data: the data folder.
        absent: what must be in none of its files.
        storage: the folder of the storage.

    Raises:
        DatabaseProblem: `secret_left`: it is, in the file that is named. A fault of ours, or of somebody who
            copied a secret out of the vault. `file_changed`: one of the storage
            is not what it was a moment ago.
    """
    hashed = _Hashing(file)
    with (
        gzip.GzipFile(filename="", mode="wb", compresslevel=1, fileobj=hashed, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.USTAR_FORMAT) as members,
    ):
        content = manifest.encoded()
        members.addfile(_member(MANIFEST, len(content)), io.BytesIO(content))
        members.addfile(_member(_DATA))
        for path in folder.walk(data):
            name = f"{_DATA}/{path.relative_to(data).as_posix()}"
            if path.is_dir():
                members.addfile(_member(name))
                continue
            with path.open("rb") as source:
                watched = _Watching(source, absent, path.relative_to(data))
                members.addfile(_member(name, path.stat().st_size), watched)
        for stored in manifest.files:
            _add_stored(members, storage, stored)
    file.write(_trailer(hashed.digest.hexdigest()))


class Archive:
    """A backup that was checked from its first bit to its last."""

    def __init__(self, file: BinaryIO, manifest: Manifest) -> None:
        self._file = file
        self.manifest = manifest

    def unpack(self, target: Path) -> None:
        """Write the data folder to `target`, which is made."""
        folder.make(target)
        self._unpack(target, _DATA, (MANIFEST, _FILES))

    def unpack_files(self, target: Path) -> None:
        """Write the files of the storage to `target`, which is made."""
        target.mkdir(mode=0o700)
        if self.manifest.files:
            self._unpack(target, _FILES, (MANIFEST, _DATA), is_servers=False)

    def _unpack(self, target: Path, below: str, besides: tuple[str, ...], *, is_servers: bool = True) -> None:
        self._file.seek(0)
        try:
            with _members(self._file) as members:
                folder.unpack(members, target, below=below, besides=besides, is_servers=is_servers)
        except folder.StrangeMember as strange:
            damaged(f"{strange} is no file of a data folder or of the storage")


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Check a backup, whole, and keep it open.

    Raises:
        UsageProblem: `backup_missing`, `backup_unreadable`, `backup_format_unknown`, `backup_damaged`.
    """
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise UsageProblem(
            "backup_missing", f"There is no backup {path}.", hint="`carebase backup` writes one."
        ) from error
    except OSError as error:
        raise UsageProblem(
            "backup_unreadable", f"{path} cannot be read: {error.strerror}.", hint="Are you its owner?"
        ) from error
    with file:
        manifest = _manifest(file)  # a format of another time may have another checksum
        _check(file)
        yield Archive(file, manifest)


def _manifest(file: BinaryIO) -> Manifest:
    try:
        with _members(file) as members:
            first = members.next()
            content = members.extractfile(first) if first and first.isreg() else None
            if not first or not content or first.name != MANIFEST or first.size > _SMALL:
                damaged("it does not begin with a manifest")
            return read_manifest(content.read())
    except (OSError, EOFError, zlib.error, tarfile.TarError):
        damaged("it is no gzipped tar file, or cut off")


def _check(file: BinaryIO) -> None:
    """Every bit: what comes before the checksum has it, and the checksum is written as it always is."""
    size = file.seek(0, io.SEEK_END)
    left = size - len(_trailer(""))
    digest = hashlib.sha256()
    file.seek(0)
    while left > 0 and (block := file.read(min(left, _BLOCK))):
        digest.update(block)
        left -= len(block)
    if file.read() != _trailer(digest.hexdigest()):
        damaged("it is not what its checksum says, or cut off")


@contextmanager
def _members(file: BinaryIO) -> Iterator[tarfile.TarFile]:
    file.seek(0)
    with (
        gzip.GzipFile(fileobj=file, mode="rb") as packed,
        tarfile.open(fileobj=packed, mode="r|") as members,
    ):
        yield members


def _add_stored(members: tarfile.TarFile, storage: Path, stored: StoredFile) -> None:
    try:
        source = (storage / stored.path).open("rb")
    except OSError as error:
        raise _changed(stored) from error
    with source:
        read = _Summed(source)
        if os.fstat(source.fileno()).st_size != stored.bytes:
            raise _changed(stored)
        members.addfile(_member(f"{_FILES}/{stored.path}", stored.bytes), read)
        if read.digest.hexdigest() != stored.sha256:
            raise _changed(stored)


def _changed(stored: StoredFile) -> DatabaseProblem:
    return DatabaseProblem(
        "file_changed",
        f"{stored.path} of the storage changed while it was copied; no backup was written.",
        hint="Files of the storage never change. Who writes into its folder?",
    )


def _member(name: str, size: int | None = None) -> tarfile.TarInfo:
    """Of a file, or without a size of a folder."""
    member = tarfile.TarInfo(name)
    member.type, member.mode, member.size = tarfile.REGTYPE, 0o600, size or 0
    if size is None:
        member.type, member.mode = tarfile.DIRTYPE, 0o700
    return member


def _trailer(digest: str) -> bytes:
    """A gzip member that holds a line, stored and not compressed, written out by hand: no bit is free."""
    line = f"sha256 {digest:64}\n".encode()
    length = struct.pack("<HH", len(line), len(line) ^ 0xFFFF)
    end = struct.pack("<II", zlib.crc32(line), len(line))
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + b"\x01" + length + line + end


class _Hashing(io.RawIOBase):
    """Passes on what is written to it, and knows its digest."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, block: bytes) -> int:  # type: ignore[override]  # gzip writes bytes
        self.digest.update(block)
        return self._file.write(block)


class _Summed(io.RawIOBase):
    """Passes on what is read, and knows its digest."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        self.digest.update(block)
        return block


class _Watching(io.RawIOBase):
    """Passes on what is read, and looks for what must not be there, also across two blocks."""

    def __init__(self, file: BinaryIO, absent: Sequence[bytes], path: Path) -> None:
        self._file = file
        self._absent = absent
        self._path = path
        self._overlap = max((len(value) for value in absent), default=1) - 1
        self._tail = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        seen = self._tail + block
        if any(value in seen for value in self._absent):
            raise DatabaseProblem(
                "secret_left",
                f"A secret of the vault is also in {self._path} of the data folder; no backup was written.",
                hint="Who copied it out of the vault? Find it in a table or a setting, and remove it there.",
            )
        self._tail = seen[-self._overlap :] if self._overlap else b""
        return block
