"""What every subject is made of: a caller, and functions that give pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from carebase.client import paging
from carebase.client.function import Function
from carebase.client.query import Page
from carebase.records import Record

if TYPE_CHECKING:
    from carebase.client.asynchronous.session import AsyncSession

B = TypeVar("B", bound=Record)
L = TypeVar("L", bound=Record)
R = TypeVar("R")


class AsyncSubject:
    """A part of what an organization does, for one caller. What they may do the database decides.

    Args:
        session: who calls.
    """

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def _page(
        self,
        function: Function[list[L]],
        cursor: str,
        key: str,
        limit: int,
        after: str | None,
        **values: Any,
    ) -> Page[L]:
        asked = paging.arguments(cursor, limit, after)
        return paging.page(await self._session._call(function, **values, **asked), key, limit)


class AsyncPending(Generic[B, R]):
    """Something that was done on the screen and not yet in the database.

    Attributes:
        before: the line as it was read: what to go back to.
        expected: the line as it will be if nobody objects.

    Example:
        >>> done = carebase.care_plans.completing(task)
        >>> show(done.expected)
        >>> try:
        ...     await done.send()
        ... except CarebaseError:
        ...     show(done.before)
    """

    def __init__(self, before: B, expected: B, call: Callable[[], Awaitable[R]]) -> None:
        self.before = before
        self.expected = expected
        self._call = call

    async def send(self) -> R:
        """Do it; what the function gives. Where it was refused nothing was done, and `before` still holds.

        Raises:
            Unavailable: no answer came: it may have been done. Read again.
            CarebaseError: whatever the function refuses with.
        """
        return await self._call()
