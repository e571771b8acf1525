"""A dashboard that takes more than a second is told of like any job that fails. (A-080)"""

from __future__ import annotations

import threading
import time
from uuid import UUID

import psycopg
import pytest

from carebase.project import Project


@pytest.fixture
def lakeside(database: str, project: Project) -> UUID:
    with psycopg.connect(database, autocommit=True) as conn:
        conn.execute((project.root / "tests" / "sql" / "helpers.sql").read_bytes())
        row = conn.execute("select tests.make_org('lakeside')").fetchone()
    assert row
    return UUID(str(row[0]))


def test_a_slow_dashboard_fails_the_watch_and_a_quick_one_does_not(database: str, lakeside: UUID) -> None:
    watch = "select app.job_watch_dashboards(%s)"
    with psycopg.connect(database, autocommit=True) as watcher, psycopg.connect(database) as other:
        watcher.execute(watch, (lakeside,))
        other.execute("lock table public.provider_wellbeing_months in access exclusive mode")
        letting_go = threading.Thread(target=lambda: (time.sleep(1.2), other.rollback()))
        letting_go.start()
        with pytest.raises(psycopg.errors.RaiseException, match="more than a second"):
            watcher.execute(watch, (lakeside,))
        letting_go.join()
        watcher.execute(watch, (lakeside,))
