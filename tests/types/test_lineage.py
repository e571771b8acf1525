"""A column of a view is as certain as the column that it shows, and no more."""

from __future__ import annotations

import pytest

from carebase.types.catalogue import Column, Relation
from carebase.types.lineage import Lineage

SITES = Relation(1, "public", "sites", "r", None, None, (Column("id", 23, True), Column("name", 25, True)))
OTHERS = Relation(
    2, "public", "others", "r", None, None, (Column("id", 23, True), Column("site_id", 23, False))
)


def origin(definition: str, column: str, *more: Relation) -> str:
    view = Relation(9, "public", "v", "v", None, definition, (Column(column, 25, False),))
    relation, found = Lineage((SITES, OTHERS, view, *more)).origin(view, view.columns[0])
    return f"{relation.name}.{found.name}"


@pytest.mark.parametrize(
    ("definition", "column", "shown"),
    [
        ("select id, name from public.sites", "name", "sites.name"),
        ("select sites.name as title from public.sites", "title", "sites.name"),
        ("select s.name from public.sites s where s.id > 0 order by s.id limit 3", "name", "sites.name"),
        # Not the column itself, or perhaps not there:
        ("select upper(name) as name from public.sites", "name", "v.name"),
        ("select name::varchar as name from public.sites", "name", "v.name"),
        ("select s.name from public.others o left join public.sites s on s.id = o.site_id", "name", "v.name"),
        ("select s.name from public.others o, public.sites s", "name", "v.name"),
        ("select name from public.sites group by rollup (name)", "name", "v.name"),
        ("select name from public.sites union select null", "name", "v.name"),
        ("with s as (select null::text as name) select name from s", "name", "v.name"),
        ("select name from (select null::text as name) as s", "name", "v.name"),
        ("select name from hidden.unknown", "name", "v.name"),
        ("values (1)", "column1", "v.column1"),
    ],
)
def test_only_a_plain_selection_inherits(definition: str, column: str, shown: str) -> None:
    assert origin(definition, column) == shown


def test_through_several_views() -> None:
    middle = Relation(3, "public", "middle", "v", None, "select name as label from public.sites", ())
    middle = Relation(*[*vars(middle).values()][:6], (Column("label", 25, False),))
    assert origin("select label as text from public.middle", "text", middle) == "sites.name"
