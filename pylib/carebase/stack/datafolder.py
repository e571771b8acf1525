"""One Postgres data folder: made whole or not at all, configured for loopback only, checked before use."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from carebase.stack import failures, places
from carebase.stack.failures import explain_os_errors
from carebase.stack.runtime import Runtime

SUPERUSER = "supabase_admin"
_HBA = """\
# Passwords for everybody, over loopback only. Written by carebase at every start.
host all all 127.0.0.1/32 scram-sha-256
"""
# Statements, row values and the messages of errors may hold personal data or a password: whoever caused the
# error is told, the log is not. (In this setting's order, "log" ranks above "error".)
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "max_connections": "120",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %u@%d ",
    "log_error_verbosity": "terse",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_statement": "none",
    # Values of statements are people's: no setting that a session may change logs them.
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "shared_preload_libraries": "pg_stat_statements",
}
_THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "1GB"}


@dataclass(frozen=True)
class DataFolder:
    """A data folder `path` for the programs in `runtime`; `durable` says whether it must survive a crash."""

    path: Path
    runtime: Runtime
    durable: bool = True

    def exists(self) -> bool:
        return self.path.is_dir()

    def create(self, superuser_password: str) -> None:
        """Run initdb beside the folder and rename what it made: a killed initdb leaves nothing half done.

        Raises:
            EnvironmentProblem: no room, no rights, or initdb's own reason.
        """
        user = places.server_user()
        with explain_os_errors(self.path):
            self.sweep()
            workshop = Path(tempfile.mkdtemp(dir=self.path.parent, prefix=_unfinished(self.path)))
            building, password_file = workshop / "data", workshop / "password"
            building.mkdir(mode=0o700)
            password_file.touch(mode=0o600)
            password_file.write_text(superuser_password, encoding="utf-8")
            if user:
                for path in (workshop, building, password_file):
                    user.own(path)
            self._initdb(building, password_file, user)
            building.rename(self.path)
            shutil.rmtree(workshop)

    def sweep(self) -> None:
        """Remove what a `create` that was killed left behind."""
        for left_over in self.path.parent.glob(f"{_unfinished(self.path)}*"):
            shutil.rmtree(left_over, ignore_errors=True)  # its initdb may still be running, and soon gives up

    def _initdb(self, folder: Path, password_file: Path, user: places.ServerUser | None) -> None:
        options: dict[str, Any] = user.popen_options() if user else {}
        done = subprocess.run(
            [
                os.fspath(self.runtime.initdb),
                *("--pgdata", os.fspath(folder)),
                *("--username", SUPERUSER, "--pwfile", os.fspath(password_file)),
                *("--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8"),
                "--data-checksums",
                *([] if self.durable else ["--no-sync"]),
            ],
            cwd="/",
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            **options,
        )
        if done.returncode != 0:
            said = done.stderr + done.stdout
            shutil.rmtree(folder.parent, ignore_errors=True)
            raise failures.explain_server_log(said, data=self.path)

    def set_superuser_password(self, password: str) -> None:
        """Give the superuser a new password without knowing the old one; the server must be down.

        For a data folder that outlived the file with its secrets. Runs the server in single-user mode, which
        only the folder's owner can; the password goes through standard input.
        """
        user = places.server_user()
        done = subprocess.run(
            [os.fspath(self.runtime.postgres), "--single", "-D", os.fspath(self.path), "postgres"],
            input=f"alter role {SUPERUSER} password '{_quoted(password)}'\n",
            cwd="/",
            env=environment(),
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            **(user.popen_options() if user else {}),
        )
        if done.returncode != 0:
            raise failures.explain_server_log(done.stderr, data=self.path)

    @property
    def conf(self) -> Path:
        """The settings file, outside the folder: who can write the data cannot choose what we write over."""
        return self.path.with_name(f"{self.path.name}.conf")

    def configure(self, port: int, extra: Mapping[str, str] | None = None) -> None:
        """Write the settings for the next start: the defaults above, the port, then `extra`."""
        hba = self.conf.with_suffix(".hba")
        settings = {**_SETTINGS, "port": str(port), "hba_file": os.fspath(hba)}
        settings |= {} if self.durable else _THROWAWAY
        settings |= extra or {}
        lines = ["# Written by carebase at every start; do not edit."]
        lines += [f"include '{_quoted(os.fspath(self.path / 'postgresql.conf'))}'"]
        lines += [f"{name} = '{_quoted(value)}'" for name, value in settings.items()]
        with explain_os_errors(self.path):
            for path, text in ((self.conf, "\n".join(lines) + "\n"), (hba, _HBA)):
                path.write_text(text, encoding="utf-8")
                path.chmod(0o644)  # no secrets; the server's user has to read them

    def check(self) -> None:
        """Raise a Problem if what is here cannot be a data folder of our version."""
        try:
            found = (self.path / "PG_VERSION").read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            raise failures.data_corrupt(self.path, "its file PG_VERSION is missing") from None
        if found != str(self.runtime.version):
            raise failures.data_corrupt(
                self.path, f"it was made by Postgres {found}, not {self.runtime.version}"
            )
        for name in ("global/pg_control", "postgresql.conf"):
            if not (self.path / name).is_file():
                raise failures.data_corrupt(self.path, f"its file {name} is missing")


def remove(path: Path) -> None:
    """Delete the data folder `path`, and what an interrupted `create` left beside it."""
    with explain_os_errors(path):
        for folder in (path, *path.parent.glob(f"{_unfinished(path)}*")):
            if folder.exists():
                shutil.rmtree(folder)
        for ending in (".conf", ".hba"):
            path.with_name(f"{path.name}{ending}").unlink(missing_ok=True)


def _unfinished(path: Path) -> str:
    return f"{path.name}.new-"


def environment() -> dict[str, str]:
    """The server's environment: none of the caller's variables (PGDATA, LC_*, secrets) reach it."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")
