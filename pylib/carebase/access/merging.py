"""The function through which a table that declares `merge` is changed by several people at once."""

from __future__ import annotations

from dataclasses import dataclass

from carebase.access.columns import open_columns, row_key
from carebase.access.reach import Subject


@dataclass(frozen=True)
class Merging:
    """What the template of the function is filled with."""

    key: str
    tenant: str
    columns: list[str]
    strategies: dict[str, str]
    strategies_said: str
    guards: list[str]
    errors: str


def merging(subject: Subject) -> Merging | None:
    """The merge of a table; None for one that does not declare it."""
    table = subject.table
    if table.merge is None:
        return None
    strategies = {column: table.merge.get(column, "reject") for column in table.update_columns}
    feature = subject.room.head.feature
    is_of_organization = table.belongs_to == "organization"
    errors = ["not_authenticated", "permission_denied", "not_found", "conflict", "invalid_input"]
    return Merging(
        key=row_key(subject),
        tenant=table.tenant_column if is_of_organization else "",
        columns=open_columns(subject) or list(subject.source.columns),
        strategies=dict(strategies),
        strategies_said=", ".join(
            name if strategy == "reject" else f"{name} ({_SAID[strategy]})"
            for name, strategy in strategies.items()
        ),
        guards=_guards(subject),
        errors=", ".join([*(["feature_disabled"] if feature else []), *errors]),
    )


def _guards(subject: Subject) -> list[str]:
    """Whom the matrix lets change no row at all is told so, rather than that there is no such row."""
    feature = subject.room.head.feature
    guards = [f"app.require_feature('{feature}')"] if feature else []
    if subject.table.belongs_to == "organization":
        words = [word for who in subject.groups("update").values() for word in who]
        roles = ", ".join(f"'{role}'" for role in subject.vocabulary.expand(words))
        return [*guards, f"app.require_role({roles})"]
    return [*guards, "app.require_person()"]


_SAID = {
    "last_write": "whoever writes last",
    "max": "the greater one",
    "union": "all of both",
}
