"""The question that `select` puts to PostgREST, to the letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from carebase.client.query import select_request
from carebase.errors import InvalidInput
from carebase.models import House, ProviderDailyCheckin, Site
from tests.client.wire_server import Answer, WireServer


def asked(**options: Any) -> dict[str, str]:
    request = select_request(Site, **{"where": None, "order": (), "limit": 100, "offset": 0, **options})
    assert (request.method, request.path, request.is_repeatable) == ("GET", "/sites", True)
    params = dict(request.params)
    assert params.pop("select") == ",".join(Site.model_fields)
    return params


def test_without_conditions_it_is_the_first_rows() -> None:
    assert asked() == {"limit": "100", "offset": "0"}


@pytest.mark.parametrize(
    ("value", "condition"),
    [
        ("house", "eq.house"),
        ("a,b.(c)", "eq.a,b.(c)"),
        (7, "eq.7"),
        (True, "eq.true"),
        (None, "is.null"),
        (dt.date(2026, 1, 1), "eq.2026-01-01"),
        (["house", "clinic"], 'in.("house","clinic")'),
        (['a"b', "c\\d", "e,f"], 'in.("a\\"b","c\\\\d","e,f")'),
        ([], "in.()"),
    ],
)
def test_conditions(value: Any, condition: str) -> None:
    assert asked(where={"name": value})["name"] == condition


def test_order() -> None:
    assert asked(order="name")["order"] == "name.asc"
    assert asked(order=["-created_at", "id"])["order"] == "created_at.desc,id.asc"


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"where": {"nickname": 1}}, "nickname"),
        ({"where": {"id,name": 1}}, "id,name"),
        ({"order": "-nickname"}, "nickname"),
        ({"limit": 0}, "limit"),
        ({"offset": -1}, "offset"),
    ],
)
def test_nonsense_is_refused_before_it_is_sent(options: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        asked(**options)
    assert caught.value.field == field


def test_special_characters_arrive_as_they_were(wire: WireServer, make_client: Callable[..., Any]) -> None:
    wire.will(Answer.of([]))
    make_client(wire.url).select(Site, where={"name": "A&B+C=D %ü", "kind": ["house"]}, limit=5)
    arrived = dict(parse_qsl(urlsplit(wire.seen[0].path).query))
    assert arrived["name"] == "eq.A&B+C=D %ü"
    assert arrived["kind"] == 'in.("house")'


def test_a_view_knows_what_its_table_knows() -> None:
    """`houses` shows columns of `sites`; what cannot be null there cannot be null here."""
    annotations = {name: field.annotation for name, field in Site.model_fields.items()}
    assert annotations["name"] is str
    assert {
        name: field.annotation for name, field in House.model_fields.items()
    }.items() <= annotations.items()


def test_protected_columns_stay_out_of_the_repr() -> None:
    hidden = {name for name, field in ProviderDailyCheckin.model_fields.items() if not field.repr}
    assert {"stress_level", "energy_level"} <= hidden
    assert "checkin_date" not in hidden
