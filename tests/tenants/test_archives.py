"""An export in one file is an ordinary tar archive; what only looks like one is refused."""

from __future__ import annotations

import subprocess
import tarfile

import pytest

from carebase.problems import UsageProblem
from tests.tenants.conftest import HARBOR, Move
from tests.tenants.packages import secrets_of


def test_what_is_no_export(arrival: Move) -> None:
    path = arrival.export(name="export.tar")
    whole = path.read_bytes()

    def refused(name: str, content: bytes | None = None) -> str:
        wrong = arrival.folder / name
        if content is not None:
            wrong.write_bytes(content)
        with pytest.raises(UsageProblem) as problem:
            arrival.load(wrong)
        return problem.value.code

    assert refused("cut.tar", whole[: len(whole) // 2]) == "export_damaged"
    assert refused("empty.tar", b"") == "export_damaged"
    assert refused("text.tar", b"hello") == "export_damaged"
    assert refused("flipped.tar", whole[:3000] + bytes([whole[3000] ^ 1]) + whole[3001:]) == "export_damaged"
    assert refused("missing.tar") == "export_missing"
    arrival.export(HARBOR, "harbor.tar")
    arrival.export(name="export")
    for name, members in (
        ("two.tar", ["export/manifest.json", "other/SHA256SUMS"]),
        ("twice.tar", ["export/manifest.json", "export/manifest.json"]),
        ("deep.tar", ["export/more/manifest.json"]),
        ("outside.tar", ["../manifest.json", "/etc/passwd"]),
    ):
        with tarfile.open(arrival.folder / name, "w") as tar:
            for member in members:
                tar.add(arrival.folder / "export" / "manifest.json", arcname=member)
        assert refused(name) == "export_damaged"


def test_other_tools_read_it(arrival: Move) -> None:
    """`tar` unpacks an archive into a folder that imports as well, and `sha256sum` checks it."""
    path = arrival.export(name="export.tar")
    subprocess.run(["tar", "xf", path.name], cwd=arrival.folder, check=True)
    folder = arrival.folder / "export"
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stdout.count(": OK\n") == len(list(folder.iterdir())) - 1
    arrival.load(folder, secrets=secrets_of(path))
