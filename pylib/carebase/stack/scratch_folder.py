"""Folders for throw-away servers, which vanish even if the process that made them was killed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from carebase.project import Project
from carebase.stack import locks, places
from carebase.stack.failures import explain_os_errors
from carebase.stack.postmaster import Postmaster

_IN_USE = "in-use.lock"


@contextmanager
def scratch_folder(project: Project, *, small: bool = False) -> Iterator[Path]:
    """A new folder to keep a server's data in, deleted afterwards.

    While it is in use its lock file is held, so that a later call can tell it from one whose process was
    killed, and removes that one together with the server that may still run in it.

    Args:
        project: the checkout.
        small: it will not hold much, and may be in memory where there is plenty.
    """
    home = places.scratch_home(project, small=small)
    with ExitStack() as held:
        with explain_os_errors(home), locks.exclusive(home / "sweep.lock"):
            _sweep(home)
            folder = Path(tempfile.mkdtemp(dir=home))
            held.callback(shutil.rmtree, folder, ignore_errors=True)
            held.enter_context(locks.exclusive(folder / _IN_USE))
            folder.chmod(0o711)  # mkdtemp's is for us alone; the server's user goes through to its data
        yield folder


def _sweep(home: Path) -> None:
    for folder in home.iterdir():
        if not folder.is_dir() or locks.is_held(folder / _IN_USE):
            continue
        Postmaster(folder / "data").stop()
        shutil.rmtree(folder, ignore_errors=True)
