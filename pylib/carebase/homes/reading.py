"""From the lines of a file to homes: read as a stream, checked one by one."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from carebase.fhir.npi import is_npi
from carebase.homes.columns import KEYS, Mapping, map_headers, plain
from carebase.problems import UsageProblem

MOST_BEDS = 2000
# A preamble stands above the headers of some files; nobody's is longer.
_HEADER_LINES = 20
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%b-%y", "%d %B %Y")


class Refused(Exception):
    """A line that is not loaded: the field and the rule it breaks."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass
class Home:
    """One line that can be loaded. Every value fits its column in the database."""

    line: int
    name: str
    keys: dict[str, str]
    address: list[str] = field(default_factory=list)
    city: str | None = None
    region: str | None = None
    postal_code: str | None = None
    country: str = "US"
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    telephone: str | None = None
    website: str | None = None
    beds: int | None = None
    services: list[str] = field(default_factory=list)
    specialisms: list[str] = field(default_factory=list)
    holder: str | None = None
    local_authority: str | None = None
    inspected_on: date | None = None


def read_homes(
    path: Path,
    named: dict[str, str] | None,
    on_mapping: Callable[[Mapping], None],
    on_refused: Callable[[int, Refused], None],
    on_bytes: Callable[[int], None],
) -> Iterator[Home]:
    """The homes of a file, in its order.

    Args:
        path: a CSV file in UTF-8 or Windows-1252.
        named: field → header, as the user says.
        on_mapping: told how the headers were understood, before the first home.
        on_refused: told of each line that is not loaded.
        on_bytes: told how many more bytes were read.

    Raises:
        UsageProblem: `path_missing`, `headers_missing`, and those of `map_headers`.
    """
    if not path.is_file():
        raise UsageProblem("path_missing", f"There is no file {path}.", hint="Name a CSV file.")
    with path.open("rb") as raw:
        counted = _Counted(raw, on_bytes)
        with io.TextIOWrapper(counted, encoding=_encoding(path), newline="") as text:
            lines = csv.reader(text)
            mapping = _mapping(lines, named, path)
            on_mapping(mapping)
            seen: dict[str, int] = {}
            while True:
                try:
                    cells = next(lines, None)
                    if cells is None:
                        return
                    if any(cell.strip() for cell in cells):
                        home = _home(cells, mapping, lines.line_num)
                        _refuse_repeated(home, seen)
                        yield home
                except csv.Error:
                    on_refused(lines.line_num, Refused("line_malformed", "is not CSV"))
                except Refused as refused:
                    on_refused(lines.line_num, refused)


class _Counted(io.BufferedReader):
    """A file that tells how much of it was read."""

    def __init__(self, raw: io.BufferedReader, on_bytes: Callable[[int], None]) -> None:
        super().__init__(raw.raw)
        self._on_bytes = on_bytes

    def read1(self, size: int = -1, /) -> bytes:
        chunk = super().read1(size)
        self._on_bytes(len(chunk))
        return chunk


def _encoding(path: Path) -> str:
    """UTF-8 where the whole file is, with or without a mark; else what spreadsheets on Windows write."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            while text.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _mapping(lines: Iterator[list[str]], named: dict[str, str] | None, path: Path) -> Mapping:
    for _ in range(_HEADER_LINES):
        headers = next(lines, None)
        if headers is None:
            break
        wanted = {plain(header) for header in (named or {}).values()} | {
            "name",
            "facilityname",
            "locationname",
        }
        if len(headers) > 1 and wanted & {plain(header) for header in headers}:
            return map_headers(headers, named)
    raise UsageProblem(
        "headers_missing",
        f"The first {_HEADER_LINES} lines of {path.name} hold no line of headers with a name.",
        hint="Say which column is the name of a home: --map name=HEADER",
    )


def _home(cells: list[str], mapping: Mapping, line: int) -> Home:
    def text(name: str, longest: int) -> str | None:
        number = mapping.columns.get(name)
        if number is None or number >= len(cells):
            return None
        value = " ".join(cells[number].split())
        if len(value) > longest:
            raise Refused("value_invalid", f"{name} has more than {longest} characters")
        return value or None

    name = text("name", 200)
    if name is None:
        raise Refused("name_missing", "has no name")
    keys = {key: value for key in KEYS if (value := text(key, 50))}
    if not keys:
        raise Refused(
            "key_missing", f"has none of {', '.join(key for key in KEYS if key in mapping.columns)}"
        )
    if "npi" in keys and not is_npi(keys["npi"]):
        raise Refused("value_invalid", "npi is no NPI: ten digits, the last a check digit")
    home = Home(line, name, keys)
    home.address = _lines(text("address", 500))
    home.city, home.region = text("city", 100), text("region", 100)
    home.country = "GB" if "cqc_location" in keys else "US"
    home.postal_code = _postal_code(text("postal_code", 20))
    home.latitude = _degrees("latitude", text("latitude", 30), 90)
    home.longitude = _degrees("longitude", text("longitude", 30), 180)
    if (home.latitude is None) != (home.longitude is None):
        raise Refused("value_invalid", "has latitude or longitude, but not both")
    home.telephone = _telephone(text("telephone", 40))
    home.website = _website(text("website", 500))
    home.beds = _count(text("beds", 10))
    home.services = _list("services", text("services", 5000))
    home.specialisms = _list("specialisms", text("specialisms", 5000))
    home.holder, home.local_authority = text("holder", 200), text("local_authority", 100)
    home.inspected_on = _day(text("inspected_on", 30))
    return home


def _refuse_repeated(home: Home, seen: dict[str, int]) -> None:
    for key, value in home.keys.items():
        first = seen.setdefault(f"{key} {value}", home.line)
        if first != home.line:
            raise Refused("repeated", f"has the {key} of line {first}")


def _lines(address: str | None) -> list[str]:
    parts = [part.strip() for part in (address or "").split(",") if part.strip()]
    return parts if len(parts) <= 5 else [*parts[:4], ", ".join(parts[4:])]


def _postal_code(code: str | None) -> str | None:
    """US codes of nine digits are written without their hyphen in some lists."""
    return f"{code[:5]}-{code[5:]}" if code and re.fullmatch("[0-9]{9}", code) else code


def _degrees(name: str, text: str | None, most: int) -> Decimal | None:
    if text is None:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise Refused("value_invalid", f"{name} is no number") from None
    if not value.is_finite() or abs(value) > most:
        raise Refused("value_invalid", f"{name} is not between -{most} and {most}")
    return round(value, 6)


def _telephone(text: str | None) -> str | None:
    if text is not None and not re.fullmatch(r"[0-9 ()+.\-/extEXT#]{3,40}", text):
        raise Refused("value_invalid", "telephone is no telephone number")
    return text


def _website(text: str | None) -> str | None:
    if text is None:
        return None
    address = text if re.match("https?://", text) else f"https://{text}"
    if not re.fullmatch(r"https?://[^\s]{1,500}", address):
        raise Refused("value_invalid", "website is no web address")
    return address


def _count(text: str | None) -> int | None:
    if text is None:
        return None
    if not re.fullmatch("[0-9]{1,9}", text) or int(text) > MOST_BEDS:
        raise Refused("value_invalid", f"beds is no number from 0 to {MOST_BEDS}")
    return int(text)


def _list(name: str, text: str | None) -> list[str]:
    parts = [part.strip() for part in re.split(r"[|;]", text or "") if part.strip()]
    if len(parts) > 50:
        raise Refused("value_invalid", f"{name} lists more than 50")
    return parts


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    for form in _DATES:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise Refused("value_invalid", "inspected_on is no date, such as 2026-03-04 or 04/03/2026")
