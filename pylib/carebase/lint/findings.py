"""What a check found, in one shape whatever tool said it."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """One fault.

    Args:
        file: the file to edit, relative to the checkout, with `/` between folders.
        line: the line to edit, from 1; 0 when the finding is about the file as a whole.
        tool: who found it: `sqlfluff`, `squawk`, `advisors`, `pgrls`, `catalogue`, `rooms`, `ruff`, `mypy`, …
        rule: the tool's name of the rule.
        message: what is wrong, in a sentence.
        hint: what to do about it, where the tool knows.
        subject: the SQL object, such as `public.sites` or `app.is_npi(text)`, where there is one.
    """

    file: str
    line: int
    tool: str
    rule: str
    message: str
    hint: str = ""
    subject: str = ""

    def as_dict(self) -> dict[str, str | int]:
        """The finding for `--json`, keys in the order above."""
        return asdict(self)
