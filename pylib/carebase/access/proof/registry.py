"""What the catalogue cannot say of good values: `rows.toml` and `calls.toml` in `tests/security`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from carebase.problems import UsageProblem
from carebase.project import Project

_Value = TypeVar("_Value")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Recipe(_Strict):
    """How a row of one table is made where type, domain and references do not say it.

    Every text is SQL in which $org, $owner, $site and $n stand for the organization, the owner, the site of
    the row and a number that is never the same. $colleague, in values, is somebody of the organization who
    never acts.

    Args:
        values: column → expression.
        make: instead of an insert into the table: a statement that returns the row, for what triggers derive.
        after_make: what the owner of the database runs after making a row, for guards of updates that are no
            matter of the matrix.
        before_insert: what the owner of the database runs before somebody's insert is tried, for guards that
            are no matter of the matrix.
        update: an expression for the column that updates are tried with, if it must be a certain one.
    """

    values: dict[str, str] = {}
    make: str | None = None
    after_make: str | None = None
    before_insert: str | None = None
    update: dict[str, str] = {}


class Call(_Strict):
    """Good values of one RPC and for whom it is.

    Args:
        arguments: parameter → SQL expression, with $org, $user, $session and $site of the caller and with
            $colleague, somebody else of their organization.
        may: personas and audiences that it does not refuse; `token` is whoever has one, even if their session
            ended; `anyone` takes in anonymous callers.
        answers: codes that are a good answer to those; all others are to be refused.
        before: what the owner of the database runs before it is called.
        crosses: personas whose business other organizations are, the reason being in a comment beside it.
        whenever: it answers while the feature of its room is switched off, the reason being in a comment too.
    """

    arguments: dict[str, str] = {}
    may: list[str]
    answers: list[str] = []
    before: str | None = None
    crosses: list[str] = []
    whenever: bool = False


def load_recipes(project: Project) -> dict[str, Recipe]:
    """Recipes by the qualified name of their table.

    Raises:
        UsageProblem: `proof_registry_invalid`, naming file and key.
    """
    return _load(project, "rows.toml", TypeAdapter(dict[str, Recipe]))


def load_calls(project: Project) -> dict[str, Call]:
    """Calls by the bare name of their RPC.

    Raises:
        UsageProblem: `proof_registry_invalid`, naming file and key.
    """
    return _load(project, "calls.toml", TypeAdapter(dict[str, Call]))


def registry_file(name: str) -> Path:
    """Where a registry is in a checkout."""
    return Path("tests") / "security" / name


def _load(project: Project, name: str, adapter: TypeAdapter[dict[str, _Value]]) -> dict[str, _Value]:
    file = registry_file(name)
    try:
        return adapter.validate_python(tomllib.loads((project.root / file).read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise _invalid(file, "is missing") from None
    except tomllib.TOMLDecodeError as error:
        raise _invalid(file, f"not valid TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise _invalid(file, f"{key}: {first['msg']}") from error


def _invalid(file: Path, what: str) -> UsageProblem:
    return UsageProblem(
        "proof_registry_invalid",
        f"{file.as_posix()}: {what}.",
        hint="carebase.access.proof.registry describes the keys.",
    )
