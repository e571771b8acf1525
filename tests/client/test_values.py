"""Values arrive and leave as exact as Postgres has them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from carebase.client.function import Function
from carebase.errors import InvalidInput, UnexpectedResponse
from carebase.records import OMITTED, Arguments, Record
from carebase.stack.server import PostgresServer
from carebase.values import Bytes, Json, Range
from tests.client.wire_server import Answer, WireServer

MOMENTS = st.datetimes(
    dt.datetime(1900, 1, 1),
    dt.datetime(2100, 1, 1),
    timezones=st.just(dt.timezone.utc),  # noqa: UP017
)
BOUNDS = st.sampled_from(["[)", "[]", "()", "(]"])


class Line(Record):
    """One of the results of a made-up function."""

    amount: Decimal
    note: str | None


def test_fractions_are_exact(wire: WireServer, make_client: Callable[..., Any]) -> None:
    """Through a float this would come back as 12345678901234567000."""
    exact = b'[{"amount": 12345678901234567890.1234567890, "note": null}]'
    wire.will(Answer(200, exact))
    lines: Function[list[Line]] = Function("lines", Arguments, list[Line])
    assert make_client(wire.url)._call(lines)[0].amount == Decimal("12345678901234567890.1234567890")


def test_documents_keep_what_json_says(wire: WireServer, make_client: Callable[..., Any]) -> None:
    document: Function[Any] = Function("document", Arguments, Json)
    wire.will(Answer(200, b'{"a": [1, 2.5, {"b": null}], "c": "x"}'))
    assert make_client(wire.url)._call(document) == {"a": [1, 2.5, {"b": None}], "c": "x"}


@pytest.mark.parametrize("value", [b"", b"\x00\xff", b"\\x00"])
def test_bytes_travel_as_hexadecimal(value: bytes) -> None:
    adapter: TypeAdapter[bytes] = TypeAdapter(Bytes)
    sent = adapter.dump_python(value, mode="json")
    assert sent == "\\x" + value.hex()
    assert adapter.validate_python(sent) == value


@given(st.none() | MOMENTS, st.none() | MOMENTS, BOUNDS)
def test_a_range_comes_back_as_it_was_sent(
    lower: dt.datetime | None, upper: dt.datetime | None, bounds: Literal["[)"]
) -> None:
    adapter: TypeAdapter[Range[dt.datetime]] = TypeAdapter(Range[dt.datetime])
    value = Range(lower, upper, bounds)
    assert adapter.validate_python(adapter.dump_python(value, mode="json")) == value


@pytest.mark.parametrize(
    ("type_", "literal", "python", "value"),
    [
        ("tstzrange", "[2026-01-01 00:00+00,)", dt.datetime, Range(dt.datetime(2026, 1, 1, tzinfo=dt.UTC))),
        ("tstzrange", "empty", dt.datetime, Range(is_empty=True)),
        ("tstzrange", "(,)", dt.datetime, Range(None, None, "()")),
        ("tsrange", "[2026-01-01 10:00:00.5,2026-01-02]", dt.datetime,
         Range(dt.datetime(2026, 1, 1, 10, 0, 0, 500_000), dt.datetime(2026, 1, 2), "[]")),
        ("daterange", "[2026-01-01,2026-02-01)", dt.date, Range(dt.date(2026, 1, 1), dt.date(2026, 2, 1))),
        ("int4range", "(1,5]", int, Range(2, 6)),
        ("int8range", "(,5)", int, Range(None, 5, "()")),
        ("numrange", "[1.10,2.25]", Decimal, Range(Decimal("1.10"), Decimal("2.25"), "[]")),
    ],
)  # fmt: skip
def test_ranges_are_those_of_postgres(
    server: PostgresServer, type_: str, literal: str, python: Any, value: Range[Any]
) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(Range[python])
    with psycopg.connect(server.url(), options="-ctimezone=UTC") as conn:
        ask = f"select to_json(%s::{type_}) #>> '{{}}'"
        written = conn.execute(ask, (literal,)).fetchone()
        assert written
        read = adapter.validate_python(written[0])
        assert read == value
        back = f"select %s::{type_} = %s::{type_}"
        sent = adapter.dump_python(read, mode="json")
        assert conn.execute(back, (literal, sent)).fetchone() == (True,)


@pytest.mark.parametrize("text", ["[2026-01-01,infinity)", '["2026-01-01",)'])
def test_a_range_until_infinity_has_no_end(text: str) -> None:
    assert TypeAdapter(Range[dt.date]).validate_python(text) == Range(dt.date(2026, 1, 1), None)


@pytest.mark.parametrize("text", ["", "[1", "1,2", "[a,b)", "[1,2,3)", "{1,2}"])
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Range[int]).validate_python(text)


class EverythingArguments(Arguments):
    """Parameters of every kind."""

    p_day: dt.date = OMITTED
    p_at: dt.datetime = OMITTED
    p_id: UUID = OMITTED
    p_amount: Decimal = OMITTED
    p_names: list[str] = OMITTED
    p_document: Json = OMITTED
    p_during: Range[dt.date] = OMITTED
    p_note: str | None = OMITTED


EVERYTHING: Function[None] = Function("everything", EverythingArguments, None)


def test_parameters_leave_as_json_that_postgres_reads(
    wire: WireServer, make_client: Callable[..., Any]
) -> None:
    wire.will(Answer(204, b""))
    result = make_client(wire.url)._call(
        EVERYTHING,
        p_day=dt.date(2026, 11, 21),
        p_at=dt.datetime(2026, 11, 21, 3, tzinfo=dt.UTC),
        p_id=UUID(int=7),
        p_amount=Decimal("12345678901234567890.10"),
        p_names=["Zoë", 'a"b'],
        p_document={"a": [1, 2.5]},
        p_during=Range(dt.date(2026, 1, 1), None),
        p_note=None,
    )
    assert result is None
    assert wire.seen[0].body.decode() == (
        '{"p_day":"2026-11-21","p_at":"2026-11-21T03:00:00Z","p_id":"00000000-0000-0000-0000-000000000007",'
        '"p_amount":"12345678901234567890.10","p_names":["Zoë","a\\"b"],"p_document":{"a":[1,2.5]},'
        '"p_during":"[\\"2026-01-01\\",)","p_note":null}'
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [("p_day", "tomorrow"), ("p_id", "Novak"), ("p_amount", "much"), ("p_names", "Novak"), ("p_at", None)],
)
def test_a_value_of_the_wrong_type_is_refused_before_it_is_sent(
    wire: WireServer, make_client: Callable[..., Any], field: str, value: Any
) -> None:
    wire.will(Answer(204, b""))
    with pytest.raises(InvalidInput) as caught:
        make_client(wire.url)._call(EVERYTHING, **{field: value})
    assert caught.value.field == field
    assert "Novak" not in str(caught.value)
    assert wire.seen == []


def test_a_null_row_is_none_only_where_that_is_declared(
    wire: WireServer, make_client: Callable[..., Any]
) -> None:
    wire.will(Answer.of({"amount": None, "note": None}))
    client = make_client(wire.url)
    maybe: Function[Line | None] = Function("maybe", Arguments, Line | None)
    assert client._call(maybe) is None
    surely: Function[Line] = Function("surely", Arguments, Line)
    with pytest.raises(UnexpectedResponse) as caught:
        client._call(surely)
    assert caught.value.details["fields"] == ["amount"]


def test_columns_that_a_newer_database_has_are_no_trouble(
    wire: WireServer, make_client: Callable[..., Any]
) -> None:
    wire.will(Answer(200, b'{"amount": 1.5, "note": "x", "brand_new": [1]}'))
    line: Function[Line] = Function("line", Arguments, Line)
    assert make_client(wire.url)._call(line) == Line(amount=Decimal("1.5"), note="x")


class Stay(Record):
    starts_at: dt.datetime
    ends_at: dt.datetime | None
    note: str | None = None


def test_what_never_ends_in_the_database_has_no_end() -> None:
    stay = Stay.model_validate(
        {"starts_at": "2026-01-01T00:00:00Z", "ends_at": "infinity", "note": "infinity"}
    )
    assert (stay.ends_at, stay.note) == (None, "infinity")
    with pytest.raises(ValidationError):
        Stay.model_validate({"starts_at": "-infinity", "ends_at": None})
