"""`lint-exceptions.toml`: the findings that we accept, each with its reason.

Each room has a list of its own beside its `room.toml`, the migrations have one in `supabase/`, and `sql/` has
one for what holds everywhere. A list speaks of findings in its own folder only, but for that of `sql/`. An
entry names the tool and the rule, and may narrow that down to files and to SQL objects:

    [[exception]]
    tool = "advisors"
    rule = "unused_index"
    files = "sql/tenancy/*"                # optional glob over the finding's file
    subject = "public.organizations*"      # optional glob over its object
    message = "Index *"                    # optional glob over its message
    reason = "Why this is right here."

An entry that matches nothing any more is itself a finding, so that the list cannot rot.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from carebase.lint.findings import Finding
from carebase.problems import UsageProblem
from carebase.project import Project

NAME = "lint-exceptions.toml"
EVERYWHERE = f"sql/{NAME}"
UNDECLARED = "sql"  # the file of a finding about an object that no file declares
_LISTS = (EVERYWHERE, f"sql/*/{NAME}", f"supabase/{NAME}")
TOOL = "exceptions"


class LintException(BaseModel):
    """One accepted kind of finding; `written_in` and `line` say where it stands."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tool: str = Field(min_length=1)
    rule: str = Field(min_length=1)
    files: str = "*"
    subject: str = "*"
    message: str = "*"
    reason: str = Field(min_length=20)
    written_in: str = EVERYWHERE
    line: int = 0

    def matches(self, finding: Finding) -> bool:
        """Whether `finding` is what this entry accepts."""
        return (
            self._concerns(finding)
            and (self.tool, self.rule) == (finding.tool, finding.rule)
            and fnmatchcase(finding.file, self.files)
            and fnmatchcase(finding.subject, self.subject)
            and fnmatchcase(finding.message, self.message)
        )

    def _concerns(self, finding: Finding) -> bool:
        # What no file declares, such as a partition that a job makes, may be anybody's.
        return (
            self.written_in == EVERYWHERE
            or finding.file == UNDECLARED
            or finding.file.startswith(self.written_in.removesuffix(NAME))
        )


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    exception: list[LintException] = []


@dataclass(frozen=True)
class Sifted:
    """Findings that stand, and how many were accepted."""

    findings: list[Finding]
    accepted: int


def load_exceptions(project: Project) -> list[LintException]:
    """Read every list; none is an empty one.

    Raises:
        UsageProblem: `exceptions_invalid`, naming the first entry that is wrong and why.
    """
    return [
        entry
        for pattern in _LISTS
        for path in sorted(project.root.glob(pattern))
        for entry in _read(project, path)
    ]


def _read(project: Project, path: Path) -> list[LintException]:
    text = path.read_text(encoding="utf-8")
    lines = [
        number for number, line in enumerate(text.splitlines(), 1) if re.match(r"\s*\[\[exception\]\]", line)
    ]
    try:
        entries = _File.model_validate(tomllib.loads(text)).exception
    except tomllib.TOMLDecodeError as error:
        raise _invalid(path, f"not valid TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        index = next((part for part in first["loc"] if isinstance(part, int)), None)
        where = "" if index is None else f"line {lines[index]}: "
        key = [part for part in first["loc"] if isinstance(part, str)][-1]
        raise _invalid(path, f"{where}{key}: {first['msg']}") from error
    name = path.relative_to(project.root).as_posix()
    return [
        entry.model_copy(update={"written_in": name, "line": line})
        for entry, line in zip(entries, lines, strict=True)
    ]


def sift(
    findings: Iterable[Finding], exceptions: Collection[LintException], judged: Collection[str]
) -> Sifted:
    """Take out what the list accepts; add a finding for each entry that accepted nothing.

    Args:
        findings: everything that was found.
        exceptions: the list.
        judged: the tools that looked at everything, so that an entry for them without a match is out of date.
    """
    used: set[LintException] = set()
    standing = []
    accepted = 0
    for finding in findings:
        entries = [entry for entry in exceptions if entry.matches(finding)]
        used.update(entries)
        accepted += bool(entries)
        if not entries:
            standing.append(finding)
    standing += [
        Finding(
            entry.written_in,
            entry.line,
            TOOL,
            "unused",
            f"The exception for {entry.tool} {entry.rule} matches no finding.",
            hint="Remove it.",
        )
        for entry in exceptions
        if entry not in used and entry.tool in judged
    ]
    return Sifted(sorted(standing), accepted)


def _invalid(path: Path, reason: str) -> UsageProblem:
    return UsageProblem(
        "exceptions_invalid",
        f"{path}: {reason}.",
        hint="An entry needs tool, rule and a reason of 20 characters or more; the rest are optional globs.",
    )
