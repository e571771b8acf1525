"""Looks through one text, and honours the pragmas in it.

A line, or the line before it, may say why something is right there after all (with the kind's name for KIND):
`carebase: allow-KIND: reason`. A pragma without a reason, or with nothing to allow, is a finding.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from carebase.lint.findings import Finding
from carebase.lint.secrets.patterns import KINDS

TOOL = "secrets"
MAX_BYTES = 2 * 1024 * 1024
_PRAGMA = re.compile(r"carebase: allow-([a-z]+(?:-[a-z]+)*)(?:: *(\S[^\n]*))?")
_REASON_LETTERS = 10
# Binary files that show or render something; they are looked at, not read.
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".woff", ".woff2", ".ttf", ".otf")


def scan_bytes(content: bytes, file: str) -> list[Finding]:
    """Findings in a file of any kind.

    Args:
        content: what is, or would be, committed.
        file: its path relative to the checkout.
    """
    if file.lower().endswith(_PICTURES):
        return []
    if len(content) > MAX_BYTES:
        return [_about_file(file, "too-large", f"More than {MAX_BYTES >> 20} MiB: too large to be checked.")]
    if b"\0" in content:
        return [_about_file(file, "opaque-file", "A binary file: what is in it cannot be checked.")]
    return scan_text(content.decode("utf-8", errors="replace"), file)


def scan_text(text: str, file: str) -> list[Finding]:
    """Findings in a text, in the order of its lines.

    Example:
        >>> [finding.rule for finding in scan_text("MRN: " + "1234567", "a.txt")]
        ['mrn']
    """
    starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def line_of(offset: int) -> int:
        return bisect_right(starts, offset)

    pragmas = {(line_of(match.start()), match[1]): match for match in _PRAGMA.finditer(text)}
    used = set()
    findings = []
    for kind in KINDS:
        for line in dict.fromkeys(map(line_of, kind.find(text))):
            pragma = next((key for key in ((line, kind.name), (line - 1, kind.name)) if key in pragmas), None)
            if pragma:
                used.add(pragma)
            else:
                findings.append(Finding(file, line, TOOL, kind.name, kind.says, hint=kind.hint))
    findings += _pragma_faults({key: match[2] for key, match in pragmas.items()}, used, file)
    return sorted(findings)


def _pragma_faults(
    pragmas: dict[tuple[int, str], str | None], used: set[tuple[int, str]], file: str
) -> Iterator[Finding]:
    for (line, kind), reason in pragmas.items():
        if (line, kind) not in used:
            yield Finding(
                file,
                line,
                TOOL,
                "idle-pragma",
                f"The pragma allow-{kind} allows nothing here.",
                hint="Remove it.",
            )
        elif len(reason or "") < _REASON_LETTERS:
            yield Finding(
                file,
                line,
                TOOL,
                "pragma-reason",
                f"The pragma allow-{kind} gives no reason.",
                hint=f"Write `carebase: allow-{kind}: why this is right here`.",
            )


def _about_file(file: str, rule: str, message: str) -> Finding:
    return Finding(
        file, 0, TOOL, rule, message, hint="Keep it out of the repository, or list it as an exception."
    )
