"""What the import takes for an NPI is what the database takes for one."""

from __future__ import annotations

import random

from carebase.fhir.npi import is_npi
from tests.fhir.conftest import Clinic


def test_as_in_the_database(clinic: Clinic) -> None:
    chance = random.Random(7)
    texts = [f"{chance.randrange(10**10):010d}" for _ in range(5000)]
    texts += [
        "1234567893",
        "1234567890",
        "",
        "123456789",
        "12345678931",
        "\u0661234567893",
        " 1234567893",
        "3234567893",
    ]
    found = clinic.rows(
        "select npi, coalesce(app.is_npi(npi), false) as ok from unnest(%s::text[]) as npi", texts
    )
    assert [row["npi"] for row in found if is_npi(row["npi"]) != row["ok"]] == []
    assert sum(row["ok"] for row in found) > 50


def test_one_wrong_digit_shows() -> None:
    right = "1234567893"
    for position in range(1, 10):
        for digit in "0123456789":
            if digit != right[position]:
                assert not is_npi(right[:position] + digit + right[position + 1 :])
