"""Why a function runs with its owner's rights: said where it is declared, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

from pglast import ast

from carebase.db.declarations import Declarations, SqlFile, names_of

REASON = "SECURITY DEFINER because"


def reasoned(declarations: Declarations) -> set[str]:
    """The functions that `sql/` declares as SECURITY DEFINER, and whose comment says why.

    The reason stands in the comment above the function, or at the head of the file of a family.

    Returns:
        Qualified names; a name that is also declared without a reason is not among them.

    Example:
        >>> "app.raise_error" in reasoned(Declarations(Project.find()))  # doctest: +SKIP
        False
    """
    said = [(name, is_said) for source in declarations.files for name, is_said in _definers(source)]
    return {name for name, is_said in said if is_said} - {name for name, is_said in said if not is_said}


def _definers(source: SqlFile) -> Iterator[tuple[str, bool]]:
    """Each function that runs with its owner's rights, and whether it is said why."""
    if not source.statements:
        return
    head = source.text[: source.statements[0][0]]
    for start, statement in source.statements:
        if isinstance(statement, ast.CreateFunctionStmt) and _is_definer(statement):
            above = source.text[:start].rstrip("\n").rpartition("\n\n")[2]
            yield ".".join(names_of(statement.funcname)), _says_why(head) or _says_why(above)


def _is_definer(statement: ast.CreateFunctionStmt) -> bool:
    return any(option.defname == "security" and option.arg.boolval for option in statement.options or ())


def _says_why(text: str) -> bool:
    words = " ".join(line.removeprefix("--").strip() for line in text.splitlines() if line.startswith("--"))
    return REASON in words
