"""The subjects of a client, each made when it is first asked for."""

from __future__ import annotations

from functools import cached_property

from carebase.client.asynchronous.services.assessments import AsyncAssessments
from carebase.client.asynchronous.services.care_homes import AsyncCareHomes
from carebase.client.asynchronous.services.care_plans import AsyncCarePlans
from carebase.client.asynchronous.services.clients import AsyncClients
from carebase.client.asynchronous.services.compliance import AsyncCompliance
from carebase.client.asynchronous.services.daily_notes import AsyncDailyNotes
from carebase.client.asynchronous.services.documents import AsyncDocuments
from carebase.client.asynchronous.services.handovers import AsyncHandovers
from carebase.client.asynchronous.services.incidents import AsyncIncidents
from carebase.client.asynchronous.services.medication import AsyncMedication
from carebase.client.asynchronous.services.residency import AsyncResidency
from carebase.client.asynchronous.services.staffing import AsyncStaffing
from carebase.client.asynchronous.session import AsyncSession


class AsyncSubjects(AsyncSession):
    """A session with its subjects."""

    @cached_property
    def assessments(self) -> AsyncAssessments:
        """What was measured and asked of residents, and what follows from it."""
        return AsyncAssessments(self)

    @cached_property
    def care_homes(self) -> AsyncCareHomes:
        """Care homes, their rooms and beds."""
        return AsyncCareHomes(self)

    @cached_property
    def care_plans(self) -> AsyncCarePlans:
        """Care plans: versions, tasks of a shift, reviews."""
        return AsyncCarePlans(self)

    @cached_property
    def clients(self) -> AsyncClients:
        """Residents, as care homes call them."""
        return AsyncClients(self)

    @cached_property
    def compliance(self) -> AsyncCompliance:
        """Training, checks, supervisions, audits, complaints."""
        return AsyncCompliance(self)

    @cached_property
    def daily_notes(self) -> AsyncDailyNotes:
        """What was done with residents and seen of them, day by day."""
        return AsyncDailyNotes(self)

    @cached_property
    def documents(self) -> AsyncDocuments:
        """Files with what is known of them, and policies to be read."""
        return AsyncDocuments(self)

    @cached_property
    def handovers(self) -> AsyncHandovers:
        """What a shift tells the next."""
        return AsyncHandovers(self)

    @cached_property
    def incidents(self) -> AsyncIncidents:
        """Incidents: reported, taken on, reviewed, closed."""
        return AsyncIncidents(self)

    @cached_property
    def medication(self) -> AsyncMedication:
        """Medicines: orders, rounds, stock."""
        return AsyncMedication(self)

    @cached_property
    def residency(self) -> AsyncResidency:
        """Who wants to move in, and into which bed."""
        return AsyncResidency(self)

    @cached_property
    def staffing(self) -> AsyncStaffing:
        """Templates, rotas, who is on which shift."""
        return AsyncStaffing(self)
