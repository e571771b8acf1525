"""Where settings come from, which of them wins, and that no key goes where it does not belong."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from carebase import AsyncCarebase, Carebase
from carebase.problems import UsageProblem
from carebase.project import Project
from carebase.settings import PREFIX, Settings, reference
from carebase.stack.state import StackState


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A checkout of its own, without a local stack, and an environment that says nothing else."""
    (tmp_path / "supabase").mkdir()
    (tmp_path / "supabase" / "config.toml").touch()
    (tmp_path / "sql").mkdir()
    (tmp_path / "elsewhere").mkdir()
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CAREBASE_PROJECT", str(tmp_path))
    monkeypatch.chdir(tmp_path / "elsewhere")
    return Project.find()


@pytest.fixture
def stack(checkout: Project) -> StackState:
    """The same with a local stack."""
    state = StackState.new(db_port=5001, api_port=5002)
    state.save(checkout)
    return state


def secret(value: SecretStr | None) -> str | None:
    return None if value is None else value.get_secret_value()


def test_without_anything_a_client_says_what_is_missing(checkout: Project) -> None:
    for client in (Carebase, AsyncCarebase):
        with pytest.raises(UsageProblem, match="CAREBASE_API_URL is not set") as caught:
            client.from_settings()
        assert "carebase up" in caught.value.hint


def test_the_local_stack_is_the_default(stack: StackState) -> None:
    settings = Settings.load()
    assert settings.api_url == stack.api_url == "http://127.0.0.1:5002"
    assert secret(settings.publishable_key) == stack.publishable_key
    assert secret(settings.secret_key) == stack.secret_key
    assert secret(settings.db_url) == stack.db_url
    with Carebase.from_settings() as client:
        assert client.supabase.supabase_key == stack.publishable_key
    with Carebase.from_settings(as_service=True) as client:
        assert client.supabase.supabase_key == stack.secret_key


@pytest.mark.parametrize("name", ["CAREBASE_API_URL", "CAREBASE_DB_URL"])
def test_keys_of_the_local_stack_are_never_sent_elsewhere(
    stack: StackState, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "https://project.supabase.co")
    settings = Settings.load()
    assert settings.publishable_key is None
    assert settings.secret_key is None
    with pytest.raises(UsageProblem, match="is not set"):
        Carebase.from_settings()


def test_which_source_wins(checkout: Project, stack: StackState, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings.load().timeout_seconds == 10
    (checkout.root / ".env").write_text("CAREBASE_TIMEOUT_SECONDS=1\nCAREBASE_MAX_ATTEMPTS=9\nOTHER=7\n")
    assert Settings.load().timeout_seconds == 1
    Path(".env").write_text("CAREBASE_TIMEOUT_SECONDS=2\n")  # the current folder's
    assert (Settings.load().timeout_seconds, Settings.load().max_attempts) == (2, 9)
    monkeypatch.setenv("CAREBASE_TIMEOUT_SECONDS", "3")
    assert Settings.load().timeout_seconds == 3
    assert Settings.load(timeout_seconds=4).timeout_seconds == 4
    monkeypatch.setenv("CAREBASE_TIMEOUT_SECONDS", "")  # as good as not set
    assert Settings.load().timeout_seconds == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CAREBASE_TIMEOUT_SECONDS", "0"),
        ("CAREBASE_TIMEOUT_SECONDS", "soon"),
        ("CAREBASE_MAX_ATTEMPTS", "0"),
        ("CAREBASE_MAX_RETRY_SECONDS", "-1"),
        ("CAREBASE_LOG_LEVEL", "loud"),
    ],
)
def test_a_wrong_setting_is_named(
    checkout: Project, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageProblem, match=name) as caught:
        Settings.load()
    assert caught.value.code == "setting_invalid"


@pytest.mark.parametrize(
    "url",
    ["", "127.0.0.1:54321", "ftp://127.0.0.1", "http://", "http://[::1", "http://h:99999", "http://h?x=1"],
)
def test_a_wrong_address_is_a_sentence(url: str) -> None:
    for client in (Carebase, AsyncCarebase):
        with pytest.raises(UsageProblem) as caught:
            client(url, "sb_publishable_x")
        assert caught.value.code == "api_url_invalid"


def test_secrets_stay_out_of_sight(stack: StackState) -> None:
    said = f"{Settings.load()!r} {Settings.load()}"
    for hidden in (stack.publishable_key, stack.secret_key, stack.password("postgres")):
        assert hidden not in said


def test_a_damaged_state_file_is_no_stack(checkout: Project, stack: StackState) -> None:
    StackState.path(checkout).write_text("{")
    assert Settings.load().api_url is None


def test_the_log_level_is_that_of_our_loggers_only(
    checkout: Project, stack: StackState, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    before: Any = logging.getLogger("carebase").level, logging.getLogger().level
    try:
        Carebase.from_settings().close()
        assert (logging.getLogger("carebase").level, logging.getLogger().level) == before
        monkeypatch.setenv("CAREBASE_LOG_LEVEL", "debug")
        Carebase.from_settings().close()
        assert (logging.getLogger("carebase").level, logging.getLogger().level) == (logging.DEBUG, before[1])
    finally:
        logging.getLogger("carebase").setLevel(before[0])


def test_every_setting_is_on_the_page(project: Project) -> None:
    """If this fails: python -m carebase.settings > docs/settings.md"""
    page = (project.root / "docs" / "settings.md").read_text(encoding="utf-8")
    assert page == reference()
    for name, field in Settings.model_fields.items():
        assert f"`{PREFIX}{name.upper()}`" in page
        assert field.description
