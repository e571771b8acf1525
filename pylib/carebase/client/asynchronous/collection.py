"""The rows of one table as a caller works with them: list, get, create, update, archive.

What the matrix of the table lets the caller do is decided by the database, row by row; nothing of it is here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from uuid import UUID

from carebase.client import changes, query
from carebase.client.changes import Change
from carebase.client.function import Function
from carebase.client.query import Page
from carebase.errors import Conflict, InvalidInput, NotFound
from carebase.records import Row

if TYPE_CHECKING:
    from carebase.client.asynchronous.session import AsyncSession

M = TypeVar("M", bound=Row)


class AsyncLines(Generic[M]):
    """Lines of a table that belong to something, for one caller: they have no id of their own.

    Args:
        session: who calls.
        model: which relation, as a class of `carebase.models`.
        key: the columns that tell lines apart; never null.

    Example:
        >>> page = await carebase.assessments.scores.list({"assessment_id": assessment_id})
    """

    def __init__(self, session: AsyncSession, model: type[M], *key: str) -> None:
        self._session = session
        self._model = model
        self._key = key
        self._fixed: dict[str, Any] = {}

    async def list(
        self,
        where: Mapping[str, Any] | None = None,
        *,
        order: str | None = None,
        limit: int = 50,
        after: str | None = None,
    ) -> Page[M]:
        """One page of the rows that the caller may see.

        Args:
            where: column → value; None asks for null, a list for any of its values. Travels in the address,
                which servers log: never look people up by what identifies them this way.
            order: a column that is never null; "-created_at" is newest first. None: by the key; ids are made
                in order of time.
            limit: at most so many, 1 to 500.
            after: `next` of the page before.

        Raises:
            InvalidInput: no such column, or `after` is not from a page of this order; nothing was sent.
            PermissionDenied: the caller may not read this relation at all.

        Example:
            >>> page = await carebase.care_homes.list(order="name", limit=20)
            >>> page = await carebase.care_homes.list(order="name", limit=20, after=page.next)
        """
        order = order or self._key[0]
        conditions = {**(where or {}), **self._readable()}
        request = query.page_request(self._model, conditions, order, limit, after, self._key)
        return query.page(self._model, await self._session._send(request), order, limit, self._key)

    def _readable(self) -> dict[str, Any]:
        """Of the fixed columns those that can be asked for: a view leaves out the one it is about."""
        return {name: value for name, value in self._fixed.items() if name in self._model.model_fields}


class AsyncRows(AsyncLines[M]):
    """A table or view to read, for one caller.

    Args:
        session: who calls.
        model: which relation, as a class of `carebase.models`; its rows have an `id`.

    Example:
        >>> page = await carebase.incidents.actions.list({"incident_id": incident_id})
    """

    def __init__(self, session: AsyncSession, model: type[M]) -> None:
        super().__init__(session, model, "id")

    async def get(self, id: UUID | str) -> M:
        """One row.

        Raises:
            NotFound: there is none, or none that the caller can see.
        """
        where = {"id": id, **self._readable()}
        found = await self._session.select(self._model, where=where, limit=1)
        if not found:
            raise NotFound("There is no such row, or none that you can see.")
        return found[0]


class AsyncEditable(AsyncRows[M]):
    """Rows that are there already, each changed by who read it last; new ones are made by a function.

    Args:
        session: who calls.
        model: which relation; its rows have an `id` and a `version`.
        archive: the function that removes a row (`remove_<table>`), for tables that have one.
    """

    def __init__(
        self, session: AsyncSession, model: type[M], *, archive: Function[Any] | None = None
    ) -> None:
        super().__init__(session, model)
        self._archive = archive
        self._table = model.relation_name

    async def update(self, row: M, **values: Any) -> M:
        """The row with these values, unless somebody else changed it since it was read.

        Args:
            row: as the caller read it; its version is what the change begins from.
            values: by column.

        Raises:
            Conflict: somebody was faster; `details` has the `version` that is there now. Read it again.
            NotFound: it is gone, or the caller may not change it.
        """
        return await self.change(row, **values).send()

    def change(self, row: M, **values: Any) -> AsyncPendingChange[M]:
        """A change that is not sent yet: show `expected` at once, `send()` it, fall back to `before`.

        Example:
            >>> change = carebase.care_homes.rooms.change(room, floor="First floor")
            >>> show(change.expected)
            >>> try:
            ...     show(await change.send())
            ... except CarebaseError:
            ...     show(change.before)
        """
        return AsyncPendingChange(self, changes.expect(self._model, row, values))

    async def archive(self, id: UUID | str) -> None:
        """Remove a row from sight; who may bring it back is in the matrix.

        Raises:
            NotFound: there is none, or none that the caller may remove.
            InvalidInput: rows of this collection are not removed this way.
        """
        if self._archive is None:
            raise InvalidInput(f"Rows of {self._model.relation_name} are not archived.")
        await self._session._call(self._archive, p_id=UUID(str(id)))

    async def _send_change(self, change: Change[M]) -> M:
        request = changes.update_request(self._model, self._table, change)
        content = await self._session._send(request)
        found = query.rows(self._model, content)
        if found:
            return found[0]
        theirs: Any = await self.get(change.key)  # NotFound, if it is gone
        if theirs.version == change.version:
            raise NotFound("There is no such row that you may change.")
        raise Conflict(
            "Somebody else changed this row since you read it.",
            details={"version": theirs.version},
            hint="Read it again and decide what of your change still holds.",
        )


class AsyncCollection(AsyncEditable[M]):
    """A table or view that callers write themselves.

    Args:
        session: who calls.
        model: which relation, as a class of `carebase.models`; its rows have an `id`.
        archive: the function that removes a row (`remove_<table>`), for tables that have one.
        fixed: columns that every row of this collection has: asked for in each list, set on each new row.
        writes_to: the table behind, where the model is a view that shows some of its rows.

    Example:
        >>> rooms = carebase.collection(Room, archive=REMOVE_ROOMS)
        >>> page = await rooms.list(where={"site_id": site_id}, order="name")
    """

    def __init__(
        self,
        session: AsyncSession,
        model: type[M],
        *,
        archive: Function[Any] | None = None,
        fixed: Mapping[str, Any] | None = None,
        writes_to: str | None = None,
    ) -> None:
        super().__init__(session, model, archive=archive)
        self._fixed = dict(fixed or {})
        self._table = writes_to or model.relation_name

    async def create(self, **values: Any) -> M:
        """A new row, as the database made it.

        Args:
            values: by column; what is left out takes the default that the database declares.

        Raises:
            InvalidInput: no such column, or a value that is refused.
            PermissionDenied: the matrix does not let the caller.
            Conflict: there is such a row already, or it collides with one.
        """
        request = changes.insert_request(self._model, self._table, {**values, **self._fixed})
        return await self._written(await self._session._send(request))

    async def _written(self, content: bytes) -> M:
        return query.rows(self._model, content)[0]


class AsyncPendingChange(Generic[M]):
    """A change of one row that was made on the screen and not yet in the database.

    Attributes:
        before: the row as it was read: what to go back to.
        expected: the row as it will be if nobody objects.
    """

    def __init__(self, collection: AsyncEditable[M], change: Change[M]) -> None:
        self._collection = collection
        self._change = change
        self.before = change.before
        self.expected = change.expected

    async def send(self) -> M:
        """Write it; the row as it is now.

        Raises:
            Conflict, NotFound, PermissionDenied, InvalidInput: as `update`; nothing was written.
        """
        return await self._collection._send_change(self._change)
