"""National Provider Identifiers for people who do not exist."""

from __future__ import annotations

# The issuer prefix of US health identifiers, 80840, always adds this much to the Luhn sum (45 CFR 162.406).
_PREFIX_SUM = 24


def made_up_npi(number: int) -> str:
    """Ten digits with a right check digit that belong to nobody: all that were ever issued begin with 1.

    Args:
        number: which one, 0 to 99,999,999.

    Raises:
        ValueError: the number has more than eight digits.
    """
    if not 0 <= number < 10**8:
        raise ValueError(f"a made-up NPI has a number from 0 to 99999999, not {number}")
    digits = [2, *map(int, f"{number:08d}")]
    doubled = [2 * digit for digit in digits[::2]]
    total = _PREFIX_SUM + sum(digit // 10 + digit % 10 for digit in doubled) + sum(digits[1::2])
    return "".join(map(str, digits)) + str(-total % 10)
