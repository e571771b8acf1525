"""The API gateway process (`supabase/gateway`): PostgREST's and GoTrue's interfaces on loopback."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import tomllib
from contextlib import suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO, Any, cast

from carebase.problems import EnvironmentProblem
from carebase.project import Project
from carebase.stack import failures, logfile, places, ports, processes
from carebase.stack.failures import explain_os_errors
from carebase.stack.state import StackState

_MINIMUM_NODE = 20
_START_SECONDS = 20.0
_RECONNECT_SECONDS = 5.0
# What the gateway understands of supabase/config.toml, as hosted Supabase does.
_API_SETTINGS = ("schemas", "extra_search_path", "max_rows")
_AUTH_SETTINGS = ("jwt_expiry", "enable_signup", "minimum_password_length", "password_requirements", "email")


class Gateway:
    """Starts, finds again and stops the gateway of one checkout.

    Args:
        project: the checkout; gives the script, its settings (`supabase/config.toml`) and the npm packages.
        state: ports, keys and the passwords of the two roles that the gateway connects as.
        database: the database it serves.

    Example:
        >>> Gateway(project, StackState.load(project)).is_healthy()
        True
    """

    def __init__(self, project: Project, state: StackState, *, database: str = "postgres") -> None:
        self.log = project.state / "gateway.log"
        self._project = project
        self._script = project.gateway / "server.mjs"
        self._pid_file = project.state / "gateway.json"
        self._state = state
        self._database = database
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def port(self) -> int:
        return self._state.api_port

    def start(self) -> bool:
        """Start the gateway and wait until it answers; restart it if its script or settings changed.

        Returns:
            Whether a process was started; False if the right one was running.

        Raises:
            EnvironmentProblem: Node or npm packages missing, port taken, or the gateway's own reason.
        """
        settings = self._settings()
        fingerprint = self._fingerprint(settings)
        is_same = self.is_running() and self._recorded().get("fingerprint") == fingerprint
        # When the database was just restarted, it needs a moment to connect again.
        if is_same and processes.wait_until(self.is_healthy, _RECONNECT_SECONDS, interval=0.1):
            return False
        self.stop()
        node = require_node()
        self._require_packages()
        ports.require_free(self.port, "--api-port")
        self._launch(node, settings, fingerprint)
        return True

    def stop(self) -> None:
        """End the gateway after the requests it is answering. Does nothing if it is not running."""
        pid = self._pid()
        if pid is not None:
            steps = ((signal.SIGTERM, 8.0), (signal.SIGKILL, 5.0))
            processes.end(pid, lambda: self._pid() is None, steps=steps)
        if self._child is not None:
            with suppress(subprocess.TimeoutExpired):
                self._child.wait(timeout=5)
            self._child = None
        with explain_os_errors(self._pid_file):
            self._pid_file.unlink(missing_ok=True)

    def is_running(self) -> bool:
        """Whether our gateway process is there."""
        return self._pid() is not None

    def is_healthy(self) -> bool:
        """Whether our gateway answers and reaches the database."""
        if not self.is_running():
            return False
        # Plainly: no proxy that the environment names, and no certificates to load each time it is asked.
        connection = HTTPConnection(ports.LOOPBACK, self.port, timeout=5.0)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status == HTTPStatus.OK
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def _launch(self, node: str, settings: dict[str, Any], fingerprint: str) -> None:
        places.state_home(self._project)
        with explain_os_errors(self.log), logfile.opened(self.log) as log:
            offset = log.tell()
            self._child = child = subprocess.Popen(
                [node, os.fspath(self._script)],
                cwd=self._project.gateway,
                env=_environment(),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                umask=0o077,
                start_new_session=True,  # Ctrl-C in the terminal is not for the gateway
            )
            recorded = {"pid": child.pid, "fingerprint": fingerprint}
            self._pid_file.write_text(json.dumps(recorded), encoding="utf-8")
        # Only now that its pid is on file: without settings it ends by itself, so none is ever left unknown.
        with suppress(BrokenPipeError), cast(IO[bytes], child.stdin) as stdin:
            stdin.write(json.dumps(settings).encode())
        processes.wait_until(
            lambda: child.poll() is not None or self.is_healthy(), _START_SECONDS, interval=0.05
        )
        if child.poll() is None and self.is_healthy():
            return
        self.stop()
        said = logfile.read_from(self.log, offset)
        if "EADDRINUSE" in said:
            raise failures.port_taken(self.port, "--api-port")
        raise EnvironmentProblem(
            "gateway_failed",
            f"The API gateway did not start: {_last_line(said)}.",
            hint=f"Its full output is in {self.log} (carebase logs gateway).",
        )

    def _settings(self) -> dict[str, Any]:
        config = tomllib.loads((self._project.supabase / "config.toml").read_text(encoding="utf-8"))
        api, auth = config.get("api", {}), config.get("auth", {})
        return {
            "port": self.port,
            "rest_url": self._state.url_for("authenticator", self._database),
            "auth_url": self._state.url_for("supabase_auth_admin", self._database),
            "jwt_secret": self._state.jwt_secret,
            "publishable_key": self._state.publishable_key,
            "secret_key": self._state.secret_key,
            "api": {name: api[name] for name in _API_SETTINGS if name in api},
            "auth": {name: auth[name] for name in _AUTH_SETTINGS if name in auth},
            "console": {
                "folder": os.fspath(self._project.console),
                "packages": os.fspath(self._project.node_modules),
            },
            "storage": {"folder": os.fspath(storage_folder(self._project))},
        }

    def _fingerprint(self, settings: dict[str, Any]) -> str:
        """Changes when a running gateway would no longer be what `start` would start."""
        digest = hashlib.sha256(json.dumps(settings, sort_keys=True).encode())
        lite = self._project.node_modules / "@supabase" / "lite" / "package.json"
        for file in (*sorted(self._project.gateway.glob("*.mjs")), lite):
            if file.is_file():
                digest.update(file.read_bytes())
        return digest.hexdigest()

    def _recorded(self) -> dict[str, Any]:
        try:
            recorded = json.loads(self._pid_file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return recorded if isinstance(recorded, dict) else {}

    def _pid(self) -> int | None:
        """The gateway's pid, if the recorded process really runs our script."""
        if self._child is not None:
            self._child.poll()  # reap: a zombie is not a gateway
        pid = self._recorded().get("pid")
        if not isinstance(pid, int):
            return None
        return pid if os.fspath(self._script) in " ".join(processes.command_of(pid)) else None

    def _require_packages(self) -> None:
        for name in ("@supabase/lite", "postgres"):
            if not (self._project.node_modules / name / "package.json").is_file():
                raise failures.npm_package_missing(self._project.root, name)


