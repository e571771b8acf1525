"""Reading an export, folder or archive: nothing is believed before it is checked."""

from __future__ import annotations

import hashlib
import stat
import tarfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from carebase.backups.manifest import StoredFile
from carebase.problems import UsageProblem
from carebase.tenants.manifest import (
    MANIFEST,
    SUMS,
    Manifest,
    TableFile,
    damaged,
    encode_sums,
    read_manifest,
)
from carebase.tenants.progress import Progress

_BLOCK = 1 << 18
_SMALL = 16 << 20


class Files(ABC):
    """The files of an export by name; there are none but plain files."""

    sizes: dict[str, int]

    @abstractmethod
    def open(self, name: str) -> BinaryIO:
        """One of them."""


class _Folder(Files):
    def __init__(self, path: Path) -> None:
        self._path = path
        self.sizes = {}
        for entry in path.iterdir():
            found = entry.lstat()
            if not stat.S_ISREG(found.st_mode):
                raise damaged(entry.name, "is no plain file")
            self.sizes[entry.name] = found.st_size

    def open(self, name: str) -> BinaryIO:
        return (self._path / name).open("rb")


class _Archive(Files):
    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self._members: dict[str, tarfile.TarInfo] = {}
        folders = set()
        for member in tar:
            path = PurePosixPath(member.name)
            if member.isdir():
                continue
            if not member.isreg() or len(path.parts) != 2 or path.name in self._members:
                raise damaged(path.name, "is no plain file, or there twice")
            folders.add(path.parts[0])
            self._members[path.name] = member
        if len(folders) > 1:
            raise damaged("The archive", "holds more than one folder")
        self.sizes = {name: member.size for name, member in self._members.items()}

    def open(self, name: str) -> BinaryIO:
        file = self._tar.extractfile(self._members[name])
        if file is None:  # only for what is no plain file
            raise damaged(name, "cannot be read")
        return file  # type: ignore[return-value]  # an ExFileObject reads bytes


class Package:
    """An export whose manifest and files fit together.

    Attributes:
        manifest: what it says about itself.
        digest: SHA-256 of that, which covers all the files.
    """

    def __init__(self, files: Files) -> None:
        self._files = files
        self.manifest: Manifest = read_manifest(self._small(MANIFEST))
        sums = self.manifest.sums
        expected = {MANIFEST, SUMS, *sums}
        if missing := sorted(expected - files.sizes.keys()):
            raise damaged(missing[0], "is missing")
        if extra := sorted(files.sizes.keys() - expected):
            raise damaged(extra[0], "is not of this export")
        sums[MANIFEST] = self.digest = hashlib.sha256(self._small(MANIFEST)).hexdigest()
        if self._small(SUMS) != encode_sums(sums):
            raise damaged(SUMS, f"and {MANIFEST} do not fit together")

    def check(self, progress: Progress) -> None:
        """Read every file once and compare it with the manifest.

        Raises:
            UsageProblem: `export_damaged`, naming the file.
        """
        stored = self.manifest.stored
        total = sum(table.bytes for table in self.manifest.tables) + sum(file.bytes for file in stored)
        progress.work("Checking the files", total)
        for table in self.manifest.tables:
            for block in self.read(table):
                progress.advance(len(block))
        for file in stored:
            for block in self.read_stored(file):
                progress.advance(len(block))

    def read(self, table: TableFile) -> Iterator[bytes]:
        """The content of a table's file in blocks.

        Raises:
            UsageProblem: `export_damaged`, after the last block, if it was not what the manifest says.
        """
        digest, rows, size = hashlib.sha256(), 0, 0
        with self._files.open(table.file) as file:
            while block := file.read(_BLOCK):
                digest.update(block)
                rows += block.count(b"\n")
                size += len(block)
                yield block
        if (digest.hexdigest(), rows, size) != (table.sha256, table.rows, table.bytes):
            raise damaged(table.file, "is not what its checksum says")

    def read_stored(self, stored: StoredFile) -> Iterator[bytes]:
        """The bytes of a file of the storage, in blocks.

        Raises:
            UsageProblem: `export_damaged`, after the last block, if it was not what the manifest says.
        """
        digest, size = hashlib.sha256(), 0
        with self._files.open(stored.name) as file:
            while block := file.read(_BLOCK):
                digest.update(block)
                size += len(block)
                yield block
        if (digest.hexdigest(), size) != (stored.sha256, stored.bytes):
            raise damaged(stored.name, "is not what its checksum says")

    def _small(self, name: str) -> bytes:
        size = self._files.sizes.get(name)
        if size is None:
            raise damaged(name, "is missing")
        if size > _SMALL:
            raise damaged(name, "is too large to be one")
        with self._files.open(name) as file:
            return file.read()


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """An export for reading; its manifest is checked, its tables are not yet.

    Raises:
        UsageProblem: `export_missing`, `export_format_unknown`, `export_damaged`.
    """
    with ExitStack() as stack:
        try:
            if path.is_dir():
                files: Files = _Folder(path)
            else:
                files = _Archive(stack.enter_context(tarfile.open(path, mode="r:")))
            yield Package(files)
        except FileNotFoundError as error:
            raise UsageProblem(
                "export_missing", f"There is no export {path}.", hint="`carebase org export` writes one."
            ) from error
        except (tarfile.TarError, EOFError) as error:
            raise damaged(path.name, "is neither a folder nor a whole tar archive") from error
        except OSError as error:
            raise UsageProblem(
                "export_unreadable", f"{path} cannot be read: {error.strerror}.", hint="Are you its owner?"
            ) from error
