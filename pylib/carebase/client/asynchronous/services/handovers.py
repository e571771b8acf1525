"""What a shift tells the next."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from carebase.client.asynchronous.collection import AsyncLines, AsyncRows
from carebase.client.asynchronous.services.calls.handovers import AsyncHandoversCalls
from carebase.models import Handover, HandoverAcknowledgement

if TYPE_CHECKING:
    from carebase.client.asynchronous.session import AsyncSession


class AsyncHandovers(AsyncHandoversCalls):
    """Handovers. Rules: docs/care/notes.md.

    Made from what was entered (`create`), added to until the first who comes in has read it (`acknowledge`);
    neither changed nor removed afterwards: there is no method for it.

    Attributes:
        acknowledgements: who read which.
    """

    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session)
        self._rows = AsyncRows(session, Handover)
        self.acknowledgements = AsyncLines(session, HandoverAcknowledgement, "handover_id", "user_id")

    async def get(self, id: UUID | str) -> Handover:
        """One handover; what is in it is given by `items`.

        Raises:
            NotFound: there is none, or none that the caller can see.
        """
        return await self._rows.get(id)
