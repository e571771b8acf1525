"""Pages of what functions give by key, without sending anything: shared by both clients."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from carebase.client.query import MOST_ROWS, Page
from carebase.errors import InvalidInput
from carebase.records import Record

L = TypeVar("L", bound=Record)


def arguments(cursor: str, limit: int, after: str | None) -> dict[str, Any]:
    """What a function is asked for besides.

    Not for one line more than the page has, to know whether there is another: many of these functions open
    what is sealed, and what nobody looks at is not opened.

    Args:
        cursor: the parameter that takes the key of the last line of the page before.
        limit: how many lines the page has at most.
        after: `next` of the page before.

    Raises:
        InvalidInput: a limit out of bounds, or an `after` that is from no page; nothing was sent.
    """
    if not 1 <= limit <= MOST_ROWS:
        raise InvalidInput(f"limit is a number from 1 to {MOST_ROWS}.", details={"field": "limit"})
    asked: dict[str, Any] = {"p_limit": limit}
    if after is not None:
        try:
            asked[cursor] = UUID(after)
        except (ValueError, AttributeError):
            raise InvalidInput("after is `next` of the page before.", details={"field": "after"}) from None
    return asked


def page(found: list[L], key: str, limit: int) -> Page[L]:
    """The page, from what the function gave.

    Args:
        found: the lines. A full page is taken to have a next, which may turn out empty.
        key: the column of a line that the next page begins behind.
        limit: as it was asked for.
    """
    return Page(found, str(getattr(found[-1], key)) if len(found) >= limit else None)