def storage_folder(project: Project) -> Path:
    """Where the gateway keeps the files that people upload."""
    return project.state / "storage"


def require_node() -> str:
    """The path of a Node.js that is new enough.

    Raises:
        EnvironmentProblem: there is none, or it is too old.
    """
    node = shutil.which("node")
    hint = f"Install Node.js {_MINIMUM_NODE} or newer, or put it on PATH, then run the command again."
    if node is None:
        raise EnvironmentProblem(
            "node_missing", "The API gateway needs Node.js, and there is no program node on PATH.", hint=hint
        )
    asked = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    found = asked.stdout.strip().removeprefix("v")
    major = found.split(".")[0]
    if not major.isdigit() or int(major) < _MINIMUM_NODE:
        raise EnvironmentProblem(
            "node_too_old",
            f"{node} is Node.js {found or 'of an unknown version'}, which is too old.",
            hint=hint,
        )
    return node


def _environment() -> dict[str, str]:
    """Only what Node needs; the caller's variables, secrets among them, stay out."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {**kept, "TZ": "UTC", "LITE_TELEMETRY": "0", "DO_NOT_TRACK": "1", "NODE_ENV": "production"}


def _last_line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line for line in lines if "rror" in line]
    return (errors or lines or ["it gave no reason"])[-1]
