"""What an export, an import or a comparison did, for people and for scripts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict

from carebase.tenants.belonging import Kind
from carebase.tenants.manifest import FileFault, Manifest


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class TableCount(_Part):
    """One table of an export or import."""

    table: str
    kind: Kind
    rows: int
    """In the export."""
    bytes: int
    kept: int = 0
    """Of these, how many were in the database already and were left as they are: people are one row each."""


class Difference(_Part):
    """A table of which a database does not hold what the export holds."""

    table: str
    rows: int
    """In the export."""
    rows_there: int
    """In the database; the same number of rows may still be other rows."""


@dataclass
class MoveReport:
    """One run of an export or import."""

    organization: str
    """Its slug."""
    path: str
    tables: list[TableCount] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    """Tables that do not move, and why."""
    is_unchanged: bool = False
    """An import found all of it there already."""
    seconds: float = 0.0
    files: int = 0
    """Of the storage, that moved."""
    file_faults: list[FileFault] = field(default_factory=list)
    """Files of the storage that are not in the export, and why."""

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table.rows for table in self.tables)

    def summary(self) -> dict[str, Any]:
        """The report as plain values."""
        return {
            "organization": self.organization,
            "path": self.path,
            "rows": self.rows,
            "is_unchanged": self.is_unchanged,
            "seconds": round(self.seconds, 3),
            "tables": [table.model_dump() for table in self.tables],
            "left_out": self.left_out,
            "files": self.files,
            "file_faults": [fault.model_dump() for fault in self.file_faults],
        }


def counts(manifest: Manifest, kept: dict[str, int] | None = None) -> list[TableCount]:
    """The tables of an export.

    Args:
        manifest: of the export.
        kept: rows that an import found there, by table.
    """
    return [
        TableCount(
            table=file.table,
            kind=file.kind,
            rows=file.rows,
            bytes=file.bytes,
            kept=(kept or {}).get(file.table, 0),
        )
        for file in manifest.tables
    ]
