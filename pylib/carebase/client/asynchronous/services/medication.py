"""Medicines: orders, rounds, stock."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from carebase.client import query
from carebase.client.asynchronous.collection import AsyncRows
from carebase.client.asynchronous.services.calls.medication import AsyncMedicationCalls
from carebase.client.query import Page
from carebase.models import (
    MedicationAdministration,
    MedicationDiscrepancy,
    MedicationDose,
    MedicationEffect,
    MedicationOrder,
    MedicationOrderEvent,
    MedicationStockCount,
    MedicationStockMovement,
)

if TYPE_CHECKING:
    from carebase.client.asynchronous.session import AsyncSession


class AsyncMedication(AsyncMedicationCalls):
    """What residents are given. Rules: docs/care/medication.md.

    An order is changed by one that replaces it (`create` with `replaces_id`) and ended by `change_status`;
    what was signed for is never changed: there is no update and no archive. What is given, ordered, moved
    and counted is sent under a request key, so that a lost answer does not make two of it.

    Attributes:
        order_events: what became of orders.
        doses, administrations, effects: what was due, what became of it, whether it helped.
        movements, counts, discrepancies: the register of the stock.
    """

    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session)
        self._rows = AsyncRows(session, MedicationOrder)
        self.order_events = AsyncRows(session, MedicationOrderEvent)
        self.doses = AsyncRows(session, MedicationDose)
        self.administrations = AsyncRows(session, MedicationAdministration)
        self.effects = AsyncRows(session, MedicationEffect)
        self.movements = AsyncRows(session, MedicationStockMovement)
        self.counts = AsyncRows(session, MedicationStockCount)
        self.discrepancies = AsyncRows(session, MedicationDiscrepancy)

    async def list(
        self, *, resident_id: UUID | None = None, limit: int = 50, after: str | None = None
    ) -> Page[MedicationOrder]:
        """One page of the orders that the caller may see; what a medicine is is opened by `open`.

        Args:
            resident_id: only for this resident; None: for all.
            limit: at most so many, 1 to 500.
            after: `next` of the page before.

        Raises:
            InvalidInput: a limit out of bounds, or `after` is from no page.

        Example:
            >>> page = await carebase.medication.list(resident_id=resident_id)
        """
        return await self._rows.list(query.given(resident_id=resident_id), limit=limit, after=after)

    async def get(self, id: UUID | str) -> MedicationOrder:
        """One order.

        Raises:
            NotFound: there is none, or none that the caller can see.
        """
        return await self._rows.get(id)
