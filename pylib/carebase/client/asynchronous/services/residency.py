"""Who wants to move in, and into which bed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from carebase.client import query
from carebase.client.asynchronous.collection import AsyncLines, AsyncRows
from carebase.client.asynchronous.services.calls.residency import AsyncResidencyCalls
from carebase.client.query import Page
from carebase.models import BedOffer, EnquiryStatus, OccupancySnapshot, ResidencyEnquiry, WaitlistEntry

if TYPE_CHECKING:
    from carebase.client.asynchronous.session import AsyncSession


class AsyncResidency(AsyncResidencyCalls):
    """Enquiries, waiting lists, beds on offer, how full a home is. Rules: docs/residency/beds.md.

    An enquiry is not archived: `move` takes it to lost, from where it may come back.

    Attributes:
        waitlist: who waits; written by `join_waitlist` and `leave_waitlist`.
        offers: beds that were offered; written by `offer_bed`, `accept_offer`, `decline_offer`.
        days: how full a home was, day by day.
    """

    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session)
        self._rows = AsyncRows(session, ResidencyEnquiry)
        self.waitlist = AsyncRows(session, WaitlistEntry)
        self.offers = AsyncRows(session, BedOffer)
        self.days = AsyncLines(session, OccupancySnapshot, "snapshot_date", "site_id")

    async def list(
        self,
        *,
        site_id: UUID | None = None,
        status: EnquiryStatus | None = None,
        limit: int = 50,
        after: str | None = None,
    ) -> Page[ResidencyEnquiry]:
        """One page of the enquiries that the caller may see; who asks is sealed, and opened by `open`.

        Args:
            site_id: only those about this home; None: about any.
            status: only those that stand there; None: wherever.
            limit: at most so many, 1 to 500.
            after: `next` of the page before.

        Raises:
            InvalidInput: a limit out of bounds, or `after` is from no page.

        Example:
            >>> page = await carebase.residency.list(site_id=home.id, status="assessment")
        """
        return await self._rows.list(query.given(site_id=site_id, status=status), limit=limit, after=after)

    async def get(self, id: UUID | str) -> ResidencyEnquiry:
        """One enquiry.

        Raises:
            NotFound: there is none, or none that the caller can see.
        """
        return await self._rows.get(id)
