"""The comment of a function as the docstring of a method: what it does, takes, gives and refuses."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field

from carebase.types.docstrings import sentences
from carebase.types.names import field_name
from carebase.types.plan import Call

_WIDTH = 106
_INDENT = 8
_KEY = "p_request_key"
_PARAMETERS = re.compile(r"(?:^|(?<=[.;] ))(p_[a-z_0-9]+(?:, p_[a-z_0-9]+)*): ")
_NAMES = re.compile(r"[a-z_]+(?:, [a-z_]+)*: ")
_CURSOR = re.compile(r"p_(?:before|after)\w*")
# What these lines say is in the types.
_FOR_THE_GENERATOR = ("Never null:", "Protected:", "Idempotent:", "Nullable:")


def method_docstring(call: Call, example: str, *, is_paged: bool) -> str:
    """The docstring of a method that calls a function, as it stands in a class.

    Args:
        call: the function.
        example: lines of Python; one that begins with a space or a bracket goes on with the one before.
        is_paged: whether `limit` and `after` are the library's own.
    """
    parts = _parts(call, is_paged=is_paged)
    takes_key = any(one.name == _KEY for one in call.arguments.fields)
    if takes_key:
        parts.parameters.append("request_key: None: one is made. What is asked twice under one is done once.")
    again = "and again if no answer comes" if call.is_repeatable or takes_key else "and never twice by itself"
    blocks = [[part for line in parts.summary for part in _wrapped(line, "")]]
    for title, listed in (("Args:", parts.parameters), ("Returns:", parts.results)):
        if listed:
            blocks.append([title, *(line for one in listed for line in _wrapped(one, "    "))])
    ends = [*parts.errors, f"Calls `{call.function}`, {again}."]
    blocks.append([line for one in ends for line in _wrapped(one, "")])
    if example:
        blocks.append(["Example:", *(f"    {_prompt(line)} {line}" for line in example.strip().splitlines())])
    margin = "\n" + " " * _INDENT
    text = f"\n{margin}".join(margin.join(block) for block in blocks)
    return f'"""{text}{margin}"""'


@dataclass
class _Parts:
    """What a comment says: what is done, taken, given, refused."""

    summary: list[str] = field(default_factory=list)
    parameters: list[str] = field(default_factory=list)
    results: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def _parts(call: Call, *, is_paged: bool) -> _Parts:
    parts = _Parts()
    comment = (call.comment or f"Call the function `{call.function}`.").replace("\\", "\\\\")
    last = parts.summary
    for line in sentences(comment.strip()):
        if line.startswith(_FOR_THE_GENERATOR):
            continue
        before, *found = _PARAMETERS.split(line)
        if line.startswith("Errors:"):
            parts.errors.append(_in_python(line))
        elif before.strip() and last and before[0].islower() and not _NAMES.match(before):
            last[-1] += f" {_in_python(before.strip())}"  # broken where a sentence seemed to end
        elif before.strip():
            last = parts.results if _NAMES.match(before) or before.startswith("Returns ") else parts.summary
            last.append(_in_python(before.strip()))
        for names, text in zip(found[::2], found[1::2], strict=True):
            if names != _KEY and not (is_paged and (names == "p_limit" or _CURSOR.fullmatch(names))):
                last = parts.parameters
                last.append(
                    f"{_in_python(names)}: {re.sub(r'null(?=:|;)', 'None', _in_python(text.strip()))}"
                )
    if is_paged:
        parts.parameters += ["limit: at most so many, 1 to 500.", "after: `next` of the page before."]
    return parts


def _in_python(text: str) -> str:
    return re.sub(r"\bp_([a-z][a-z_0-9]*)\b", lambda found: field_name(found[1]), text)


def _wrapped(line: str, margin: str) -> Iterator[str]:
    hanging = f"{margin}    " if margin else ""
    yield from textwrap.wrap(
        line,
        _WIDTH - _INDENT,
        initial_indent=margin,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _prompt(line: str) -> str:
    return "..." if line[:1] in (" ", ")") else ">>>"
