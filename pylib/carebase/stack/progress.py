"""How the library lets its caller show what takes long, without knowing how it is shown."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

Step = Callable[[str], AbstractContextManager[None]]
"""Called with what is about to be done ("Starting Postgres"), entered while it is."""


def silent(_text: str) -> AbstractContextManager[None]:
    """Show nothing."""
    return nullcontext()
