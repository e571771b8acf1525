"""What Postgres has is what the generated models hold, and what they send is what Postgres gets."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import ModuleType
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.rows import scalar_row

from carebase.client import query
from carebase.values import Range


@pytest.fixture(scope="module")
def things(everything: str, models: ModuleType) -> list[Any]:
    """The rows of the table with a column of every kind, as PostgREST would send them."""
    with psycopg.connect(everything, row_factory=scalar_row, options="-ctimezone=UTC") as conn:
        sent = conn.execute(
            "select json_agg(t order by id)::text from public.kinds_of_things as t"
        ).fetchone()
    return query.rows(models.KindsOfThing, str(sent).encode())


def test_values_are_what_was_stored(things: list[Any], models: ModuleType) -> None:
    thing = things[0]
    assert (thing.is_good, thing.small, thing.big) == (True, -32768, 9223372036854775807)
    assert thing.amount == Decimal("12345678901234567890.123456789")
    assert thing.doubled == Decimal("24691357802469135780.246913578")
    assert (thing.ratio, thing.half, thing.score, thing.best) == (0.1, 1.5, Decimal("1.5"), Decimal("2.125"))
    assert (thing.label, thing.code, thing.fixed) == ('Zoë "x" \\ y', "a", "b  ")
    assert thing.key == UUID("0197a000-0000-7000-8000-000000000001")
    assert thing.day == dt.date(2026, 2, 28)
    assert thing.at == dt.datetime(2026, 11, 20, 21, 30, 0, 123456, tzinfo=dt.UTC)
    assert thing.at_local == dt.datetime(2026, 11, 21, 3)
    assert thing.clock == dt.time(23, 59, 59, 500_000)
    assert (thing.clock_there, thing.lasts) == ("10:00:00+02", "1 mon 2 days 03:04:05")
    assert thing.blob == b"\x00\xff"
    assert thing.document == {"a": [1, 2.5, None], "b": {"c": "d"}}
    assert thing.plain == [1]
    assert thing.during == Range(
        dt.datetime(2026, 1, 1, tzinfo=dt.UTC), dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
    )
    assert thing.days == Range(dt.date(2026, 1, 1), None)
    assert (thing.numbers, thing.amounts) == (Range(2, 6), Range(Decimal("1.10"), Decimal("2.2"), "[]"))
    assert (thing.labels, thing.tag_list) == (["a", "b c"], ["x"])
    assert (thing.mood, thing.moods) == ('it\'s "loud"', ["calm", "in between"])
    assert thing.place == models.Place(street="Main St, 1", zip="12345", moods=["calm"])
    assert (thing.level, thing.address) == ("high", "10.0.0.1/8")
    assert (thing.class_, thing.copy_, thing.model_validate_) == ("c", "d", "e")


def test_edges_and_nulls(things: list[Any]) -> None:
    thing = things[1]
    assert (thing.amount, thing.ratio, thing.blob, thing.document) == (0, -1e300, b"", None)
    assert thing.during == Range(is_empty=True)
    assert (thing.day, thing.labels) == (dt.date(1, 1, 1), [])
    assert [thing.half, thing.at_local, thing.days, thing.moods, thing.score, thing.place] == [None] * 6


def test_postgres_reads_back_what_the_models_write(things: list[Any], everything: str) -> None:
    """Column by column, so that nothing hides behind another fault."""
    back = """select key from json_each(to_json((
                select json_populate_record(null::public.kinds_of_things, %s))))
              join json_each(to_json((select t from public.kinds_of_things as t where id = %s)))
                as stored using (key)
              where json_each.value::text is distinct from stored.value::text"""
    with psycopg.connect(everything, row_factory=scalar_row, options="-ctimezone=UTC") as conn:
        for thing in things:
            sent = thing.model_dump_json(by_alias=True)
            assert conn.execute(back, (sent, thing.id)).fetchall() == []


def test_every_relation_has_its_columns(everything: str, models: ModuleType) -> None:
    """As PostgREST would send them: any row of any relation is one of its model."""
    with psycopg.connect(everything, row_factory=scalar_row) as conn:
        conn.execute("refresh materialized view public.stored_view")
        conn.execute("insert into public.statuses values (1, 'a', null), (2, 'b', 1)")
        conn.execute("insert into public.parted values (1, '2026-05-05')")
        for model in (
            "CountedView",
            "JoinedView",
            "Parted",
            "PlainView",
            "Status",
            "StoredView",
            "ViewOfView",
        ):
            cls = getattr(models, model)
            sent = conn.execute(
                psycopg.sql.SQL("select json_agg(t)::text from public.{} as t").format(
                    psycopg.sql.Identifier(cls.relation_name)
                )
            ).fetchone()
            assert query.rows(cls, str(sent).encode()), model
