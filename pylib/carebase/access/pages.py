"""The access matrix as documents: docs/access, docs/personas.md, and one HTML page that stands alone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import jinja2

from carebase.access.compiler import COMMANDS
from carebase.access.show import TableMatrix, show_access
from carebase.access.vocabulary import load_vocabulary
from carebase.db.rooms import load_rooms
from carebase.project import Project

_MARKDOWN = jinja2.Environment(
    loader=jinja2.PackageLoader("carebase.access"),
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    autoescape=False,  # noqa: S701  Markdown, from our own files
)
_HTML = _MARKDOWN.overlay(autoescape=True)


def write_pages(project: Project, *, check: bool = False) -> list[Path]:
    """Bring docs/access and docs/personas.md up to date with the matrices.

    Args:
        project: the checkout.
        check: write nothing and only tell what is stale.

    Returns:
        The files that changed or, with `check`, would change; the page of a room that is gone is one of them.

    Raises:
        UsageProblem: a matrix is wrong.

    Example:
        >>> write_pages(Project.find(), check=True)  # doctest: +SKIP
        []
    """
    wanted = _pages(project)
    folder = project.root / "docs" / "access"
    stale = [
        path
        for path in sorted(wanted.keys() | set(folder.glob("*.md")))
        if path not in wanted or not path.is_file() or path.read_text(encoding="utf-8") != wanted[path]
    ]
    for path in () if check else stale:
        if path in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8")
        else:
            path.unlink()
    return stale


def html_page(matrices: Iterable[TableMatrix]) -> str:
    """One page with nothing outside it, for a browser, a printer or a screen reader.

    Example:
        >>> html_page(show_access(Project.find())).startswith("<!doctype html>")  # doctest: +SKIP
        True
    """
    return _HTML.get_template("matrix.html.j2").render(matrices=list(matrices))


def _pages(project: Project) -> dict[Path, str]:
    matrices = show_access(project)
    rooms = [
        (room, [one for one in matrices if one.room == room.name])
        for room in load_rooms(project)
        if room.tables
    ]
    docs = project.root / "docs"
    template = _MARKDOWN.get_template("room.md.j2")
    pages = {
        docs / "access" / f"{room.name}.md": template.render(room=room.head, matrices=tables).rstrip() + "\n"
        for room, tables in rooms
    }
    vocabulary = load_vocabulary(project)
    pages[docs / "access" / "README.md"] = _MARKDOWN.get_template("index.md.j2").render(
        rooms=rooms, vocabulary=vocabulary, commands=COMMANDS
    )
    pages[docs / "personas.md"] = _MARKDOWN.get_template("personas.md.j2").render(vocabulary=vocabulary)
    return pages
