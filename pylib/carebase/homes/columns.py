"""Which column of a file is what: the headers of the lists that are published, and those a user names."""

from __future__ import annotations

import re
from collections.abc import Mapping as Headers
from collections.abc import Sequence
from dataclasses import dataclass

from carebase.problems import UsageProblem

# Field → the headers it goes by, the preferred ones first, in lower case, letters and digits only: of the US
# list of nursing facilities, of its newer form, and of the directory of England's regulator.
FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("name", "locationname", "facilityname", "providername"),
    "npi": ("npi",),
    "ccn": ("providernum", "ccn", "cmscertificationnumberccn"),
    "cqc_location": ("cqclocationid", "cqclocationidforofficeuseonly", "locationid"),
    "address": ("address", "provideraddress"),
    "city": ("city", "citytown"),
    "region": ("state", "region"),
    "postal_code": ("zip", "zipcode", "postcode"),
    "latitude": ("lat", "latitude"),
    "longitude": ("lon", "long", "longitude"),
    "telephone": ("phone", "phonenumber", "telephone"),
    "website": ("serviceswebsiteifavailable", "serviceswebsite", "website"),
    "beds": ("bedcount", "beds", "carehomesbeds", "numberofcertifiedbeds"),
    "services": ("servicetypes",),
    "specialisms": ("specialismsservices",),
    "holder": ("providername",),
    "local_authority": ("localauthority",),
    "inspected_on": ("dateoflatestcheck",),
}
KEYS = ("npi", "cqc_location", "ccn")
"""What a home is known again by; one of them must be in the file."""


@dataclass(frozen=True)
class Mapping:
    """How a file is read.

    Attributes:
        columns: field → the number of its column.
        shown: field → its header, as it is written in the file.
        ignored: headers that are nothing we keep.
    """

    columns: dict[str, int]
    shown: dict[str, str]
    ignored: list[str]


def plain(header: str) -> str:
    """A header for comparison.

    Example:
        >>> plain("Service's website (if available)")
        'serviceswebsiteifavailable'
    """
    return re.sub(r"[^a-z0-9]", "", header.lower())


def map_headers(headers: Sequence[str], named: Headers[str, str] | None = None) -> Mapping:
    """Find the fields among the headers of a file.

    Args:
        headers: the first line that is one.
        named: field → header, said by the user; goes before what the header's name suggests.

    Raises:
        UsageProblem: `column_unknown`, `field_unknown`, `key_missing`, `name_missing`.

    Example:
        >>> map_headers(["npi", "name", "colour"]).ignored
        ['colour']
    """
    named = named or {}
    places = {plain(header): number for number, header in reversed(list(enumerate(headers)))}
    columns: dict[str, int] = {}
    for field, header in named.items():
        if field not in FIELDS:
            raise UsageProblem(
                "field_unknown", f"There is no field {field!r}.", hint=f"Fields are: {', '.join(FIELDS)}."
            )
        if plain(header) not in places:
            raise UsageProblem(
                "column_unknown",
                f"The file has no column {header!r}.",
                hint=f"It has: {', '.join(headers)}.",
            )
        columns[field] = places[plain(header)]
    for field, known in FIELDS.items():
        taken = set(columns.values())
        found = [places[name] for name in known if name in places and places[name] not in taken]
        if field not in columns and found:
            columns[field] = found[0]
    if "name" not in columns:
        raise UsageProblem(
            "name_missing",
            "No column of the file is the name of a home.",
            hint="Say which: --map name=HEADER",
        )
    if not any(key in columns for key in KEYS):
        raise UsageProblem(
            "key_missing",
            "No column of the file is a number that homes could be known again by.",
            hint=f"Say which: --map npi=HEADER; one of {', '.join(KEYS)}.",
        )
    return Mapping(
        columns,
        {field: headers[number] for field, number in columns.items()},
        [header for number, header in enumerate(headers) if number not in columns.values()],
    )
