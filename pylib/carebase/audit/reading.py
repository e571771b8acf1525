"""Events of the trail, filtered, oldest first, as many as there are without holding them in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import sql
from psycopg.rows import dict_row
from pydantic import BaseModel, ConfigDict

from carebase.db.connect import Connection, owner_session
from carebase.problems import UsageProblem

NOBODYS = UUID(int=0)
# All but the transaction: it would tie what people did with rows of their own to what else they did.
COLUMNS = (
    "occurred_at",
    "org_id",
    "id",
    "action",
    "outcome",
    "is_concealed",
    "actor_id",
    "actor_roles",
    "session_id",
    "api_key_id",
    "database_role",
    "ip_address",
    "user_agent",
    "request_id",
    "table_name",
    "row_key",
    "operation",
    "changes",
    "subject_ids",
    "purpose",
    "consent_id",
)
_FIND = "select id from public.organizations where id::text = %s or slug = %s order by slug = %s limit 1"
_BLOCK = 1000


class Filter(BaseModel):
    """Which events; what is None lets all through.

    Attributes:
        organization: slug or id; `none` for events of no organization.
        since: not before this moment.
        until: before this moment.
        actor: the person.
        table: the table, `public.` may be left out.
        row: the id of the row.
        action: what was done.
        subject: whose data were read.
        text: somewhere in operation, purpose or changes.
    """

    model_config = ConfigDict(frozen=True)

    organization: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    actor: UUID | None = None
    table: str | None = None
    row: str | None = None
    action: str | None = None
    subject: UUID | None = None
    text: str | None = None


def read_events(
    url: str, wanted: Filter | None = None, *, last: int | None = None, after: datetime | None = None
) -> Iterator[dict[str, Any]]:
    """The events that a filter lets through, oldest first.

    Args:
        url: the database, as the owner of our objects.
        wanted: which; by default all.
        last: only so many of the newest.
        after: only what happened after this moment.

    Raises:
        UsageProblem: `organization_unknown`, `action_unknown`.
        DatabaseProblem: the database is not migrated, or refused.

    Example:
        >>> next(read_events(url, Filter(organization="lakeside"), last=1))["action"]  # doctest: +SKIP
        'update'
    """
    with owner_session(url) as conn, conn.transaction():
        conn.execute("set transaction read only")
        conn.execute("set local time zone 'UTC'")
        conditions = [*_conditions(conn, wanted or Filter())]
        if after is not None:
            conditions.append(sql.SQL("events.occurred_at > {}").format(sql.Literal(after)))
        columns = sql.SQL(", ").join(sql.SQL("events.{}").format(sql.Identifier(name)) for name in COLUMNS)
        query = sql.SQL("select {} from public.audit_events as events where {}").format(
            columns, sql.SQL(" and ").join([sql.SQL("true"), *conditions])
        )
        if last is not None:
            query = sql.SQL(
                "select * from ({} order by occurred_at desc, id desc limit {}) as newest"
            ).format(query, sql.Literal(last))
        with conn.cursor(name="audit_events", row_factory=dict_row) as cursor:
            cursor.itersize = _BLOCK
            yield from cursor.execute(sql.SQL("{} order by occurred_at, id").format(query))


def record_export(url: str, wanted: Filter, purpose: str | None) -> None:
    """Leave an event that says that the trail was taken out, and with which filter."""
    said = {key: ["", value] for key, value in wanted.model_dump(mode="json", exclude_none=True).items()}
    with owner_session(url) as conn:
        org = find_organization(conn, wanted.organization) if wanted.organization else None
        conn.execute(
            "select app.audit('export', %s, 'public.audit_events', p_operation => 'carebase audit export',"
            " p_purpose => %s, p_changes => %s::jsonb)",
            [org, purpose, json.dumps(said)],
        )


def find_organization(conn: Connection, named: str) -> UUID:
    """The id of an organization; of one that is gone its id still names its events.

    Raises:
        UsageProblem: `organization_unknown`.
    """
    if named == "none":
        return NOBODYS
    row = conn.execute(_FIND, [named, named, named]).fetchone()
    if row:
        found: UUID = row[0]
        return found
    try:
        return UUID(named)
    except ValueError:
        raise UsageProblem(
            "organization_unknown",
            f"There is no organization {named!r}.",
            hint="Name it by slug or id; `none` is for events of no organization.",
        ) from None


def _conditions(conn: Connection, wanted: Filter) -> Iterator[sql.Composed]:
    def equal(condition: str, value: object) -> sql.Composed:
        return sql.SQL(condition).format(sql.Literal(value))

    if wanted.organization is not None:
        yield equal("events.org_id = {}", find_organization(conn, wanted.organization))
    if wanted.since is not None:
        yield equal("events.occurred_at >= {}", wanted.since)
    if wanted.until is not None:
        yield equal("events.occurred_at < {}", wanted.until)
    if wanted.actor is not None:
        yield equal("events.actor_id = {}", wanted.actor)
    if wanted.table is not None:
        name = wanted.table if "." in wanted.table else f"public.{wanted.table}"
        yield equal("events.table_name = {}", name)
    if wanted.row is not None:
        yield equal("{} in (select value from jsonb_each_text(events.row_key))", wanted.row)
    if wanted.action is not None:
        _require_action(conn, wanted.action)
        yield equal("events.action = {}::public.audit_action", wanted.action)
    if wanted.subject is not None:
        yield equal("events.subject_ids @> array[{}::uuid]", wanted.subject)
    if wanted.text is not None:
        yield equal(
            "position(lower({}) in lower(concat_ws(' ', operation, purpose, changes::text))) > 0", wanted.text
        )


def _require_action(conn: Connection, action: str) -> None:
    row = conn.execute("select enum_range(null::public.audit_action)::text[]").fetchone()
    actions = row[0] if row else []
    if action not in actions:
        raise UsageProblem(
            "action_unknown", f"There is no action {action!r}.", hint=f"They are {', '.join(actions)}."
        )
