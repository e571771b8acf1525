"""Residents, as care homes call them: clients."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from carebase.client import query
from carebase.client.asynchronous.collection import AsyncRows
from carebase.client.asynchronous.services.calls.clients import AsyncClientsCalls
from carebase.client.query import Page
from carebase.models import (
    Admission,
    BedStay,
    Client,
    ResidentContact,
    ResidentLeave,
    ResidentShare,
    ResidentStatus,
    ResidentStatusHistory,
)

if TYPE_CHECKING:
    from carebase.client.asynchronous.session import AsyncSession


class AsyncClients(AsyncClientsCalls):
    """Who lives in the care homes, and who they let know of it. Rules: docs/residency/beds.md.

    There is no update: what changes of a resident is where they live and whether they are there, and each
    such step (`transfer`, `extend`, `start_leave`, `end_leave`) changes stay, bed and status together.
    Nothing is deleted: `archive` discharges, and the record stays.

    Attributes:
        contacts: who is called about residents; written by `save_contact`, opened by `open_contacts`.
        admissions, stays, leaves: when they came and went, which bed they had, when they were away.
        shares: what relatives were let know; written by `share` and `withdraw_share`.
        status_history: when their status changed.

    Example:
        >>> page = await carebase.clients.list(care_home_id=home.id, limit=20)
        >>> names = await carebase.clients.open([one.id for one in page.items], purpose="treatment")
    """

    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session)
        self._rows = AsyncRows(session, Client)
        self.contacts = AsyncRows(session, ResidentContact)
        self.admissions = AsyncRows(session, Admission)
        self.stays = AsyncRows(session, BedStay)
        self.leaves = AsyncRows(session, ResidentLeave)
        self.shares = AsyncRows(session, ResidentShare)
        self.status_history = AsyncRows(session, ResidentStatusHistory)

    async def list(
        self,
        *,
        care_home_id: UUID | None = None,
        status: ResidentStatus | None = None,
        limit: int = 50,
        after: str | None = None,
    ) -> Page[Client]:
        """One page of the clients that the caller may see, without names and without an event.

        Args:
            care_home_id: only those of this home; None: of all.
            status: only those who are this; None: whatever.
            limit: at most so many, 1 to 500.
            after: `next` of the page before.

        Raises:
            InvalidInput: a limit out of bounds, or `after` is from no page.

        Example:
            >>> page = await carebase.clients.list(care_home_id=home.id, status="resident")
        """
        where = query.given(care_home_id=care_home_id, status=status)
        return await self._rows.list(where, limit=limit, after=after)

    async def get(self, id: UUID | str) -> Client:
        """One client.

        Raises:
            NotFound: there is none, or none that the caller can see.
        """
        return await self._rows.get(id)
