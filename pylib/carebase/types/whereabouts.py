"""Which room of `sql/` an object belongs to, and which columns are protected."""

from __future__ import annotations

from carebase.db.declarations import Declarations
from carebase.db.rooms import Table, load_rooms
from carebase.project import Project

# The module of what no room declares, as in a database that was not built from `sql/`.
OTHER = "other"


class Whereabouts:
    """Looks objects of the API up in `sql/`.

    Args:
        project: the checkout.

    Raises:
        UsageProblem: a `room.toml` is wrong.
    """

    def __init__(self, project: Project) -> None:
        self._declarations = Declarations(project)
        tables = {
            room.qualified(name): table for room in load_rooms(project) for name, table in room.tables.items()
        }
        restricted = {name: table.columns for name, table in tables.items()}
        self._protected = {(*name, column) for name, table in tables.items() for column in table.phi}
        # What a restricted column is read through protects it as the table does.
        self._protected |= {
            (schema, f"get_{name}_restricted", column)
            for schema, name, column in self._protected
            if column in restricted.get((schema, name), ())
        }
        # So does what opens or finds sealed ones, which it gives in clear.
        self._protected |= {
            (schema, function, column)
            for (schema, name), table in tables.items()
            for function in _openers(name, table)
            for column in table.sealed
        }

    def room_of(self, schema: str, name: str) -> str:
        """The room of a relation or type."""
        place = self._declarations.place("relation", schema, name) or self._declarations.place(
            "type", schema, name
        )
        return place.room if place else OTHER

    def room_of_function(self, schema: str, name: str) -> str:
        """The room of a function."""
        place = self._declarations.routine(schema, name)
        return place.room if place else OTHER

    def is_protected(self, schema: str, relation: str, column: str) -> bool:
        """Whether a column of a table, or of the function that opens it, is protected health information."""
        return (schema, relation, column) in self._protected


def _openers(name: str, table: Table) -> list[str]:
    found = [f"find_{name}_by_{column}" for column, how in table.sealed.items() if how.index]
    return [f"open_{name}", *found]
