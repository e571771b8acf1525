"""Which file and line of `sql/` declares an object, and so which room it belongs to.

The files are read with Postgres' own parser. What a database reports about (a table, a column, a policy) is
looked up here, so that a finding names the place to edit.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pglast import ast, parse_sql
from pglast.enums import AlterTableType, FunctionParameterMode, ObjectType
from pglast.parser import ParseError, Token, scan

from carebase.project import Project

# (kind, schema, name, part): ("relation", "public", "sites", ""), ("column", "public", "sites", "name"),
# ("policy" | "trigger" | "constraint", schema, table, its name), ("routine", schema, name, argument count),
# ("type" | "index", schema, name, ""), ("schema", name, "", "").
Key = tuple[str, str, str, str]
Named = tuple[ast.Node, ...]

_PARTS = ("column", "policy", "trigger", "constraint")
_COMMENTS = ("SQL_COMMENT", "C_COMMENT")
_INPUTS = {
    FunctionParameterMode.FUNC_PARAM_IN,
    FunctionParameterMode.FUNC_PARAM_INOUT,
    FunctionParameterMode.FUNC_PARAM_VARIADIC,
    FunctionParameterMode.FUNC_PARAM_DEFAULT,
}


@dataclass(frozen=True)
class Place:
    """Where an object is declared: file relative to the checkout, line from 1, room (folder of `sql/`)."""

    file: str
    line: int
    room: str


@dataclass(frozen=True)
class Broken:
    """A file that Postgres' parser refuses, and why."""

    place: Place
    reason: str


class SqlFile:
    """One parsed file of a room: its text, tokens and statements.

    Raises:
        ParseError: the text is not SQL.
    """

    def __init__(self, path: Path, project: Project) -> None:
        self.file = path.relative_to(project.root).as_posix()
        self.room = path.relative_to(project.sql).parts[0]
        self.text = path.read_text(encoding="utf-8")
        self._line_starts = [0] + [i + 1 for i, letter in enumerate(self.text) if letter == "\n"]
        self.tokens: list[Token] = [token for token in scan(self.text) if token.name not in _COMMENTS]
        self.statements: list[tuple[int, ast.Node]] = []
        starts = [token.start for token in self.tokens]
        for raw in parse_sql(self.text):
            first = bisect_right(starts, raw.stmt_location - 1)
            self.statements.append((starts[first], raw.stmt))

    def place(self, offset: int) -> Place:
        """The place of the character at `offset`."""
        return Place(self.file, bisect_right(self._line_starts, offset), self.room)


class Declarations:
    """Everything that the files of `sql/` create.

    Example:
        >>> Declarations(Project.find()).place("relation", "public", "sites")
        Place(file='sql/tenancy/tables/sites.sql', line=2, room='tenancy')
    """

    def __init__(self, project: Project) -> None:
        self.files: list[SqlFile] = []
        self.broken: list[Broken] = []
        self._places: dict[Key, Place] = {}
        for path in sorted(project.sql.glob("*/**/*.sql")):
            self._read(path, project)

    def _read(self, path: Path, project: Project) -> None:
        try:
            source = SqlFile(path, project)
        except (ParseError, UnicodeDecodeError) as error:
            self.broken.append(_explain(error, path, project))
            return
        self.files.append(source)
        for start, statement in source.statements:
            for key, offset in _declared(statement):
                self._places.setdefault(key, source.place(start if offset is None else offset))

    def place(self, kind: str, schema: str, name: str = "", part: str = "") -> Place | None:
        """Where the object is declared; for a part of a table that no file names, where its table is.

        None for what `sql/` does not declare.
        """
        found = self._places.get((kind, schema, name, part))
        if found is None and kind in _PARTS:
            return self._places.get(("relation", schema, name, ""))
        return found

    def find(self, *names: str) -> Place | None:
        """The place of `schema, name` or `schema, table, part` when the kind of object is not known."""
        if len(names) < 2:
            return None
        schema, name, *parts = names
        keys = [(kind, schema, name, parts[0]) for kind in _PARTS if parts]
        keys += [(kind, schema, name, "") for kind in ("relation", "type", "index")]
        return next((self._places[key] for key in keys if key in self._places), self.routine(schema, name))

    def routine(self, schema: str, name: str) -> Place | None:
        """The first declared function of that name, whatever its arguments."""
        return next(
            (place for key, place in self._places.items() if key[:3] == ("routine", schema, name)), None
        )

    def __iter__(self) -> Iterator[tuple[Key, Place]]:
        return iter(self._places.items())


