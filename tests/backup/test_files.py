"""Files that people uploaded are in a backup, with the rows that tell of them; restored, they are served."""

from __future__ import annotations

import hashlib
import os
import tarfile
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest

from carebase.backups import archive
from carebase.backups.stored import require_whole
from carebase.problems import UsageProblem
from carebase.stack.gateway import storage_folder
from tests.backup.conftest import Place

BUCKET = "policy-files"
Upload = Callable[[bytes], str]


@pytest.fixture
def upload(home: Place) -> Upload:
    """Store a file as the gateway does: the bytes, then the rows. Where it is."""
    clinic = home.clinic()
    # Migrations make the buckets, and this stack has had none.
    clinic.ask(
        "insert into storage.buckets (id, name) values ('policy-files', 'policy-files')"
        " on conflict do nothing"
    )
    org = clinic.ask("select tests.make_org(%s, false)", "files-" + uuid4().hex[:8])
    uploader = clinic.ask("select tests.make_person(%s, 'org_owner', 'Ola')", org)

    def store(content: bytes) -> str:
        file_id = clinic.ask(
            """insert into public.file_uploads
                 (org_id, bucket_id, file_name, mime_type, byte_size, sha256, uploaded_by)
               values (%s, 'policy-files', app.plain('a.pdf'), 'application/pdf', %s, %s, %s) returning id""",
            *(org, len(content), hashlib.sha256(content).digest(), uploader),
        )
        place = storage_folder(home.project) / BUCKET / str(org) / str(file_id)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.write_bytes(content)
        clinic.ask(
            """insert into storage.objects (bucket_id, name, metadata)
               values ('policy-files', %s,
                       jsonb_build_object('size', %s::integer, 'mimetype', 'application/pdf'))
               returning id""",
            *(f"{org}/{file_id}", len(content)),
        )
        return f"{BUCKET}/{org}/{file_id}"

    return store


def served(home: Place, path: str) -> httpx.Response:
    """What the gateway answers a server that asks for a file."""
    state = home.state
    return httpx.get(
        f"{state.api_url}/storage/v1/object/{path}",
        headers={"apikey": state.secret_key},
        timeout=60,
    )


def test_files_come_back_with_their_rows(home: Place, upload: Upload, tmp_path: Path) -> None:
    large = os.urandom(3_000_017)
    kept, lost, altered = upload(b"kept"), upload(large), upload(b"as it was")
    file, folder = tmp_path / "a.backup", storage_folder(home.project)
    made = home.printed("backup", str(file), "--secrets", str(tmp_path / "a.secrets"))
    listed = {each["path"]: each for each in made["manifest"]["files"]}
    assert {kept, lost, altered} <= listed.keys()
    assert made["manifest"]["file_faults"] == []
    assert listed[lost]["sha256"] == hashlib.sha256(large).hexdigest()
    with tarfile.open(file) as members:
        assert f"files/{lost}" in members.getnames()

    (folder / lost).unlink()
    (folder / altered).write_bytes(b"not as it was")
    later = upload(b"uploaded after the backup")
    assert served(home, lost).status_code == 404
    done = home.printed("restore", str(file), "--yes")
    assert done["files_added"] == 2
    assert served(home, kept).content == b"kept"
    assert served(home, lost).content == large
    assert served(home, altered).content == b"as it was"
    assert (folder / lost).stat().st_mode & 0o777 == 0o600
    # No row tells of it any more; nobody is served it.
    assert served(home, later).status_code == 404
    assert home.printed("restore", str(file), "--yes")["files_added"] == 0


def test_elsewhere_files_are_served_too(
    home: Place, upload: Upload, elsewhere: Place, tmp_path: Path
) -> None:
    path, file = upload(b"moved"), tmp_path / "a.backup"
    home.run("backup", str(file))
    elsewhere.run("restore", str(file), "--yes", "--without-secrets")
    assert served(elsewhere, path).content == b"moved"


def test_what_the_storage_lacks_is_named_and_the_rest_is_written(
    home: Place, upload: Upload, tmp_path: Path
) -> None:
    folder = storage_folder(home.project)
    missing, altered, there = upload(b"missing"), upload(b"altered"), upload(b"there")
    (folder / missing).unlink()
    (folder / altered).write_bytes(b"ALTERED")
    try:
        said = home.run("backup", str(tmp_path / "a.backup"), expect=1)
        told = " ".join(said.stderr.split())
        assert f"{missing} of the storage is missing" in told
        assert f"{altered} of the storage is altered" in told
        with archive.opened(tmp_path / "a.backup") as backup:
            paths = {each.path for each in backup.manifest.files}
            assert there in paths
            assert not {missing, altered} & paths
    finally:
        (folder / missing).write_bytes(b"missing")
        (folder / altered).write_bytes(b"altered")


def test_a_file_that_is_not_what_the_manifest_says_is_named(
    home: Place, upload: Upload, tmp_path: Path
) -> None:
    """Whoever rewrites a backup, checksum and all, does not slip another file in, nor take one out."""
    path, file = upload(b"as it was"), tmp_path / "a.backup"
    home.run("backup", str(file))
    with archive.opened(file) as backup:
        found = backup.manifest
    wrong = [
        each.model_copy(update={"sha256": "0" * 64}) if each.path == path else each for each in found.files
    ]
    unpacked = tmp_path / "files"
    with archive.opened(file) as backup:
        backup.unpack_files(unpacked)
    with pytest.raises(UsageProblem) as caught:
        require_whole(unpacked, wrong)
    assert caught.value.code == "backup_files_differ"
    assert f"{path} (altered)" in str(caught.value)
    more = found.files[0].model_copy(update={"path": f"{BUCKET}/{UUID(int=1)}/{UUID(int=2)}"})
    with pytest.raises(UsageProblem, match="missing"):
        require_whole(unpacked, [*found.files, more])
