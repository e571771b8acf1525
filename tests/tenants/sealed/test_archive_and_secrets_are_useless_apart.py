"""Who has the export, or the file of its secrets, or a damaged one: nothing opens, nothing is changed."""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest

from carebase import tenants
from carebase.phi import aead
from carebase.problems import DatabaseProblem, Problem, UsageProblem
from tests.tenants.conftest import HARBOR, LAKESIDE
from tests.tenants.packages import edit, forged, secrets_of
from tests.tenants.sealed.conftest import CANARY, Installations

TRANSFERRED = "carebase:1:transfer:public.sealed_people:family_name:"


@pytest.fixture
def still(still_ward: Installations, tmp_path: Path) -> Installations:
    """The installations that no test changes, and a folder of its own."""
    return replace(still_ward, folder=tmp_path)


def refused(ward: Installations, path: Path, **options: Any) -> str:
    """The code with which an import and a comparison are refused, neither of which touches the target."""
    before = ward.target.contents()
    with pytest.raises(Problem) as caught:
        ward.load(path, **options)
    options = {"secrets": secrets_of(path)} | options
    with pytest.raises(Problem) as again:
        tenants.compare_organization(ward.target.url, ward.project, path, **options)
    assert again.value.code == caught.value.code
    assert ward.target.contents() == before
    assert CANARY not in caught.value.message
    return caught.value.code


def test_without_a_file_for_secrets_nothing_is_written(still: Installations) -> None:
    with pytest.raises(UsageProblem) as caught:
        still.export(secrets=None)
    assert caught.value.code == "organization_sealed"
    assert "--secrets" in caught.value.hint
    assert list(still.folder.iterdir()) == []


def test_an_organization_without_sealed_values_needs_none(ward: Installations) -> None:
    ward.source.rows("select tests.make_org('pier', false)")
    path = ward.export("pier", secrets=None)
    ward.load(path, secrets=None)
    with pytest.raises(UsageProblem) as caught:
        ward.load(path, secrets=secrets_of(ward.export(LAKESIDE, "lakeside")))
    assert caught.value.code == "secrets_of_another_export"


@pytest.mark.parametrize("name", ["export", "export.tar"])
def test_the_export_has_no_plaintext_and_no_key_and_only_its_owner_reads_the_secrets(
    still: Installations, name: str
) -> None:
    path = still.export(name=name)
    files = list(path.iterdir()) if path.is_dir() else [path]
    content = b"".join(file.read_bytes() for file in files)
    secrets = orjson.loads(secrets_of(path).read_bytes())
    plain = [CANARY, "1950-02", "sightings", secrets["key"], secrets["key"][:32]]
    for each in plain:
        assert each.encode() not in content
        assert each.encode().hex().encode() not in content
    assert bytes.fromhex(secrets["key"]) not in content
    assert stat.S_IMODE(secrets_of(path).stat().st_mode) == 0o600
    text = secrets_of(path).read_text()
    keys = still.source.rows("select id, encode(wrapped_key, 'hex') as wrapped from app.data_keys")
    for key in keys:
        assert str(key["id"]) not in text
        assert key["id"].hex.encode() not in content, "no value is under a key of the source"
        assert key["wrapped"].encode() not in content + text.encode()


def test_the_two_together_open_it_by_the_standard(still: Installations) -> None:
    """What the canary test did not find is there, and opens in Python with what is in the file."""
    path = still.export()
    secrets = orjson.loads(secrets_of(path).read_bytes())
    manifest = orjson.loads((path / "manifest.json").read_bytes())
    (columns,) = (t["columns"] for t in manifest["tables"] if t["table"] == "public.sealed_people")
    found = []
    for line in (path / "public.sealed_people.copy").read_text().splitlines():
        row = dict(zip(columns, line.split("\t"), strict=True))
        assert row["family_name_index"] == "\\N"
        if row["family_name"] == "\\N":
            continue
        value = bytes.fromhex(row["family_name"].removeprefix("\\\\x"))
        assert aead.key_id(value) == UUID(secrets["key_id"])
        aad = TRANSFERRED.encode() + UUID(row["id"]).bytes + UUID(row["org_id"]).bytes + bytes(16)
        key = bytes.fromhex(secrets["key"])
        found.append(aead.decrypt(key, value[17:33], value[33:], aad).decode())
    assert sorted(found) == [f"{CANARY} nadia{n}" for n in range(1, 6)]


def test_without_the_secrets_nothing_is_imported(still: Installations) -> None:
    assert refused(still, still.export(), secrets=None) == "secrets_missing"


def test_other_files_for_secrets_are_told_apart(still: Installations) -> None:
    path, other = still.export(), still.export(name="again")
    harbor = still.export(HARBOR, "harbor")
    for wrong in (other, harbor):
        assert refused(still, path, secrets=secrets_of(wrong)) == "secrets_of_another_export"
    assert refused(still, path, secrets=path / "manifest.json") == "secrets_damaged"
    assert refused(still, path, secrets=still.folder / "nothing") == "secrets_unreadable"
    (still.folder / "backup").write_text('{"format": "carebase-secrets/1", "secrets": []}')
    assert refused(still, path, secrets=still.folder / "backup") == "secrets_damaged"


