"""The synchronous client, made from the asynchronous one by taking `async` and `await` away.

So each line of the client is written once. The rules know the names that differ between the two worlds;
whatever else the asynchronous client uses must be called the same in both.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\basync (?=def\b|with\b|for\b)", ""),
        (r"\bawait ", ""),
        (r"\bAwaitable\[([^\[\]]+)\]", r"\1"),
        (r"\bAsync(?=[A-Z])", ""),
        (r"\b__a(enter|exit)__\b", r"__\1__"),
        (r"\baclose\b", "close"),
        (r"\basyncio\b", "threading"),
        (r"\basynchronous\b", "synchronous"),
    )
)
_DOCSTRING = re.compile(r'\A"""(.*?)"""\n', re.S)


def synchronous(path: PurePosixPath, text: str) -> tuple[PurePosixPath, str]:
    """The twin of a file of the asynchronous client, not yet formatted.

    Example:
        >>> synchronous(PurePosixPath("asynchronous/x.py"), "async def f(c: AsyncClient): await c.aclose()")
        (PurePosixPath('synchronous/x.py'), 'def f(c: Client): c.close()')
    """
    # What the first lines say about the original is about the original.
    text = _DOCSTRING.sub(lambda found: f'"""{found[1].splitlines()[0]}"""\n', text)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return PurePosixPath(
        str(path).replace("/asynchronous/", "/synchronous/").replace("asynchronous/", "synchronous/")
    ), text
