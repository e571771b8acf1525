"""Who keeps the key-encryption key outside the database: a file for development, AWS KMS.

The database asks its vault for the key, never a provider: a provider makes it, and can give it again after
the vault is lost. What it needs for that is kept beside the data keys: its name for the key, a ciphertext.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from carebase.phi.aead import KEY_BYTES
from carebase.problems import EnvironmentProblem, UsageProblem

_LINE = re.compile(r"^([0-9a-f]{16}) ([0-9a-f]{128})$")


@dataclass(frozen=True)
class MadeKey:
    """A new key-encryption key: itself, what its provider calls it, and how that encrypted it, if it did."""

    key: bytes
    reference: str
    ciphertext: bytes | None = None


class KeyProvider(Protocol):
    """Makes key-encryption keys, and gives them again."""

    name: str

    def make(self) -> MadeKey:
        """A new key of 64 bytes, kept for `recover` before it is returned."""
        ...

    def recover(self, reference: str, ciphertext: bytes | None) -> bytes:
        """The key that `make` returned with this reference and ciphertext.

        Raises:
            EnvironmentProblem: it cannot be had from here.
        """
        ...


class FileProvider:
    """Keys in a file that only its owner can read, one a line. For development.

    Args:
        path: the file; it is made with the first key.
    """

    name = "file"

    def __init__(self, path: Path) -> None:
        self._path = path

    def make(self) -> MadeKey:
        key = secrets.token_bytes(KEY_BYTES)
        reference = fingerprint(key)
        self._keys()
        try:
            handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(f"{reference} {key.hex()}\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise self._refused(error) from error
        return MadeKey(key, reference)

    def recover(self, reference: str, ciphertext: bytes | None) -> bytes:
        key = self._keys().get(reference)
        if key is None:
            raise EnvironmentProblem(
                "key_not_in_file",
                f"{self._path} does not hold the key-encryption key {reference}.",
                hint="Name the file that was given when the key was made.",
            )
        return key

    def _keys(self) -> Mapping[str, bytes]:
        try:
            if self._path.stat().st_mode & 0o077:
                raise EnvironmentProblem(
                    "key_file_open",
                    f"{self._path} can be read by others.",
                    hint="`chmod 600` it; if somebody may have read it: `carebase keys rewrap`.",
                )
            lines = self._path.read_text(encoding="ascii").splitlines()
        except FileNotFoundError:
            return {}
        except (OSError, UnicodeDecodeError) as error:
            raise self._refused(error) from error
        found = [_LINE.match(line) for line in lines]
        if not all(found):
            raise UsageProblem("key_file_invalid", f"{self._path} is no file of key-encryption keys.")
        return {match[1]: bytes.fromhex(match[2]) for match in found if match}

    def _refused(self, error: Exception) -> EnvironmentProblem:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        return EnvironmentProblem("key_file_unusable", f"{self._path}: {reason}.")


class KmsProvider:
    """Keys that AWS KMS makes and encrypts; region and credentials are found as AWS's own tools find them.

    Args:
        key_id: id, ARN or alias of a symmetric KMS key.
        client: a KMS client of boto3, for tests and for unusual settings.
    """

    name = "aws-kms"
    _CONTEXT: Mapping[str, str] = {"application": "carebase", "purpose": "phi-key-encryption-key"}

    def __init__(self, key_id: str, client: Any = None) -> None:
        self._key_id = key_id
        self._given = client

    def make(self) -> MadeKey:
        made = self._ask(
            "generate_data_key",
            KeyId=self._key_id,
            NumberOfBytes=KEY_BYTES,
            EncryptionContext=dict(self._CONTEXT),
        )
        return MadeKey(made["Plaintext"], made["KeyId"], made["CiphertextBlob"])

    def recover(self, reference: str, ciphertext: bytes | None) -> bytes:
        if ciphertext is None:
            raise EnvironmentProblem("key_not_in_kms", f"No ciphertext of the key {reference} was kept.")
        answer = self._ask(
            "decrypt", KeyId=reference, CiphertextBlob=ciphertext, EncryptionContext=dict(self._CONTEXT)
        )
        key: bytes = answer["Plaintext"]
        return key

    def _ask(self, operation: str, **parameters: object) -> Any:
        # Slow to import, and not everybody's.
        from botocore.exceptions import BotoCoreError, ClientError  # type: ignore[import-untyped]  # has no types of its own

        try:
            if self._given is None:
                import boto3  # type: ignore[import-untyped]  # nor has it

                self._given = boto3.client("kms")
            return getattr(self._given, operation)(**parameters)
        except ClientError as error:
            reason = error.response.get("Error", {})
            said = f"{reason.get('Code', 'unknown')}: {reason.get('Message', '')}".rstrip(". ")
        except BotoCoreError as error:
            said = str(error).rstrip(".")
        raise EnvironmentProblem(
            "kms_refused",
            f"AWS KMS did not {operation.replace('_', ' ')} with {self._key_id}: {said}.",
            hint="Region and credentials are those of AWS's own tools: AWS_REGION, AWS_PROFILE and the like.",
        )


def fingerprint(key: bytes) -> str:
    """What a key is called where it must not be shown.

    Example:
        >>> fingerprint(bytes(64))
        'f5a5fd42d16a2030'
    """
    return hashlib.sha256(key).hexdigest()[:16]
