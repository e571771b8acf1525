"""What the compiler needs to know of a table that `sql/` declares: columns, types, key, comment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pglast import ast, parse_sql
from pglast.enums import ConstrType, ObjectType
from pglast.parser import ParseError
from pglast.stream import RawStream

from carebase.db.rooms import Room
from carebase.problems import UsageProblem


@dataclass(frozen=True)
class Source:
    """A declared table.

    Attributes:
        columns: name → type as SQL, in their order.
        key: the columns of the primary key.
        comment: of the table, empty without one.
    """

    file: str
    columns: dict[str, str]
    key: tuple[str, ...]
    comment: str


def read_source(room: Room, name: str) -> Source:
    """Read `sql/<room>/tables/<table>.sql`.

    Raises:
        UsageProblem: `matrix_invalid`: there is no such file, it is no SQL, or it creates no table.

    Example:
        >>> read_source(people, "org_patients").key  # doctest: +SKIP
        ('org_id', 'patient_id')
    """
    bare = room.qualified(name)[1]
    path = room.folder / "tables" / f"{bare}.sql"
    file = f"sql/{room.name}/tables/{path.name}"
    if not path.is_file():
        raise UsageProblem("matrix_invalid", f"{file}: declared in room.toml, but there is no such file.")
    try:
        statements = [raw.stmt for raw in parse_sql(path.read_text(encoding="utf-8"))]
    except ParseError as error:
        raise UsageProblem("matrix_invalid", f"{file}: {error.args[0]}.") from error
    created = next((node for node in statements if isinstance(node, ast.CreateStmt)), None)
    if created is None:
        raise UsageProblem("matrix_invalid", f"{file}: creates no table.")
    columns = [node for node in created.tableElts or () if isinstance(node, ast.ColumnDef)]
    return Source(
        file,
        {str(column.colname): _shown(column.typeName) for column in columns},
        tuple(_key(created)),
        next(_comments(statements), ""),
    )


def _shown(node: ast.Node) -> str:
    return str(RawStream()(node))  # type: ignore[no-untyped-call]  # pglast has no types of its own


def _key(created: ast.CreateStmt) -> Iterator[str]:
    for node in created.tableElts or ():
        if isinstance(node, ast.Constraint) and node.contype == ConstrType.CONSTR_PRIMARY:
            yield from (str(part.sval) for part in node.keys)
        elif isinstance(node, ast.ColumnDef) and any(
            part.contype == ConstrType.CONSTR_PRIMARY for part in node.constraints or ()
        ):
            yield str(node.colname)


def _comments(statements: list[ast.Node]) -> Iterator[str]:
    for node in statements:
        if isinstance(node, ast.CommentStmt) and node.objtype == ObjectType.OBJECT_TABLE:
            yield str(node.comment or "")
