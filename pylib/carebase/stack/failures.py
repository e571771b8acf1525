"""From what the machine says to a sentence that says what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from carebase.problems import EnvironmentProblem

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_IN_THE_WAY = {errno.EEXIST, errno.ENOTDIR}

# What Postgres writes before it gives up, and what that means. First match wins.
_FULL_SIGNS = ("No space left on device", "Disk quota exceeded", "File too large", "File size limit exceeded")
_PORT_SIGNS = ("could not bind", "could not create any TCP/IP sockets")
_DENIED = "Permission denied"
_CORRUPT_SIGNS = (
    "could not locate a valid checkpoint record",
    "could not locate required checkpoint record",
    "incorrect checksum in control file",
    "database files are incompatible with server",
    "does not appear to be a database",
    "is not a valid data directory",
    "could not open control file",
    "could not read from control file",
    "could not read file",
    "could not open directory",
    "could not open file",
    "invalid page in block",
    "data directory structure",
)


def disk_full(path: Path) -> EnvironmentProblem:
    """No room left where `path` is."""
    return EnvironmentProblem(
        "disk_full",
        f"There is no room left on the disk (or quota) that holds {path}.",
        hint="Free some space (the local stack needs about 300 MB), then run the command again.",
    )


def port_taken(port: int, option: str) -> EnvironmentProblem:
    """Something else listens on `port`; `option` is the CLI's option that chooses another one."""
    return EnvironmentProblem(
        "port_taken",
        f"Port {port} on 127.0.0.1 is taken by another program.",
        hint=f"Stop that program, or choose another port once: carebase up {option} PORT.",
    )


def npm_package_missing(root: Path, package: str) -> EnvironmentProblem:
    """An npm package that the stack is made of is not installed in the checkout `root`."""
    return EnvironmentProblem(
        "npm_packages_missing",
        f"The npm package {package} is not installed in {root / 'node_modules'}.",
        hint=f"Run `make up`, or `npm ci` in {root}.",
    )


def data_corrupt(data: Path, reason: str) -> EnvironmentProblem:
    """The data folder cannot be used as it is."""
    return EnvironmentProblem(
        "data_corrupt",
        f"The database's data folder {data} is damaged: {reason}.",
        hint="Copy it away if you need what is in it, then run `carebase reset` for a new one.",
    )


@contextmanager
def explain_os_errors(path: Path) -> Iterator[None]:
    """Turn a full disk, missing rights or a file in the way, at `path`, into a Problem; other errors pass."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise disk_full(path) from error
        if error.errno in _FORBIDDEN:
            raise EnvironmentProblem(
                "not_writable",
                f"{error.filename or path} cannot be written: {error.strerror}.",
                hint="Run the command as the user who owns that folder, or take the right to write there.",
            ) from error
        if error.errno in _IN_THE_WAY:
            raise EnvironmentProblem(
                "file_in_the_way",
                f"{error.filename or path} is a file, where a folder is needed.",
                hint="Move it away, then run the command again.",
            ) from error
        raise


def explain_server_log(
    said: str, *, data: Path, port: int | None = None, log: Path | None = None
) -> EnvironmentProblem:
    """The Problem behind what Postgres (or initdb) wrote before it ended.

    Args:
        said: the output of the program that failed.
        data: its data folder.
        port: the port it was to listen on, if any.
        log: the file that holds its full output, if any.
    """
    if any(sign in said for sign in _FULL_SIGNS):
        return disk_full(data)
    if port and any(sign in said for sign in _PORT_SIGNS):
        return port_taken(port, "--db-port")
    last = next(
        (line.strip() for line in reversed(said.splitlines()) if _is_failure(line)), "it gave no reason"
    )
    if _DENIED not in said and any(sign in said for sign in _CORRUPT_SIGNS):
        return data_corrupt(data, last)
    return EnvironmentProblem(
        "postgres_failed",
        f"Postgres did not start: {last}.",
        hint=f"Its full output is in {log} (carebase logs postgres)." if log else "",
    )


def _is_failure(line: str) -> bool:
    return any(level in line for level in ("FATAL:", "PANIC:", "error:", "ERROR:"))
