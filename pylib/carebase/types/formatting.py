"""Generated text as the formatters want it, so that nobody has to format it again."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from carebase.project import Project
from carebase.toolbox import Toolbox


def formatted(project: Project, files: Mapping[PurePosixPath, str]) -> dict[PurePosixPath, str]:
    """Python and TypeScript, formatted as the checkout is; imports that turned out unused are gone.

    Args:
        project: whose configuration counts.
        files: text by path below the checkout.

    Raises:
        EnvironmentProblem: a formatter is missing, or refused the text.
    """
    tools = Toolbox(project)
    with tempfile.TemporaryDirectory(prefix="carebase-types-") as name:
        # A small copy of the checkout, so that everything the formatters ask about a path is answered alike.
        folder = Path(name)
        shutil.copy(project.root / "pyproject.toml", folder)
        library = Path("pylib", "carebase")
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(project.root / library, folder / library, ignore=ignore)
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        python = [folder / path for path in files if path.suffix == ".py"]
        typescript = [folder / path for path in files if path.suffix == ".ts"]
        if python:
            ruff = tools.python("ruff")
            rules = ("--select", "F401,I,RUF022", "--fix", "--no-cache", "--quiet")
            tools.run([ruff, "check", *rules, *python], cwd=folder, ends_with=(0,))
            tools.run([ruff, "format", "--no-cache", "--quiet", *python], cwd=folder, ends_with=(0,))
        if typescript:
            options = ("--no-config", "--print-width", "110", "--log-level", "warn", "--write")
            tools.run([tools.node("prettier"), *options, *typescript], cwd=folder, ends_with=(0,))
        return {path: (folder / path).read_text(encoding="utf-8") for path in files}
