"""Corrections of statements of pg-delta, each with what is wrong without it."""

from __future__ import annotations

import re

from carebase.db.catalogue import Catalogue
from carebase.db.names import PLATFORM_SCHEMAS

_SECOND_NOT_NULL = re.compile(r' CONSTRAINT "(?:[^"]|"")+" NOT NULL')
_INDEX_ON_ONLY = re.compile(r"(CREATE (?:UNIQUE )?INDEX (?:\S+) ON) ONLY ")
_DROP_TRIGGER = re.compile(r'DROP TRIGGER "([^"]+)" ON "([^"]+)"\."([^"]+)"')
_CALLED = re.compile(r"EXECUTE FUNCTION ([^.\s]+)\.([^.\s(]+)\(")


def repair(texts: list[str], before: Catalogue) -> list[str]:
    """The statements as they should have been written; nearly always the same.

    Args:
        texts: pg-delta's statements, in order.
        before: the database in which they are to run.
    """
    return _drop_foreign_triggers([_repair_one(text) for text in texts], before)


def _repair_one(text: str) -> str:
    if text.startswith("CREATE EXTENSION "):
        # Hosted Supabase may have it already, switched on in its dashboard.
        return text.replace("CREATE EXTENSION ", "CREATE EXTENSION IF NOT EXISTS ", 1)
    if text.startswith("CREATE DOMAIN ") and " NOT NULL CONSTRAINT " in text:
        # From version 17 on a domain's NOT NULL is a constraint too; it comes out twice, which Postgres
        # refuses.
        return _SECOND_NOT_NULL.sub("", text)
    # With ONLY the index of a partitioned table never reaches the partitions, and stays invalid.
    return _INDEX_ON_ONLY.sub(r"\1 ", text)


def _drop_foreign_triggers(texts: list[str], before: Catalogue) -> list[str]:
    """With the TRIGGER privilege one may hang a trigger on a platform's table; only its owner may remove it.

    The function is ours: dropping it with CASCADE takes the trigger along.
    """
    definitions = {
        item.identity: entry.details["definition"] for item, entry in before.items() if item.kind == "trigger"
    }
    found = [
        match for text in texts if (match := _DROP_TRIGGER.fullmatch(text)) and match[2] in PLATFORM_SCHEMAS
    ]
    for match in found:
        called = _CALLED.search(definitions.get(f"{match[1]} on {match[2]}.{match[3]}", ""))
        dropped = called and f'DROP FUNCTION "{called[1]}"."{called[2]}"()'
        if dropped in texts:
            texts = [f"{text} CASCADE" if text == dropped else text for text in texts if text != match[0]]
    return texts
