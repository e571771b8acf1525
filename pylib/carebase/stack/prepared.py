"""A data folder that is made once, with all that throw-away servers start with, and copied for each.

initdb and the platform's objects take most of a second, a copy of what they made a tenth of that.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import orjson

from carebase.problems import EnvironmentProblem
from carebase.project import Project
from carebase.stack import locks, places, platform
from carebase.stack.datafolder import SUPERUSER
from carebase.stack.failures import explain_os_errors
from carebase.stack.runtime import Runtime

Passwords = Mapping[str, str]
_LAYOUT = b"1"  # raise when what `fill` makes of the same files changes
_PREFIX = "prepared-"
_PASSWORDS = "passwords.json"
_UNUSED_DAYS = 30


def copy_data(
    project: Project, runtime: Runtime, to: Path, fill: Callable[[Path, Passwords], None]
) -> Passwords:
    """Make the data folder `to`, a copy of one that `fill` made, now or earlier.

    Args:
        project: the checkout; another `supabase/platform` has another folder to copy from.
        runtime: the programs that it is for.
        to: must not exist.
        fill: makes a data folder with these passwords and leaves it cleanly shut down.

    Returns:
        The passwords by role. Servers of the same origin have the same; only who may run them can read it.

    Raises:
        EnvironmentProblem: no room on the disk, or whatever stops `fill`.
    """
    home = places.runtime_home(project)
    origin = home / f"{_PREFIX}{_digest(project, runtime)}"
    if not origin.is_dir():
        with locks.exclusive(home / f"{origin.name}.lock"):
            if not origin.is_dir():
                _forget_unused(home)
                _make(origin, fill)
    with explain_os_errors(to):
        os.utime(origin)
        passwords: Passwords = orjson.loads((origin / _PASSWORDS).read_bytes())
    # It keeps the owner, which Python's own copying does not.
    done = subprocess.run(["cp", "-a", origin / "data", to], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        shutil.rmtree(to, ignore_errors=True)
        raise EnvironmentProblem(
            "copy_failed",
            f"The data folder of a throw-away server could not be made: {done.stderr.strip()[-500:]}",
            hint=f"Is there room on the disk of {to.parent}?",
        )
    return passwords


def _digest(project: Project, runtime: Runtime) -> str:
    programs = runtime.postgres.stat()
    parts = [_LAYOUT, os.fsencode(runtime.postgres), str((programs.st_size, programs.st_mtime_ns)).encode()]
    parts += [path.read_bytes() for path in sorted(project.platform.glob("*.sql"))]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def _make(origin: Path, fill: Callable[[Path, Passwords], None]) -> None:
    """Build it beside itself and rename it, so that it is either whole or absent."""
    unfinished = f"unfinished-{origin.name}-"
    with explain_os_errors(origin):
        for left_over in origin.parent.glob(f"{unfinished}*"):  # of one that was killed; we hold its lock
            shutil.rmtree(left_over, ignore_errors=True)
        building = Path(tempfile.mkdtemp(dir=origin.parent, prefix=unfinished))
        building.chmod(0o711)  # the server's user goes through to its data
        passwords = {role: secrets.token_urlsafe(24) for role in (SUPERUSER, *platform.LOGIN_ROLES)}
        (building / _PASSWORDS).touch(mode=0o600)
        (building / _PASSWORDS).write_bytes(orjson.dumps(passwords))
    fill(building / "data", passwords)
    building.rename(origin)


def _forget_unused(home: Path) -> None:
    """Remove those that nobody has copied for a month: of former programs and platforms."""
    for path in home.glob(f"{_PREFIX}*"):
        if path.is_dir() and path.stat().st_mtime < time.time() - _UNUSED_DAYS * 86_400:
            shutil.rmtree(path, ignore_errors=True)
