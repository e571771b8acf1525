"""What was measured and asked of residents, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from carebase.client.asynchronous.collection import AsyncCollection, AsyncLines, AsyncRows
from carebase.client.asynchronous.services.calls.assessments import AsyncAssessmentsCalls
from carebase.models import (
    Assessment,
    AssessmentFollowUp,
    AssessmentRule,
    AssessmentSchedule,
    AssessmentScore,
)

if TYPE_CHECKING:
    from carebase.client.asynchronous.session import AsyncSession


class AsyncAssessments(AsyncAssessmentsCalls):
    """Assessments of residents. Rules: docs/care/assessments.md.

    Scores are computed and never entered, and an assessment is corrected by another (`create` with
    `corrects_id`): there is no update and no archive.

    Attributes:
        scores: of the scales of an assessment.
        schedules: when the next ones are due; changed by `schedule`.
        follow_ups: what is to be done because of one; done by `complete_follow_up`.
        rules: what the organization wants to follow from a result; for administrators. A rule is switched off
            (`is_active`), not removed. Defaults included: `effective_rules`.
    """

    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session)
        self._rows = AsyncRows(session, Assessment)
        self.scores = AsyncLines(session, AssessmentScore, "assessment_id", "scale_code")
        self.schedules = AsyncRows(session, AssessmentSchedule)
        self.follow_ups = AsyncRows(session, AssessmentFollowUp)
        self.rules = AsyncCollection(session, AssessmentRule)

    async def get(self, id: UUID | str) -> Assessment:
        """One assessment; answers and note are opened by `open`.

        Raises:
            NotFound: there is none, or none that the caller can see.
        """
        return await self._rows.get(id)
