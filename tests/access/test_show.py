"""`carebase access show`: the matrix in words, as a table, a page, a document, and kept up to date."""

from __future__ import annotations

import json
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from click.testing import Result
from typer.testing import CliRunner

from carebase.access.pages import html_page, write_pages
from carebase.access.show import show_access
from carebase.problems import UsageProblem
from carebase.project import Project
from carebase_cli.access import app
from tests.access.conftest import House

Run = Callable[..., Result]


@pytest.fixture
def run(house: House, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in the small checkout; a Problem passes as it does to the real entry point."""
    monkeypatch.setenv("CAREBASE_PROJECT", str(house.project.root))
    monkeypatch.setenv("COLUMNS", "250")

    def run(*words: str) -> Result:
        result = CliRunner().invoke(app, ["show", *words])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def test_cells_say_which_rows_and_which_columns_stay_closed(house: House) -> None:
    (notes,) = show_access(house.project, table="ward_notes")
    words = {row.who[0]: row.words("select") for row in notes.rows}
    sites, every = "rows of the sites they are assigned to", "every row of the active organization"
    assert words == {
        "org_owner": every,
        "admin": "rows that their owner shared, without diagnosis, price",
        "manager": f"{sites}, without price",
        "nurse": f"{sites}, without price",
        "scheduler": f"{every}, without diagnosis",
        "patient": "their own rows",
    }
    assert notes.floor == "only rows of the active organization"
    assert notes.restricted["price"] == ["org_owner", "scheduler"]
    assert notes.functions == ["get_ward_notes_restricted"]
    assert notes.openers == []
    assert "family" in notes.nothing


def test_people_without_a_role_are_shown_where_they_reach_something(house: House) -> None:
    rows = {one.name: [row.who[0] for row in one.rows] for one in show_access(house.project)}
    assert "without a role" in rows["ward_words"]
    assert "without a role" not in rows["ward_notes"]


def test_a_table_for_people(run: Run) -> None:
    shown = run("--table", "ward_notes").stdout
    assert "Whatever else is allowed: only rows of the active organization." in shown
    assert "without price" in shown
    assert "price: get_ward_notes_restricted, for org_owner, scheduler." in shown
    only = run("--table", "ward_notes", "--persona", "scheduler").stdout
    assert "scheduler" in only
    assert "patient " not in only
    assert "ward_boards" not in only


def test_a_document_for_scripts(run: Run) -> None:
    found = json.loads(run("--persona", "nurse", "--json").stdout)
    notes = next(one for one in found if one["name"] == "ward_notes")
    assert notes["rows"] == [
        {
            "who": ["nurse"],
            "cells": {
                "select": [
                    {
                        "scope": "sites",
                        "says": "rows of the sites they are assigned to",
                        "without": ["price"],
                    }
                ]
            },
        }
    ]


def test_unknown_names_are_refused_with_the_known_ones(run: Run) -> None:
    with pytest.raises(UsageProblem, match="declares a table 'wards'") as table:
        run("--table", "wards")
    assert "ward_notes" in table.value.hint
    with pytest.raises(UsageProblem, match="'nurze' is not a persona") as persona:
        run("--persona", "nurze")
    assert "nurse" in persona.value.hint


@pytest.mark.parametrize(
    "words", [("--html", "--json"), ("--write", "--check"), ("--write", "--table", "patients")]
)
def test_options_that_exclude_each_other(run: Run, words: tuple[str, ...]) -> None:
    with pytest.raises(UsageProblem) as caught:
        run(*words)
    assert caught.value.code == "options_exclude_each_other"


class _Page(HTMLParser):
    """Notes what an accessible page that stands alone is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_accessible(house: House) -> None:
    text = html_page(show_access(house.project))
    page = _Page()
    page.feed(text)
    assert page.open == []
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert all("src" not in attributes for _, attributes in page.attributes)
    assert ("html", {"lang": "en"}) in page.attributes
    assert page.tags.count("caption") == page.tags.count("table") > 10
    assert all("scope" in attributes for tag, attributes in page.attributes if tag == "th")
    ids = [attributes["id"] for _, attributes in page.attributes if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {str(one["href"])[1:] for tag, one in page.attributes if tag == "a"}
    assert targets <= set(ids)
    assert "without diagnosis" in text


def test_words_are_escaped_in_the_page(house: House) -> None:
    house.replace(
        "sql/access.toml", '"rows that their owner shared"', '"rows <b>that</b> their owner shared"'
    )
    assert "rows &lt;b&gt;that&lt;/b&gt;" in html_page(show_access(house.project))


def test_pages_are_written_checked_and_removed(house: House, run: Run) -> None:
    stale = run("--check")
    assert stale.exit_code == 1
    assert "docs/access/ward.md" in stale.stdout
    assert not (house.project.root / "docs").exists()
    written = run("--write")
    assert written.exit_code == 0
    assert "docs/personas.md" in written.stdout
    assert run("--check").exit_code == 0
    house.replace("sql/ward/room.toml", 'admin           = { select = "shared" }', "")
    (house.project.root / "docs" / "access" / "cellar.md").write_text("gone\n", encoding="utf-8")
    assert run("--check").stdout.split() == ["docs/access/cellar.md", "docs/access/ward.md"]
    run("--write")
    assert run("--check").exit_code == 0
    assert not (house.project.root / "docs" / "access" / "cellar.md").exists()


def test_what_is_committed_is_what_the_matrices_say(project: Project) -> None:
    assert write_pages(project, check=True) == []
