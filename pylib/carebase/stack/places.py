"""Where the server's files live, and as whom the server runs.

Postgres refuses to run as root. Started by root it therefore runs as an unprivileged user, who must be able
to reach its programs and data whatever the permissions of the checkout are: they live in `/var/lib/carebase`.
Started by anyone else, everything stays inside the checkout, in `Project.state`.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import re
import shutil
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from carebase.problems import EnvironmentProblem
from carebase.project import Project
from carebase.stack.failures import explain_os_errors

SYSTEM_HOME = Path("/var/lib/carebase")
_MEMORY, _MEMINFO = Path("/dev/shm"), Path("/proc/meminfo")  # noqa: S108  # checked before it is used
_PLENTY = 8 * 1024**3
_OWNER = "state-folder"  # the file in a home that says whose it is


@dataclass(frozen=True)
class ServerUser:
    """The unprivileged account that the server runs as when root starts it."""

    name: str
    uid: int
    gid: int

    def popen_options(self) -> dict[str, Any]:
        """Options for `subprocess` that drop root's rights for the child."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give `path` to this user."""
        os.chown(path, self.uid, self.gid)


def server_user() -> ServerUser | None:
    """Whom to run the server as: `postgres`, else `nobody`, when we are root; None when we are not."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return ServerUser(name, entry.pw_uid, entry.pw_gid)
    raise EnvironmentProblem(
        "no_server_user",
        "Postgres must not run as root, and this machine has neither a user postgres nor a user nobody.",
        hint="Create one (useradd --system postgres), or run carebase as an ordinary user.",
    )


def server_home(project: Project) -> Path:
    """The folder for this stack's data and throw-away servers; created when missing. One per state folder."""
    if server_user() is None:
        return state_home(project)
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", project.state.parent.name)[:40]
    digest = hashlib.sha256(os.fsencode(project.state)).hexdigest()[:12]
    home = make_folder(SYSTEM_HOME, 0o755) / f"{name}-{digest}"
    if not home.is_dir():
        _forget_vanished()
        make_folder(home, 0o711)
        with explain_os_errors(home):
            (home / _OWNER).write_text(f"{project.state}\n", encoding="utf-8")
    return home


def _forget_vanished() -> None:
    """Remove the homes of checkouts that are gone, unless there is a database in them."""
    for note in SYSTEM_HOME.glob(f"*/{_OWNER}"):
        with suppress(OSError):
            checkout = Path(note.read_text(encoding="utf-8").rstrip("\n")).parent
            if not checkout.exists() and not (note.parent / "data").exists():
                shutil.rmtree(note.parent)


def runtime_home(project: Project) -> Path:
    """The folder that holds unpacked Postgres programs; as root one folder serves every checkout."""
    if server_user() is not None:
        return make_folder(make_folder(SYSTEM_HOME, 0o755) / "runtime", 0o755)
    return make_folder(state_home(project) / "runtime", 0o755)


def scratch_home(project: Project, *, small: bool) -> Path:
    """The folder for throw-away servers: for small ones in memory where there is plenty, as none is to last.

    It saves more than the writing: databases are many files that come and go, and file systems are slow to
    give the place of a file that has just gone to another one.
    """
    if small and _has_plenty(_MEMORY):
        home = _MEMORY / f"carebase-{os.geteuid()}"
        with suppress(OSError):
            home.mkdir(mode=0o711, exist_ok=True)
            home.chmod(0o711)
            # Everybody may write beside it: it has to be a folder of our own.
            if stat.S_ISDIR(home.lstat().st_mode) and home.lstat().st_uid == os.geteuid():
                return home
    return make_folder(server_home(project) / "throwaway", 0o711)


def _has_plenty(memory: Path) -> bool:
    """Whether throw-away servers have room there, and the machine has the memory behind it."""
    with suppress(OSError):
        room = os.statvfs(memory)
        available = re.search(r"^MemAvailable: +(\d+) kB$", _MEMINFO.read_text(encoding="ascii"), re.M)
        free = min(room.f_bavail * room.f_frsize, int(available[1]) * 1024 if available else 0)
        return free >= _PLENTY and os.access(memory, os.W_OK)
    return False


def state_home(project: Project) -> Path:
    """`Project.state`, created when missing, readable by its owner only."""
    return make_folder(project.state, 0o700)


def make_folder(folder: Path, mode: int) -> Path:
    """`folder`, made with these rights, whatever the umask is, when it is missing."""
    if not folder.is_dir():
        with explain_os_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(mode)
    return folder
