"""What identifies a person, as far as its form tells."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

# Numbers that the registry's own documents and test suites use.
TEST_NPIS = frozenset({"1234567893"})

# Area 000, 666 and 900 to 999, group 00 and serial 0000 are never issued.
_SSN = re.compile(r"(?<![\w.-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])")
_MRN = re.compile(
    r"(?i:\bmrn|\bmedical[ _-]record[ _-](?:number|no\.?))"
    r"[\"'`]?[ \t]{0,4}(?:[:=#]{1,2}|=>|is)?[ \t]{0,4}[\"'`]?([A-Za-z]{0,6})[-#]?\d{5,12}\b"
)
_MRN_MADE_UP = frozenset({"demo", "test", "fake"})
_NPI = re.compile(r"(?<![\w-])(?<!\d\.)[12]\d{9}(?![\w-])(?!\.\d)")
_EMAIL = re.compile(
    r"(?<![\w.+%-])([\w.+%-]{1,64})@((?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24})(?![\w@-])", re.ASCII
)
_EMAIL_NOBODYS = re.compile(
    r"(?i)(?:.*\.)?(?:example\.(?:com|org|net)|(?:[^.]+\.)*(?:test|example|invalid|localhost))"
)
_USERINFO = re.compile(r"://[^\s/@'\"]{1,400}@")
_PHONE_US = re.compile(
    r"(?<![\w.+-])(?:\+?1[ .-]?)?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])"
    r"([2-9]\d{2})[ .-](\d{4})(?![\w-])(?!\.\d)"
)
_PHONE_E164 = re.compile(r"(?<![\w.+)-])\+([1-9]\d{9,14})(?![\w-])(?!\.\d)")
# Reserved for fiction: 555-01xx in North America, 07700 900xxx in the United Kingdom.
_PHONE_NOBODYS = re.compile(r"1\d{3}55501\d{2}|447700900\d{3}")

_DATE = r"(?:(?:19|20)\d\d-[01]\d-[0-3]\d|[0-3]?\d/[0-3]?\d/(?:19|20)\d\d)"
_BIRTH = re.compile(
    r"(?i:\b(?:date[ _-]?of[ _-]?birth|birth[ _-]?date|dob|born(?: on)?))\b[^\n]{0,40}?" + _DATE,
)
_NAME = re.compile(
    r"(?i:\b(?:family|given|first|last|sur|full|patient|resident|display)[ _-]?names?|\b(?:family|given))\b"
    r"[\"'`]?[ \t]{0,4}(?::|=>|=)[ \t]{0,4}[\[{]?[\"'`]?[A-ZÀ-Ý][a-zà-ÿ]+"
)
_NEAR_LINES = 5


def social_security_numbers(text: str) -> Iterator[int]:
    """Offsets of US social security numbers as they are written, with hyphens."""
    return (match.start() for match in _SSN.finditer(text))


def medical_record_numbers(text: str) -> Iterator[int]:
    """Offsets of numbers that a text calls a medical record number, unless they begin with DEMO or TEST."""
    return (match.start() for match in _MRN.finditer(text) if match[1].lower() not in _MRN_MADE_UP)


def provider_identifiers(text: str) -> Iterator[int]:
    """Offsets of ten digits that are a National Provider Identifier by their check digit."""
    return (
        match.start()
        for match in _NPI.finditer(text)
        if match[0] not in TEST_NPIS and has_npi_check_digit(match[0])
    )


def has_npi_check_digit(digits: str) -> bool:
    """Whether ten digits pass the Luhn check over the issuer prefix 80840 and themselves.

    Example:
        >>> has_npi_check_digit("1234567893"), has_npi_check_digit("1234567890")
        (True, False)
    """
    total = 0
    for place, digit in enumerate(map(int, reversed("80840" + digits))):
        total += digit if place % 2 == 0 else sum(divmod(2 * digit, 10))
    return total % 10 == 0


def email_addresses(text: str) -> Iterator[int]:
    """Offsets of e-mail addresses, but for domains that are reserved for examples and `git@`."""
    plain = _USERINFO.sub(lambda match: " " * len(match[0]), text)
    for match in _EMAIL.finditer(plain):
        if match[1] != "git" and not _EMAIL_NOBODYS.fullmatch(match[2]):
            yield match.start()


def phone_numbers(text: str) -> Iterator[int]:
    """Offsets of North American numbers and of any in international form, but those kept for fiction."""
    for match in _PHONE_US.finditer(text):
        if not (match[1] == "555" and match[2].startswith("01")):
            yield match.start()
    for match in _PHONE_E164.finditer(text):
        if not _PHONE_NOBODYS.fullmatch(match[1]):
            yield match.start()


def birth_dates_beside_names(text: str) -> Iterator[int]:
    """Offsets of a date that is called one of birth, with somebody's name within five lines of it."""
    ends = [match.start() for match in re.finditer("\n", text)]
    names = [bisect_left(ends, match.start()) for match in _NAME.finditer(text)]
    for match in _BIRTH.finditer(text):
        line = bisect_left(ends, match.start())
        nearest = bisect_left(names, line - _NEAR_LINES)
        if nearest < len(names) and names[nearest] <= line + _NEAR_LINES:
            yield match.start()
