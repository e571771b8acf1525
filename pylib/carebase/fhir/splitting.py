"""The entries of a Bundle of any size, one after the other, none of them ever in memory beyond a limit.

A JSON library would hold the longest string of the document in memory, which in a Bundle may be a scanned
document of any size. This reads only as much structure as it takes to find where an entry begins and ends;
each entry is then parsed, and thereby checked, by itself.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass

_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
# Up to and including the next string or bracket; no group where the data end, or end within a string.
_TOKEN = re.compile(rb'[^"{}\[\]]*+(' + _STRING + rb"|[{}\[\]])?+", re.DOTALL)
# Up to and including the next bracket, passing over strings and over objects that hold no other.
_BRACKET = re.compile(
    rb'(?:[^"{}\[\]]++|' + _STRING + rb'|\{[^"{}\[\]]*+(?:' + _STRING + rb'[^"{}\[\]]*+)*+\})*+([{}\[\]])?+',
    re.DOTALL,
)
_STRING_REST = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)
_BACKSLASH = ord("\\")
_TYPE = re.compile(r"[A-Z][A-Za-z]{1,63}", re.ASCII)

# A string that the end of a chunk cuts is read again with the next chunk, unless it is longer than any key.
_LONGEST_REREAD = 1 << 16


@dataclass(frozen=True, slots=True)
class Entry:
    """One element of `Bundle.entry`: its position from 0, and its JSON text; None if it is over the limit."""

    position: int
    text: bytes | None


class EntrySplitter:
    """Iterate over it once for the entries of a JSON document; afterwards its attributes tell about the rest.

    Args:
        chunks: the document, in pieces of any size.
        limit: the most bytes of an entry that is handed out.

    Example:
        >>> splitter = EntrySplitter([b'{"resourceType": "Bundle", "entry": [{"a": 1}, ', b'{"b": 2}]}'], 100)
        >>> [entry.text for entry in splitter], splitter.resource_type, splitter.is_whole
        ([b'{"a": 1}', b'{"b": 2}'], 'Bundle', True)
    """

    def __init__(self, chunks: Iterable[bytes], limit: int) -> None:
        self.resource_type: str | None = None
        self.count = 0
        """Entries found so far."""
        self.is_whole = False
        """Whether this was one document and its brackets were balanced."""
        self._chunks = chunks
        self._limit = limit
        self._documents = 0
        self._depth = 0
        self._is_broken = False
        self._in_entries = False
        self._in_string = False
        self._strings = (b"", b"")
        self._parts: list[bytes] = []
        self._size = 0

    def __iter__(self) -> Iterator[Entry]:
        rest = b""
        for chunk in self._chunks:
            rest = yield from self._read(rest + chunk)
        self.is_whole = self._documents == 1 and self._depth == 0 and not (rest or self._is_broken)

    def _read(self, data: bytes) -> Generator[Entry, None, bytes]:
        """Hand out the entries that end in `data`; returns what has to be read again with more behind it."""
        position = begin = 0
        while True:
            if self._in_string:
                position = _end(_STRING_REST, data, position)
                if position == len(data) or data[position] == _BACKSLASH:
                    break
                self._in_string = False
                position += 1
            match = (_BRACKET if self._in_entry else _TOKEN).match(data, position)
            position = match.end() if match else position
            token = match[1] if match else None
            if token is None:
                if len(data) - position < _LONGEST_REREAD:
                    break
                self._in_string = True
                position += 1
            elif token in b"{[":
                if self._open(token):
                    begin = position - 1
            elif token in b"}]":
                if self._close():
                    yield self._finish(data[begin:position])
            elif self._depth == 1:
                self._remember(token)
        if self._in_entry:
            self._keep(data[begin:position])
        return data[position:]

    @property
    def _in_entry(self) -> bool:
        return self._in_entries and self._depth > 2

    def _open(self, bracket: bytes) -> bool:
        """Go one level down; whether an entry begins here."""
        self._depth += 1
        if self._depth == 1:
            self._documents += 1
        elif self._depth == 2:
            self._in_entries = bracket == b"[" and self._strings[1] == b'"entry"'
        elif self._depth == 3 and self._in_entries:
            self._parts, self._size = [], 0
            return True
        return False

    def _close(self) -> bool:
        """Go one level up; whether an entry ends here."""
        self._depth -= 1
        self._is_broken |= self._depth < 0
        if self._depth < 2:
            self._in_entries = False
        return self._in_entries and self._depth == 2

    def _remember(self, string: bytes) -> None:
        """Keep the last two strings of the document itself: a key and its value, or a value and a key."""
        self._strings = (self._strings[1], string)
        if self._strings[0] == b'"resourceType"' and self.resource_type is None:
            name = string[1:-1].decode(errors="replace")
            self.resource_type = name if _TYPE.fullmatch(name) else None

    def _keep(self, part: bytes) -> None:
        self._size += len(part)
        if self._size <= self._limit:
            self._parts.append(part)
        else:
            self._parts.clear()

    def _finish(self, part: bytes) -> Entry:
        self._keep(part)
        self.count += 1
        text = b"".join(self._parts) if self._size <= self._limit else None
        self._parts = []
        return Entry(self.count - 1, text)


def _end(pattern: re.Pattern[bytes], data: bytes, position: int) -> int:
    match = pattern.match(data, position)
    return match.end() if match else position
