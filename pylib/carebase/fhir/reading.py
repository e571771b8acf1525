"""Files to resources: single ones, Bundles, and ndjson of either, told apart by what is in the file."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, count
from typing import IO, Any

from carebase.fhir.documents import LARGEST_RESOURCE, ignored_type, parse, resource_type_of, too_large
from carebase.fhir.log import ImportLog, Where
from carebase.fhir.problems import Refused
from carebase.fhir.references import LONGEST_URL
from carebase.fhir.report import RESOURCE_TYPES
from carebase.fhir.sources import Source
from carebase.fhir.splitting import EntrySplitter

Progress = Callable[[int], None]

_CHUNK = 1 << 20
_LINE_SUFFIXES = (".ndjson", ".jsonl")
_URL = re.compile(r"[!-~]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource of a type that is loaded, as it was found."""

    where: Where
    type: str
    body: dict[str, Any]
    bundle: int | None = None
    """Number of the Bundle it came in."""
    full_url: str | None = None


class Reader:
    """Reads files one after the other; what cannot be read goes to the log, and the reading goes on.

    Args:
        log: told of everything that is not handed out.
        progress: called with numbers of bytes as they are read.
    """

    def __init__(self, log: ImportLog, progress: Progress) -> None:
        self._log = log
        self._progress = progress
        self._bundles = count(1)

    def read(self, sources: Iterable[Source]) -> Iterator[Resource]:
        """The resources of all files, in their order."""
        for source in sources:
            where = Where(source.name)
            try:
                with open(source.path, "rb") as file:
                    yield from self._file(file, where)
            except OSError as error:
                reason = os.strerror(error.errno) if error.errno else "unknown reason"
                self._log.refuse(where, Refused("file_unreadable", f"cannot be read: {reason}"))
            except Refused as refused:
                self._log.refuse(where, refused)

    def _file(self, file: IO[bytes], where: Where) -> Iterator[Resource]:
        head = file.read(_CHUNK)
        self._progress(len(head))
        if _is_lines(head, where.file):
            yield from self._lines(file, head, where)
        elif len(head) < _CHUNK:
            if not head.strip():
                raise Refused("not_json", "is empty")
            yield from self._parsed(parse(head), where)
        else:
            yield from self._large(file, head, where)

    def _lines(self, file: IO[bytes], head: bytes, where: Where) -> Iterator[Resource]:
        file.seek(0)
        self._progress(-len(head))
        for number in count(1):
            line = file.readline(LARGEST_RESOURCE + 1)
            if not line:
                return
            self._progress(len(line))
            here = Where(where.file, f"line {number}")
            try:
                if len(line) > LARGEST_RESOURCE:
                    self._skip_line(file, line)
                    raise too_large()
                if line.strip():
                    yield from self._text(line, here)
            except Refused as refused:
                self._log.refuse(here, refused)

    def _skip_line(self, file: IO[bytes], line: bytes) -> None:
        while line and not line.endswith(b"\n"):
            line = file.readline(_CHUNK)
            self._progress(len(line))

    def _large(self, file: IO[bytes], head: bytes, where: Where) -> Iterator[Resource]:
        """A file of more than a chunk: most likely a Bundle, which is read entry by entry."""
        splitter = EntrySplitter(chain([head], self._chunks(file)), LARGEST_RESOURCE)
        bundle = next(self._bundles)
        for entry in splitter:
            here = Where(where.file, f"entry[{entry.position}]")
            try:
                if entry.text is None:
                    raise too_large()
                if name := ignored_type(entry.text):
                    self._log.ignore(name)
                else:
                    yield from self._entry(parse(entry.text), here, bundle)
            except Refused as refused:
                self._log.refuse(here, refused)
        if not splitter.is_whole:
            raise Refused("not_json", "is not one whole JSON document; entries before the damage were read")
        if splitter.resource_type == "Bundle":
            return
        if splitter.resource_type and splitter.resource_type not in RESOURCE_TYPES:
            self._log.ignore(splitter.resource_type)
            return
        file.seek(0)
        yield from self._parsed(parse(file.read(LARGEST_RESOURCE + 1)), where)

    def _chunks(self, file: IO[bytes]) -> Iterator[bytes]:
        while chunk := file.read(_CHUNK):
            self._progress(len(chunk))
            yield chunk

    def _text(self, text: bytes, where: Where) -> Iterator[Resource]:
        if name := ignored_type(text):
            self._log.ignore(name)
        else:
            yield from self._parsed(parse(text), where)

    def _parsed(self, body: Any, where: Where) -> Iterator[Resource]:
        name = resource_type_of(body)
        if name == "Bundle":
            yield from self._bundle(body, where)
        else:
            yield from self._resource(Resource(where, name, body))

    def _bundle(self, body: dict[str, Any], where: Where, *, is_inner: bool = False) -> Iterator[Resource]:
        entries = body.get("entry") or []
        if not isinstance(entries, list):
            raise Refused("not_fhir", "has an entry that is no list")
        bundle = next(self._bundles)
        for position, entry in enumerate(entries):
            here = Where(where.file, f"{where.place} entry[{position}]".lstrip())
            try:
                yield from self._entry(entry, here, bundle, is_inner=is_inner)
            except Refused as refused:
                self._log.refuse(here, refused)

    def _entry(self, entry: Any, where: Where, bundle: int, *, is_inner: bool = False) -> Iterator[Resource]:
        if not isinstance(entry, dict):
            raise Refused("not_fhir", "is not a JSON object")
        body = entry.get("resource")
        if body is None:
            self._log.ignore("")
            return
        name = resource_type_of(body)
        if name == "Bundle":
            # The response to a batch holds one Bundle per search; nothing holds more levels of them.
            if is_inner:
                raise Refused("too_deep", "is a Bundle inside a Bundle inside a Bundle")
            yield from self._bundle(body, where, is_inner=True)
            return
        url = entry.get("fullUrl")
        is_url = isinstance(url, str) and len(url) <= LONGEST_URL and _URL.fullmatch(url)
        yield from self._resource(Resource(where, name, body, bundle, url if is_url else None))

    def _resource(self, resource: Resource) -> Iterator[Resource]:
        if resource.type in RESOURCE_TYPES:
            yield resource
        else:
            self._log.ignore(resource.type)


def _is_lines(head: bytes, name: str) -> bool:
    """Whether a file is ndjson: by its name, or because its first line is an object and more follows."""
    if name.lower().endswith(_LINE_SUFFIXES):
        return True
    first, _, rest = head.lstrip().partition(b"\n")
    if not rest.strip() or not first.rstrip().endswith(b"}"):
        return False
    try:
        return isinstance(parse(first), dict)
    except Refused:
        return False
