"""The file for what opens the sealed values of an export that is being written: at the end both are there."""

from __future__ import annotations

import secrets as random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from carebase.backups import writing
from carebase.phi.aead import KEY_BYTES
from carebase.problems import UsageProblem
from carebase.tenants.transfer import TransferKey, encode_secrets


@dataclass
class Secrets:
    """The file for the secrets of an export that is being written."""

    path: Path | None
    _is_written: bool = False

    def prepare(self, export: Path) -> TransferKey | None:
        """A new key, once the file can be written; None if none was asked for.

        Raises:
            UsageProblem: `file_exists`, `folder_missing`, `secrets_not_apart`.
        """
        if self.path is None:
            return None
        if self.path.absolute() == export.absolute():
            raise UsageProblem(
                "secrets_not_apart",
                f"The export and what opens it cannot both be {self.path}.",
                hint="Name another file, best on another disk.",
            )
        if not self.path.parent.is_dir():
            raise UsageProblem(
                "folder_missing",
                f"There is no folder {self.path.parent} to put the secrets in.",
                hint="Create it.",
            )
        writing.refuse_existing(self.path)
        return TransferKey(uuid4(), random.token_bytes(KEY_BYTES))

    def write(self, key: TransferKey | None, organization: str, manifest_sha256: str) -> None:
        """Put the key into the file, bound to the export with this manifest."""
        if self.path is None or key is None:
            return
        content = encode_secrets(key, organization, manifest_sha256)
        with writing.whole(self.path) as file:
            file.write(content)
        self._is_written = True

    def discard(self) -> None:
        """Remove what was written: there is no export that it opens."""
        if self.path and self._is_written:
            self.path.unlink(missing_ok=True)


@contextmanager
def kept_apart(path: Path | None) -> Iterator[Secrets]:
    """The file for the secrets of an export, which is not there after an error.

    Args:
        path: the file; None: the export has none.
    """
    file = Secrets(path)
    try:
        yield file
    except BaseException:
        file.discard()
        raise
