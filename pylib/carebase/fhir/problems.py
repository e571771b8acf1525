"""Why a resource, or a part of a file, is not loaded."""

from __future__ import annotations


class Refused(Exception):
    """Not loadable. Its reason names elements and rules, never the value that broke them: people's data.

    Args:
        code: stable, for scripts.
        reason: for people, a clause such as `gender is none of male, female, other, unknown`.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def invalid(path: str, rule: str) -> Refused:
    """An element that breaks a rule of FHIR or of our tables."""
    return Refused("value_invalid", f"{path} {rule}")
