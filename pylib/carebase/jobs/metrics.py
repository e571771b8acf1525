"""Prometheus metrics of a server of jobs. Labels are jobs and outcomes: nothing of an organization."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import Counter, Gauge, Histogram

from carebase.db.connect import Connection
from carebase.telemetry import Exposed

# Runs take from a moment to an hour.
_SECONDS = (0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600)
# Due, of a job and an organization that are on, and nobody runs it. A minute is what pg_cron may need.
_LATE = """
select
  count(*) filter (where slots.next_run_at < now() - interval '1 minute'),
  coalesce(extract(epoch from now() - min(slots.next_run_at)), 0)::float8
from app.job_slots as slots
inner join public.scheduled_jobs as jobs on jobs.name = slots.job_name
left join public.organizations as orgs on orgs.id = slots.for_org_id
where jobs.paused_at is null and slots.next_run_at <= now()
  and (slots.for_org_id is null or orgs.is_active and orgs.deleted_at is null)
  and not app.is_job_slot_held(slots.slot)
"""


class JobMetrics(Exposed):
    """What one server of jobs counts, and how late the jobs of its database are.

    Example:
        >>> metrics = JobMetrics()
        >>> port = metrics.serve(0)  # doctest: +SKIP
    """

    def __init__(self) -> None:
        super().__init__()
        self._runs = Counter(
            "carebase_jobs_runs", "Runs that ended here, by job and outcome.", ["job", "outcome"],
            registry=self.registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "carebase_jobs_run_seconds", "How long a run took.", ["job"], buckets=_SECONDS,
            registry=self.registry,
        )  # fmt: skip
        self._in_flight = Gauge(
            "carebase_jobs_in_flight", "Runs that go on here now.", registry=self.registry
        )
        self._late = Gauge(
            "carebase_jobs_late_slots",
            "Jobs, each of an organization or of the platform, a minute late that nobody runs.",
            registry=self.registry,
        )
        self._oldest = Gauge(
            "carebase_jobs_oldest_due_seconds",
            "How long the first job that nobody runs has been due.",
            registry=self.registry,
        )

    @contextmanager
    def running(self) -> Iterator[None]:
        """A run goes on."""
        with self._in_flight.track_inprogress():
            yield

    def count(self, job: str, outcome: str, seconds: float) -> None:
        """A run is over."""
        self._runs.labels(job, outcome).inc()
        self._seconds.labels(job).observe(seconds)

    def show_late(self, conn: Connection) -> None:
        """How late the jobs of the database are now."""
        row = conn.execute(_LATE).fetchone()
        if row is not None:
            self._late.set(row[0])
            self._oldest.set(row[1])
