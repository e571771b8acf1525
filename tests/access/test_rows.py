"""Who reaches which rows of the made-up ward, as the compiled policies decide on a real database."""

from __future__ import annotations

import pytest

from tests.access.conftest import Story

NOTES = [
    ("mia", "a", "the manager of Ash sees Ash"),
    ("max", "ab", "a manager of the whole organization sees every site, and nothing without a site"),
    ("nadia", "a", "a nurse sees her site"),
    ("noa", "abc", "two roles: what either may see"),
    ("sid", "abc", "the front desk sees the organization"),
    ("ada", "b", "the administrator sees what was shared"),
    ("olga", "abc", "the owner sees all"),
    ("pat", "a", "a patient sees their own"),
    ("fay", "", "no cell, no row, though she is at the site"),
    ("carl", "", "a carer at Birch has no cell either"),
    ("hana", "h", "held for the whole of Harbor: every site of it, and none of Lakeside"),
]


@pytest.mark.parametrize(("who", "titles", "why"), NOTES, ids=[who for who, _, _ in NOTES])
def test_select_is_what_the_scope_says(story: Story, who: str, titles: str, why: str) -> None:
    story.act_as(who)
    assert story.ask("select title from public.ward_notes order by title") == list(titles), why


@pytest.mark.parametrize(
    ("who", "titles"), [("carl", ["birch"]), ("nadia", ["ash"]), ("olga", ["ash", "birch"]), ("fay", [])]
)
def test_an_audience_stands_for_its_personas(story: Story, who: str, titles: list[str]) -> None:
    story.act_as(who)
    assert story.ask("select title from public.ward_boards order by title") == titles


def test_related_rows_are_those_of_people_the_organization_still_knows(story: Story) -> None:
    seen = {}
    for who in ("nadia", "sid", "hana", "pat", "mia"):
        story.act_as(who)
        seen[who] = story.ask("select title from public.ward_guests order by title")
    assert seen == {"nadia": ["ben"], "sid": ["ben"], "hana": ["har"], "pat": ["pat"], "mia": []}


def test_inserts_go_to_the_managers_own_sites(story: Story) -> None:
    insert = "insert into public.ward_notes (site_id, title) values (tests.place('{}'), 'new')"
    story.act_as("mia")
    assert story.refusal(insert.format("ash")) is None
    assert story.refusal(insert.format("birch")) == "42501"
    assert story.refusal(insert.format("harbor")) == "42501"
    story.act_as("nadia")
    assert story.refusal(insert.format("ash")) == "42501"


def test_inserts_are_the_persons_own(story: Story) -> None:
    insert = "insert into public.ward_notes (user_id, title) values (tests.person('{}'), 'mine')"
    story.act_as("pat")
    assert story.refusal(insert.format("pat")) is None
    assert story.refusal(insert.format("fay")) == "42501"


@pytest.mark.parametrize(
    ("who", "change"),
    [
        ("mia", "site_id = tests.place('birch')"),
        ("mia", "site_id = null"),
        ("mia", "org_id = tests.org('harbor')"),
        ("pat", "user_id = tests.person('fay')"),
        ("olga", "org_id = tests.org('harbor'), site_id = tests.place('harbor')"),
    ],
)
def test_no_update_moves_a_row_out_of_reach(story: Story, who: str, change: str) -> None:
    story.act_as(who)
    assert story.refusal(f"update public.ward_notes set {change} where title = 'a'") == "42501"


def test_updates_and_deletes_touch_only_reachable_rows(story: Story) -> None:
    story.act_as("mia")
    assert story.count("update public.ward_notes set title = title || '!' returning id") == 1
    assert story.count("delete from public.ward_notes where title <> 'x' returning id") == 1
    story.act_as("olga")
    assert (
        story.count("update public.ward_notes set title = title || '!' where title <> 'x' returning id") == 2
    )
    assert story.refusal("delete from public.ward_notes") is None, "the grant is there for managers"
    assert story.count("delete from public.ward_notes where title <> 'x' returning id") == 0


def test_reference_rows_are_everybodys_to_read_and_the_platforms_to_write(story: Story) -> None:
    for who, refused in (("fay", "42501"), ("sue", None)):
        story.act_as(who)
        assert story.ask("select title from public.ward_words where title = 'word'") == ["word"]
        assert story.refusal(f"insert into public.ward_words (title) values ('{who}')") == refused
