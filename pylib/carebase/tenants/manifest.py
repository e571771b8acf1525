"""What an export says about itself: `manifest.json`, and `SHA256SUMS` beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from carebase.backups.manifest import StoredFile
from carebase.problems import UsageProblem
from carebase.tenants.belonging import Kind

FORMAT = "carebase-organization/3"
MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"

_Name = Annotated[str, Field(pattern=r"^[a-z_][a-z0-9_]*$")]
_Table = Annotated[str, Field(pattern=r"^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$")]
_Count = Annotated[int, Field(ge=0)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TableFile(_Part):
    """One table: what is in its file, which is what Postgres' COPY writes in its text format."""

    table: _Table
    kind: Kind
    columns: Annotated[list[_Name], Field(min_length=1)]
    rows: _Count
    bytes: _Count
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

    @property
    def file(self) -> str:
        """The name of the file."""
        return f"{self.table}.copy"


class FileFault(_Part):
    """A file that the database tells of and that is not in the export, and why."""

    path: str
    fault: Literal["missing", "altered", "elsewhere"]
    """elsewhere: nobody said where the storage of the database is."""


class Exported(_Part):
    """Whose export it is."""

    id: UUID
    slug: str
    name: str


class DestroyedKey(_Part):
    """A data key that was destroyed: whose it was, and since when nothing that it sealed can be read."""

    id: UUID
    purpose: Literal["seal", "index"]
    org_id: UUID | None
    subject_id: UUID | None
    version: Annotated[int, Field(ge=1)]
    created_at: datetime
    retired_at: datetime
    destroyed_at: datetime


class Manifest(_Part):
    """The whole export."""

    format: Literal["carebase-organization/3"]
    organization: Exported
    exported_at: datetime
    migrations: list[str]
    tables: Annotated[list[TableFile], Field(min_length=1)]
    left_out: dict[_Table, str]
    transfer_key_id: UUID | None
    """The name of the key that its sealed values are sealed with; it is in another file."""
    destroyed_keys: list[DestroyedKey]
    stored: list[StoredFile]
    file_faults: list[FileFault]

    @model_validator(mode="after")
    def _once(self) -> Self:
        if len({table.table for table in self.tables}) < len(self.tables):
            raise ValueError("a table is listed twice")
        if len({file.path for file in self.stored}) < len(self.stored):
            raise ValueError("a file is listed twice")
        return self

    @property
    def files(self) -> dict[str, TableFile]:
        """The files of the tables, by name."""
        return {table.file: table for table in self.tables}

    @property
    def sums(self) -> dict[str, str]:
        """SHA-256 of every file that it lists, by name."""
        tables = {name: table.sha256 for name, table in self.files.items()}
        return tables | {file.name: file.sha256 for file in self.stored}

    def encoded(self) -> bytes:
        """The manifest as it is written."""
        return orjson.dumps(self.model_dump(mode="json"), option=orjson.OPT_INDENT_2) + b"\n"


def encode_sums(sums: dict[str, str]) -> bytes:
    """File names and their SHA-256, as `sha256sum --check` reads them."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())).encode()


def read_manifest(content: bytes) -> Manifest:
    """Read `manifest.json`.

    Raises:
        UsageProblem: `export_format_unknown`, `export_damaged`.
    """
    try:
        parsed = orjson.loads(content)
        claimed = parsed.get("format") if isinstance(parsed, dict) else None
        if claimed != FORMAT and isinstance(claimed, str):
            raise UsageProblem(
                "export_format_unknown",
                f"The export has the format {claimed[:60]!r}; this version reads {FORMAT!r}.",
                hint="Import it with the version of carebase that wrote it, or export again with this one.",
            )
        return Manifest.model_validate_json(content)
    except orjson.JSONDecodeError as error:
        raise damaged(MANIFEST, "is not JSON") from error
    except ValidationError as error:
        places = ", ".join(".".join(map(str, each["loc"])) or each["msg"] for each in error.errors()[:3])
        raise damaged(MANIFEST, f"is not as an export writes it: {places}") from error


def damaged(file: str, fault: str) -> UsageProblem:
    """A file of an export is not what it was."""
    return UsageProblem(
        "export_damaged",
        f"{file} of the export {fault}; nothing was changed.",
        hint="Copy the export anew from where it was written, or export again.",
    )
