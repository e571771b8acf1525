"""Incidents: reported, taken on, reviewed, closed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from carebase.client.asynchronous.collection import AsyncCollection, AsyncRows
from carebase.client.asynchronous.services.calls.incidents import AsyncIncidentsCalls
from carebase.client.functions.care import REMOVE_INCIDENT_ESCALATION_STEPS, REMOVE_INCIDENT_REGULATOR_RULES
from carebase.models import (
    Incident,
    IncidentAction,
    IncidentCalendar,
    IncidentEscalationStep,
    IncidentFollowup,
    IncidentNotificationsOfRegulator,
    IncidentPerson,
    IncidentRegulatorRule,
    IncidentSlaPolicy,
    IncidentTimer,
)

if TYPE_CHECKING:
    from carebase.client.asynchronous.session import AsyncSession


class AsyncIncidents(AsyncIncidentsCalls):
    """What went wrong, and what was done about it. Rules: docs/care/incidents.md.

    Nobody deletes or rewrites an incident, so there is neither archive nor update: `regrade` corrects how
    severe it is, `add_followup` adds what was not known, `close` ends it and `reopen` begins again.

    Attributes:
        actions, followups, people: what belongs to incidents; words are sealed.
        timers: by when which step is due; `board` has them with their incidents.
        notifications: which regulator is to be told, and was.
        sla_policies, calendars, escalation_steps, regulator_rules: the rules of the house, for owners,
            compliance leads and administrators; the last two can be archived.

    Example:
        >>> [line.step for line in (await carebase.incidents.board(site_id=home.id)).items if line.is_overdue]
    """

    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session)
        self._rows = AsyncRows(session, Incident)
        self.actions = AsyncRows(session, IncidentAction)
        self.followups = AsyncRows(session, IncidentFollowup)
        self.people = AsyncRows(session, IncidentPerson)
        self.timers = AsyncRows(session, IncidentTimer)
        self.notifications = AsyncRows(session, IncidentNotificationsOfRegulator)
        self.sla_policies = AsyncCollection(session, IncidentSlaPolicy)
        self.calendars = AsyncCollection(session, IncidentCalendar)
        self.escalation_steps = AsyncCollection(
            session, IncidentEscalationStep, archive=REMOVE_INCIDENT_ESCALATION_STEPS
        )
        self.regulator_rules = AsyncCollection(
            session, IncidentRegulatorRule, archive=REMOVE_INCIDENT_REGULATOR_RULES
        )

    async def get(self, id: UUID | str) -> Incident:
        """One incident; what is in words is opened by `open`.

        Raises:
            NotFound: there is none, or none that the caller can see.
        """
        return await self._rows.get(id)
