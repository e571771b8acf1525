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
    found = Lineage((SITES, OTHERS, view, *more)).origin(view, view.columns[0])
    return f"{found.relation.name}.{found.column.name}{' or null' if found.may_miss else ''}"


@pytest.mark.parametrize(
    ("definition", "column", "shown"),
    [
        ("select id, name from public.sites", "name", "sites.name"),
        ("select sites.name as title from public.sites", "title", "sites.name"),
        ("select s.name from public.sites s where s.id > 0 order by s.id limit 3", "name", "sites.name"),
        ("select name, count(*) from public.sites group by name", "name", "sites.name"),
        ("select s.name from public.others o, public.sites s", "name", "sites.name"),
        ("select s.name from public.others o join public.sites s on true", "name", "sites.name"),
        ("select o.id from public.others o left join public.sites s on true", "id", "others.id"),
        ("select s.name from public.others o left join public.sites s on true", "name", "sites.name or null"),
        ("select o.id from public.others o right join public.sites s on true", "id", "others.id or null"),
        ("select o.id from public.others o full join public.sites s on true", "id", "others.id or null"),
        (
            "select s.name from public.others o left join (public.others cross join public.sites s) on true",
            "name",
            "sites.name or null",
        ),
        # Not the column itself, or of no relation:
        ("select upper(name) as name from public.sites", "name", "v.name"),
        ("select name::varchar as name from public.sites", "name", "v.name"),
        ("select name from public.sites group by rollup (name)", "name", "v.name"),
        ("select name from public.sites union select null", "name", "v.name"),
        ("with s as (select null::text as name) select name from s", "name", "v.name"),
        ("select name from (select null::text as name) as s", "name", "v.name"),
        ("select name from public.sites, (select null::text as name) as t", "name", "v.name"),
        ("select name from hidden.unknown", "name", "v.name"),
        ("select 1 as one", "one", "v.one"),
        ("values (1)", "column1", "v.column1"),
    ],
)
def test_a_column_inherits_what_it_shows(definition: str, column: str, shown: str) -> None:
    assert origin(definition, column) == shown


def test_through_several_views() -> None:
    columns = (Column("label", 25, False),)
    middle = Relation(3, "public", "middle", "v", None, "select name as label from public.sites", columns)
    assert origin("select label as text from public.middle", "text", middle) == "sites.name"
    outer = "select m.label from public.others o left join public.middle m on true"
    assert origin(outer, "label", middle) == "sites.name or null"
