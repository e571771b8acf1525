"""The words of the access matrix (`sql/access.toml`): personas, audiences, scopes."""

from __future__ import annotations

import tomllib

from pydantic import BaseModel, ConfigDict, ValidationError

from carebase.problems import UsageProblem
from carebase.project import Project


class Word(BaseModel):
    """An audience or a scope: how to say it, and the SQL predicate it stands for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    says: str
    sql: str


class Vocabulary(BaseModel):
    """Everything a matrix cell may be written with."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    personas: dict[str, str]
    audiences: dict[str, Word]
    scopes: dict[str, Word]


def load_vocabulary(project: Project) -> Vocabulary:
    """Read `sql/access.toml`.

    Errors: `UsageProblem` `vocabulary_invalid`, naming the file and the first key that is wrong.
    """
    path = project.sql / "access.toml"
    try:
        return Vocabulary.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise UsageProblem("vocabulary_invalid", f"{path}: not valid TOML: {error}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise UsageProblem("vocabulary_invalid", f"{path}: {key}: {first['msg']}.") from error
