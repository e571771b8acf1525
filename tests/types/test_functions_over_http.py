"""Functions of every shape, called as the generated client calls them, through the real gateway."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from types import ModuleType
from typing import Any

import psycopg
import pytest

from carebase import Carebase
from carebase.errors import InvalidInput, UnexpectedResponse
from carebase.project import Project
from carebase.stack.server import PostgresServer
from tests.conftest import served


@pytest.fixture(scope="module")
def service(
    server: PostgresServer, everything: str, project: Project, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Carebase]:
    """A service's client of a gateway over the database with one of everything."""
    with psycopg.connect(everything) as conn:
        # The development gateway knows no composite values in columns and parameters; PostgREST does.
        conn.execute("update public.kinds_of_things set place = null")
    database = str(psycopg.conninfo.conninfo_to_dict(everything)["dbname"])
    folder = tmp_path_factory.mktemp("gateway") / "state"
    with (
        served(project, server, database, folder) as stack,
        Carebase(stack.state.api_url, stack.state.secret_key) as client,
    ):
        yield client


@pytest.mark.parametrize(
    ("function", "values", "result"),
    [
        ("DO_NOTHING", {}, None),
        ("ADD_NUMBERS", {"a": 1}, 3),
        ("ADD_NUMBERS", {"a": 1, "b": 5}, 6),
        ("KEEP_LABEL", {}, None),
        ("KEEP_LABEL", {"p_label": None}, None),
        ("KEEP_LABEL", {"p_label": 'Zoë "x" \\'}, 'Zoë "x" \\'),
        ("LIST_NUMBERS", {"p_limit": 3}, [1, 2, 3]),
        ("LIST_NUMBERS", {"p_limit": 0}, []),
        ("CLASS", {"p_class": "c"}, "c"),
        ("SUM_AMOUNTS", {"p_amounts": [Decimal("1.10"), Decimal("2.20")]}, Decimal("3.30")),
        ("FIND_THING", {"p_id": 999}, None),
    ],
)
def test_a_result_is_of_the_declared_type(
    service: Carebase, functions: ModuleType, function: str, values: dict[str, Any], result: Any
) -> None:
    assert service._call(getattr(functions, function), **values) == result


def test_rows_and_records(service: Carebase, functions: ModuleType, models: ModuleType) -> None:
    thing = service._call(functions.FIND_THING, p_id=1)
    assert isinstance(thing, models.KindsOfThing)
    assert thing.label == 'Zoë "x" \\ y'
    assert [type(one) for one in service._call(functions.LIST_THINGS)] == [models.KindsOfThing] * 2
    counted = service._call(functions.COUNT_THINGS)
    assert {(one.mood, one.how_many, one.average) for one in counted} == {
        ("calm", 1, None),
        ('it\'s "loud"', 1, None),
    }
    changed = service._call(functions.WRITE_LABEL, p_id=2, p_label="new")
    assert changed.label == "new"


def test_named_results(service: Carebase, functions: ModuleType, models: ModuleType) -> None:
    assert service._call(functions.ONE_COLUMN) == [
        models.OneColumnResult(label="a"),
        models.OneColumnResult(label="b"),
    ]
    assert service._call(functions.OUT_PARAMETERS, p_in=2) == models.OutParametersResult(doubled=4, note="x")
    assert service._call(functions.ONE_OUT_PARAMETER, p_in=2) == models.OneOutParameterResult(doubled=4)
    assert service._call(functions.SECRET_NAMES) == [models.SecretNamesResult(id=1, name="x")]


def test_a_row_that_is_not_there_is_no_row(service: Carebase, functions: ModuleType) -> None:
    """`write_label` does not say that it may give nothing."""
    with pytest.raises(UnexpectedResponse):
        service._call(functions.WRITE_LABEL, p_id=999, p_label="x")


def test_a_missing_parameter_is_named(service: Carebase, functions: ModuleType) -> None:
    with pytest.raises(InvalidInput) as caught:
        service._call(functions.ADD_NUMBERS, b=1)
    assert caught.value.field == "a"


def test_tables_and_views(service: Carebase, models: ModuleType) -> None:
    assert [one.title for one in service.select(models.PlainView, order="id", limit=1)] == ['Zoë "x" \\ y']
    assert service.select(models.KindsOfThing, where={"class_": "c", "mood": 'it\'s "loud"'})[0].id == 1
