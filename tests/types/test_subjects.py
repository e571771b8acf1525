"""The methods of subjects are written from a list, and a list that names what is not there is refused."""

from __future__ import annotations

import ast
import textwrap
from pathlib import Path

import pytest

from carebase.problems import UsageProblem
from carebase.types.plan import Call, Field, Model, Module
from carebase.types.subjects import Method, plan_subjects

COMMENT = """What is due at a site; leaves an event.
p_site_id: the site. p_kind: of this kind; null: of
any. p_limit: at most so many, 1 to 500. p_after: the last of the page before.
told_level: how far up somebody was told.
Never null: id. Protected: kind.
Errors: feature_disabled, not_found."""


def field(name: str, expression: str, *, has_default: bool = False) -> Field:
    return Field(name, expression, None, has_default=has_default)


LIST = Call(
    function="list_due",
    constant="LIST_DUE",
    method="list_due",
    arguments=Model(
        "ListDueArguments",
        "Arguments",
        None,
        (
            field("p_site_id", "UUID"),
            field("p_from", "dt.date"),
            field("p_kind", "Kind | None", has_default=True),
            field("p_limit", "int", has_default=True),
            field("p_after", "UUID | None", has_default=True),
        ),
    ),
    returns="list[ListDueResult]",
    is_repeatable=True,
    comment=COMMENT,
)
SAVE = Call(
    function="save_due",
    constant="SAVE_DUE",
    method="save_due",
    arguments=Model(
        "SaveDueArguments",
        "Arguments",
        None,
        (
            field("p_ids", "list[UUID]"),
            field("p_details", "Json"),
            field("p_amount", "Decimal", has_default=True),
            field("p_request_key", "UUID | None", has_default=True),
        ),
    ),
    returns="UUID",
    is_repeatable=False,
    comment="Saves it.\np_ids: which. p_details: {name}. p_request_key: yours.\nErrors: conflict.",
)
MODULE = Module("care", calls=[LIST, SAVE])


def plan(tmp_path: Path, text: str) -> dict[str, Method]:
    file = tmp_path / "subjects.toml"
    file.write_text(textwrap.dedent(text), encoding="utf-8")
    [subject] = plan_subjects(file, [MODULE])
    return {method.name: method for method in subject.methods}


def test_a_page_and_a_write(tmp_path: Path) -> None:
    found = plan(
        tmp_path,
        """
        [things]
        list = { calls = "list_due", key = "id", example = "page = await carebase.things.list(site.id)" }
        create = { calls = "save_due", shapes = { p_details = "ContactDetails" } }
        """,
    )
    page = found["list"]
    assert (page.cursor, page.key, page.returns) == ("p_after", "id", "Page[ListDueResult]")
    assert page.positional is not None
    assert (page.positional.name, page.positional.argument) == ("site_id", "p_site_id")
    assert [(one.name, one.expression, one.default) for one in page.parameters] == [
        ("from_", "dt.date", ""),
        ("kind", "Kind | None", " = OMITTED"),
    ]
    save = found["create"]
    assert save.positional is not None
    assert save.positional.expression == "Sequence[UUID]"
    assert [(one.name, one.expression, one.default, one.sent) for one in save.parameters] == [
        ("details", "ContactDetails", "", "jsonable(details)"),
        ("amount", "Decimal | float", " = OMITTED", "amount"),
        ("request_key", "UUID | None", " = None", "request_key or uuid4()"),
    ]


def test_the_comment_is_the_docstring(tmp_path: Path) -> None:
    found = plan(
        tmp_path,
        """
        [things]
        list = { calls = "list_due", key = "id", example = "page = await carebase.things.list(site.id)" }
        create = "save_due"
        """,
    )
    said = ast.literal_eval(found["list"].docstring)
    assert textwrap.dedent(" " * 8 + said).strip() == textwrap.dedent(
        """\
        What is due at a site; leaves an event.

        Args:
            site_id: the site.
            kind: of this kind; None: of any.
            limit: at most so many, 1 to 500.
            after: `next` of the page before.

        Returns:
            told_level: how far up somebody was told.

        Errors: feature_disabled, not_found.
        Calls `list_due`, and again if no answer comes.

        Example:
            >>> page = await carebase.things.list(site.id)"""
    )
    assert "Calls `save_due`, and again if no answer comes." in found["create"].docstring
    assert "request_key: None: one is made." in found["create"].docstring


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('list = "list_dues"', "the function list_dues"),
        ('list = { calls = "save_due", key = "id" }', "pages of save_due"),
        ('list = { calls = "save_due", shapes = { p_detail = "ContactDetails" } }', "the parameter p_detail"),
        ('list = { calls = "save_due", shapes = { p_details = "Contact" } }', "the shape Contact"),
    ],
)
def test_what_is_not_there_is_refused(tmp_path: Path, line: str, named: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        plan(tmp_path, f"[things]\n{line}\n")
    assert refused.value.code == "types_subject_unknown"
    assert named in refused.value.message
    assert "things.list" in refused.value.message
