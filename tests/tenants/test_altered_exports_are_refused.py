"""Whatever happened to an export on its way, damage or forgery: it is refused, nothing is changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carebase.problems import UsageProblem
from tests.tenants.conftest import HARBOR, Move, Refusing
from tests.tenants.packages import Manifest, altered, append, edit, forged

STRANGER = "11111111-2222-4333-8444-555555555555"
# A value that was sealed for another row is refused before anything else is looked at.
NAMELESS = dict.fromkeys(("family_name", "given_names", "birth_date", "gender", "deceased_at"), "\\N")


def truncate(folder: Path) -> None:
    file = folder / "public.encounters.copy"
    os.truncate(file, file.stat().st_size // 2)


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a value is changed": (
        lambda folder: edit("public.sites", "Lakeside", "Seaside")(folder, {}),
        "public.sites.copy of the export is not what its checksum says",
    ),
    "a file is cut off": (truncate, "public.encounters.copy of the export is not what"),
    "a file is empty": (
        lambda folder: (folder / "public.encounters.copy").write_bytes(b""),
        "public.encounters.copy of the export is not what",
    ),
    "a file is missing": (
        lambda folder: (folder / "public.encounters.copy").unlink(),
        "public.encounters.copy of the export is missing",
    ),
    "a file is added": (
        lambda folder: (folder / "notes.txt").write_text("hello"),
        "notes.txt of the export is not of this export",
    ),
    "a folder is added": (lambda folder: (folder / "more").mkdir(), "more of the export is no plain file"),
    "a file is a link": (
        lambda folder: (
            (folder / "public.sites.copy").rename(folder.parent / "elsewhere"),
            (folder / "public.sites.copy").symlink_to(folder.parent / "elsewhere"),
        ),
        "public.sites.copy of the export is no plain file",
    ),
    "two files are swapped": (
        lambda folder: (
            (folder / "public.sites.copy").rename(folder / "x"),
            (folder / "public.profiles.copy").rename(folder / "public.sites.copy"),
            (folder / "x").rename(folder / "public.profiles.copy"),
        ),
        "of the export is not what its checksum says",
    ),
    "the manifest is missing": (
        lambda folder: (folder / "manifest.json").unlink(),
        "manifest.json of the export is missing",
    ),
    "the sums are missing": (
        lambda folder: (folder / "SHA256SUMS").unlink(),
        "SHA256SUMS of the export is missing",
    ),
    "the manifest is no JSON": (
        lambda folder: (folder / "manifest.json").write_text("{"),
        "manifest.json of the export is not JSON",
    ),
    "the manifest is a list": (
        lambda folder: (folder / "manifest.json").write_text("[]"),
        "manifest.json of the export is not as an export writes it",
    ),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage(refusing: Refusing, damage: str) -> None:
    change, sentence = DAMAGE[damage]
    refusal = refusing.refusal(altered(refusing.path, change))
    assert refusal.code == "export_damaged"
    assert sentence in refusal.message


def _rows(table: str) -> Callable[[Path, Manifest], object]:
    """Put the last row first: the same rows, and not what an export writes."""

    def change(folder: Path, _: Manifest) -> None:
        file = folder / f"{table}.copy"
        *lines, last = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text("".join([last, *lines]), encoding="utf-8")

    return change


def _manifest(key: str, value: object) -> Callable[[Path, Manifest], object]:
    return lambda _, manifest: manifest.update({key: value})


def _first_table(key: str, value: object) -> Callable[[Path, Manifest], object]:
    return lambda _, manifest: manifest["tables"][0].update({key: value})


FORGERIES: dict[str, tuple[Callable[[Path, Manifest], object], str]] = {
    "another format": (_manifest("format", "carebase-organization/4"), "export_format_unknown"),
    "another migration": (_manifest("migrations", ["20991231235959"]), "export_of_another_schema"),
    "an older migration": (_manifest("migrations", ["20200101000000"]), "export_of_another_schema"),
    "a key more": (_manifest("comment", "hello"), "export_damaged"),
    "no tables": (_manifest("tables", []), "export_damaged"),
    "a table twice": (lambda _, m: m["tables"].append(m["tables"][0]), "export_damaged"),
    "a path for a table": (_first_table("table", "../../etc/passwd"), "export_damaged"),
    "another kind": (_first_table("kind", "person"), "export_of_another_schema"),
    "a column less": (lambda _, m: m["tables"][0]["columns"].pop(), "export_of_another_schema"),
    "a statement for a column": (
        lambda _, m: m["tables"][0]["columns"].append("x) from program 'id'"),
        "export_damaged",
    ),
    "a table less": (
        lambda folder, m: (folder / f"{m['tables'].pop()['table']}.copy").unlink(),
        "export_damaged",
    ),
    "a table that is not there": (
        lambda folder, m: (
            (folder / "public.ghosts.copy").write_bytes(b""),
            m["tables"].append(m["tables"][-1] | {"table": "public.ghosts"}),
        ),
        "export_of_another_schema",
    ),
    "rows in another order": (_rows("public.encounters"), "export_invalid"),
    "a key that leads nowhere": (
        append("public.encounters", id=STRANGER, patient_id=STRANGER),
        "export_invalid",
    ),
    "a value out of range": (edit("public.provider_daily_checkins", "home_health", "moon"), "export_invalid"),
    "a patient nobody asked for": (append("public.patients", id=STRANGER, **NAMELESS), "export_invalid"),
    "an account nobody asked for": (append("auth.users", id=STRANGER, email="\\N"), "export_invalid"),
    "a feature nobody asked for": (
        append("public.nurseos_feature_flags", id=STRANGER, feature_key="free_lunch"),
        "export_invalid",
    ),
    "power over the platform": (
        edit("public.role_assignments", "\tcare_manager\t", "\tsuper_admin\t"),
        "export_invalid",
    ),
    "the organization that runs the platform": (
        lambda folder, m: (
            edit("public.organizations", "care_management", "platform")(folder, m),
            edit("public.organizations", "lakeside", "platform-2")(folder, m),
        ),
        "row_conflict",
    ),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_forgery(refusing: Refusing, forgery: str) -> None:
    change, code = FORGERIES[forgery]
    refusal = refusing.refusal(forged(refusing.path, change))
    assert refusal.code == code, refusal
    assert "moon" not in refusal.message


def test_rows_for_a_neighbour(arrival: Move) -> None:
    """A row of Harbor in Lakeside's export would be a row in Harbor."""
    move = arrival
    move.load(move.export(HARBOR, "harbor"))
    harbor = str(move.target.org(HARBOR))
    before = move.target.contents()
    path = move.export()
    for table, more in (("public.sites", {"property_id": "\\N"}), ("public.role_assignments", {})):
        with pytest.raises(UsageProblem) as refused:
            move.load(forged(path, append(table, org_id=harbor, id=STRANGER, **more)))
        assert refused.value.code == "export_invalid"
        assert move.target.contents() == before


