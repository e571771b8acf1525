"""Restricted columns: refused to every SELECT, opened row by row to those whom the matrix names."""

from __future__ import annotations

import pytest

from tests.access.conftest import House, Story


def opened(story: Story) -> dict[object, tuple[object, ...]]:
    """Title → diagnosis and price, of all that the caller may open."""
    found = story.rows(
        """select notes.title, o.diagnosis, o.price::integer
           from public.ward_notes as notes
           inner join public.get_ward_notes_restricted(array(select id from public.ward_notes)) as o
             using (id)
           order by 1"""
    )
    return {title: tuple(rest) for title, *rest in found}


@pytest.mark.parametrize("who", ["mia", "olga", "pat", "fay"])
@pytest.mark.parametrize(
    "query",
    [
        "select * from public.ward_notes",
        "select diagnosis from public.ward_notes",
        "select id from public.ward_notes where price > 1",
        "select id from public.ward_notes order by diagnosis",
        "select notes from public.ward_notes as notes",
        "update public.ward_notes set title = diagnosis",
        "insert into public.ward_notes (title, diagnosis) values ('x', 'y')",
    ],
)
def test_no_statement_reads_them(story: Story, who: str, query: str) -> None:
    story.act_as(who)
    assert story.refusal(query) == "42501"


def test_they_open_by_the_role_that_reaches_the_row(story: Story) -> None:
    expected: dict[str, dict[object, tuple[object, ...]]] = {
        "mia": {"a": ("flu", None)},
        "nadia": {"a": ("flu", None)},
        "sid": {"a": (None, 1), "b": (None, 2), "c": (None, 3)},
        # A nurse at Birch and the organization's scheduler: diagnoses of Birch only.
        "noa": {"a": (None, 1), "b": ("gout", 2), "c": (None, 3)},
        "olga": {"a": ("flu", 1), "b": ("gout", 2), "c": ("rash", 3)},
        "pat": {"a": ("flu", 1)},
        "ada": {},
        "fay": {},
        "hana": {"h": ("cold", None)},
    }
    seen = {}
    for who in expected:
        story.act_as(who)
        seen[who] = opened(story)
    assert seen == expected


def test_ids_of_others_give_nothing(story: Story) -> None:
    ids = story.ask("select array_agg(id)::text from public.ward_notes")[0]
    for who, count in (("hana", 1), ("mia", 1), ("fay", 0), ("ada", 0), ("olga", 3)):
        story.act_as(who)
        for function in ("public.get_ward_notes_restricted", "app.read_ward_notes_restricted"):
            assert len(story.rows(f"select id from {function}('{ids}')")) == count, (who, function)


def test_a_person_reads_all_of_themselves(story: Story) -> None:
    ids = story.ask("select array_agg(id)::text from public.ward_guests")[0]
    # Gus, with blood C, is one whom Lakeside no longer knows.
    for function in ("public.get_ward_guests_restricted", "app.read_ward_guests_restricted"):
        seen = {}
        for who in ("pat", "nadia", "sid", "hana"):
            story.act_as(who)
            seen[who] = story.ask(f"select blood from {function}('{ids}') order by 1")
        assert seen == {"pat": ["A"], "nadia": ["B"], "sid": [], "hana": ["D"]}, function


def test_the_list_of_ids_is_bounded(story: Story) -> None:
    story.act_as("mia")
    call = "select from public.get_ward_notes_restricted({})"
    assert story.refusal(call.format("array_fill(gen_random_uuid(), array[1000])")) is None
    assert story.refusal(call.format("array_fill(gen_random_uuid(), array[1001])")) == "invalid_input"
    assert story.refusal(call.format("null")) == "invalid_input"


def test_nobody_else_may_call_them(story: Story) -> None:
    for role in ("anon", "service_role"):
        for function in (
            "public.get_ward_notes_restricted(uuid[])",
            "app.read_ward_notes_restricted(uuid[])",
        ):
            assert story.ask(f"select has_function_privilege('{role}', '{function}', 'execute')") == [False]
    assert story.ask("select has_table_privilege('service_role', 'public.ward_notes', 'select')") == [True]


def test_a_flagged_room_asks_for_its_flag_first(house: House) -> None:
    house.replace("sql/ward/room.toml", 'uses = ["people"]', 'uses = ["people"]\nfeature = "ward"')
    assert "perform app.require_feature('ward');" in house.generated("ward_notes")


def test_one_reader_for_all_columns_needs_no_cases(house: House) -> None:
    assert "case" not in house.generated("ward_guests")
    assert house.generated("ward_notes").count("case\n") == 2


def test_a_table_without_restrictions_is_granted_whole(house: House) -> None:
    assert "grant select on public.ward_boards to authenticated;" in house.generated("ward_boards")
    assert "restricted" not in house.generated("ward_boards")