def _explain(error: ParseError | UnicodeDecodeError, path: Path, project: Project) -> Broken:
    if isinstance(error, UnicodeDecodeError):
        reason = "it is not UTF-8"
        line = path.read_bytes().count(b"\n", 0, error.start) + 1
    else:
        reason, offset = str(error.args[0]), error.args[1] if len(error.args) > 1 else 0
        line = path.read_text(encoding="utf-8").count("\n", 0, offset) + 1
    relative = path.relative_to(project.root)
    return Broken(Place(relative.as_posix(), line, relative.parts[1]), reason)


def _declared(statement: ast.Node) -> Iterator[tuple[Key, int | None]]:
    """What a statement creates, each with its offset in the file where it has one of its own."""
    match statement:
        case ast.CreateStmt(relation=relation, tableElts=elements):
            yield ("relation", *_of(relation), ""), None
            for element in elements or ():
                yield from _table_element(relation, element)
        case ast.AlterTableStmt(relation=relation, cmds=commands):
            for command in commands:
                if command.subtype in (AlterTableType.AT_AddColumn, AlterTableType.AT_AddConstraint):
                    yield from _table_element(relation, command.def_)
        case ast.ViewStmt(view=relation) | ast.CreateSeqStmt(sequence=relation):
            yield ("relation", *_of(relation), ""), None
        case ast.CreateTableAsStmt(into=into):
            yield ("relation", *_of(into.rel), ""), None
        case ast.IndexStmt(relation=relation, idxname=name):
            yield ("index", _of(relation)[0], str(name), ""), None
        case ast.CreateFunctionStmt(funcname=name, parameters=parameters):
            inputs = sum(parameter.mode in _INPUTS for parameter in parameters or ())
            yield ("routine", *names_of(name), str(inputs)), None
        case ast.CreateEnumStmt(typeName=name) | ast.CreateRangeStmt(typeName=name):
            yield ("type", *names_of(name), ""), None
        case ast.CreateDomainStmt(domainname=name):
            yield ("type", *names_of(name), ""), None
        case ast.CompositeTypeStmt(typevar=relation):
            yield ("type", *_of(relation), ""), None
        case ast.CreatePolicyStmt(table=relation, policy_name=name):
            yield ("policy", *_of(relation), str(name)), None
        case ast.CreateTrigStmt(relation=relation, trigname=name):
            yield ("trigger", *_of(relation), str(name)), None
        case ast.CreateSchemaStmt(schemaname=name):
            yield ("schema", str(name), "", ""), None
        case ast.DefineStmt(kind=ObjectType.OBJECT_AGGREGATE, defnames=name, args=arguments):
            yield ("routine", *names_of(name), str(len(arguments[0] or ()))), None


def _table_element(relation: Any, element: ast.Node) -> Iterator[tuple[Key, int | None]]:
    if isinstance(element, ast.ColumnDef):
        yield ("column", *_of(relation), str(element.colname)), element.location
        for constraint in element.constraints or ():
            yield from _table_element(relation, constraint)
    elif isinstance(element, ast.Constraint) and element.conname:
        yield ("constraint", *_of(relation), str(element.conname)), element.location


def _of(relation: Any) -> tuple[str, str]:
    return relation.schemaname or "public", relation.relname


def names_of(names: Any) -> tuple[str, str]:
    """Schema (`public` when none is written) and name of a qualified name in the syntax tree."""
    parts = [str(part.sval) for part in names]
    return (parts[-2] if len(parts) > 1 else "public"), parts[-1]
