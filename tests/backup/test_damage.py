"""A file that is not what was written, or is not for here, is refused with a sentence; the database stays."""

from __future__ import annotations

import io
import random
import tarfile
from pathlib import Path
from typing import Any

import pytest

from carebase.backups import archive
from carebase.backups.checks import require_fit
from carebase.backups.manifest import Manifest
from carebase.problems import UsageProblem
from carebase.project import Project
from tests.backup.conftest import Place


@pytest.fixture(scope="module")
def backup(settled: Place, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup that is well."""
    file = tmp_path_factory.mktemp("backups") / "whole.backup"
    settled.up()
    settled.run("backup", str(file))
    return file


def refusal(path: Path) -> str:
    """The code with which a file is refused."""
    with pytest.raises(UsageProblem) as caught, archive.opened(path):
        pass
    assert caught.value.hint
    return caught.value.code


def manifest_of(path: Path) -> Manifest:
    with archive.opened(path) as opened:
        return opened.manifest


def rewritten(path: Path, target: Path, **changes: Any) -> Path:
    """A backup whose manifest says something else, with a checksum that is right, and without data."""
    empty = target.parent / "empty"
    empty.mkdir(exist_ok=True)
    with target.open("wb") as file:
        archive.write(file, manifest_of(path).model_copy(update={"files": []} | changes), empty, [])
    return target


def test_no_bit_can_be_flipped(backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    ends = [*range(40), *range(len(whole) - 120, len(whole))]
    places = [*ends, *(random.Random(4).randrange(len(whole)) for _ in range(40))]
    file = tmp_path / "flipped.backup"
    file.write_bytes(whole)
    with file.open("r+b") as open_file:
        for place in places:
            bit = 1 << place % 8
            open_file.seek(place)
            open_file.write(bytes([whole[place] ^ bit]))
            open_file.flush()
            assert refusal(file) in {"backup_damaged", "backup_format_unknown"}, place
            open_file.seek(place)
            open_file.write(whole[place : place + 1])
            open_file.flush()
    assert manifest_of(file).rows > 0


def test_a_file_that_is_cut_off_or_longer_is_refused(backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    file = tmp_path / "cut.backup"
    for length in (0, 1, 10, 94, 95, 1000, len(whole) // 2, len(whole) - 95, len(whole) - 1):
        file.write_bytes(whole[:length])
        assert refusal(file) == "backup_damaged", length
    file.write_bytes(whole + b"\0")
    assert refusal(file) == "backup_damaged"


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.backup") == "backup_missing"
    (tmp_path / "text").write_text("a shopping list")
    assert refusal(tmp_path / "text") == "backup_damaged"
    assert refusal(tmp_path) == "backup_unreadable"
    with tarfile.open(tmp_path / "some.tgz", "w:gz") as members:
        members.addfile(tarfile.TarInfo("manifest.json"), io.BytesIO())
    assert refusal(tmp_path / "some.tgz") == "backup_damaged"


def test_a_backup_of_another_kind_is_refused(backup: Path, tmp_path: Path, project: Project) -> None:
    file = tmp_path / "other.backup"
    assert refusal(rewritten(backup, file, format="carebase-backup/9")) == "backup_format_unknown"
    for changes, code in (
        ({"postgres": "18.1"}, "backup_other_postgres"),
        ({"machine": "plan9 mips"}, "backup_other_machine"),
        ({"migrations": ["29990101000000"]}, "backup_ahead"),
    ):
        with pytest.raises(UsageProblem) as caught:
            require_fit(project, manifest_of(rewritten(backup, file, **changes)))
        assert caught.value.code == code


def test_members_that_lead_elsewhere_are_refused(backup: Path, tmp_path: Path) -> None:
    """With a right checksum: whoever writes a backup cannot write outside of the data folder with it."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "out").symlink_to("/etc")
    file = tmp_path / "strange.backup"
    for name in ("data/../../out", "/data/out", "other/out"):
        with file.open("wb") as target:
            hashed = archive._Hashing(target)
            with tarfile.open(fileobj=hashed, mode="w|gz") as members:
                content = manifest_of(backup).encoded()
                members.addfile(archive._member("manifest.json", len(content)), io.BytesIO(content))
                members.addfile(archive._member(name, 1), io.BytesIO(b"x"))
            target.write(archive._trailer(hashed.digest.hexdigest()))
        with archive.opened(file) as opened, pytest.raises(UsageProblem, match="no file of a data folder"):
            opened.unpack(tmp_path / f"into-{abs(hash(name))}")
    assert not [place for place in (tmp_path, tmp_path.parent) if (place / "out").exists()]


def test_refusals_leave_the_running_database_alone(home: Place, backup: Path, tmp_path: Path) -> None:
    before, pid = home.tables(), home.postgres_pid
    cut = tmp_path / "cut.backup"
    cut.write_bytes(backup.read_bytes()[:-1000])
    assert home.refused("restore", str(cut), "--yes") == "backup_damaged"
    assert home.refused("restore", str(backup)) == "not_confirmed"
    assert home.refused("restore", str(tmp_path / "none"), "--yes") == "backup_missing"
    assert home.refused("backup", str(cut)) == "file_exists"
    ahead = rewritten(backup, tmp_path / "ahead.backup", migrations=["29990101000000"])
    assert home.refused("restore", str(ahead), "--yes") == "backup_ahead"
    # Whole by its checksum, but without data.
    empty = rewritten(backup, tmp_path / "empty.backup")
    assert home.refused("restore", str(empty), "--yes", code=3) == "data_corrupt"
    assert home.postgres_pid == pid
    assert home.tables() == before


def test_a_table_that_is_not_as_the_manifest_says_is_refused(
    home: Place, backup: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.backup"
    found = manifest_of(backup)
    name, content = next((name, each) for name, each in found.tables.items() if each.rows)
    tables = {**found.tables, name: content.model_copy(update={"rows": content.rows + 1})}
    with archive.opened(backup) as opened, other.open("wb") as target:
        opened.unpack(tmp_path / "data")
        archive.write(target, found.model_copy(update={"tables": tables, "files": []}), tmp_path / "data", [])
    pid = home.postgres_pid
    assert home.refused("restore", str(other), "--yes", code=4) == "backup_differs"
    assert home.postgres_pid == pid


def test_without_a_stack_that_runs_there_is_no_backup(home: Place, elsewhere: Place, tmp_path: Path) -> None:
    assert elsewhere.refused("backup", str(tmp_path / "a.backup"), code=3) == "stack_not_set_up"
    home.run("down")
    assert home.refused("backup", str(tmp_path / "a.backup"), code=3) == "database_unreachable"
    assert list(tmp_path.glob("*.backup")) == []
