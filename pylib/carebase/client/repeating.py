"""When a call that failed is made again, and after how long.

Only what is safe to do twice: reading, and functions whose comment says that they are idempotent. A call that
changes something and got no answer may have happened; only the caller knows whether to repeat it.
"""

from __future__ import annotations

import logging
from typing import Any

import tenacity

from carebase.errors import RateLimited, Unavailable

log = logging.getLogger("carebase.client")

# Answers that come from something in front of the server, or from a server that is just starting.
_TRANSIENT_STATUS = (502, 503, 504)
_BACKOFF = tenacity.wait_random_exponential(multiplier=0.2, max=8)
_JITTER = tenacity.wait_random(0, 0.25)


def is_transient(error: BaseException) -> bool:
    """Whether the same request may well succeed a little later."""
    if isinstance(error, Unavailable):
        return error.status is None or error.status in _TRANSIENT_STATUS
    return isinstance(error, RateLimited)


def policy(name: str, *, max_attempts: int, max_seconds: float) -> dict[str, Any]:
    """The arguments of tenacity's `Retrying` and `AsyncRetrying`.

    Args:
        name: of the call, for the log.
        max_attempts: how often it is tried in all.
        max_seconds: no attempt starts later than this after the first one.
    """

    def tell(state: tenacity.RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        log.info(
            "%s: %s; attempt %d of %d in %.1f s",
            name,
            getattr(error, "code", "failed"),
            state.attempt_number + 1,
            max_attempts,
            state.upcoming_sleep,
        )

    return {
        "retry": tenacity.retry_if_exception(is_transient),
        "wait": _wait,
        "stop": tenacity.stop_after_attempt(max_attempts) | tenacity.stop_before_delay(max_seconds),
        "before_sleep": tell,
        "reraise": True,
    }


def _wait(state: tenacity.RetryCallState) -> float:
    """As long as the server asks for, else a random time below a bound that doubles."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.retry_after if isinstance(error, Unavailable | RateLimited) else None
    return _BACKOFF(state) if asked is None else asked + _JITTER(state)
