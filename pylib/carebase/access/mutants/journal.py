"""What a run has found out so far, on disk after every mutant: a killed run goes on where it was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

import orjson

import carebase.access
import carebase.lint
from carebase.access.mutants.http_tests import FOLDER
from carebase.access.mutants.mutant import Mutant
from carebase.access.mutants.outcome import Outcome
from carebase.db.catalogue import Catalogue
from carebase.project import Project


def fingerprint(project: Project, catalogue: Catalogue, names: Iterable[str]) -> str:
    """A name for the schema and for all that judges it: a result is worth keeping while neither changes.

    Args:
        project: the checkout.
        catalogue: the schema.
        names: of the defences and other tools that run.
    """
    found = hashlib.sha256()
    for item, entry in sorted(catalogue.items()):
        found.update(orjson.dumps([item.kind, item.identity, entry.details], option=orjson.OPT_SORT_KEYS))
    code = (
        path for package in (carebase.access, carebase.lint) for path in _files(package.__path__[0], "*.py")
    )
    tests = project.root / "tests"
    judges = [
        *_files(tests / "sql", "*.sql"),
        *sorted(tests.glob("*.py")),
        *sorted(project.sql.glob("*.toml")),
    ]
    judges += [*_files(tests / FOLDER, "*.py"), *_files(tests / "security", "*.toml"), *code]
    for path in judges:
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    found.update("\0".join(sorted(names)).encode())
    return found.hexdigest()[:16]


def _files(folder: Path | str, pattern: str) -> list[Path]:
    return sorted(Path(folder).rglob(pattern))


class Journal:
    """The results of one schema's mutants, one line each.

    Args:
        project: the checkout; the file is in its state folder.
        key: from `fingerprint`.
        keep: go on with what is there; otherwise begin anew.

    Example:
        >>> with Journal(project, key, keep=True) as journal:
        ...     journal.add(outcome)
    """

    def __init__(self, project: Project, key: str, *, keep: bool) -> None:
        self.path = project.state / "mutants" / f"{key}.jsonl"
        self._keep = keep and self.path.is_file()
        self._known: dict[tuple[str, str], dict[str, Any]] = {}
        if self._keep:
            for line in filter(None, self.path.read_bytes().splitlines()):
                try:
                    entry = orjson.loads(line)
                except orjson.JSONDecodeError:
                    continue  # the line that was being written when the run was killed
                self._known[entry["id"], entry["digest"]] = entry
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Journal:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        for other in self.path.parent.glob("*.jsonl"):
            if other != self.path:
                other.unlink(missing_ok=True)  # of a schema that is no more
        self._file = self.path.open("ab" if self._keep else "wb")
        if self._keep:
            self._file.write(b"\n")  # ends a line that a kill cut short
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()

    def known(self, mutant: Mutant) -> Outcome | None:
        """What an earlier run found out about it."""
        entry = self._known.get((mutant.id, mutant.digest))
        return Outcome(mutant, entry["caught"], entry["peers"]) if entry else None

    def add(self, outcome: Outcome) -> None:
        """Keep a result; what could not be made is tried again."""
        if not outcome.broken:
            mutant = outcome.mutant
            self._write(
                {
                    "id": mutant.id,
                    "digest": mutant.digest,
                    "caught": dict(outcome.caught),
                    "peers": dict(outcome.peers),
                }
            )

    def _write(self, entry: dict[str, Any]) -> None:
        assert self._file is not None, "used outside its with block"  # noqa: S101
        self._file.write(orjson.dumps(entry) + b"\n")
        self._file.flush()
