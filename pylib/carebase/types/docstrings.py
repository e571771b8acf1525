"""Comments of the database as docstrings."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

_WIDTH = 110
_QUOTES = '"""'


def docstring(text: str | None, indent: int = 0) -> str:
    """A docstring literal of this text; "" for none.

    Lines that were only broken for their length are joined and broken anew.

    Args:
        text: the comment.
        indent: how deep the docstring stands.

    Example:
        >>> docstring("Key within the organization.")
        '\"\"\"Key within the organization.\"\"\"'
    """
    if not text or not text.strip():
        return ""
    escaped = text.strip().replace("\\", "\\\\")
    if _QUOTES in escaped or escaped.startswith('"') or escaped.endswith('"'):
        escaped = escaped.replace('"', r"\"")
    lines = [
        line
        for sentence in sentences(escaped)
        for line in textwrap.wrap(
            sentence,
            _WIDTH - indent - 6,
            subsequent_indent="  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        or [""]
    ]
    # The literal's closing quotes stand by themselves below several lines.
    margin = "\n" + " " * indent
    body = margin.join(lines)
    return f"{_QUOTES}{body}{margin if len(lines) > 1 else ''}{_QUOTES}"


def sentences(text: str) -> Iterator[str]:
    """The lines of a comment, each joined with the next ones if it ends in the middle of a sentence."""
    pending = ""
    for line in text.splitlines():
        pending = f"{pending} {line.strip()}" if pending else line.strip()
        if not pending or pending.endswith((".", ":", ";", "!", "?")):
            yield pending
            pending = ""
    if pending:
        yield pending
