"""The local stack of one checkout: brought up, looked at, taken down, begun anew."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import psycopg
from pydantic import BaseModel

from carebase.problems import EnvironmentProblem, Problem
from carebase.project import Project
from carebase.stack import contents, datafolder, locks, logfile, places, platform, replacement, vault
from carebase.stack.addresses import Addresses
from carebase.stack.datafolder import SUPERUSER
from carebase.stack.gateway import Gateway, require_node, storage_folder
from carebase.stack.postmaster import Postmaster
from carebase.stack.progress import Step, silent
from carebase.stack.runtime import Runtime
from carebase.stack.server import PostgresServer
from carebase.stack.state import StackState

Service = Literal["postgres", "gateway"]
SERVICES: tuple[Service, ...] = ("postgres", "gateway")


class Migrations(BaseModel):
    """Which migrations the database has, and which of the checkout it lacks."""

    applied: list[str] = []
    pending: list[str] = []


class StackStatus(BaseModel):
    """What a script needs to know about the local stack. The URLs and keys hold its secrets."""

    db_url: str | None = None
    api_url: str | None = None
    publishable_key: str | None = None
    secret_key: str | None = None
    postgres_version: str | None = None
    migrations: Migrations = Migrations()
    healthy: bool = False


@dataclass
class UpReport:
    """What `up` did."""

    state: StackState
    started: list[Service] = field(default_factory=list)
    migrated: list[str] = field(default_factory=list)
    seeded: int | None = None
    examples: int | None = None


def up(
    project: Project,
    *,
    db_port: int | None = None,
    api_port: int | None = None,
    seed: bool = True,
    demo: bool = False,
    step: Step = silent,
) -> UpReport:
    """Start what is not running, migrate what is pending, seed what is missing; safe to repeat or interrupt.

    Args:
        project: the checkout.
        db_port: port for Postgres, remembered; default: the one remembered, else a free one.
        api_port: port for the gateway, likewise.
        seed: load the reference data.
        demo: load the demo organizations, too, and the FHIR standard's example records into one of them.
        step: called with what is being done; entered while it is.

    Raises:
        Problem: with what to do about it. What was done until then is kept.

    Example:
        >>> up(Project.find()).state.api_url
        'http://127.0.0.1:24321'
    """
    require_node()
    with alone(project, step):
        return bring_up(project, db_port=db_port, api_port=api_port, seed=seed, demo=demo, step=step)


def bring_up(
    project: Project,
    *,
    db_port: int | None = None,
    api_port: int | None = None,
    seed: bool = True,
    demo: bool = False,
    step: Step = silent,
) -> UpReport:
    """`up` for who holds `alone` already."""
    addresses = Addresses.decide(project, db_port=db_port, api_port=api_port)
    state = addresses.state
    report = UpReport(state)
    with step("Unpacking Postgres"):
        runtime = Runtime.ensure(project)
    with step("Starting Postgres"):
        replacement.settle(data_folder(project))
        if addresses.start("db_port", lambda: server(project, state, runtime).start()):
            report.started.append("postgres")
        running = server(project, state, runtime)
        if not running.knows_our_password():
            running.adopt()
    with step("Preparing the database"):
        passwords = {role: state.password(role) for role in platform.LOGIN_ROLES}
        platform.install(state.admin_url, passwords=passwords, project=project)
        platform.ensure_template(state.admin_url, project=project)
        vault.keep_secret(state.db_url, vault.JWT_SECRET, state.jwt_secret)
    with step("Migrating"):
        report.migrated = contents.migrate(project, state.db_url)
    with step("Starting the API gateway"):
        if addresses.start("api_port", lambda: Gateway(project, state).start()):
            report.started.append("gateway")
    addresses.settle()
    replacement.finish(data_folder(project))
    if seed or demo:
        with step("Seeding"):  # the demo includes the reference data
            report.seeded = contents.seed(project, state.db_url, "demo" if demo else "reference")
    if demo:
        with step("Importing FHIR examples"):
            report.examples = contents.import_examples(project, state.db_url)
    return report


def down(project: Project, *, step: Step = silent) -> bool:
    """Stop the gateway and Postgres; data, secrets and ports stay.

    Returns:
        Whether anything was running.
    """
    if not StackState.exists(project):
        return False
    with alone(project, step):
        return stop(project, StackState.load(project), step)


def reset(project: Project, *, step: Step = silent) -> None:
    """Stop the stack and delete its data. Ports and keys stay, unless the file that holds them is damaged."""
    with alone(project, step):
        try:
            state = StackState.load(project)
        except EnvironmentProblem as problem:
            if problem.code != "state_damaged":
                raise
            StackState.path(project).unlink(missing_ok=True)
            state = StackState.new()
        stop(project, state, step)
        with step("Removing the local database"):
            datafolder.remove(data_folder(project))
            replacement.forget(data_folder(project))
            shutil.rmtree(storage_folder(project), ignore_errors=True)


def status(project: Project) -> StackStatus:
    """How the stack is now; never raises because something is down."""
    if not StackState.exists(project):
        return StackStatus()
    state = StackState.load(project)
    found = StackStatus(
        db_url=state.db_url,
        api_url=state.api_url,
        publishable_key=state.publishable_key,
        secret_key=state.secret_key,
    )
    with suppress(psycopg.Error, Problem):
        with psycopg.connect(state.db_url, connect_timeout=5) as conn:
            found.postgres_version = str(conn.info.parameter_status("server_version"))
        applied, pending = contents.migration_status(project, state.db_url)
        found.migrations = Migrations(applied=applied, pending=pending)
        found.healthy = Gateway(project, state).is_healthy()
    return found


def log_files(project: Project, service: Service | None = None) -> dict[str, Path]:
    """The log file of one service, or of all, by name."""
    return {name: project.state / f"{name}.log" for name in SERVICES if service in (None, name)}


def logs(
    project: Project, service: Service | None = None, *, lines: int = 100, follow: bool = False
) -> Iterator[tuple[str, str]]:
    """Pairs of service and log line: the last `lines` of each, then new ones as they come if `follow`.

    Example:
        >>> for service, line in logs(Project.find(), "gateway", lines=1): ...
    """
    files = log_files(project, service)
    for name, path in files.items():
        yield from ((name, line) for line in logfile.tail(path, lines))
    if follow:
        yield from logfile.follow(files)


@contextmanager
def alone(project: Project, step: Step) -> Iterator[None]:
    """One command at a time changes the stack."""
    lock = places.state_home(project) / "stack.lock"
    with locks.exclusive(lock, while_waiting=lambda: step("Waiting for another carebase command")):
        yield


def data_folder(project: Project) -> Path:
    """Where the database's files are."""
    return places.server_home(project) / "data"


def server(project: Project, state: StackState, runtime: Runtime) -> PostgresServer:
    """The server on it, running or not."""
    return PostgresServer(
        runtime,
        data_folder(project),
        port=state.db_port,
        passwords={role: state.password(role) for role in (SUPERUSER, *platform.LOGIN_ROLES)},
        log=log_files(project)["postgres"],
    )


def stop(project: Project, state: StackState, step: Step) -> bool:
    """Needs neither npm packages nor Node: what was started can be stopped without them."""
    gateway = Gateway(project, state)
    postmaster = Postmaster(data_folder(project))
    was_running = gateway.is_running() or postmaster.pid() is not None
    with step("Stopping the API gateway"):
        gateway.stop()
    with step("Stopping Postgres"):
        postmaster.stop()
    return was_running
