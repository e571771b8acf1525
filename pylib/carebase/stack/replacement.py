"""Another data folder in the place of the one there is: the former is set aside until the new one runs.

Two renames, and a kill may come between: `settle`, called before every start, then puts the former back. From
the second rename on the new one counts; it was complete and on the disk before.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from carebase.stack.failures import explain_os_errors


def replace(data: Path, other: Path) -> None:
    """Put the folder `other` into the place of `data`; both of the same disk, no server on either."""
    with explain_os_errors(data):
        settle(data)
        forget(data)
        if data.exists():
            data.rename(_former(data))
        other.rename(data)


def settle(data: Path) -> None:
    """Bring the former folder back if a `replace` was killed before it put the other one in its place."""
    if _former(data).exists() and not data.exists():
        with explain_os_errors(data):
            _former(data).rename(data)


def undo(data: Path) -> None:
    """Bring the former folder back, if there was one; the server is down."""
    if _former(data).exists():
        with explain_os_errors(data):
            shutil.rmtree(data, ignore_errors=True)
            _former(data).rename(data)


def finish(data: Path) -> None:
    """Remove the former folder: the one in its place runs."""
    if data.exists():
        forget(data)


def forget(data: Path) -> None:
    """Remove the former folder, whatever is in its place."""
    with explain_os_errors(data):
        if _former(data).exists():
            shutil.rmtree(_former(data))


def _former(data: Path) -> Path:
    return data.with_name(f"{data.name}.former")
