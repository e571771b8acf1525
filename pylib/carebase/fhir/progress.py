"""What an import tells while it runs."""

from __future__ import annotations


class Progress:
    """Told how far an import is. This one keeps it to itself; give `import_fhir` a subclass that shows it."""

    def start(self, total: int) -> None:
        """Files of so many bytes in all are going to be read."""

    def advance(self, size: int) -> None:
        """So many more bytes were read; negative where a file is read again from its start."""

    def merge(self, resource_type: str) -> None:
        """Everything is read; resources of this type are being merged."""

    def wait(self) -> None:
        """Another import has to end first."""
