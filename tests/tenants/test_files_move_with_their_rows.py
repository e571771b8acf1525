"""Files of the storage: they are in the export, and in the other storage, with the rows that tell of them."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from carebase.problems import UsageProblem
from tests.tenants.conftest import HARBOR, LAKESIDE, Move
from tests.tenants.packages import altered, forged, secrets_of
from tests.tenants.test_the_command import carebase

BUCKET = "policy-files"


@dataclass
class Storages:
    """Two storages, and three files of Lakeside and one of Harbor in the first."""

    move: Move
    source: Path
    target: Path
    files: dict[str, bytes]
    others: str

    def export(self, name: str = "export") -> Path:
        return self.move.export(name=name, storage=self.source)

    def arrived(self) -> dict[str, bytes]:
        found = (path for path in self.target.rglob("*") if path.is_file())
        return {path.relative_to(self.target).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def storages(move: Move) -> Storages:
    source, target = move.folder / "here", move.folder / "there"
    source.mkdir()
    target.mkdir()
    # Migrations make it; what is declared only has none.
    move.on_both(
        f"insert into storage.buckets (id, name) values ('{BUCKET}', '{BUCKET}') on conflict do nothing"
    )

    def store(slug: str, content: bytes) -> str:
        org, file_id = move.source.org(slug), uuid4()
        with psycopg.connect(move.source.url) as conn:
            conn.execute(
                """insert into public.file_uploads
                     (org_id, id, bucket_id, file_name, mime_type, byte_size, sha256, uploaded_by,
                      uploaded_at)
                   select %s, %s, %s, app.plain('a.pdf'), 'application/pdf', %s, %s, user_id, now()
                   from public.role_assignments where org_id = %s limit 1""",
                [org, file_id, BUCKET, len(content), hashlib.sha256(content).digest(), org],
            )
            conn.execute(
                "insert into storage.objects (bucket_id, name, metadata) values (%s, %s, '{}')",
                [BUCKET, f"{org}/{file_id}"],
            )
        path = f"{BUCKET}/{org}/{file_id}"
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        (source / path).write_bytes(content)
        return path

    files = {store(LAKESIDE, content): content for content in (b"one", os.urandom(2_000_003), b"three")}
    return Storages(move, source, target, files, store(HARBOR, b"somebody else's"))


def test_they_arrive_as_they_were(storages: Storages) -> None:
    move, path = storages.move, storages.export()
    assert {file.name for file in path.iterdir() if file.name.startswith("file.")} == {
        f"file.{name.replace('/', '.')}" for name in storages.files
    }
    report = move.load(path, storage=storages.target)
    assert (report.files, report.file_faults) == (3, [])
    assert storages.arrived() == storages.files
    assert {file.stat().st_mode & 0o777 for file in storages.target.rglob("*") if file.is_file()} == {0o600}
    rows = move.target.rows("select bucket_id || '/' || name as path, metadata from storage.objects")
    assert {row["path"] for row in rows} == storages.files.keys()
    for row in rows:
        assert row["metadata"]["size"] == len(storages.files[row["path"]])
        assert row["metadata"]["mimetype"] == "application/pdf"


def test_again_what_is_missing_or_altered_is_put_right(storages: Storages) -> None:
    move, path = storages.move, storages.export("export.tar")
    move.load(path, storage=storages.target)
    first, second, _ = storages.files
    (storages.target / first).unlink()
    (storages.target / second).write_bytes(b"not it")
    said = carebase(
        *("compare", path, "--secrets", secrets_of(path), "--files", storages.target, "--json"),
        database=move.target,
    )
    assert said.returncode == 1, said.stderr
    assert {each["table"] for each in json.loads(said.stdout)} == {first, second}
    assert move.load(path, storage=storages.target).is_unchanged
    assert storages.arrived() == storages.files
    assert move.target.value("select count(*) from storage.objects") == 3


def test_a_missing_or_altered_file_is_named_and_the_rest_moves(storages: Storages) -> None:
    move = storages.move
    missing, changed, there = storages.files
    (storages.source / missing).unlink()
    (storages.source / changed).write_bytes(b"not it")
    path, secrets = move.folder / "export", move.folder / "apart"
    words = ("export", LAKESIDE, "--out", path, "--secrets", secrets, "--files", storages.source)
    said = carebase(*words, database=move.source)
    assert said.returncode == 1, said.stderr
    told = " ".join(said.stderr.split())
    assert f"{missing} of the storage is missing" in told
    assert f"{changed} of the storage is altered" in told
    report = move.load(path, secrets=secrets, storage=storages.target)
    assert {fault.path for fault in report.file_faults} == {missing, changed}
    assert storages.arrived() == {there: storages.files[there]}


def test_without_its_folder_they_stay_and_it_says_so(storages: Storages) -> None:
    path = storages.move.folder / "export"
    words = ("export", LAKESIDE, "--out", path, "--secrets", storages.move.folder / "apart")
    said = carebase(*words, database=storages.move.source)
    assert said.returncode == 1
    assert "3 files of the storage are not in the export" in " ".join(said.stderr.split())
    assert path.exists()


def test_a_file_of_the_export_that_is_altered_is_refused_by_name(storages: Storages) -> None:
    path = storages.export()
    name = "file." + next(iter(storages.files)).replace("/", ".")

    def spoil(copy: Path) -> None:
        (copy / name).write_bytes(b"two")

    for change, fault in ((spoil, "checksum"), (lambda copy: (copy / name).unlink(), "is missing")):
        with pytest.raises(UsageProblem, match=fault) as refused:
            storages.move.load(altered(path, change), storage=storages.target)
        assert refused.value.code == "export_damaged"
        assert name in str(refused.value)
    assert storages.arrived() == {}


def test_a_forged_export_puts_no_file_anywhere_else(storages: Storages) -> None:
    """Whoever can write an export, sums and all, does not write over another organization's files."""
    path = storages.export()

    def claim(copy: Path, manifest: dict[str, object]) -> None:
        listed = manifest["stored"]
        assert isinstance(listed, list)
        former = "file." + listed[0]["path"].replace("/", ".")
        listed[0]["path"] = storages.others
        (copy / former).rename(copy / ("file." + storages.others.replace("/", ".")))

    with pytest.raises(UsageProblem) as refused:
        storages.move.load(forged(path, claim), storage=storages.target)
    assert refused.value.code == "export_invalid"
    assert storages.arrived() == {}
