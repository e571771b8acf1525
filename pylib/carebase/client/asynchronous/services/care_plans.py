"""Care plans: versions, tasks of a shift, reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from carebase.client import query
from carebase.client.asynchronous.collection import AsyncCollection, AsyncRows
from carebase.client.asynchronous.services.calls.care_plans import AsyncCarePlansCalls
from carebase.client.asynchronous.services.subject import AsyncPending
from carebase.client.query import Page
from carebase.models import (
    CarePlan,
    CarePlanAcknowledgement,
    CarePlanReview,
    CarePlanReviewInterval,
    CarePlanTask,
    CarePlanTaskOccurrence,
    CarePlanType,
    CarePlanVersion,
    CareTaskSkipReason,
    ListShiftTasksResult,
)
from carebase.records import OMITTED

if TYPE_CHECKING:
    from carebase.client.asynchronous.session import AsyncSession


class AsyncCarePlans(AsyncCarePlansCalls):
    """Care plans of residents. Rules: docs/care/plans.md.

    `create` begins a plan with a draft, `update` writes in it, `publish` makes it what care follows, `draft`
    begins the next version, `archive` ends the plan. What was published is never changed and nothing is
    deleted: there is no method for it.

    Attributes:
        versions: what was written; content is sealed, and opened by `open`.
        acknowledgements: who read which version.
        tasks, occurrences: what is to be done, and each time that it is.
        reviews: when plans are looked at again; done by `complete_review`.
        review_intervals: after how many days, by risk; for administrators.

    Example:
        >>> page = await carebase.care_plans.list(resident_id=resident_id)
        >>> draft = await carebase.care_plans.draft(page.items[0].id)
    """

    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session)
        self._rows = AsyncRows(session, CarePlan)
        self.versions = AsyncRows(session, CarePlanVersion)
        self.acknowledgements = AsyncRows(session, CarePlanAcknowledgement)
        self.tasks = AsyncRows(session, CarePlanTask)
        self.occurrences = AsyncRows(session, CarePlanTaskOccurrence)
        self.reviews = AsyncRows(session, CarePlanReview)
        self.review_intervals = AsyncCollection(session, CarePlanReviewInterval)

    async def list(
        self,
        *,
        resident_id: UUID | None = None,
        plan_type: CarePlanType | None = None,
        limit: int = 50,
        after: str | None = None,
    ) -> Page[CarePlan]:
        """One page of the plans that the caller may see, those that have ended, too.

        Args:
            resident_id: only of this resident; None: of all.
            plan_type: only about this; None: about anything.
            limit: at most so many, 1 to 500.
            after: `next` of the page before.

        Raises:
            InvalidInput: a limit out of bounds, or `after` is from no page.

        Example:
            >>> page = await carebase.care_plans.list(resident_id=resident_id)
        """
        where = query.given(resident_id=resident_id, plan_type=plan_type)
        return await self._rows.list(where, limit=limit, after=after)

    async def get(self, id: UUID | str) -> CarePlan:
        """One plan.

        Raises:
            NotFound: there is none, or none that the caller can see.
        """
        return await self._rows.get(id)

    def completing(
        self, task: ListShiftTasksResult, *, note: str | None = OMITTED
    ) -> AsyncPending[ListShiftTasksResult, CarePlanTaskOccurrence]:
        """A task that is shown done before the database said so; `send()` completes it as `complete` does.

        Args:
            task: as `shift_tasks` gave it.
            note: what there is to say, 1 to 1000 characters.

        Example:
            >>> done = carebase.care_plans.completing(task)
            >>> show(done.expected)
            >>> try:
            ...     await done.send()
            ... except CarebaseError:
            ...     show(done.before)
        """
        expected = task.model_copy(update={"status": "completed", "skip_reason": None})
        return AsyncPending(task, expected, lambda: self.complete(task.id, note=note))

    def skipping(
        self, task: ListShiftTasksResult, *, reason: CareTaskSkipReason, note: str | None = OMITTED
    ) -> AsyncPending[ListShiftTasksResult, CarePlanTaskOccurrence]:
        """A task that is shown as not done before the database said so; `send()` skips it as `skip` does.

        Args:
            task: as `shift_tasks` gave it.
            reason: why it is not done.
            note: what there is to say, 1 to 1000 characters.

        Example:
            >>> skipped = carebase.care_plans.skipping(task, reason="asleep")
        """
        expected = task.model_copy(update={"status": "skipped", "skip_reason": reason})
        return AsyncPending(task, expected, lambda: self.skip(task.id, reason=reason, note=note))
