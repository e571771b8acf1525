"""Names as SQL quotes them."""

from __future__ import annotations

import re

_NAME = re.compile(r'"((?:[^"]|"")+)"|([^".\s(]+)')


def split_name(qualified: str) -> tuple[str, ...]:
    """The parts of a name, unquoted.

    Example:
        >>> split_name('public."Odd one"')
        ('public', 'Odd one')
    """
    return tuple((quoted or plain).replace('""', '"') for quoted, plain in _NAME.findall(qualified))
