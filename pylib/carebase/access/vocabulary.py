"""The words of the access matrix (`sql/access.toml`): personas, audiences, scopes."""

from __future__ import annotations

import re
import tomllib
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from carebase.problems import UsageProblem
from carebase.project import Project

_NAMES_ROLES = re.compile(r"{{\s*roles\b")
_Text = Annotated[str, Field(min_length=1)]


class _Word(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    says: _Text


class Persona(_Word):
    """A role: what it is for, and who it was in the systems that became this one ("system: role")."""

    sources: list[Annotated[str, Field(pattern=r"^[^:]+: [^:]+$")]] = Field(alias="from")


class Audience(_Word):
    """Several personas under one word, with the predicate that says who belongs to it.

    Attributes:
        personas: whom it takes in; None takes in every persona.
        without_role: whether it takes in people without any role too.
    """

    sql: _Text
    personas: list[str] | None = None
    without_role: bool = False


class Scope(_Word):
    """Which rows, as the predicate (a Jinja2 template) that a policy carries.

    Attributes:
        select: the same for policies of reading, where another form of it is found faster.
    """

    sql: _Text
    select: _Text | None = None

    @property
    def names_roles(self) -> bool:
        """Whether the predicate itself says who: then it needs no other that does."""
        return _NAMES_ROLES.search(self.sql) is not None


class Vocabulary(BaseModel):
    """Everything a matrix cell may be written with."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    personas: dict[str, Persona]
    audiences: dict[str, Audience]
    scopes: dict[str, Scope]

    @model_validator(mode="after")
    def _words_are_known(self) -> Vocabulary:
        for name, audience in self.audiences.items():
            if name in self.personas:
                raise ValueError(f"audiences.{name}: there is a persona of that name")
            for persona in audience.personas or ():
                if persona not in self.personas:
                    raise ValueError(f"audiences.{name}.personas: {persona!r} is not a persona")
        return self

    def knows(self, word: str) -> bool:
        """Whether a cell may be written for this persona or audience."""
        return word in self.personas or word in self.audiences

    def expand(self, words: list[str]) -> list[str]:
        """The personas behind personas and audiences, each once, in the order of the vocabulary.

        Example:
            >>> load_vocabulary(Project.find()).expand(["nurse", "admin"])  # doctest: +SKIP
            ['admin', 'nurse']
        """
        found: set[str] = set()
        for word in words:
            listed = self.audiences[word].personas if word in self.audiences else [word]
            found.update(self.personas if listed is None else listed)
        return [persona for persona in self.personas if persona in found]


def load_vocabulary(project: Project) -> Vocabulary:
    """Read `sql/access.toml`.

    Errors: `UsageProblem` `vocabulary_invalid`, naming the file and the first key that is wrong.
    """
    path = project.sql / "access.toml"
    try:
        return Vocabulary.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise UsageProblem("vocabulary_invalid", f"sql/{path.name}: not valid TOML: {error}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        what = f"{key}: {first['msg']}" if key else first["msg"].removeprefix("Value error, ")
        raise UsageProblem("vocabulary_invalid", f"sql/{path.name}: {what}.") from error
