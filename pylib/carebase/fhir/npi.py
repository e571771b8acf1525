"""National Provider Identifiers: what makes a practitioner the same human in two organizations."""

from __future__ import annotations

import re

NPI_SYSTEM = "http://hl7.org/fhir/sid/us-npi"
"""Identifier system under which FHIR resources carry an NPI."""

# The issuer prefix of US health identifiers, 80840, always adds this much to the Luhn sum (45 CFR 162.406).
_PREFIX_SUM = 24
_FORM = re.compile(r"[12][0-9]{9}", re.ASCII)


def is_npi(text: str) -> bool:
    """Whether ten digits are an NPI with a right check digit, by the same rule as the domain `public.npi`.

    Example:
        >>> is_npi("1234567893"), is_npi("1234567890")
        (True, False)
    """
    if not _FORM.fullmatch(text):
        return False
    digits = [int(digit) for digit in text]
    doubled = sum(2 * digit // 10 + 2 * digit % 10 for digit in digits[::2])
    return (_PREFIX_SUM + doubled + sum(digits[1::2])) % 10 == 0