def test_a_flipped_bit_of_the_secrets(still: Installations) -> None:
    path = still.export()
    content = secrets_of(path).read_bytes()
    before = still.target.contents()
    for place in range(len(content)):
        wrong = bytearray(content)
        wrong[place] ^= 1 << place % 8
        (still.folder / "flipped").write_bytes(wrong)
        with pytest.raises(UsageProblem) as caught:
            still.load(path, secrets=still.folder / "flipped")
        assert caught.value.code == "secrets_damaged"
    assert still.target.contents() == before


def flip(table: str, column: str, place: int) -> Callable[[Path, dict[str, Any]], None]:
    """Change a digit of a sealed value in the first row that has one."""

    def change(folder: Path, manifest: dict[str, Any]) -> None:
        (columns,) = (t["columns"] for t in manifest["tables"] if t["table"] == table)
        lines = (folder / f"{table}.copy").read_text().splitlines()
        at = columns.index(column)
        old = next(line.split("\t")[at] for line in lines if line.split("\t")[at] != "\\N")
        new = old[:place] + ("0" if old[place] != "0" else "1") + old[place + 1 :]
        edit(table, old, new)(folder, manifest)

    return change


# In the text of the value after \\x: 2 digits of version, 32 of the key's name, 32 of IV.
@pytest.mark.parametrize("place", [40, 80, -5])
@pytest.mark.parametrize(
    ("table", "column"), [("public.sealed_people", "history"), ("public.sealed_guests", "guest_name")]
)
def test_a_flipped_bit_of_a_value(still: Installations, table: str, column: str, place: int) -> None:
    path = still.export()
    change = flip(table, column, place)
    copy = forged(path, change)
    # The sums fit, and yet it is not the export that the secrets were written with.
    assert refused(still, copy, secrets=secrets_of(path)) == "secrets_of_another_export"
    # Whoever forges the secrets as well has no value that opens.
    before = still.target.contents()
    with pytest.raises(DatabaseProblem) as caught:
        still.load(copy)
    assert caught.value.code == "sealed_value_damaged"
    assert table in caught.value.message
    assert still.target.contents() == before


def test_values_of_two_rows_do_not_change_places(still: Installations) -> None:
    def swap(folder: Path, manifest: dict[str, Any]) -> None:
        (columns,) = (t["columns"] for t in manifest["tables"] if t["table"] == "public.sealed_people")
        file, at = folder / "public.sealed_people.copy", columns.index("birth_date")
        rows = [line.split("\t") for line in file.read_text().splitlines()]
        one, two = [row for row in rows if row[at] != "\\N"][:2]
        one[at], two[at] = two[at], one[at]
        file.write_text("".join("\t".join(row) + "\n" for row in rows))

    with pytest.raises(DatabaseProblem) as caught:
        still.load(forged(still.export(), swap))
    assert caught.value.code == "sealed_value_damaged"


def test_destroyed_keys_of_others_are_refused(still: Installations) -> None:
    stranger = "11111111-2222-4333-8444-555555555555"
    moments = dict.fromkeys(("created_at", "retired_at", "destroyed_at"), "2026-01-01T00:00:00Z")

    def tell(_: Path, manifest: dict[str, Any]) -> None:
        owner = {"org_id": None, "subject_id": stranger, "purpose": "seal", "version": 1}
        manifest["destroyed_keys"].append({"id": stranger, **owner, **moments})

    before = still.target.contents()
    with pytest.raises(UsageProblem) as caught:
        still.load(forged(still.export(), tell))
    assert caught.value.code == "export_invalid"
    assert still.target.contents() == before


def test_a_value_that_does_not_open_here_is_not_exported(ward: Installations) -> None:
    ward.source.rows("alter table public.sealed_people disable trigger user")
    ward.source.rows(
        "update public.sealed_people set history = set_bit(history, 300, 1 - get_bit(history, 300))"
    )
    with pytest.raises(DatabaseProblem) as caught:
        ward.export()
    assert caught.value.code == "sealed_value_damaged"
    assert "public.sealed_people" in caught.value.message
    assert list(ward.folder.iterdir()) == []
    assert not secrets_of(ward.folder / "export").exists()


def test_a_vault_without_the_key_is_a_sentence(ward: Installations) -> None:
    ward.source.rows("delete from vault.secrets where name like 'carebase_phi_kek_%%'")
    with pytest.raises(Problem) as caught:
        ward.export()
    assert caught.value.code == "key_unusable"


def test_secrets_are_never_written_over_or_into_the_export(still: Installations) -> None:
    path = still.export()
    content = secrets_of(path).read_bytes()
    cases = {
        "file_exists": secrets_of(path),
        "folder_missing": still.folder / "second" / "secrets",
        "secrets_not_apart": still.folder / "second",
    }
    for code, secrets in cases.items():
        with pytest.raises(UsageProblem) as caught:
            still.export(LAKESIDE, "second", secrets=secrets)
        assert caught.value.code == code
    assert secrets_of(path).read_bytes() == content
    assert [each.name for each in still.folder.iterdir()] == ["export"]
