"""A file and AWS KMS (moto's) make keys and give them again; what they cannot do is a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3  # type: ignore[import-untyped]  # has no types of its own
import pytest
from moto import mock_aws

from carebase.phi.providers import FileProvider, KeyProvider, KmsProvider
from carebase.problems import Problem


@pytest.fixture
def kms(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A KMS client; nothing leaves this process."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    with mock_aws():
        yield boto3.client("kms")


@pytest.fixture(params=["file", "aws-kms"])
def provider(request: pytest.FixtureRequest, tmp_path: Path) -> KeyProvider:
    """Each provider in turn."""
    if request.param == "file":
        return FileProvider(tmp_path / "keys")
    client = request.getfixturevalue("kms")
    return KmsProvider(client.create_key()["KeyMetadata"]["KeyId"])


def test_every_key_it_made_it_gives_again(provider: KeyProvider) -> None:
    made = [provider.make() for _ in range(3)]
    assert len({each.key for each in made}) == 3
    for each in made:
        assert len(each.key) == 64
        assert each.key.hex() not in each.reference
        assert each.ciphertext is None or each.key not in each.ciphertext
        assert provider.recover(each.reference, each.ciphertext) == each.key


def refusal(act: Any) -> str:
    with pytest.raises(Problem) as caught:
        act()
    assert caught.value.message
    return caught.value.code


def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    file = FileProvider(tmp_path / "keys")
    file.make()
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o600
    (tmp_path / "keys").chmod(0o640)
    assert refusal(file.make) == "key_file_open"
    assert refusal(lambda: file.recover("x", None)) == "key_file_open"


@pytest.mark.parametrize("content", ["hello\n", "00\n", "é", "0123456789abcdef 00\n"])
def test_a_file_of_something_else_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "keys").write_text(content)
    (tmp_path / "keys").chmod(0o600)
    assert refusal(FileProvider(tmp_path / "keys").make) in ("key_file_invalid", "key_file_unusable")
    assert (tmp_path / "keys").read_text() == content


def test_a_key_that_is_not_in_the_file_and_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(lambda: FileProvider(tmp_path / "keys").recover("0" * 16, None)) == "key_not_in_file"
    assert refusal(FileProvider(tmp_path / "no" / "keys").make) == "key_file_unusable"


def test_what_kms_refuses_is_a_sentence(kms: Any) -> None:
    key_id = kms.create_key()["KeyMetadata"]["KeyId"]
    made = KmsProvider(key_id).make()
    assert made.ciphertext
    assert refusal(KmsProvider("00000000-0000-0000-0000-000000000000").make) == "kms_refused"
    assert refusal(lambda: KmsProvider(key_id).recover(made.reference, made.ciphertext[:-1])) == "kms_refused"
    assert refusal(lambda: KmsProvider(key_id).recover(made.reference, None)) == "key_not_in_kms"


def test_without_credentials_it_says_so(kms: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    assert refusal(KmsProvider("alias/x").make) == "kms_refused"
