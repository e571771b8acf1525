"""What opens the sealed values of an export: one key, made for this export, in a file that is kept apart."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from carebase.phi.aead import KEY_BYTES
from carebase.problems import UsageProblem

FORMAT = "carebase-transfer/1"
_LARGEST = 1 << 16

_Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


@dataclass(frozen=True)
class TransferKey:
    """The key that seals values for one move: 64 bytes, and the name that each of them carries."""

    id: UUID
    key: bytes = field(repr=False)


class _SecretsFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    format: Literal["carebase-transfer/1"]
    organization: str
    made_at: datetime
    manifest_sha256: _Digest
    key_id: UUID
    key: Annotated[str, Field(pattern=rf"^[0-9a-f]{{{2 * KEY_BYTES}}}$", repr=False)]
    sha256: _Digest

    @property
    def digest(self) -> str:
        """What `sha256` must be."""
        return hashlib.sha256(orjson.dumps(self.model_dump(mode="json", exclude={"sha256"}))).hexdigest()

    def encoded(self) -> bytes:
        """The file as it is written."""
        return orjson.dumps(self.model_dump(mode="json"), option=orjson.OPT_INDENT_2) + b"\n"


def encode_secrets(key: TransferKey, organization: str, manifest_sha256: str) -> bytes:
    """The content of the file that opens the sealed values of one export."""
    parts: dict[str, Any] = {
        "format": FORMAT,
        "organization": organization,
        "made_at": datetime.now(UTC),
        "manifest_sha256": manifest_sha256,
        "key_id": key.id,
        "key": key.key.hex(),
    }
    draft = _SecretsFile(**parts, sha256="0" * 64)
    return _SecretsFile(**parts, sha256=draft.digest).encoded()


def find_key(path: Path | None, key_id: UUID | None, manifest_sha256: str) -> TransferKey | None:
    """The key that opens an export; None for one without sealed values.

    Args:
        path: what `export_organization` wrote beside it.
        key_id: the name of the key, as the export's manifest has it.
        manifest_sha256: of that manifest.

    Raises:
        UsageProblem: `secrets_missing`, `secrets_unreadable`, `secrets_damaged`, `secrets_of_another_export`.
    """
    if path is None:
        if key_id is None:
            return None
        raise UsageProblem(
            "secrets_missing",
            "The export has sealed values, and what opens them is in another file; nothing was changed.",
            hint="Name the file that `carebase org export --secrets` wrote: --secrets FILE.",
        )
    content = _read(path)
    if (content.key_id, content.manifest_sha256) != (key_id, manifest_sha256):
        raise UsageProblem(
            "secrets_of_another_export",
            f"{path} was written with another export, or this one was altered since; nothing was changed.",
            hint="Name the file that was written together with this export, or copy both anew.",
        )
    return TransferKey(content.key_id, bytes.fromhex(content.key))


def _read(path: Path) -> _SecretsFile:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST)
    except OSError as error:
        raise UsageProblem(
            "secrets_unreadable", f"{path} cannot be read: {error.strerror}.", hint="Is it the right file?"
        ) from error
    try:
        found = _SecretsFile.model_validate_json(content)
    except ValidationError:
        found = None
    # Written anew it must be the same: not a bit of it is of no matter.
    if found is None or found.sha256 != found.digest or found.encoded() != content:
        raise UsageProblem(
            "secrets_damaged",
            f"{path} is not what `carebase org export --secrets` writes, or is damaged; nothing was changed.",
            hint="Is it the right file? Copy it anew from where it was written.",
        )
    return found