def test_nobodys_password_is_changed(arrival: Move) -> None:
    """An account of the target keeps its password and its ways in, whatever an export says."""
    move = arrival
    path = move.export()
    nurse = move.source.value("select id from auth.users where email = 'nurse1@example.com'")
    move.target.rows(
        "insert into auth.users (id, email, encrypted_password) values (%s, 'me@example.net', 'x')", nurse
    )
    move.load(forged(path, edit("auth.users", "nurse1@example.com", "thief@example.com")))
    assert move.target.rows("select email, encrypted_password from auth.users where id = %s", nurse) == [
        {"email": "me@example.net", "encrypted_password": "x"}
    ]
    assert move.target.value("select count(*) from auth.identities where user_id = %s", nurse) == 0


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_any_byte_of_any_file(refusing: Refusing, data: st.DataObject) -> None:
    path = refusing.path
    file = data.draw(st.sampled_from(sorted(each for each in path.iterdir() if each.stat().st_size)))
    content = bytearray(file.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    match data.draw(st.sampled_from(["flip", "cut", "insert", "remove"])):
        case "flip":
            content[place] ^= data.draw(st.integers(1, 255))
        case "cut":
            del content[place:]
        case "insert":
            content.insert(place, data.draw(st.integers(0, 255)))
        case _:
            del content[place]
    if bytes(content) == file.read_bytes():  # a byte inserted beside its like
        return
    wrong = altered(path, lambda folder: (folder / file.name).write_bytes(content))
    refusal = refusing.refusal(wrong)
    assert isinstance(refusal, UsageProblem)
    assert refusal.code in ("export_damaged", "export_format_unknown", "secrets_of_another_export")
