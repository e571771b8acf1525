"""Dead letters as the operator of a database sees them: of all organizations."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row
from pydantic import BaseModel

from carebase.db.connect import owner_session
from carebase.problems import UsageProblem


class DeadLetter(BaseModel):
    """A message that was given up; not what it says."""

    id: UUID
    organization: str
    channel: str
    template_key: str
    attempt_count: int
    last_error: str | None
    died_at: datetime


def list_dead_letters(url: str, limit: int = 100) -> list[DeadLetter]:
    """Messages that were given up, newest first.

    Raises:
        DatabaseProblem: it is not migrated, or refused.
    """
    with owner_session(url) as conn, conn.cursor(row_factory=class_row(DeadLetter)) as cursor:
        return cursor.execute(
            """select queue.id, organizations.slug as organization, queue.channel, queue.template_key,
                 queue.attempt_count, queue.last_error, queue.died_at
               from public.notification_queue as queue
               inner join public.organizations on organizations.id = queue.org_id
               where queue.died_at is not null order by queue.died_at desc limit %s""",
            [limit],
        ).fetchall()


def requeue(url: str, ids: list[str], all_with: str | None = None) -> int:
    """Send dead letters again; how many there were of those named.

    Args:
        url: the database, as the owner of our objects.
        ids: which.
        all_with: instead, all whose error begins with this.

    Raises:
        UsageProblem: `id_invalid`.
        DatabaseProblem: it is not migrated, or refused.
    """
    try:
        named = [UUID(one) for one in ids]
    except ValueError as error:
        raise UsageProblem("id_invalid", "A message is named by its id, a uuid.") from error
    with owner_session(url) as conn:
        row = conn.execute(
            """select count(*) filter (where app.requeue_dead(queue.org_id, queue.id))
               from public.notification_queue as queue
               where queue.died_at is not null
                 and (queue.id = any(%s) or starts_with(queue.last_error, %s))""",
            [named, all_with],
        ).fetchone()
    return int(row[0]) if row else 0
