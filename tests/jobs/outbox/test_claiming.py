"""A worker that looks only at what is new misses nothing: transactions that commit behind its back."""

from __future__ import annotations

import asyncio

import psycopg
import pytest

from carebase_jobs.outbox.queue import Claim, Queue
from tests.jobs.outbox.conftest import Outbox


# Whether another transaction ends meanwhile decides whether the open one is listed in the worker's snapshot.
@pytest.mark.parametrize("others", [0, 1])
@pytest.mark.parametrize("count", [1, 95])
def test_what_commits_late_is_found_without_looking_from_the_beginning(
    outbox: Outbox, count: int, others: int
) -> None:
    outbox.template("hello", "in_app", "Hello")
    schedule = """select app.enqueue_notification(%s, 'in_app', %s, 'hello')
                  from generate_series(1, %s)"""

    async def story() -> list[Claim]:
        queue = Queue(outbox.url, "test")
        with psycopg.connect(outbox.url) as slow:
            slow.execute(schedule, [outbox.org_id, outbox.nurse_id, count])
            for _ in range(others):
                outbox.send("in_app", "hello")
            claims = [await queue.claim(10, None)]
            claims.append(await queue.claim(10, claims[-1].cursor))
        while claims[-1].found or len(claims) == 2:
            claims.append(await queue.claim(10, claims[-1].cursor))
        await queue.close()
        return claims

    found = [claim.found for claim in asyncio.run(story())]
    assert found[:2] == [others, 0]
    assert sum(found[2:]) == count
    assert len(found) <= 4 + count // 10
