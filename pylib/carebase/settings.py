"""Every setting of carebase: what it is for, where it comes from, what it is when nobody says.

A setting is looked for in this order: an argument, the environment (`CAREBASE_` and its name in capitals),
the file `.env` (of the current folder, then of the checkout), the local stack of the checkout.
`python -m carebase.settings` prints this page's table, which is `docs/settings.md`.
"""

from __future__ import annotations

import logging
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from carebase.problems import EnvironmentProblem, UsageProblem
from carebase.project import Project
from carebase.stack.state import StackState

PREFIX = "CAREBASE_"


class LocalStack(PydanticBaseSettingsSource):
    """The addresses and keys of the checkout's local stack, where there is one.

    All of them or none: once the address of another API or database is set, the keys of the local one are not
    for it, and must not be sent there.
    """

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        return None, field_name, False  # pydantic asks for one field at a time; __call__ answers for all

    def __call__(self) -> dict[str, Any]:
        if {"api_url", "db_url"} & self.current_state.keys():
            return {}
        try:
            state = StackState.load(Project.find())
        except (UsageProblem, EnvironmentProblem):
            return {}  # no checkout, or none of its own yet: whoever needs an address says that it is missing
        return {
            "api_url": state.api_url,
            "publishable_key": state.publishable_key,
            "secret_key": state.secret_key,
            "db_url": state.db_url,
        }


class Settings(BaseSettings):
    """The settings of library, command line and workers.

    Example:
        >>> Settings.load().api_url
        'http://127.0.0.1:24321'
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True
    )

    api_url: str | None = Field(
        default=None,
        description="Address of the API, such as `https://PROJECT.supabase.co`. Default: the local stack's.",
    )
    publishable_key: SecretStr | None = Field(
        default=None,
        description="Key that applications ship with: callers are anonymous until they sign in. "
        "Default: the local stack's, unless `CAREBASE_API_URL` or `CAREBASE_DB_URL` is set.",
    )
    secret_key: SecretStr | None = Field(
        default=None,
        description="Key of trusted servers, past every policy. Never ship it. "
        "Default: as for the publishable key.",
    )
    db_url: SecretStr | None = Field(
        default=None,
        description="Postgres address for the commands that work on the database itself. "
        "Default: the local stack's.",
    )
    timeout_seconds: float = Field(
        default=10.0,
        gt=0,
        le=600,
        description="Seconds to wait for a connection to the API, and for each next part of an answer.",
    )
    max_attempts: int = Field(
        default=3,
        ge=1,
        le=20,
        description="How often a call that is safe to repeat is tried in all. 1 repeats nothing.",
    )
    max_retry_seconds: float = Field(
        default=30.0,
        ge=0,
        le=3600,
        description="No attempt starts later than so many seconds after the first one.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning",
        description="From which level on the library's loggers (`carebase.*`) let messages through: debug, "
        "info, warning or error.",
    )
    demo_password: SecretStr | None = Field(
        default=None,
        description="Password of the demo's people, from 12 characters to 72 bytes; seed again after "
        "changing it. Default: a random one per installation, shown by `carebase demo users`. "
        "Read from the environment only.",
    )
    project: Path | None = Field(
        default=None,
        description="Folder of the checkout to work on. Default: the one around the current folder. "
        "Read from the environment only.",
    )
    state: Path | None = Field(
        default=None,
        description="Folder in which the local stack keeps its ports, secrets and data, for a second stack "
        "beside the first. Default: `.carebase` in the checkout. Read from the environment only.",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, dotenv_settings, LocalStack(settings_cls)

    @classmethod
    def load(cls, **given: Any) -> Self:
        """The settings as they are now.

        Args:
            given: settings that come before every other source.

        Raises:
            UsageProblem: `setting_invalid`, naming the variable.

        Example:
            >>> Settings.load(timeout_seconds=2).timeout_seconds
            2.0
        """
        files = [Path(".env")]
        with suppress(UsageProblem):  # the library works without a checkout
            files.insert(0, Project.find().root / ".env")  # the last file counts most
        try:
            return cls(_env_file=files, **given)
        except ValidationError as error:
            wrong = error.errors(include_input=False, include_context=False, include_url=False)[0]
        name = PREFIX + str(wrong["loc"][0]).upper()
        raise UsageProblem(
            "setting_invalid", f"{name}: {wrong['msg']}.", hint="docs/settings.md lists every setting."
        )

    def require_api_url(self) -> str:
        """Where the API is.

        Raises:
            UsageProblem: `settings_incomplete`.
        """
        if self.api_url is None:
            raise _incomplete("api_url")
        return self.api_url

    def require_publishable_key(self) -> str:
        """The key that applications ship with.

        Raises:
            UsageProblem: `settings_incomplete`.
        """
        if self.publishable_key is None:
            raise _incomplete("publishable_key")
        return self.publishable_key.get_secret_value()

    def require_secret_key(self) -> str:
        """The key of trusted servers.

        Raises:
            UsageProblem: `settings_incomplete`.
        """
        if self.secret_key is None:
            raise _incomplete("secret_key")
        return self.secret_key.get_secret_value()

    def apply_log_level(self) -> None:
        """Let the library's loggers through from this level on, where the setting was made."""
        if "log_level" in self.model_fields_set:
            logging.getLogger("carebase").setLevel(self.log_level.upper())


def _incomplete(name: str) -> UsageProblem:
    return UsageProblem(
        "settings_incomplete",
        f"{PREFIX}{name.upper()} is not set.",
        hint="Set it, or start the local stack with `carebase up`; its addresses and keys are used while "
        "neither CAREBASE_API_URL nor CAREBASE_DB_URL is set.",
    )


def reference() -> str:
    """The page about every setting, in Markdown."""
    rows = [
        f"| `{PREFIX}{name.upper()}` | {_default(field)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join([_HEAD, *rows, ""])


def _default(field: FieldInfo) -> str:
    return "" if field.default is None else f"`{field.default}`"


_HEAD = """\
# Settings

Generated by `python -m carebase.settings`. Do not edit: change `pylib/carebase/settings.py` instead.

Looked for in this order: an argument or option, the environment, a file `.env` (in the current folder, then
in the checkout; git ignores it), the local stack of the checkout.

| variable | default | what it is |
|---|---|---|"""

if __name__ == "__main__":
    sys.stdout.write(reference())
