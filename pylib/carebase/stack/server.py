"""A Postgres server of ours: one data folder, one port, loopback TCP only, passwords for everybody."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import psycopg

from carebase.problems import EnvironmentProblem
from carebase.project import Project
from carebase.stack import failures, logfile, places, platform, ports, prepared, processes
from carebase.stack.datafolder import SUPERUSER, DataFolder, environment
from carebase.stack.failures import explain_os_errors
from carebase.stack.postmaster import Postmaster
from carebase.stack.runtime import Runtime
from carebase.stack.scratch_folder import scratch_folder

_START_SECONDS = 300.0  # recovery after a crash replays what was written since the last checkpoint
# After kill -9 of the postmaster its children need a moment to notice and to let go of shared memory.
_ORPHANS = "pre-existing shared memory block"
_ORPHAN_SECONDS = 20.0


class PostgresServer:
    """Starts, finds again and stops the Postgres server on one data folder.

    Args:
        runtime: the programs to run.
        data: the data folder; `start` makes it when it does not exist.
        port: TCP port on 127.0.0.1.
        passwords: by role name; must hold one for `supabase_admin`, the superuser that initdb makes.
        log: file that the server's messages are appended to.
        durable: False trades safety against crashes for speed (throw-away servers).
        settings: more settings for postgresql.conf.
    """

    def __init__(
        self,
        runtime: Runtime,
        data: Path,
        *,
        port: int,
        passwords: Mapping[str, str],
        log: Path,
        durable: bool = True,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.version = runtime.version
        self.port = port
        self.log = log
        self._runtime = runtime
        self._passwords = passwords
        self._settings = dict(settings or {})
        self._folder = DataFolder(data, runtime, durable)
        self._postmaster = Postmaster(data)
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        return self._folder.path

    def url(self, database: str = "postgres", user: str = SUPERUSER) -> str:
        """Connection URL for `user`, password included: keep it out of logs and argument lists."""
        login = f"{quote(user, safe='')}:{quote(self.password(user), safe='')}"
        return f"postgresql://{login}@{ports.LOOPBACK}:{self.port}/{quote(database, safe='')}"

    def is_running(self) -> bool:
        """Whether our server runs on our data folder and accepts connections."""
        if self._child is not None:
            self._child.poll()  # reap: a zombie is not a server
        return self._postmaster.is_ready()

    def password(self, user: str) -> str:
        """The password that `user` logs in with."""
        return self._passwords[user]

    def start(self) -> bool:
        """Start the server and wait until it accepts connections; recovers by itself from kill -9.

        Returns:
            Whether it had to be started; False if it ran already, on this port.

        Raises:
            EnvironmentProblem: port taken, disk full, data folder damaged, or the server's own reason.
        """
        if self.is_running() and self._postmaster.port() == self.port:
            return False
        self.stop()
        self._folder.sweep()
        if not self._folder.exists():
            self._folder.create(self._passwords[SUPERUSER])
        self._folder.check()
        self._postmaster.drop_stale_pid_file()
        ports.require_free(self.port, "--db-port")
        self._folder.configure(self.port, self._settings)
        said = ""

        def orphans_are_gone() -> bool:
            nonlocal said
            said = self._launch()
            return _ORPHANS not in said

        processes.wait_until(orphans_are_gone, _ORPHAN_SECONDS, interval=0.25)
        if said:
            raise failures.explain_server_log(said, data=self.data, port=self.port, log=self.log)
        return True

    def stop(self) -> None:
        """End the server: at once for clients, cleanly for data. Does nothing if it is not running."""
        self._postmaster.stop()
        if self._child is not None:
            with suppress(subprocess.TimeoutExpired):
                self._child.wait(timeout=10)
            self._child = None

    def knows_our_password(self) -> bool:
        """Whether the running server lets us in; not so if the secrets it was made with were lost."""
        try:
            psycopg.connect(self.url(), connect_timeout=10).close()
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                return False
            raise
        return True

    def adopt(self) -> None:
        """Make the superuser's password ours, on a server that does not know it, by starting it anew."""
        self.stop()
        self._folder.set_superuser_password(self._passwords[SUPERUSER])
        self.start()

    def _launch(self) -> str:
        """Start the postmaster; "" once it is ready, else all it said before it ended."""
        user = places.server_user()
        with explain_os_errors(self.log), logfile.opened(self.log) as log:
            offset = log.tell()
            self._child = child = subprocess.Popen(
                [
                    os.fspath(self._runtime.postgres),
                    *("-D", os.fspath(self.data)),
                    *("-c", f"config_file={self._folder.conf}"),
                ],
                cwd="/",
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                umask=0o077,
                start_new_session=True,  # Ctrl-C in the terminal is not for the server
                **(user.popen_options() if user else {}),
            )
        processes.wait_until(lambda: child.poll() is not None or self.is_running(), _START_SECONDS)
        if child.poll() is None and self.is_running():
            return ""
        self.stop()
        return logfile.read_from(self.log, offset) or "FATAL: it did not become ready in time"


@contextmanager
def throwaway(
    project: Project,
    version: int = 17,
    settings: Mapping[str, str] | None = None,
    runtime: Runtime | None = None,
    *,
    on_disk: bool = False,
) -> Iterator[PostgresServer]:
    """A server of its own in a temporary folder, fast rather than crash-safe, gone afterwards.

    Its database `postgres` and its template `platform` hold Supabase's platform objects: make databases with
    `create database NAME template platform owner postgres`. The roles of `platform.LOGIN_ROLES` can log in.

    Args:
        project: the checkout.
        version: 17 or 15.
        settings: more settings for postgresql.conf.
        runtime: the programs of another Postgres than the project's own.
        on_disk: not in memory, even where there is plenty: for much data, or where waiting for a disk counts.

    Example:
        >>> with throwaway(Project.find()) as server:
        ...     psycopg.connect(server.url(user="postgres"))
    """
    runtime = runtime or Runtime.ensure(project, version)

    def fill(data: Path, passwords: Mapping[str, str]) -> None:
        # Nobody guesses 24 random characters: stretching them would only double the time of every connection.
        stretching = {"scram_iterations": "1"} if runtime.version >= 16 else None
        server = _on_a_free_port(runtime, data, passwords, stretching)
        try:
            start_on_a_free_port(server)
            platform.install(server.url(), project=project, passwords=passwords)
            platform.ensure_template(server.url(), project=project)
        finally:
            server.stop()

    with scratch_folder(project, small=not on_disk) as folder:
        passwords = prepared.copy_data(project, runtime, folder / "data", fill)
        server = _on_a_free_port(runtime, folder / "data", passwords, settings)
        try:
            start_on_a_free_port(server)
            yield server
        finally:
            server.stop()


def _on_a_free_port(
    runtime: Runtime, data: Path, passwords: Mapping[str, str], settings: Mapping[str, str] | None = None
) -> PostgresServer:
    return PostgresServer(
        runtime,
        data,
        port=ports.free_port(),
        passwords=passwords,
        log=data.with_name("postgres.log"),
        durable=False,
        settings=settings,
    )


def start_on_a_free_port(server: PostgresServer, attempts: int = 5) -> None:
    """A port found free may be taken by the time we listen on it; then take another."""
    for _ in range(attempts - 1):
        try:
            server.start()
        except EnvironmentProblem as problem:
            if problem.code != "port_taken":
                raise
            server.port = ports.free_port()
        else:
            return
    server.start()
