"""One examination of a database: every question, in one transaction that only reads."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict

from carebase.db import migrations
from carebase.db.connect import Connection, describe, owner_session, server_version
from carebase.db.drift import find_live_drift
from carebase.db.rooms import load_rooms
from carebase.db.scratch import scratch_server
from carebase.doctor import environment, foundation, rooms, running
from carebase.doctor.question import Question, Severity
from carebase.project import Project
from carebase.settings import Settings

QUESTIONS: tuple[Question, ...] = (*foundation.QUESTIONS, *running.QUESTIONS, *rooms.QUESTIONS)
ENVIRONMENT = environment.QUESTIONS
_EXTENSION = re.compile(r"^create extension if not exists \"?([a-z_-]+)\"?", re.M)


class Finding(BaseModel):
    """Something that is not as it should be, as a sentence."""

    model_config = ConfigDict(frozen=True)

    check: str
    severity: Severity
    says: str
    hint: str


class Answer(BaseModel):
    """What was asked; `well` if nothing was found, `not_asked` where there is nothing to ask about."""

    model_config = ConfigDict(frozen=True)

    check: str
    asks: str
    state: Literal["well", "found", "not_asked"]


class Examination(BaseModel):
    """What was asked of which database, and what was found."""

    model_config = ConfigDict(frozen=True)

    database: str
    answers: list[Answer]
    findings: list[Finding]

    @property
    def problems(self) -> list[Finding]:
        """What must be mended."""
        return [finding for finding in self.findings if finding.severity == "problem"]


def examine(
    project: Project, url: str, *, drift: bool = False, settings: Settings | None = None
) -> Examination:
    """Ask a database everything. Only reads.

    Args:
        project: the checkout, which says what should be there.
        url: the database, as the owner of our objects.
        drift: also compare every object with `sql/`, which takes a throw-away server and some seconds.
        settings: also look whether everything from outside is provided: these settings, keys and secrets in
            the vault, what runs the schedule, the features that rooms ask for.

    Raises:
        EnvironmentProblem: no database answers.
        DatabaseProblem: it has no platform objects, or refused.

    Example:
        >>> examine(Project.find(), url).problems  # doctest: +SKIP
        []
    """
    answers: list[Answer] = []
    findings: list[Finding] = []

    def answer(check: str, asks: str, found: list[Finding] | None) -> None:
        state: Literal["well", "found", "not_asked"] = "found" if found else "well"
        answers.append(Answer(check=check, asks=asks, state="not_asked" if found is None else state))
        findings.extend(found or [])

    with owner_session(url) as conn, conn.transaction():
        conn.execute("set transaction read only")
        conn.execute("set local statement_timeout = '60s'")
        conn.execute("set local search_path = ''")
        answer("extensions", "The extensions that sql/ names are installed.", _extensions(conn, project))
        for question in (*QUESTIONS, *(ENVIRONMENT if settings else ())):
            answer(question.name, question.asks, _ask(conn, question))
        if settings:
            answer("env-settings", "The settings of this machine are complete.", _settings(settings))
            answer("env-features", "Every feature that a room asks for is known.", _features(conn, project))
    answer(
        "migrations", "Every migration of this checkout is applied, and no other.", _migrations(project, url)
    )
    asks = "Every object is as sql/ declares it."
    answer("drift", asks, _drift(project, url) if drift else None)
    return Examination(database=describe(url), answers=answers, findings=findings)


def _ask(conn: Connection, question: Question) -> list[Finding] | None:
    for needed in question.needs:
        row = conn.execute("select to_regclass(%s) is null", [needed]).fetchone()
        if row == (True,):
            return None
    rows = conn.execute(question.query.encode()).fetchall()
    return [
        Finding(
            check=question.name, severity=question.severity, says=f"{subject} {what}.", hint=question.hint
        )
        for subject, what in rows
    ]


def _extensions(conn: Connection, project: Project) -> list[Finding]:
    wanted = {
        name
        for path in sorted(project.sql.rglob("*.sql"))
        for name in _EXTENSION.findall(path.read_text("utf-8"))
    }
    there = {row[0] for row in conn.execute("select extname from pg_catalog.pg_extension")}
    hint = "Apply the migrations, or ask who dropped it."
    return [
        Finding(check="extensions", severity="problem", says=f"Extension {name} is missing.", hint=hint)
        for name in sorted(wanted - there)
    ]


def _settings(settings: Settings) -> list[Finding]:
    return [
        Finding(check="env-settings", severity="problem", says=says, hint=hint)
        for says, hint in environment.faults_of(settings)
    ]


def _features(conn: Connection, project: Project) -> list[Finding] | None:
    """A feature that nobody declared is off for everybody, whatever anybody switches."""
    if conn.execute("select to_regclass('public.nurseos_feature_flags') is null").fetchone() == (True,):
        return None
    known = {key for (key,) in conn.execute("select feature_key from public.nurseos_feature_flags")}
    asked = {room.head.feature: room.name for room in load_rooms(project) if room.head.feature}
    says = "Feature {} of the room {} is not in nurseos_feature_flags: it is off for everybody."
    return [
        Finding(
            check="env-features",
            severity="problem",
            says=says.format(key, room),
            hint="Run: carebase seed reference",
        )
        for key, room in sorted(asked.items())
        if key not in known
    ]


def _migrations(project: Project, url: str) -> list[Finding]:
    says: dict[str, tuple[Severity, str, str]] = {
        "pending": ("warning", "is not applied yet", "Run: carebase db migrate"),
        "edited": ("problem", "was edited after it was applied", "Restore the file; write a new migration."),
        "unknown": ("problem", "is in the database and not in this checkout", "Update the checkout."),
    }
    found = []
    for row in migrations.status(project, url):
        if row.state in says:
            severity, what, hint = says[row.state]
            sentence = f"Migration {row.version} {row.name} {what}."
            found.append(Finding(check="migrations", severity=severity, says=sentence, hint=hint))
    return found


def _drift(project: Project, url: str) -> list[Finding]:
    hint = "Nobody may change a database by hand: put it into sql/, or back."
    with scratch_server(project, 15 if server_version(url) < 16 else 17) as scratch:
        drifts = find_live_drift(project, scratch, url)
    return [
        Finding(check="drift", severity="problem", says=f"{str(one.difference).rstrip('.')}.", hint=hint)
        for one in drifts
    ]
