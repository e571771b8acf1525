"""The kinds of secrets and health data, each as a pattern over a whole text.

Every pattern reads a text once from left to right: no repetition inside a repetition over the same letters,
so that no text can make it slow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from carebase.lint.secrets import people

Find = Callable[[str], Iterator[int]]
"""From a text to the offsets at which the kind was found."""


@dataclass(frozen=True)
class Kind:
    """One kind of thing that must not be committed.

    Args:
        name: what pragmas and exceptions call it.
        says: what was found, as a sentence.
        hint: what to write instead.
        find: finds it.
    """

    name: str
    says: str
    hint: str
    find: Find


def _matches(pattern: str, *, unless: str | None = None) -> Find:
    """Finds `pattern`; leaves out matches whose first group is, as a whole, an `unless`."""
    compiled = re.compile(pattern)
    excused = re.compile(unless) if unless else None

    def find(text: str) -> Iterator[int]:
        for match in compiled.finditer(text):
            if excused is None or not excused.fullmatch(match[1]):
                yield match.start()

    return find


_REVOKE = "Remove it, revoke it where it is valid, and read it from the environment."
_MADE_UP = "Use made-up data that nobody can take for a person's."
# What documentation writes where a password would be.
_PLACEHOLDER = r"[$%{<\[*.…].*|(?i:pass(word)?|pw|secret|postgres|made-up|change-?me|x+)"

KINDS = (
    Kind(
        "private-key",
        "A private key.",
        _REVOKE,
        _matches(r"-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----"),
    ),
    Kind(
        "supabase-key",
        "A secret key or access token of Supabase.",
        _REVOKE,
        _matches(r"\b(?:sb_secret_[A-Za-z0-9_-]{16,}|sbp_(?:[a-z]{2}_)?[a-f0-9]{40}\b)"),
    ),
    Kind(
        "api-key",
        "An API key of an organization.",
        "Revoke it (revoke_api_key), and read its successor from the environment.",
        _matches(r"\bcb_[0-9a-f]{12}_[0-9a-f]{64}\b"),
    ),
    Kind(
        "jwt",
        "A signed token (JWT).",
        _REVOKE,
        _matches(r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{16,}"),
    ),
    Kind(
        "aws-key",
        "A key of AWS.",
        _REVOKE,
        _matches(
            r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"
            r"|(?i:aws_secret_access_key)[\"' ]{0,3}[:=][\"' ]{0,3}[A-Za-z0-9/+]{40}\b"
        ),
    ),
    Kind(
        "service-token",
        "An access token of another service.",
        _REVOKE,
        _matches(
            r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60,}|glpat-[A-Za-z0-9_-]{20}|npm_[A-Za-z0-9]{36}"
            r"|pypi-[A-Za-z0-9_-]{50,}|xox[abprs]-[A-Za-z0-9-]{10,}|[sr]k_live_[A-Za-z0-9]{16,}"
            r"|AIza[A-Za-z0-9_-]{35}|SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}|sk-[A-Za-z0-9_-]{32,})"
        ),
    ),
    Kind(
        "url-password",
        "An address with a password in it.",
        _REVOKE,
        _matches(r"://[^\s:/@'\"`<>]{1,200}:([^\s:/@'\"`]{3,200})@", unless=_PLACEHOLDER),
    ),
    Kind(
        "sql-password",
        "A password in SQL.",
        "Set passwords outside of files: `carebase up` makes its own.",
        _matches(r"(?i:\bpassword)[ \t]{1,20}'([^'\n]{1,200})'", unless=_PLACEHOLDER),
    ),
    Kind("ssn", "A US social security number.", _MADE_UP, people.social_security_numbers),
    Kind(
        "mrn",
        "A medical record number.",
        "Begin made-up numbers with DEMO or TEST, such as DEMO-00042.",
        people.medical_record_numbers,
    ),
    Kind(
        "npi",
        "A National Provider Identifier with a right check digit, so that of a real provider perhaps.",
        f"Use one of the documented test numbers: {', '.join(sorted(people.TEST_NPIS))}.",
        people.provider_identifiers,
    ),
    Kind("birth-date", "A date of birth beside a name.", _MADE_UP, people.birth_dates_beside_names),
    Kind(
        "email",
        "An e-mail address that somebody may have.",
        "Use example.com, example.org, or a domain that ends in .test or .example.",
        people.email_addresses,
    ),
    Kind("phone", "A telephone number that may ring.", "Use 555-0100 to 555-0199.", people.phone_numbers),
)
