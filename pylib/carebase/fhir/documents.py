"""JSON text to resources: what has to be so before a resource is looked at."""

from __future__ import annotations

import re
from typing import Any

import orjson

from carebase.fhir.problems import Refused
from carebase.fhir.report import RESOURCE_TYPES

LARGEST_RESOURCE = 16 << 20
"""Bytes; a larger resource is refused unread."""

# Parsed JSON takes up to a hundred times the memory of its text, when that is full of tiny values.
_MOST_VALUES = 500_000
_BOM = b"\xef\xbb\xbf"
_NAMED_TYPE = re.compile(rb'"resourceType"\s*+:\s*+"([A-Za-z]{1,64})"')


def parse(text: bytes) -> Any:
    """The JSON value of a text within bounds.

    Raises:
        Refused: it is too large, too deep, or no JSON.
    """
    if len(text) > LARGEST_RESOURCE:
        raise too_large()
    if len(text) > _MOST_VALUES and text.count(b",") + text.count(b"{") + text.count(b"[") > _MOST_VALUES:
        raise Refused("too_complex", f"has more than {_MOST_VALUES} values")
    try:
        return orjson.loads(text.removeprefix(_BOM))
    except orjson.JSONDecodeError as error:
        if any(word in str(error).lower() for word in ("depth", "recursion")):
            raise Refused("too_deep", "is nested too deeply") from None
        raise Refused("not_json", f"is not JSON (at character {error.pos})") from None


def too_large() -> Refused:
    """Over the bound that keeps the memory of the import small."""
    return Refused("too_large", f"is larger than {LARGEST_RESOURCE >> 20} MB")


def resource_type_of(body: Any) -> str:
    """The type that a parsed resource says it is.

    Raises:
        Refused: it says none.
    """
    if not isinstance(body, dict):
        raise Refused("not_fhir", "is not a JSON object")
    name = body.get("resourceType")
    if not isinstance(name, str):
        raise Refused("not_fhir", "has no resourceType")
    return name


def ignored_type(text: bytes) -> str | None:
    """The type of a resource that need not be parsed, as it is none that is loaded; None if that is not sure.

    Most of what clinical systems export are observations and the like. Where the text names one type only,
    that is the resource's; where it names several, some may be contained in it.
    """
    names = _NAMED_TYPE.findall(text)
    if len(names) != 1 or text.count(b'"resourceType"') != 1:
        return None
    name = names[0].decode()
    return None if name in RESOURCE_TYPES or name == "Bundle" else name
