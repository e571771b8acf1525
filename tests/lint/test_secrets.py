"""Each kind of secret and health data is found, what only looks like it is not, and nothing takes long.

A `~` in a sample is taken out before it is used: otherwise this file would be refused itself.
"""

from __future__ import annotations

import time

import pytest

from carebase.lint.secrets.patterns import KINDS
from carebase.lint.secrets.people import has_npi_check_digit
from carebase.lint.secrets.scan import MAX_BYTES, scan_bytes, scan_text

REFUSED = {
    "private-key": [
        "-----BEGIN ~PRIVATE KEY-----",
        "-----BEGIN RSA ~PRIVATE KEY-----",
        "-----BEGIN PGP ~PRIVATE KEY BLOCK-----",
    ],
    "supabase-key": [
        "key: sb_~secret_N7UND0UgjKTVK-Uodkm0Hg_xSvEMPvz",
        "sbp_~" + "0123456789abcdef" * 2 + "01234567",
    ],
    "api-key": ["CAREBASE_API_KEY=cb_~" + "0123456789ab" + "_" + "0123456789abcdef" * 4],
    "jwt": ["Bearer eyJhbGciOiJIUzI1NiJ9~.eyJyb2xlIjoiYW5vbiJ9.c2lnbmF0dXJlLW9mLXRoaXM"],
    "aws-key": [
        "AKIA~IOSFODNN7EXAMPLE",
        'aws_secret_access_key = "~' + "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" + '"',
    ],
    "service-token": ["ghp_~" + "a1B2" * 9, "sk_live_~" + "a1B2" * 6, "xoxb-~123456789012-abcdef"],
    "url-password": [
        "postgresql:/~/app:hunter22@db.example:5432/app",
        "https:/~/bot:tokentoken@git.example/x.git",
    ],
    "sql-password": ["alter role app password ~'hunter22';"],
    "ssn": ["SSN 123-45~-6789.", "'219-09~-9999'"],
    "mrn": ["MRN: ~00482913", '"medical_record_number": "~H-482913"', "medical record no. is ~4829135"],
    "npi": ["npi = '1003000~126'", "1003000~126."],
    "birth-date": [
        "birth_date = '19~61-04-02', family_name = 'Meyer'",
        '{"resourceType": "Patient",\n "name": [{"family": "Meyer"}],\n "birthDate": "19~61-04-02"}',
        "Patient name: Anna Meyer\nDOB: 04/02/19~61",
    ],
    "email": ["mail anna.meyer@~hospital.org today", '"anna@~st-mary.co.uk"'],
    "phone": ["call (312) 867~-5309", "312-867~-5309", "+1 312 867 ~5309", "+4930123~45678"],
}

ALLOWED = [
    "-----BEGIN PUBLIC KEY-----",
    "sb_publishable_N7UND0UgjKTVK-Uodkm0Hg_xSvEMPvz",
    "postgresql://app:password@db.example/app",
    "postgresql://app:$PASSWORD@db.example/app",
    'f"postgresql://{user}:{password}@127.0.0.1/app"',
    "postgresql://postgres@127.0.0.1:5432/postgres",
    "alter role app password '%s'",
    "000-12-3456 and 666-12-3456 and 900-12-3456",
    "2026-11-21, 550e8400-e29b-41d4-a716-446655440000",
    "MRN: DEMO-00042",
    "medical_record_number text not null",
    "1234567893 is the test number",
    "1234567890 has a wrong check digit",
    "birth_date date not null, family_name text not null",
    "the meeting of 2026-11-21 with family_name = 'Meyer'",
    "anna@example.com, bob@care.example, eve@mail.test, git@github.com:owner/repo",
    "uses: actions/checkout@v4 and react@18.2.0",
    "call 312-555-0142 or +1 312 555 0100",
    "in 2026 there were 1234 5678",
]


@pytest.mark.parametrize(
    ("kind", "sample"), [(kind, sample) for kind, samples in REFUSED.items() for sample in samples]
)
def test_what_must_not_be_committed_is_found(kind: str, sample: str) -> None:
    found = scan_text("\n\n" + sample.replace("~", ""), "file.txt")
    assert [finding.rule for finding in found] == [kind]
    assert found[0].line == 3 + sample[: sample.index("~")].count("\n")


def test_every_kind_is_tried() -> None:
    assert REFUSED.keys() == {kind.name for kind in KINDS}


@pytest.mark.parametrize("sample", ALLOWED)
def test_what_only_looks_like_it_may_stay(sample: str) -> None:
    assert scan_text(sample, "file.txt") == []


def test_a_finding_never_repeats_what_it_found() -> None:
    for samples in REFUSED.values():
        for sample in samples:
            secret = sample.replace("~", "")
            for finding in scan_text(secret, "file.txt"):
                assert secret not in f"{finding.message} {finding.hint}"


@pytest.mark.parametrize("place", ["{secret}  -- {pragma}", "-- {pragma}\n{secret}"])
def test_a_pragma_with_a_reason_allows_its_line_and_the_next(place: str) -> None:
    pragma = "carebase: " + "allow-ssn: the example that the law itself prints"
    assert scan_text(place.format(secret="078-05-" + "1120", pragma=pragma), "file.txt") == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("078-05-~1120 -- carebase: ~allow-ssn", "pragma-reason"),
        ("078-05-~1120 -- carebase: ~allow-ssn: ok", "pragma-reason"),
        ("nothing here -- carebase: ~allow-ssn: the example that the law prints", "idle-pragma"),
    ],
)
def test_a_pragma_must_give_a_reason_and_allow_something(text: str, rule: str) -> None:
    assert [finding.rule for finding in scan_text(text.replace("~", ""), "file.txt")] == [rule]


def test_what_cannot_be_read_is_refused_unless_it_is_a_picture() -> None:
    assert [finding.rule for finding in scan_bytes(b"PK\x03\x04\x00", "export.xlsx")] == ["opaque-file"]
    assert [finding.rule for finding in scan_bytes(b"a" * (MAX_BYTES + 1), "dump.sql")] == ["too-large"]
    assert scan_bytes(b"\x89PNG\x00", "docs/layers.png") == []


@pytest.mark.parametrize(
    "letters",
    [
        *("a", "1", "9" * 9, "A" * 30 + " ", "a.", "-", "1-", "+1 ", "://a:", "@a.", "a@a", "eyJ", "born "),
        "born 1961~-04-02\n" * 10 + "last name = 'Meyer'\n" * 10,
    ],
)
def test_no_text_makes_it_slow(letters: str) -> None:
    size = MAX_BYTES // 4
    text = (letters.replace("~", "") * size)[:size]
    begun = time.monotonic()
    scan_bytes(text.encode(), "file.txt")
    assert time.monotonic() - begun < 3


def test_the_check_digit_of_an_npi() -> None:
    assert [has_npi_check_digit(f"123456789{digit}") for digit in range(10)] == [
        digit == 3 for digit in range(10)
    ]
