"""What is where in `sql/`, and how long it may be: a reviewer finds data, access and reason on one page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pglast import ast
from pglast.parser import ParseError, scan

from carebase.db.declarations import SqlFile, names_of
from carebase.lint.findings import Finding
from carebase.lint.workspace import Workspace

TOOL = "layout"
TABLE_FILE_LINES = 150
FUNCTION_LINES = 80
_BODY = re.compile(r"\$([A-Za-z_0-9]*)\$(.*)\$\1\$\Z", re.DOTALL)


def roots(workspace: Workspace) -> list[Path]:
    """The declared database."""
    return [workspace.project.sql]


def check(workspace: Workspace) -> list[Finding]:
    """Findings about files: their names, their length, the case of keywords inside function bodies."""
    declarations = workspace.declarations
    unparsable = [
        Finding(broken.place.file, broken.place.line, TOOL, "unparsable", f"Not SQL: {broken.reason}.")
        for broken in declarations.broken
    ]
    return unparsable + [
        finding
        for source in declarations.files
        for rule in (_homes, _length, _long_functions, _lowercase_bodies)
        for finding in rule(source)
    ]


def _homes(source: SqlFile) -> Iterator[Finding]:
    """Tables, views and public functions each live in a file of their own name."""
    path = PurePosixPath(source.file)
    if path.parts[-2] == "generated":  # one file per table, with all that its matrix asks for
        return
    for start, statement in source.statements:
        match statement:
            case ast.CreateStmt(relation=relation, partbound=None):
                folder, name = "tables", relation.relname
            case ast.ViewStmt(view=relation):
                folder, name = "views", relation.relname
            case ast.CreateTableAsStmt(into=into):
                folder, name = "views", into.rel.relname
            case ast.CreateFunctionStmt(funcname=funcname):
                schema, name = names_of(funcname)
                # Private helpers may live together, as a small family.
                folder, name = "functions", name if schema == "public" else path.stem
            case _:
                continue
        if (path.parts[-2], path.stem) != (folder, name):
            yield Finding(
                source.file,
                source.place(start).line,
                TOOL,
                "own-file",
                f"{name} belongs in sql/{source.room}/{folder}/{name}.sql.",
                hint="Move it: one thing per file, named after it.",
            )


def _length(source: SqlFile) -> Iterator[Finding]:
    lines = source.text.count("\n")
    if PurePosixPath(source.file).parts[-2] == "tables" and lines > TABLE_FILE_LINES:
        yield Finding(
            source.file,
            0,
            TOOL,
            "table-file-length",
            f"The file has {lines} lines; a table and all that belongs to it fits in {TABLE_FILE_LINES}.",
            hint="Move trigger functions to functions/, or split the table.",
        )


def _long_functions(source: SqlFile) -> Iterator[Finding]:
    ends = [start for start, _ in source.statements[1:]] + [len(source.text)]
    for (start, statement), end in zip(source.statements, ends, strict=True):
        if isinstance(statement, ast.CreateFunctionStmt):
            last = max(token.end for token in source.tokens if start <= token.start < end)
            lines = source.place(last).line - source.place(start).line + 1
            if lines > FUNCTION_LINES:
                yield Finding(
                    source.file,
                    source.place(start).line,
                    TOOL,
                    "function-length",
                    f"The function has {lines} lines; one that is read at once has at most {FUNCTION_LINES}.",
                    hint="Move a step of it to a private helper.",
                )


def _lowercase_bodies(source: SqlFile) -> Iterator[Finding]:
    """sqlfluff does not look inside function bodies."""
    for token in source.tokens:
        body = _BODY.match(source.text[token.start : token.end + 1]) if token.name == "SCONST" else None
        if body is None:
            continue
        try:
            words = scan(body[2])
        except ParseError:
            continue  # a text, not code
        for word in words:
            written = body[2][word.start : word.end + 1]
            if word.kind != "NO_KEYWORD" and written != written.lower():
                yield Finding(
                    source.file,
                    source.place(token.start + body.start(2) + word.start).line,
                    TOOL,
                    "body-lowercase",
                    f"The keyword {written} is not in lower case.",
                )
