"""What the tools of others say comes back as findings at the right file and line. The tools really run."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from carebase.db.declarations import Declarations
from carebase.lint import advisors, frontend, migrations, python, rls_rules, style
from carebase.lint.findings import Finding
from carebase.lint.workspace import Workspace
from carebase.problems import EnvironmentProblem
from carebase.project import Project
from tests.lint.conftest import House

NOTES = "sql/care/tables/notes.sql"
ACCESS = "sql/care/generated/notes.sql"
BUILT = Callable[[House], Workspace]


@pytest.fixture
def house(house: House, project: Project) -> House:
    """A house that has the configuration and the npm packages of this checkout."""
    for name in (".sqlfluff", ".squawk.toml"):
        shutil.copy(project.root / name, house.project.root)
    (house.project.root / "node_modules").symlink_to(project.node_modules)
    return house


def _workspace(house: House, *paths: str) -> Workspace:
    return Workspace(
        house.project, Declarations(house.project), [house.project.root / path for path in paths]
    )


def _rules(findings: list[Finding], file: str) -> set[tuple[str, int]]:
    return {(finding.rule, finding.line) for finding in findings if finding.file == file}


def test_sqlfluff_says_which_line_breaks_the_style_and_reads_templates_with_their_tags(house: House) -> None:
    loud, template = "sql/care/views/loud.sql", "pylib/carebase/access/templates/grant.sql.j2"
    house.write(loud, "-- A view.\nSELECT 1 as one;\n")
    house.write(
        template,
        '{% if "select" in commands %}\nGRANT select on {{ schema }}.{{ name }} to anon;\n{% endif %}\n',
    )
    found = style.check(_workspace(house, loud, template))
    assert ("CP01", 2) in _rules(found, loud)
    assert {"CP01"} == {rule for rule, _ in _rules(found, template)}


def test_sqlfluff_looks_only_where_it_is_asked_to(house: House) -> None:
    house.write("sql/care/views/loud.sql", "SELECT 1 as one;\n")
    assert style.check(_workspace(house, "sql/base/schema.sql")) == []


def test_squawk_says_which_line_is_not_safe(house: House) -> None:
    name = "supabase/migrations/20260101000000_drop.sql"
    house.write(
        name, "set lock_timeout = '5s';\nset statement_timeout = '5s';\nalter table public.a drop column b;\n"
    )
    assert _rules(migrations.check(_workspace(house)), name) == {("ban-drop-column", 3)}


def test_squawk_has_nothing_to_say_without_migrations(house: House) -> None:
    assert migrations.check(_workspace(house)) == []


def _python(house: House, **texts: str) -> set[tuple[str, str, str, int | None]]:
    """What is found in modules with these texts."""
    house.write("pyproject.toml", '[tool.mypy]\nstrict = true\nfiles = ["pylib"]\n')
    for name, text in texts.items():
        house.write(f"pylib/{name}.py", text)
    return {
        (Path(finding.file).stem, finding.tool, finding.rule, finding.line)
        for finding in python.check(_workspace(house))
    }


def test_python_is_checked_for_rules_format_and_types(house: House) -> None:
    found = _python(house, rule="import os\n", layout="x = 1\ny = {  }\n", kind="x = 1\ny: str = x\n")
    assert found >= {
        ("rule", "ruff", "F401", 1),
        ("layout", "ruff-format", "unformatted", 2),
        ("kind", "mypy", "assignment", 2),
    }


def test_python_that_is_none_is_found(house: House) -> None:
    assert ("broken", "mypy", "syntax", 1) in _python(house, broken="def broken(:\n")


def test_the_advisors_are_asked_about_the_built_database_and_leave_nothing_behind(
    house: House, built: BUILT
) -> None:
    view = "sql/care/views/urgent_notes.sql"
    house.replace(NOTES, "  constraint notes_pkey primary key (org_id, id),\n", "")
    house.replace(view, "with (security_invoker = true) as", "as")
    workspace = built(house)
    before = sorted(house.project.supabase.rglob("*"))
    found = advisors.check(workspace)
    assert ("no_primary_key", house.line(NOTES, "create table")) in _rules(found, NOTES)
    assert ("security_definer_view", 1) in _rules(found, view)
    assert sorted(house.project.supabase.rglob("*")) == before


def test_pgrls_is_asked_about_the_built_database_and_names_the_line_of_a_policy(
    house: House, built: BUILT
) -> None:
    house.replace(ACCESS, "alter table public.notes force row level security;\n", "")
    house.replace(ACCESS, "for select to authenticated", "for select")
    found = rls_rules.check(built(house))
    assert ("SEC002", house.line(NOTES, "create table")) in _rules(found, NOTES)
    assert ("SEC003", house.line(ACCESS, "create policy select_")) in _rules(found, ACCESS)


_HELPER = """create function app.{name}() returns integer language sql security definer set search_path = ''
as 'select 1';
revoke all on function app.{name}() from public;
"""


def test_a_definer_says_why_where_it_is_declared(house: House, built: BUILT) -> None:
    said, silent, file = (
        "-- SECURITY DEFINER because\n-- nobody counts.\n",
        "-- Counts.\n",
        "sql/care/functions/{}.sql",
    )
    house.write(file.format("said"), said + _HELPER.format(name="said"))
    house.write(file.format("silent"), silent + _HELPER.format(name="silent"))
    house.write(
        file.format("family"), said + "\n" + _HELPER.format(name="one") + "\n" + _HELPER.format(name="two")
    )
    house.write(file.format("above"), _HELPER.format(name="mute") + "\n" + said + _HELPER.format(name="told"))
    invoker = said + _HELPER.format(name="turned").replace(" security definer", "")
    house.write(file.format("turned"), invoker)
    workspace = built(house)
    with psycopg.connect(workspace.database, autocommit=True) as conn:
        # What the database has and `sql/` does not declare has no reason.
        conn.execute("alter function app.turned() security definer")
    found = {finding.subject for finding in rls_rules.check(workspace) if finding.rule == "SEC014"}
    assert found == {"app.silent", "app.mute", "app.turned"}


def test_a_tool_that_breaks_is_a_problem_and_no_traceback(house: House) -> None:
    house.write(".squawk.toml", "pg_version = [broken")
    house.write("supabase/migrations/20260101000000_a.sql", "select 1;\n")
    with pytest.raises(EnvironmentProblem, match="squawk could not do its work"):
        migrations.check(_workspace(house))


def test_a_tool_that_is_not_installed_is_a_problem(house: House, built: BUILT) -> None:
    (house.project.root / "node_modules").unlink()
    with pytest.raises(EnvironmentProblem, match="supabase is not installed"):
        advisors.check(built(house))


def test_no_password_is_in_the_arguments_of_the_advisors(house: House, built: BUILT, tmp_path: Path) -> None:
    workspace = built(house)
    password = workspace.database.split("@")[0].rsplit(":", 1)[1]
    node_modules = house.project.root / "node_modules"
    node_modules.unlink()
    spy = node_modules / ".bin" / "supabase"
    spy.parent.mkdir(parents=True)
    spy.write_text(f'#!/bin/sh\necho "$@" > "{tmp_path}/arguments"\necho \'{{"results": []}}\'\n')
    spy.chmod(0o755)
    advisors.check(workspace)
    arguments = (tmp_path / "arguments").read_text()
    assert "--db-url=postgresql://postgres@127.0.0.1" in arguments
    assert password not in arguments


def test_prettier_names_the_files_of_the_console_that_are_not_formatted(house: House) -> None:
    house.write("console/well.js", 'export const well = "formatted";\n')
    house.write("console/pages/odd.js", "export const odd = 'formatted'\n")
    [finding] = frontend.check(_workspace(house))
    assert (finding.file, finding.tool, finding.rule) == ("console/pages/odd.js", "prettier", "unformatted")
    assert frontend.check(_workspace(house, "console/well.js")) == []


def test_prettier_is_not_asked_where_there_is_no_console(house: House) -> None:
    assert frontend.check(_workspace(house)) == []
