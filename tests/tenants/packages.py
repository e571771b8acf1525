"""Exports as somebody else may have made or altered them."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from carebase.tenants.transfer import TransferKey, encode_secrets

Manifest = dict[str, Any]


def secrets_of(path: Path) -> Path:
    """The file that the tests keep apart for what opens an export."""
    folder = path.parent.parent / "secrets"
    folder.mkdir(exist_ok=True)
    return folder / f"{path.parent.name}.{path.name}"


def altered(path: Path, change: Callable[[Path], object]) -> Path:
    """A copy of an export after `change`, whose checksums are those of before."""
    copy = path.with_name(f"{path.name}-altered")
    if secrets_of(path).exists():
        shutil.copy(secrets_of(path), secrets_of(copy))
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(path, copy)
    change(copy)
    return copy


def forged(path: Path, change: Callable[[Path, Manifest], object]) -> Path:
    """A copy of an export after `change`, whose checksums, counts and secrets were made to fit again."""

    def reseal(copy: Path) -> None:
        manifest: Manifest = orjson.loads((copy / "manifest.json").read_bytes())
        change(copy, manifest)
        sums = {}
        for table in manifest["tables"]:
            file = copy / f"{table['table']}.copy"
            content = file.read_bytes() if file.exists() else b""
            table["rows"], table["bytes"] = content.count(b"\n"), len(content)
            table["sha256"] = sums[file.name] = hashlib.sha256(content).hexdigest()
        for stored in manifest["stored"]:
            file = copy / f"file.{stored['path'].replace('/', '.')}"
            content = file.read_bytes() if file.exists() else b""
            stored["bytes"] = len(content)
            stored["sha256"] = sums[file.name] = hashlib.sha256(content).hexdigest()
        body = orjson.dumps(manifest)
        (copy / "manifest.json").write_bytes(body)
        sums["manifest.json"] = hashlib.sha256(body).hexdigest()
        lines = (f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
        (copy / "SHA256SUMS").write_text("".join(lines))
        secrets: Manifest = orjson.loads(secrets_of(path).read_bytes())
        key = TransferKey(UUID(secrets["key_id"]), bytes.fromhex(secrets["key"]))
        secrets_of(copy).write_bytes(encode_secrets(key, "lakeside", sums["manifest.json"]))

    return altered(path, reseal)


def edit(table: str, old: str, new: str) -> Callable[[Path, Manifest], None]:
    """Replace a text in a table's file, once."""

    def change(folder: Path, _: Manifest) -> None:
        file = folder / f"{table}.copy"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def append(table: str, **values: str) -> Callable[[Path, Manifest], None]:
    """Add a row to a table's file: the last one with other values."""

    def change(folder: Path, manifest: Manifest) -> None:
        (columns,) = (each["columns"] for each in manifest["tables"] if each["table"] == table)
        file = folder / f"{table}.copy"
        last = file.read_text(encoding="utf-8").splitlines()[-1].split("\t")
        row = dict(zip(columns, last, strict=True)) | values
        with file.open("a", encoding="utf-8") as target:
            target.write("\t".join(row.values()) + "\n")

    return change
