"""The access matrix in words: who may do what in each table, for people who decide rather than program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from carebase.access.compiler import COMMANDS, load_subjects
from carebase.access.reach import Subject
from carebase.db.rooms import Command
from carebase.problems import UsageProblem
from carebase.project import Project

NO_ROLE = "without a role"


@dataclass(frozen=True)
class Cell:
    """Which rows: the scope and how it is said; `without` are the columns that stay closed in them."""

    scope: str
    says: str
    without: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.says}, without {', '.join(self.without)}" if self.without else self.says


@dataclass(frozen=True)
class Row:
    """What personas (or people without a role) may do, all of them the same: command → cells, never none."""

    who: list[str]
    cells: dict[Command, list[Cell]]

    def words(self, command: Command) -> str:
        return "; ".join(str(cell) for cell in self.cells.get(command, []))


@dataclass(frozen=True)
class TableMatrix:
    """One table: one row for each persona that may do something.

    Attributes:
        says: what the table holds.
        floor: what holds whatever else is allowed; empty where nothing does.
        rows: in the order of the personas.
        personas: whom it was asked about.
        nothing: which of them may do nothing at all.
        restricted: column → who may read it.
        hidden: columns that nobody reads.
        functions: what the restricted columns are read with; empty without any.
        sealed: columns that are stored sealed.
        openers: the functions that open and find those; empty without any.
        sets: insert and update → the columns that may be given.
        removal: remove, restore → who may do it by RPC; purge → how long removed rows are kept.
    """

    room: str
    name: str
    says: str
    floor: str
    rows: list[Row]
    personas: list[str]
    nothing: list[str]
    restricted: dict[str, list[str]]
    hidden: list[str]
    functions: list[str]
    sealed: list[str]
    openers: list[str]
    sets: dict[str, list[str]]
    removal: dict[str, list[str]]

    @property
    def commands(self) -> list[Command]:
        """The commands that anyone has."""
        return [command for command in COMMANDS if any(command in row.cells for row in self.rows)]

    @property
    def missing(self) -> list[Command]:
        """The commands that nobody has."""
        return [command for command in COMMANDS if command not in self.commands]

    @property
    def grouped(self) -> list[Row]:
        """The rows, those of personas that may do the same made one."""
        groups: list[Row] = []
        for row in self.rows:
            same = next((one for one in groups if one.cells == row.cells), None)
            if same is None:
                groups.append(Row(list(row.who), row.cells))
            else:
                same.who.extend(row.who)
        return groups

    def label(self, row: Row) -> str:
        """Whom a row is about, said shortly where it is about everybody."""
        if set(self.personas) - set(row.who) or len(self.personas) == 1:
            return ", ".join(row.who)
        return f"every persona, and people {NO_ROLE}" if NO_ROLE in row.who else "every persona"

    @property
    def readers(self) -> list[tuple[list[str], list[str]]]:
        """Restricted columns that the same personas may read, and those personas."""
        found: dict[tuple[str, ...], list[str]] = {}
        for column, who in self.restricted.items():
            found.setdefault(tuple(who), []).append(column)
        return [(columns, list(who)) for who, columns in found.items()]


def show_access(
    project: Project, *, table: str | None = None, persona: str | None = None
) -> list[TableMatrix]:
    """The matrices of all rooms, in the order of the rooms.

    Args:
        project: the checkout.
        table: only this one.
        persona: only the rows of this one.

    Raises:
        UsageProblem: `unknown_table`, `unknown_persona`, or a matrix is wrong.

    Example:
        >>> [one.name for one in show_access(Project.find(), table="patients")]  # doctest: +SKIP
        ['patients']
    """
    subjects = load_subjects(project)
    known = [subject.name for subject in subjects]
    if table is not None and table not in known:
        raise UsageProblem(
            "unknown_table",
            f"No room.toml declares a table {table!r}.",
            hint=f"There are {', '.join(known)}.",
        )
    personas = list(subjects[0].vocabulary.personas) if subjects else []
    if persona is not None and persona not in personas:
        raise UsageProblem(
            "unknown_persona", f"{persona!r} is not a persona.", hint=f"There are {', '.join(personas)}."
        )
    return [_describe(subject, persona) for subject in subjects if table in (None, subject.name)]


def _describe(subject: Subject, persona: str | None) -> TableMatrix:
    table, vocabulary = subject.table, subject.vocabulary
    everyone = [persona] if persona else [*vocabulary.personas, NO_ROLE]
    rows = [Row([who], _cells(subject, who)) for who in everyone]
    return TableMatrix(
        room=subject.room.name,
        name=subject.name,
        says=" ".join(subject.source.comment.split()),
        floor=_floor(subject),
        rows=[row for row in rows if row.cells],
        personas=[who for who in everyone if who != NO_ROLE],
        nothing=[row.who[0] for row in rows if not row.cells and row.who[0] != NO_ROLE],
        restricted={column: vocabulary.expand(who) for column, who in table.columns.items()},
        functions=list(_readers(subject)),
        sealed=list(table.sealed),
        openers=_openers(subject),
        hidden=table.hidden,
        sets={"insert": table.insert_columns, "update": table.update_columns},
        removal={
            "remove": vocabulary.expand(table.remove),
            "restore": vocabulary.expand(table.restore),
            "purge": [table.purge.keep_for] if table.purge else [],
        },
    )


def _readers(subject: Subject) -> Iterator[str]:
    """What reads the restricted columns: those that are sealed are opened."""
    table = subject.table
    if table.columns.keys() - table.sealed.keys():
        yield f"get_{subject.bare}_restricted"
    if table.columns.keys() & table.sealed.keys():
        yield f"open_{subject.bare}"


def _openers(subject: Subject) -> list[str]:
    found = [f"find_{subject.bare}_by_{name}" for name, how in subject.table.sealed.items() if how.index]
    return [f"open_{subject.bare}", *found] if subject.table.sealed else []


def _cells(subject: Subject, who: str) -> dict[Command, list[Cell]]:
    found = {command: _narrowed(subject, list(_reached(subject, who, command))) for command in COMMANDS}
    return {command: cells for command, cells in found.items() if cells}


def _reached(subject: Subject, who: str, command: Command) -> Iterator[Cell]:
    vocabulary = subject.vocabulary
    for scope, words in subject.groups(command).items():
        if who == NO_ROLE:
            audiences = [vocabulary.audiences[word] for word in words if word in vocabulary.audiences]
            is_reached = any(audience.without_role for audience in audiences)
        else:
            is_reached = who in vocabulary.expand(words)
        if is_reached:
            closed = [
                column
                for column, readers in subject.table.columns.items()
                if command == "select" and scope != "own" and who not in vocabulary.expand(readers)
            ]
            yield Cell(scope, vocabulary.scopes[scope].says, closed)


def _narrowed(subject: Subject, cells: list[Cell]) -> list[Cell]:
    """Without what a wider cell says already."""
    widest = ["anyone", *(["organization"] if subject.table.belongs_to == "organization" else [])]
    wide = next((cell for scope in widest for cell in cells if cell.scope == scope), None)
    if wide is None:
        return cells
    return [cell for cell in cells if cell is wide or (cell.scope == "own" and wide.without)]


def _floor(subject: Subject) -> str:
    match subject.table.belongs_to:
        case "organization":
            return "only rows of the active organization"
        case "person" if subject.table.link:
            return "only rows of the person, or of people whom the active organization knows"
        case "person":
            return "only rows of the person"
    return ""
