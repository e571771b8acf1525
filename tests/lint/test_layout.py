"""One thing per file, named after it and short enough to be read at once; what cannot be read is said."""

from __future__ import annotations

import pytest

from carebase.db.declarations import Declarations
from carebase.lint import layout
from carebase.lint.workspace import Workspace
from tests.lint.conftest import House

LONG = "\n".join(f"  -- line {number}" for number in range(80))

FAULTS = {
    "own-file: a table": ("sql/care/tables/memos.sql", "create table public.papers (id uuid); -- here"),
    "own-file: a view": ("sql/care/tables/v.sql", "create view public.v as select 1 as one; -- here"),
    "own-file: a function": (
        "sql/care/functions/helpers.sql",
        "-- Helpers.\ncreate function public.help() returns int language sql as 'select 1'; -- here",
    ),
    "function-length": (
        "sql/care/functions/f.sql",
        f"create function app.f() returns int language sql as $$ -- here\n{LONG}\n  select 1\n$$;",
    ),
    "body-lowercase": (
        "sql/care/functions/f.sql",
        "create function app.f() returns int language plpgsql as $$\nbegin\n  RETURN 1; -- here\nend $$;",
    ),
    "unparsable": ("sql/care/functions/f.sql", "select 1;\nselect from where -- here"),
}


def _found(house: House) -> list[tuple[str, str, int]]:
    workspace = Workspace(house.project, Declarations(house.project))
    return [(finding.rule, finding.file, finding.line) for finding in layout.check(workspace)]


def test_a_sound_house_is_laid_out_well(house: House) -> None:
    assert _found(house) == []


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_is_found_at_its_line(case: str, house: House) -> None:
    file, sql = FAULTS[case]
    house.write(file, sql)
    assert _found(house) == [(case.split(":")[0], file, house.line(file, "-- here"))]


def test_a_file_that_is_not_text_is_said(house: House) -> None:
    file = "sql/care/functions/f.sql"
    house.write(file, "")
    (house.project.root / file).write_bytes("-- One.\n-- Zwölf.\n".encode("latin-1"))
    assert _found(house) == [("unparsable", file, 2)]


def test_a_table_file_is_one_page(house: House) -> None:
    notes = "sql/care/tables/notes.sql"
    house.append(notes, "\n" * layout.TABLE_FILE_LINES)
    assert _found(house) == [("table-file-length", notes, 0)]


def test_private_helpers_may_share_a_file(house: House) -> None:
    house.write(
        "sql/care/functions/helpers.sql",
        "create function app.a() returns int language sql as 'select 1';\n"
        "create function app.b() returns int language sql as 'select 1';\n",
    )
    assert _found(house) == []
