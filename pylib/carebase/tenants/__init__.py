"""Organizations as a whole: listing them, and moving one to a database of its own.

    database ──COPY──> a file per table, manifest.json, SHA256SUMS ──COPY──> database
             one snapshot        checked before it is believed        one transaction

Whose rows a table holds is said by the rooms (`belonging`), which of them move follows from the foreign keys
(`selection`). Nothing that describes a person is in a report or a problem. docs/moving-a-tenant.md says how
to move a tenant, and what moves.
"""

from __future__ import annotations

from carebase.tenants.closing import close_organization, open_organization
from carebase.tenants.exporting import export_organization
from carebase.tenants.importing import import_organization
from carebase.tenants.listing import OrganizationLine, list_organizations
from carebase.tenants.progress import Progress
from carebase.tenants.report import Difference, MoveReport, TableCount
from carebase.tenants.verifying import compare_organization

__all__ = [
    "Difference",
    "MoveReport",
    "OrganizationLine",
    "Progress",
    "TableCount",
    "close_organization",
    "compare_organization",
    "export_organization",
    "import_organization",
    "list_organizations",
    "open_organization",
]
