"""Scheduled jobs from outside the database: looking at them, and running them where pg_cron does not."""

from carebase.jobs.metrics import JobMetrics
from carebase.jobs.running import Runner, run_now
from carebase.jobs.schedule import (
    Job,
    Run,
    list_jobs,
    list_runs,
    pause_job,
    resume_job,
    sync_cron,
)
from carebase.jobs.serving import serve

__all__ = [
    "Job",
    "JobMetrics",
    "Run",
    "Runner",
    "list_jobs",
    "list_runs",
    "pause_job",
    "resume_job",
    "run_now",
    "serve",
    "sync_cron",
]
