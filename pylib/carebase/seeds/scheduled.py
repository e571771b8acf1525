"""The jobs that run on a schedule: rows that are code, unlike other reference rows."""

from __future__ import annotations

from typing import Annotated, Literal

import orjson
from pydantic import BaseModel, StringConstraints

from carebase.seeds.insert import Connection, TableRows, explained, insert_missing
from carebase.seeds.report import TableReport

_TABLE = "public.scheduled_jobs"


class ScheduledJob(BaseModel, extra="forbid", frozen=True):
    """A job; what is left out is as the table has it. Durations are written as Postgres reads them."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,50}$")]
    description: str
    cron: str
    scope: Literal["platform", "organization"] = "platform"
    time_zone: str | None = None
    time_limit: str = "5 minutes"
    batch_size: int = 1000
    catch_up: Literal["skip", "once", "all"] = "once"
    catch_up_window: str = "1 day"
    alert_after: int = 1


class ScheduledJobs(BaseModel, extra="forbid", frozen=True):
    """`scheduled_jobs.toml`."""

    scheduled_jobs: list[ScheduledJob]


def declare_jobs(conn: Connection, jobs: list[ScheduledJob]) -> TableReport:
    """Add the jobs that are missing and bring the others up to the file; a pause is left alone.

    Raises:
        DatabaseProblem: as `insert_missing` does.
    """
    rows = [job.model_dump() for job in jobs]
    inserted = insert_missing(conn, TableRows(_TABLE, ("name",), rows))
    columns = [name for name in ScheduledJob.model_fields if name != "name"]
    theirs, ours = (", ".join(f"{side}.{column}" for column in columns) for side in ("declared", "jobs"))
    with explained(_TABLE):
        updated = conn.execute(
            f"update {_TABLE} as jobs set ({', '.join(columns)}) = ({theirs})"  # noqa: S608 (names of our own)
            f" from jsonb_populate_recordset(null::{_TABLE}, %s::jsonb) as declared"
            f" where jobs.name = declared.name and ({ours}) is distinct from ({theirs})".encode(),
            [orjson.dumps(rows).decode()],
        ).rowcount
    return inserted.model_copy(update={"updated": updated, "unchanged": inserted.unchanged - updated})
