"""What the audit trail may say of a table's rows, as the arguments of its audit trigger.

The trail is read by an organization's owners, administrators and compliance leads, and kept for years. So it
shows a value only where somebody may read that column in every row of an organization; of every other column
it says that it changed. And where rows are their owner's own, it does not say who the owner is.
"""

from __future__ import annotations

from carebase.access.reach import Subject

EVERY_COLUMN = "*"
# Scopes that never reach all rows of an organization, whoever has them.
_PERSONAL = frozenset({"own", "shared", "joined", "linked", "linked_shared"})


def is_personal(subject: Subject) -> bool:
    """Whether nobody may read every row of an organization, only owners and whom they let."""
    return subject.groups("select").keys() <= _PERSONAL


def protected_columns(subject: Subject) -> list[str]:
    """The columns of which the trail says only that they changed; `*` for all."""
    if is_personal(subject):
        return [EVERY_COLUMN]
    table = subject.table
    closed = {*table.phi, *table.hidden, *table.columns}
    return [name for name in subject.source.columns if name in closed]


def concealed_owner(subject: Subject) -> str:
    """The column with the person whose own doings are told without a name; empty where all are named."""
    owner = subject.table.owner_column
    is_owned = bool(subject.groups("select")) and owner in subject.source.columns
    return owner if is_owned and is_personal(subject) else ""


def trigger_arguments(subject: Subject) -> list[str]:
    """Tenant column, key columns, protected columns and concealed owner, as SQL literals.

    Example:
        >>> trigger_arguments(sites)  # doctest: +SKIP
        ["'org_id'", "'org_id,id'", "''", "''"]
    """
    table = subject.table
    tenant = table.tenant_column if table.belongs_to == "organization" else ""
    key = ",".join(subject.source.key)
    protected = ",".join(protected_columns(subject))
    return [f"'{text}'" for text in (tenant, key, protected, concealed_owner(subject))]
