"""The subjects of a client, each made when it is first asked for."""

from __future__ import annotations

from functools import cached_property

from carebase.client.asynchronous.services.care_homes import AsyncCareHomes
from carebase.client.asynchronous.session import AsyncSession


class AsyncSubjects(AsyncSession):
    """A session with its subjects."""

    @cached_property
    def care_homes(self) -> AsyncCareHomes:
        """Care homes, their rooms and beds."""
        return AsyncCareHomes(self)
