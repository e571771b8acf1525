"""What an export or import tells while it runs."""

from __future__ import annotations


class Progress:
    """Told how far it is. This one keeps it to itself; give a subclass that shows it."""

    def work(self, what: str, total: int | None = None) -> None:
        """A part of the work begins, of so many bytes if that is known."""

    def advance(self, size: int) -> None:
        """So many more bytes of it are done."""
