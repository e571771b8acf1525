"""What the doctor asks: one query per question, whose rows are what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["problem", "warning"]


@dataclass(frozen=True)
class Question:
    """A question to a database.

    Attributes:
        name: to tell it from others.
        severity: a problem must be mended; a warning is to be known.
        asks: what is well when the query gives no row, as a sentence.
        query: rows of (what it is about, what is wrong with it), as "<subject> <predicate>.".
        hint: what to do.
        needs: relations without which there is nothing to ask.
    """

    name: str
    severity: Severity
    asks: str
    query: str
    hint: str
    needs: tuple[str, ...] = ()
