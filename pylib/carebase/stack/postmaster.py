"""The server process of a data folder, whoever started it: found, questioned and stopped by its pid file."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from carebase.stack import processes
from carebase.stack.failures import explain_os_errors

# Lines of postmaster.pid, as Postgres documents them in its source.
_PORT_LINE = 3
_STATUS_LINE = 7


@dataclass(frozen=True)
class Postmaster:
    """The server process, if there is one, on the data folder `data`."""

    data: Path

    @property
    def pid_file(self) -> Path:
        return self.data / "postmaster.pid"

    def pid(self) -> int | None:
        """The server's pid, if the process in the pid file really is a server on this data folder."""
        pid = processes.read_pid(self.pid_file)
        if pid is None:
            return None
        command = " ".join(processes.command_of(pid))
        return pid if "postgres" in command and os.fspath(self.data) in command else None

    def port(self) -> int | None:
        """The port that the server listens on."""
        line = self._line(_PORT_LINE)
        return int(line) if line.isdigit() else None

    def is_ready(self) -> bool:
        """Whether the server runs and accepts connections."""
        return self.pid() is not None and self._line(_STATUS_LINE) == "ready"

    def stop(self) -> None:
        """End the server: at once for clients, cleanly for data. Does nothing if it is not running."""
        pid = self.pid()
        if pid is not None:
            steps = ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 5.0))
            processes.end(pid, lambda: self.pid() is None, steps=steps)

    def drop_stale_pid_file(self) -> None:
        """Remove a pid file whose number belongs to nobody or to an unrelated process.

        Postgres does the first itself, but takes any living process of the same user for its own.
        """
        if self.pid() is None:
            with explain_os_errors(self.data):
                self.pid_file.unlink(missing_ok=True)

    def _line(self, number: int) -> str:
        try:
            return self.pid_file.read_text(encoding="utf-8").split("\n")[number].strip()
        except (OSError, IndexError):
            return ""
