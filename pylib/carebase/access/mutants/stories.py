"""The pgTAP stories of tests/sql, run on one database."""

from __future__ import annotations

from pathlib import Path

import psycopg

from carebase.access.mutants.copies import Copy
from carebase.access.mutants.mutant import Mutant
from carebase.project import Project

_OPTIONS = "-csearch_path=public,extensions -cstatement_timeout=60s"


class Stories:
    """Every story, those first that mention what a fault is about.

    Example:
        >>> Stories(project).told_on(copy, mutant)
        ['test_feature_flags: not ok 3 - an override decides']
    """

    def __init__(self, project: Project) -> None:
        self._texts = {path: path.read_text("utf-8") for path in sorted(_files(project))}

    def told_on(self, copy: Copy, mutant: Mutant | None) -> list[str]:
        """The first story that does not end well: what pgTAP or Postgres says."""
        conn = self._connect(copy)
        try:
            for path in self._by_relevance(mutant):
                said = _run(conn, self._texts[path])
                if said:
                    return [f"{path.stem}: {line}" for line in said]
            return []
        finally:
            conn.close()

    def _connect(self, copy: Copy) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(copy.superuser_url, autocommit=True, options=_OPTIONS, prepare_threshold=None)

    def _by_relevance(self, mutant: Mutant | None) -> list[Path]:
        """The order decides only how soon a fault is caught."""
        words = set(mutant.target.partition("(")[0].split(".")) - {"public", "app"} if mutant else set()
        return sorted(self._texts, key=lambda path: -sum(word in self._texts[path] for word in words))


def _files(project: Project) -> list[Path]:
    return list((project.root / "tests" / "sql").rglob("test_*.sql"))


def _run(conn: psycopg.Connection[tuple[object, ...]], text: str) -> list[str]:
    """What is not as the story says: failed tests, a plan that was not kept, an error."""
    said: list[str] = []
    try:
        cursor = conn.execute(text.encode())
        while True:
            if cursor.description:
                said += [str(row[0]) for row in cursor.fetchall()]
            if not cursor.nextset():
                break
    except psycopg.Error as error:
        conn.rollback()
        return [f"error: {error.diag.message_primary or error}".replace("\n", " ")]
    return [line for line in said if line.startswith("not ok") or "Looks like you" in line]
