"""What a backup says about itself: `manifest.json`, the first member of its file."""

from __future__ import annotations

import platform
import sys
from datetime import datetime
from typing import Annotated, Literal, NoReturn

import orjson
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from carebase.problems import UsageProblem

FORMAT = "carebase-backup/2"
# Of before files of the storage were in it.
_FORMER = "carebase-backup/1"
MANIFEST = "manifest.json"
_Count = Annotated[int, Field(ge=0)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)  # frozen also makes it fit to be a key


class Content(_Part):
    """What is in a table: its rows counted, and a digest in which their order does not count."""

    rows: _Count
    digest: str


class SecretName(_Part):
    """A secret that was in the vault of a database, and is not in the backup."""

    database: str
    name: str


class StoredFile(_Part):
    """A file of the storage: where it is, and what it is."""

    path: Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}){2}$")]
    bytes: Annotated[int, Field(ge=1)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

    @property
    def name(self) -> str:
        """What it is called in the export of an organization, which is flat."""
        return f"file.{self.path.replace('/', '.')}"


class FileFault(_Part):
    """A file that the database tells of and the storage did not have, or not as it was announced."""

    path: str
    fault: Literal["missing", "altered"]


class Trail(_Part):
    """What verifying the audit trail said when the backup was made."""

    events: _Count
    faults: _Count


class Manifest(_Part):
    """The whole backup.

    Attributes:
        made_at: the moment it is of.
        postgres: full version of the server.
        machine: of which kind the server's machine was; data files are of a kind.
        system_identifier: of the server, given by initdb.
        migrations: versions that the database has had, oldest first.
        tables: by name, of the database `postgres`.
        secrets: what the vault held.
        audit: None where there is no trail, or its keys were not in the vault.
        size: how many bytes its data folder has.
        files: of the storage, which are in the backup.
        file_faults: of the storage, which are not in it, and why.
    """

    format: Literal["carebase-backup/1", "carebase-backup/2"]
    made_at: AwareDatetime
    postgres: str
    machine: str
    system_identifier: str
    migrations: list[str]
    tables: dict[str, Content]
    secrets: list[SecretName]
    audit: Trail | None
    size: _Count
    files: list[StoredFile] = []
    file_faults: list[FileFault] = []

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(content.rows for content in self.tables.values())

    @property
    def version(self) -> int:
        """Major version of Postgres."""
        return int(self.postgres.split(".")[0])

    def encoded(self) -> bytes:
        """As it is written."""
        return orjson.dumps(self.model_dump(mode="json"), option=orjson.OPT_INDENT_2) + b"\n"


def this_machine() -> str:
    """Of which kind this machine is."""
    return f"{sys.platform} {platform.machine().lower()}"


def default_name(moment: datetime) -> str:
    """What a backup that is made now is called unless somebody says otherwise."""
    return f"carebase-{moment:%Y%m%dT%H%M%SZ}.backup"


def read_manifest(content: bytes) -> Manifest:
    """Read `manifest.json`.

    Raises:
        UsageProblem: `backup_format_unknown`, `backup_damaged`.
    """
    try:
        parsed = orjson.loads(content)
        claimed = parsed.get("format") if isinstance(parsed, dict) else None
        if claimed not in (FORMAT, _FORMER) and isinstance(claimed, str):
            raise UsageProblem(
                "backup_format_unknown",
                f"The backup has the format {claimed[:60]!r}; this version reads {FORMAT!r}.",
                hint="Restore it with the version of carebase that wrote it.",
            )
        return Manifest.model_validate(parsed)
    except orjson.JSONDecodeError:
        damaged("its manifest is not JSON")
    except ValidationError as error:
        places = ", ".join(".".join(map(str, each["loc"])) or each["msg"] for each in error.errors()[:3])
        damaged(f"its manifest is not as a backup writes it: {places}")


def damaged(fault: str) -> NoReturn:
    """The file is not what was written."""
    raise UsageProblem(
        "backup_damaged",
        f"The backup is damaged: {fault}; nothing was changed.",
        hint="Copy it anew from where it was kept, or use another one.",
    )
