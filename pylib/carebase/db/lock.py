"""One migration run at a time per database."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from carebase.db.connect import Connection

_KEY = int.from_bytes(b"carebase", "big") >> 1
_POLL_SECONDS = 0.2


@contextmanager
def exclusive(conn: Connection, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the advisory lock of migrations; the server lets go of it when the connection ends.

    Args:
        conn: an autocommit connection that stays open meanwhile.
        waiting: called once if somebody else holds it.
    """
    said = False
    # Asking again and again rather than waiting inside one statement: that statement's snapshot would block a
    # `create index concurrently` of the run that holds the lock, and both would wait forever.
    while conn.execute("select pg_try_advisory_lock(%s)", [_KEY]).fetchone() != (True,):
        if not said:
            waiting()
            said = True
        time.sleep(_POLL_SECONDS)
    try:
        yield
    finally:
        if not conn.closed and not conn.broken:
            conn.execute("select pg_advisory_unlock(%s)", [_KEY])
