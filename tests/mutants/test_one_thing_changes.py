"""What the faults are made of: an expression or a body with exactly one thing taken out or turned round."""

from __future__ import annotations

import pytest

from carebase.access.mutants.expressions import TRUE, Place, text, variants
from carebase.access.mutants.kinds.rewrites import inverted
from carebase.access.mutants.kinds.wording import slug
from carebase.access.mutants.text import Body


def without_conditions(predicate: str) -> list[str]:
    return [
        variant.text
        for variant in variants(
            predicate, lambda place: [(TRUE, text(place.node))] if place.is_condition else []
        )
    ]


def test_every_condition_of_an_expression_once_those_of_its_queries_too() -> None:
    assert without_conditions("a and b and (c or d and e) and f = any (array(select g from h where i))") == [
        "TRUE AND b AND (c OR (d AND e)) AND f = ANY(ARRAY(SELECT g FROM h WHERE i))",
        "a AND TRUE AND (c OR (d AND e)) AND f = ANY(ARRAY(SELECT g FROM h WHERE i))",
        "a AND b AND TRUE AND f = ANY(ARRAY(SELECT g FROM h WHERE i))",
        "a AND b AND (c OR (TRUE AND e)) AND f = ANY(ARRAY(SELECT g FROM h WHERE i))",
        "a AND b AND (c OR (d AND TRUE)) AND f = ANY(ARRAY(SELECT g FROM h WHERE i))",
        "a AND b AND (c OR (d AND e)) AND TRUE",
        "a AND b AND (c OR (d AND e)) AND f = ANY(ARRAY(SELECT g FROM h WHERE TRUE))",
    ]


@pytest.mark.parametrize(
    ("predicate", "opposite"),
    [
        ("a = b", "a <> b"),
        ("a = any (b)", "a <> ALL(b)"),
        ("a is null", "a IS NOT NULL"),
        ("a and x.f(1) = 2", "a AND x.f(1) <> 2"),
    ],
)
def test_a_comparison_is_turned_round(predicate: str, opposite: str) -> None:
    def rewrite(place: Place) -> list[tuple[object, str]]:
        return [found for found in inverted(place, None) if " " in found[1]]

    assert [variant.text for variant in variants(predicate, rewrite)] == [opposite]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("body", "without"),
    [
        ("select 1 from t where a = 1 and b = 2", ["… where b = 2", "… where a = 1"]),
        ("select 1 from t where a between 1 and 2 and b", ["… where b", "… where a between 1 and 2"]),
        ("select 1 from t where a and (b or c) limit 1", ["… where (b or c) limit 1", "… where a limit 1"]),
        ("select 1 from t where a order by b", ["… where true order by b"]),
        ("if a or b and c then x; end if;", ["if b and c then x; end if;", "if a then x; end if;"]),
        ("if a then x; end if;", []),
        ("insert into t values (1) on conflict (a) do update set b = 1", []),
        ("select 1 from t join u on t.a = u.a and u.b", ["… join u on u.b", "… join u on t.a = u.a"]),
        ("select count(*) filter (where a and b) from t", ["… (where b) from t", "… (where a) from t"]),
        ("select 1 from t where a -- why, and how\n and b", ["… where b", "… where a"]),
        (
            "select case when a and b then c else d end",
            ["… when b then c else d end", "… when a then c else d end"],
        ),
        ("select 1 from t where left(a, 1) = 'x' and b", ["… where b", "… where left(a, 1) = 'x'"]),
    ],
)
def test_every_condition_of_a_body_once(body: str, without: list[str]) -> None:
    found = [condition.without for condition in Body(body).conditions()]
    assert len(found) == len(without)
    for have, want in zip(found, without, strict=True):
        assert " ".join(have.split()).endswith(want.removeprefix("… "))


def test_a_performed_call_is_left_out_whole() -> None:
    body = "begin perform app.require_role('a', f(';')); perform app.check_input('x', true, 'y'); end"
    calls = list(Body(body).performed())
    assert [call.name for call in calls] == ["require_role", "check_input"]
    assert calls[0].without == "begin null; perform app.check_input('x', true, 'y'); end"


def test_where_the_arguments_of_a_call_end() -> None:
    body = "select * from app.days(f(a), b) as days"
    assert [body[:end] for end in Body(body).closing("app.days")] == ["select * from app.days(f(a), b"]


def test_an_id_stays_short_and_tells_apart() -> None:
    assert slug("deleted_at IS NULL") == "deleted_at-is-null"
    long = "x" * 200
    assert len(slug(long)) < 80
    assert slug(long + "a") != slug(long + "b")
