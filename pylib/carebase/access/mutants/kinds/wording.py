"""Words for ids."""

from __future__ import annotations

import hashlib
import re

_LENGTH = 60


def slug(words: str) -> str:
    """What is left of a text in an id: lower-case words, with a mark of the rest where it is long.

    Example:
        >>> slug("deleted_at IS NULL")
        'deleted_at-is-null'
    """
    plain = re.sub(r"\s+AS\s+\w+(?=\))|CAST\(|public\.|select", "", words, flags=re.IGNORECASE)
    text = re.sub(r"[^a-z0-9_.=]+", "-", plain.lower()).strip("-")
    if len(text) <= _LENGTH:
        return text
    return f"{text[:_LENGTH].rstrip('-')}~{hashlib.sha256(words.encode()).hexdigest()[:6]}"
