"""What every source of findings works on: the checkout, the asked-for paths, a database, the tools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from carebase.db.declarations import Declarations
from carebase.lint.findings import Finding
from carebase.problems import UsageProblem
from carebase.project import Project
from carebase.toolbox import Toolbox

_NEVER = {".git", ".venv", "node_modules", ".carebase", "__pycache__"}


@dataclass
class Workspace:
    """One run of the linter.

    Args:
        project: the checkout.
        declarations: what `sql/` declares.
        paths: only findings in these files and folders count; empty for the whole checkout.
        database: URL of a database built from `sql/`; "" while no source needs one.
    """

    project: Project
    declarations: Declarations
    paths: Sequence[Path] = ()
    database: str = ""
    tools: Toolbox = field(init=False)

    def __post_init__(self) -> None:
        self.tools = Toolbox(self.project)
        self.paths = [path.resolve() for path in self.paths]
        for path in self.paths:
            if not path.exists():
                raise UsageProblem("path_not_found", f"There is no file or folder {path}.")
            if not path.is_relative_to(self.project.root):
                raise UsageProblem("path_outside", f"{path} is not inside the checkout {self.project.root}.")

    def overlaps(self, place: Path) -> bool:
        """Whether findings in or below `place` can count."""
        return not self.paths or any(p.is_relative_to(place) or place.is_relative_to(p) for p in self.paths)

    def is_asked_for(self, path: Path) -> bool:
        """Whether the file `path` is one of `paths`, or below one of them."""
        return not self.paths or any(path.is_relative_to(asked) for asked in self.paths)

    def counts(self, finding: Finding) -> bool:
        """Whether `finding` is in a file that was asked for."""
        return self.is_asked_for(self.project.root / finding.file)

    def files(self, folder: Path, *suffixes: str) -> list[Path]:
        """The asked-for files below `folder` whose names end in one of `suffixes`, sorted."""
        return [
            path
            for path in sorted(folder.rglob("*"))
            if path.name.endswith(suffixes)
            and path.is_file()
            and not _NEVER.intersection(path.relative_to(self.project.root).parts)
            and self.is_asked_for(path)
        ]

    def relative(self, path: Path | str) -> str:
        """`path` as findings name it: relative to the checkout, with `/` between folders."""
        return (self.project.root / path).resolve().relative_to(self.project.root).as_posix()
