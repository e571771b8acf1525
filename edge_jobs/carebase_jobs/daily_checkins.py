"""The demo's main job: the nurses check in over HTTP, then their care manager looks at the team.

It goes the way that a frontend goes: everybody signs in with an e-mail address and a password, and sees and
does what their role allows. Repeatable: a second check-in of the same day has the same values and replaces
the first one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import cast

from pydantic import BaseModel, ConfigDict

from carebase.client import Carebase
from carebase.errors import (
    ConsentRequired,
    FeatureDisabled,
    NotAuthenticated,
    PermissionDenied,
    Unavailable,
)
from carebase.models.resilience import WorkSetting
from carebase.problems import DatabaseProblem, EnvironmentProblem
from carebase.project import Project
from carebase.seeds import DemoUser, checkin_values, demo_password, demo_users
from carebase.settings import Settings


class CheckedIn(BaseModel):
    """A nurse who checked in, and the day it counts for. What she said is hers."""

    model_config = ConfigDict(frozen=True)

    name: str
    email: str
    checkin_date: date


class TeamDay(BaseModel):
    """One day of the team summary; averages are None on a day that is still open or was suppressed."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    checkin_date: date
    is_open: bool
    is_suppressed: bool
    people_count: int | None
    average_stress_level: float | None
    average_energy_level: float | None
    missed_break_percent: float | None


class DailyCheckins(BaseModel):
    """What one run did and what the manager saw afterwards."""

    model_config = ConfigDict(frozen=True)

    organization: str
    manager: str
    day: date
    checked_in: list[CheckedIn]
    team: list[TeamDay]


def team_of(project: Project) -> tuple[DemoUser, list[DemoUser]]:
    """The demo's care manager, and the nurses of the same organization who check in."""
    users = demo_users(project)
    manager = next(user for user in users if user.persona == "care_manager")
    nurses = [user for user in users if user.work_setting and user.organization == manager.organization]
    return manager, nurses


def run(project: Project, *, settings: Settings | None = None) -> DailyCheckins:
    """Check the nurses in for today and read the summary of the last fourteen days.

    Args:
        project: the checkout, which knows the demo's people and their password.
        settings: which API; by default that of the local stack.

    Returns:
        Who checked in, and the team's days.

    Raises:
        DatabaseProblem: `demo_not_seeded`, nobody can sign in; `feature_disabled`, the hub is switched off;
            `consent_required`, somebody withdrew; `permission_denied`, somebody of the demo lost their role.
        EnvironmentProblem: `api_down`, the API does not answer.
        UsageProblem: `settings_incomplete`, there is no API to talk to.

    Example:
        >>> len(run(Project.find()).checked_in)  # doctest: +SKIP
        6
    """
    manager, nurses = team_of(project)
    settings = settings or Settings.load()
    password = demo_password(project)
    # Which day it is, is for the organization's time zone and so for its database to say.
    today = _team(manager, password, settings)[-1].checkin_date
    return DailyCheckins(
        organization=manager.organization,
        manager=manager.name,
        day=today,
        checked_in=[_check_in(nurse, today, password, settings) for nurse in nurses],
        team=_team(manager, password, settings),
    )


def _check_in(nurse: DemoUser, today: date, password: str, settings: Settings) -> CheckedIn:
    values = checkin_values(nurse.id, today, str(nurse.work_setting), may_share=nurse.may_share)
    with _signed_in(nurse, password, settings) as carebase:
        made = carebase.submit_daily_checkin(
            p_work_setting=cast("WorkSetting", values.work_setting),
            p_stress_level=values.stress_level,
            p_energy_level=values.energy_level,
            p_patients_contacted_today=values.patients_contacted_today,
            p_difficult_patient_calls=values.difficult_patient_calls,
            p_overtime_hours=values.overtime_hours,
            p_missed_break=values.missed_break,
            p_is_shared=values.is_shared,
        )
    return CheckedIn(name=nurse.name, email=nurse.email, checkin_date=made.checkin_date)


def _team(manager: DemoUser, password: str, settings: Settings) -> list[TeamDay]:
    with _signed_in(manager, password, settings) as carebase:
        return [TeamDay.model_validate(day) for day in carebase.get_team_checkin_summary()]


@contextmanager
def _signed_in(user: DemoUser, password: str, settings: Settings) -> Iterator[Carebase]:
    """A client that acts as this person; what the API refuses them becomes a sentence about the demo."""
    with Carebase.from_settings(settings) as carebase:
        try:
            carebase.sign_in(user.email, password)
            yield carebase
            carebase.sign_out()
        except NotAuthenticated as error:
            raise DatabaseProblem(
                "demo_not_seeded",
                f"{user.email} cannot sign in: the demo is not in this database, or it has another password.",
                hint="Run: carebase seed demo",
            ) from error
        except FeatureDisabled as error:
            raise DatabaseProblem(
                error.code,
                f"The resilience hub is switched off for {user.organization}: nobody can check in.",
                hint="Switch it on again: is_enabled of resilience_hub in organization_feature_flags.",
            ) from error
        except ConsentRequired as error:
            raise DatabaseProblem(
                error.code,
                f"{user.email} takes part in the resilience hub no longer.",
                hint="They withdrew their consent; `carebase reset --demo` starts again.",
            ) from error
        except PermissionDenied as error:
            raise DatabaseProblem(
                error.code,
                f"{user.email} was refused: {error.message}",
                hint="The demo's roles were changed; `carebase reset --demo` starts again.",
            ) from error
        except Unavailable as error:
            raise EnvironmentProblem(
                "api_down",
                "Nobody can sign in: the API does not answer.",
                hint="The local one is started by `carebase up`.",
            ) from error
