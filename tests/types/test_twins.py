"""The synchronous client is the asynchronous one without waiting, and nothing else."""

from __future__ import annotations

import ast
from pathlib import PurePosixPath

import pytest

from carebase.project import Project
from carebase.types.twins import synchronous


@pytest.mark.parametrize(
    ("line", "twin"),
    [
        ("async def close(self) -> None:", "def close(self) -> None:"),
        ("    await self._http.aclose()", "    self._http.close()"),
        ("return await tenacity.AsyncRetrying(**p)(f)", "return tenacity.Retrying(**p)(f)"),
        ("async with self._refreshing:", "with self._refreshing:"),
        ("self._lock = asyncio.Lock()", "self._lock = threading.Lock()"),
        ("ask: Callable[P, Awaitable[R]]", "ask: Callable[P, R]"),
        ("async def __aenter__(self) -> Self:", "def __enter__(self) -> Self:"),
        ("async def __aexit__(self) -> None:", "def __exit__(self) -> None:"),
        (">>> async with AsyncCarebase() as c:", ">>> with Carebase() as c:"),
        ("what is awaited stays awaited", "what is awaited stays awaited"),
    ],
)
def test_each_rule(line: str, twin: str) -> None:
    assert synchronous(PurePosixPath("x.py"), line)[1] == twin


def test_nothing_asynchronous_is_left(project: Project) -> None:
    client = project.root / "pylib" / "carebase" / "client"
    files = sorted((client / "synchronous").rglob("*.py"))
    originals = sorted((client / "asynchronous").rglob("*.py"))
    assert [file.relative_to(client / "synchronous") for file in files] == [
        file.relative_to(client / "asynchronous") for file in originals
    ]
    waiting = (ast.AsyncFunctionDef, ast.AsyncWith, ast.AsyncFor, ast.Await)
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert not any(isinstance(node, waiting) for node in ast.walk(ast.parse(text))), file
        assert "async" not in text.lower().split("twin in asynchronous/")[-1], file
