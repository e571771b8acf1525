"""What the import has to say about single resources: which were refused or loaded in part, and why."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import IO, Literal, Self

import orjson

Severity = Literal["refused", "warning"]

_IN_MEMORY_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One resource and what was wrong with it. Holds nothing that describes a person."""

    severity: Severity
    """`refused`: not loaded. `warning`: loaded, but not with everything in it."""
    file: str
    place: str
    """Where in the file: `line 3`, `entry[17]`, `line 3 entry[17]`, or empty for the file itself."""
    resource_type: str | None
    resource_id: str | None
    """The logical id, if it was one; an id that is not well-formed could hold anything and is left out."""
    code: str
    """Stable, for scripts: `reference_unknown`, `value_invalid`, …"""
    reason: str

    @property
    def subject(self) -> str:
        """What it is about, in one word if possible: `Patient/f001`."""
        named = "/".join(part for part in (self.resource_type, self.resource_id) if part)
        return named or "?"


class Findings:
    """All findings of a run, however many: kept in a temporary file once they are more than a megabyte.

    Iterate over it as often as needed; use it as a context manager, or let it go to remove the file.

    Args:
        listener: called with each finding as it is made.
    """

    def __init__(self, listener: Callable[[Finding], None] | None = None) -> None:
        self.refused = 0
        self.warnings = 0
        self._listener = listener
        self._spool: IO[bytes] = tempfile.SpooledTemporaryFile(  # noqa: SIM115 (it lives as long as this)
            max_size=_IN_MEMORY_BYTES, prefix="carebase-"
        )

    def add(self, finding: Finding) -> None:
        """Keep a finding and tell the listener."""
        if finding.severity == "refused":
            self.refused += 1
        else:
            self.warnings += 1
        self._spool.seek(0, 2)
        self._spool.write(orjson.dumps(asdict(finding), option=orjson.OPT_APPEND_NEWLINE))
        if self._listener:
            self._listener(finding)

    def __iter__(self) -> Iterator[Finding]:
        position = 0
        while True:
            self._spool.seek(position)
            line = self._spool.readline()
            if not line:
                return
            position = self._spool.tell()
            yield Finding(**orjson.loads(line))

    def __len__(self) -> int:
        return self.refused + self.warnings

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._spool.close()
