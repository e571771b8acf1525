"""Predicates as small trees, so that AND and OR nest right and the compiled SQL is laid out for reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Group:
    """Several predicates joined by one word."""

    word: Literal["and", "or"]
    parts: tuple[Predicate, ...]


Predicate = str | Group


def all_of(parts: list[Predicate]) -> Predicate:
    """True when every part is; `true` itself adds nothing.

    Example:
        >>> all_of(["true", "a"])
        'a'
    """
    kept = _flat("and", [part for part in parts if part != "true"])
    return "true" if not kept else kept[0] if len(kept) == 1 else Group("and", kept)


def any_of(parts: list[Predicate]) -> Predicate:
    """True when one part is; one `true` makes the whole true.

    Example:
        >>> any_of(["a", "true"])
        'true'
    """
    if "true" in parts:
        return "true"
    kept = _flat("or", parts)
    return kept[0] if len(kept) == 1 else Group("or", kept)


def _flat(word: Literal["and", "or"], parts: list[Predicate]) -> tuple[Predicate, ...]:
    flat: list[Predicate] = []
    for part in parts:
        flat += part.parts if isinstance(part, Group) and part.word == word else [part]
    return tuple(flat)


def render(predicate: Predicate, *, indent: int) -> str:
    """The predicate as SQL whose lines after the first are indented by `indent` spaces.

    Example:
        >>> print(render(all_of(["a", any_of(["b", "c"])]), indent=0))
        a
        and (
          b
          or c
        )
    """
    pad = " " * indent
    if isinstance(predicate, str):
        return predicate.replace("\n", "\n" + pad)
    rendered = [
        f"(\n{pad}  {render(part, indent=indent + 2)}\n{pad})"
        if isinstance(part, Group)
        else render(part, indent=indent)
        for part in predicate.parts
    ]
    return f"\n{pad}{predicate.word} ".join(rendered)
