"""Validation of whole resources by the FHIR model library, for who wants more than what is loaded checked.

By default only the elements that are loaded are checked, by `carebase.fhir.shaping`: types, required ones,
code sets, dates, lengths. `full` adds all other elements of the resource, and refuses unknown ones; as the
library checks no code sets, our checks are made in either case.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from carebase.fhir.problems import Refused

Validation = Literal["fields", "full"]

_NAME = re.compile(r"[A-Za-z_][A-Za-z_]{0,60}", re.ASCII)
_MOST_SHOWN = 3


def validate_fully(resource_type: str, body: dict[str, Any]) -> None:
    """Check a resource against the models of FHIR R4B, which for the types that are loaded are those of R4.

    Args:
        resource_type: one of those that are loaded.
        body: the parsed resource.

    Raises:
        Refused: it does not conform; the reason names elements, never values.
    """
    try:
        _model(resource_type).model_validate(body)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        shown = "; ".join(f"{_path(each['loc'])}: {each['type']}" for each in found[:_MOST_SHOWN])
        more = f" and {len(found) - _MOST_SHOWN} more" if len(found) > _MOST_SHOWN else ""
        raise Refused("not_conformant", f"does not conform to FHIR R4: {shown}{more}") from None
    except RecursionError:
        raise Refused("too_deep", "is nested too deeply") from None
    except Exception as error:
        # The library's own validators raise what they like; whatever it is, the resource did not pass.
        raise Refused("not_conformant", f"does not conform to FHIR R4 ({type(error).__name__})") from None


def _path(location: tuple[int | str, ...]) -> str:
    """Element path of an error; names that are not FHIR's form could be anything, so they are left out."""
    parts = (str(part) if isinstance(part, int) or _NAME.fullmatch(part) else "?" for part in location)
    return ".".join(parts) or "resource"


@cache
def _model(resource_type: str) -> type[BaseModel]:
    # Loading the models takes a second, which the default validation need not spend.
    from fhir.resources.R4B import get_fhir_model_class

    model: type[BaseModel] = get_fhir_model_class(resource_type)
    return model
