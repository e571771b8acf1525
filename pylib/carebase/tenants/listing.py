"""The organizations of a database, at a glance."""

from __future__ import annotations

from uuid import UUID

from psycopg.rows import class_row
from pydantic import BaseModel, ConfigDict

from carebase.db.connect import connect_as_owner
from carebase.tenants.refusals import explained

_LIST = """
select
  o.id, o.slug, o.name, o.kind::text as kind, o.license_tier::text as license_tier, o.is_active,
  (
    select count(distinct a.user_id) from public.role_assignments as a
    where a.org_id = o.id and a.deleted_at is null and a.valid_during @> app.clock()
  ) as people
from public.organizations as o
where o.deleted_at is null
order by o.slug collate pg_catalog."C"
"""


class OrganizationLine(BaseModel):
    """One organization; `people` are those with a role that is valid now."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    slug: str
    name: str
    kind: str
    license_tier: str
    is_active: bool
    people: int


def list_organizations(url: str) -> list[OrganizationLine]:
    """All organizations that are not removed, by slug.

    Args:
        url: the database, as the role postgres or one that may act as it.

    Raises:
        EnvironmentProblem: no database answers.
        DatabaseProblem: `schema_missing`.

    Example:
        >>> [line.slug for line in list_organizations(url)]  # doctest: +SKIP
        ['harbor', 'lakeside', 'platform']
    """
    with (
        explained(),
        connect_as_owner(url) as conn,
        conn.cursor(row_factory=class_row(OrganizationLine)) as cursor,
    ):
        return cursor.execute(_LIST).fetchall()
