"""The cells of a training matrix, typed: shared by both clients."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import TypeAdapter

from carebase.client import wire
from carebase.models import GetTrainingMatrixResult
from carebase.records import Record


class TrainingCell(Record):
    """One thing that is required of one person."""

    code: str
    """The course or check."""
    standing: Literal["valid", "expiring", "expired", "missing"]
    """How they stand; expiring: in 30 days at most."""
    expires_on: dt.date | None
    """The last day on which it holds; None: never had, or without an end."""
    blocks_rostering: bool
    """Whether they come on no shift without it."""


_CELLS: TypeAdapter[list[TrainingCell]] = TypeAdapter(list[TrainingCell])


def cells(line: GetTrainingMatrixResult) -> list[TrainingCell]:
    """What is required of one person.

    Raises:
        UnexpectedResponse: library and database are of different versions.
    """
    return wire.validated(_CELLS, line.cells, "A line of the training matrix")
