"""Which files there are to read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from carebase.problems import UsageProblem

SUFFIXES = (".json", ".ndjson", ".jsonl")
"""What is read in a folder; a file that is named itself is read whatever its name."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file and the name that reports call it by: the path as it was given."""

    path: str
    size: int

    @property
    def name(self) -> str:
        """The path as text that can be stored and printed, whatever bytes are in it."""
        text = os.fsencode(self.path).decode("utf-8", "replace")
        return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def find_sources(paths: Iterable[Path]) -> Iterator[Source]:
    """The files at and below `paths`, in the order of their names.

    Folders that cannot be read and links that lead nowhere are left for the reader to stumble over, so that
    they are reported; links to folders are not followed.
    """
    for path in paths:
        if path.is_dir():
            yield from _in_folder(str(path))
        else:
            yield Source(str(path), _size(str(path)))


def check_paths(paths: Iterable[Path]) -> None:
    """Refuse a run that could not read anything of what it was asked to.

    Raises:
        UsageProblem: `path_missing` or `path_not_a_file`.
    """
    for path in paths:
        if not path.exists():
            raise UsageProblem(
                "path_missing",
                f"There is no file or folder {path}.",
                hint="Name FHIR files or folders that hold them.",
            )
        if not path.is_file() and not path.is_dir():
            raise UsageProblem(
                "path_not_a_file",
                f"{path} is neither a file nor a folder.",
                hint="Save the stream to a file first.",
            )


def _in_folder(folder: str) -> Iterator[Source]:
    with_errors: list[Source] = []
    for place, folders, files in os.walk(
        folder, onerror=lambda error: with_errors.append(Source(str(error.filename), 0))
    ):
        folders.sort()
        for name in sorted(files):
            if name.lower().endswith(SUFFIXES):
                path = os.path.join(place, name)
                yield Source(path, _size(path))
        yield from with_errors
        with_errors.clear()
    yield from with_errors


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0
