"""Whatever is answered: each score is what the published questionnaire says it is, and within its scale."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carebase.stack.server import PostgresServer
from tests.conftest import cloned

CODES = ("cbi", "olbi", "single_item_burnout")
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
HUNDREDTHS = st.integers(-1_000_00, 1_000_00).map(lambda value: Decimal(value) / 100)


@pytest.fixture(scope="module")
def conn(server: PostgresServer, templates: dict[str, str]) -> Iterator[psycopg.Connection[Any]]:
    with (
        cloned(server, templates["migrated"]) as name,
        psycopg.connect(server.url(name, "postgres"), autocommit=True) as connection,
    ):
        yield connection


@pytest.fixture(scope="module")
def questionnaires(conn: psycopg.Connection[Any]) -> dict[str, dict[str, Any]]:
    found = conn.execute(
        "select code, app.questionnaire(id, 'en')::text from public.instruments where is_active"
    ).fetchall()
    return {code: json.loads(text, parse_float=Decimal) for code, text in found}


def ours(element: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [each for each in element.get("extension", []) if each["url"].endswith(f"/{name}")]


def parts(extension: dict[str, Any]) -> dict[str, Any]:
    """The parts of an extension of several, by name; bands are a list."""
    found: dict[str, Any] = {"band": []}
    for each in extension["extension"]:
        if each["url"] == "band":
            found["band"].append(parts(each))
        else:
            [found[each["url"]]] = [value for key, value in each.items() if key.startswith("value")]
    return found


def options(item: dict[str, Any]) -> dict[str, Fraction]:
    return {
        option["valueCoding"]["code"]: Fraction(
            next(each["valueDecimal"] for each in option["extension"] if each["url"] == ORDINAL)
        )
        for option in item["answerOption"]
    }


def expected(questionnaire: dict[str, Any], answers: dict[str, str]) -> dict[str, tuple[Fraction, str]]:
    """Score and band of each scale, computed from the questionnaire as any reader of it would."""
    found = {}
    for scale in map(parts, ours(questionnaire, "instrument-scale")):
        counted = []
        for item in questionnaire["item"]:
            if ours(item, "instrument-item-scale")[0]["valueCode"] == scale["code"]:
                values = options(item)
                value = values[answers[item["linkId"]]]
                is_reversed = bool(ours(item, "instrument-item-reversed"))
                counted.append(min(values.values()) + max(values.values()) - value if is_reversed else value)
        score = sum(counted, Fraction(0)) / (len(counted) if scale["method"] == "mean" else 1)
        reached = [band for band in scale["band"] if Fraction(band["lowerBound"]) <= score]
        found[scale["code"]] = (score, max(reached, key=lambda band: band["lowerBound"])["code"])
        assert Fraction(scale["minimum"]) <= score <= Fraction(scale["maximum"])
    return found


def rounded(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize("code", CODES)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_scores_are_what_the_questionnaire_says(
    conn: psycopg.Connection[Any], questionnaires: dict[str, dict[str, Any]], code: str, data: st.DataObject
) -> None:
    questionnaire = questionnaires[code]
    answers = {
        item["linkId"]: data.draw(st.sampled_from(sorted(options(item)))) for item in questionnaire["item"]
    }
    given_in = data.draw(st.permutations(sorted(answers)))
    found = conn.execute(
        """select scored.* from public.instruments, app.score_instrument(instruments.id, %s::jsonb) as scored
           where code = %s and is_active""",
        (json.dumps([{"link_id": each, "code": answers[each]} for each in given_in]), code),
    ).fetchall()
    assert {scale: (score, band) for scale, score, band, _, _ in found} == {
        scale: (rounded(score), band) for scale, (score, band) in expected(questionnaire, answers).items()
    }
    assert all(0 <= percent <= 100 for *_, percent in found)


@settings(max_examples=60, deadline=None)
@given(values=st.lists(HUNDREDTHS, min_size=2, max_size=6, unique=True))
def test_reversing_twice_is_nothing(conn: psycopg.Connection[Any], values: list[Decimal]) -> None:
    lowest, highest = min(values), max(values)
    for value in values:
        row = conn.execute(
            """select once, app.item_value(once, true, %(lowest)s, %(highest)s),
                 app.item_value(%(value)s, false, %(lowest)s, %(highest)s)
               from app.item_value(%(value)s, true, %(lowest)s, %(highest)s) as once""",
            {"value": value, "lowest": lowest, "highest": highest},
        ).fetchone()
        assert row
        once, twice, straight = row
        assert lowest <= once <= highest
        assert (twice, straight) == (value, value)
