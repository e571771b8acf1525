"""Whether the trail is what it was: every chain from its beginning, and against a checkpoint."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row
from pydantic import BaseModel

from carebase.audit.reading import find_organization
from carebase.db.connect import owner_session


class Chain(BaseModel):
    """One chain, or the runs of sealing (`org_id` is None then, and a seal is a run).

    Attributes:
        org_id: whose.
        seal_number: where the fault is.
        event_id: the event that is at fault, if it is one.
        fault: what is wrong; None where all is well.
        seal_count: how many seals fit.
        event_count: how many events are under these.
    """

    org_id: UUID | None
    seal_number: int | None
    event_id: UUID | None
    fault: str | None
    seal_count: int = 0
    event_count: int = 0

    def sentence(self) -> str:
        """The fault, for people."""
        whose = "the runs of sealing" if self.org_id is None else f"organization {self.org_id}"
        where = f" at {self.seal_number}" if self.seal_number is not None else ""
        event = f", event {self.event_id}" if self.event_id else ""
        return f"{whose}{where}{event}: {self.fault}"


class Verification(BaseModel):
    """What verifying found."""

    chains: list[Chain]
    against_checkpoint: list[Chain]

    @property
    def faults(self) -> list[Chain]:
        """What is wrong; nothing if the trail is whole."""
        return [chain for chain in [*self.chains, *self.against_checkpoint] if chain.fault]

    @property
    def events(self) -> int:
        """How many events were verified."""
        return sum(chain.event_count for chain in self.chains)


def verify(
    url: str,
    *,
    organization: str | None = None,
    since: datetime | None = None,
    checkpoint: dict[str, Any] | None = None,
) -> Verification:
    """Recompute the chains and compare them with the events that are there.

    Args:
        url: the database, as the owner of our objects.
        organization: slug or id of the only one; `none` for events of no organization.
        since: only what was sealed since; what is before is trusted.
        checkpoint: what `read_checkpoint` gave.

    Raises:
        UsageProblem: `organization_unknown`.
        DatabaseProblem: the database is not migrated, or refused.

    Example:
        >>> verify(url).faults  # doctest: +SKIP
        []
    """
    with owner_session(url) as conn, conn.transaction():
        conn.execute("set transaction isolation level repeatable read, read only")
        org_id = find_organization(conn, organization) if organization else None
        with conn.cursor(row_factory=class_row(Chain)) as cursor:
            chains = cursor.execute("select * from app.verify_audit(%s, %s)", [org_id, since]).fetchall()
            ends: list[Chain] = []
            if checkpoint is not None:
                ends = cursor.execute(
                    "select * from app.verify_audit_checkpoint(%s::jsonb, %s)",
                    [json.dumps(checkpoint), org_id],
                ).fetchall()
    return Verification(chains=chains, against_checkpoint=ends)
