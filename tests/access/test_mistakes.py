"""A matrix that says what it may not: a sentence with file and key, and nothing is written."""

from __future__ import annotations

import pytest

from carebase.access import compile_rooms
from carebase.problems import UsageProblem
from tests.access.conftest import House

MISTAKES = [
    ("nurse           =", "nurze =", "ward_notes.access.nurze: is neither a persona nor an audience."),
    ('nurse           = { select = "sites" }', 'nurse = { select = "side" }', "ward_notes.access.nurse.select: 'side'"),
    ('nurse           = { select = "sites" }', 'nurse = { select = "related" }', "ward_notes.access.nurse.select: the scope 'related' needs a link"),
    ('diagnosis = ["manager"', 'diagnoses = ["manager"', "ward_notes.columns.diagnoses: column 'diagnoses' is not in sql/ward/tables/ward_notes.sql"),
    ('["org_owner", "scheduler"]', '["org_owner", "schedular"]', "ward_notes.columns.price: 'schedular' is neither a persona nor an audience."),
    ('["org_owner", "scheduler"]', '["org_owner", "family"]', "ward_notes.columns.price: family may select no row of the table."),
    ("price     = ", "site_id = ", "ward_notes.columns.site_id: keys and what decides about access cannot be restricted."),
    ("price     = ", "is_shared = ", "ward_notes.columns.is_shared: keys and what decides about access cannot be restricted."),
    ("price     = ", "deleted_at = ", "ward_notes.columns.deleted_at: keys and what decides about access cannot be restricted."),
    ('phi = ["blood"]', 'phi = ["bloody"]', "ward_guests.phi: column 'bloody' is not in sql/ward/tables/ward_guests.sql"),
    ('site_column = "house_id"\n', "", "ward_boards.site_column: the scope 'sites' needs column 'site_id'"),
    ('insert_columns = ["title"]\n', "", "ward_words.insert_columns: must be listed exactly if the matrix has insert cells."),
    ('table = "org_ward_guests"', 'table = "org_ward_gusts"', "ward_guests.link.table: no room.toml declares 'org_ward_gusts'."),
    ('column = "guest_id"', 'column = "gust_id"', "ward_guests.link: sql/ward/tables/org_ward_guests.sql needs the columns 'gust_id'"),
    ('staff = { select = "organization" }', 'nurse = { select = "organization" }', "ward_guests.access.scheduler: the scope 'related' needs a select on org_ward_guests for scheduler."),
    ("[tables.ward_words]", "[tables.ward_wards]", "sql/ward/tables/ward_wards.sql: declared in room.toml, but there is no such file."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES)
def test_a_mistake_is_named_by_file_and_key(house: House, old: str, new: str, message: str) -> None:
    compile_rooms(house.project)
    house.replace("sql/ward/room.toml", old, new)
    if "ward_wards" in new:
        house.replace("sql/ward/room.toml", "[tables.ward_words.access]", "[tables.ward_wards.access]")
    before = {path: path.read_bytes() for path in house.project.sql.rglob("*.sql")}
    with pytest.raises(UsageProblem) as caught:
        compile_rooms(house.project)
    assert caught.value.code == "matrix_invalid"
    expected = message if message.startswith("sql/") else f"sql/ward/room.toml: tables.{message}"
    assert caught.value.message.startswith(expected)
    assert {path: path.read_bytes() for path in house.project.sql.rglob("*.sql")} == before


def test_a_column_without_readers_is_refused(house: House) -> None:
    house.replace("sql/ward/room.toml", 'blood = ["nurse"]', "blood = []")
    with pytest.raises(UsageProblem, match=r"ward/room\.toml: tables\.ward_guests\.columns\.blood"):
        compile_rooms(house.project)


def test_a_key_of_several_columns_cannot_be_asked_for(house: House) -> None:
    house.replace(
        "sql/ward/tables/ward_notes.sql", "primary key (org_id, id)", "primary key (org_id, id, title)"
    )
    with pytest.raises(UsageProblem, match=r"tables\.ward_notes\.columns: restricted columns need a key"):
        compile_rooms(house.project)


def test_a_table_that_is_no_sql_is_named(house: House) -> None:
    house.replace("sql/ward/tables/ward_words.sql", "create table", "create tabel")
    with pytest.raises(UsageProblem, match=r"sql/ward/tables/ward_words\.sql: syntax error"):
        compile_rooms(house.project)
