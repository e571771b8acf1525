"""How a written migration looks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_SHORT = ("alter default", "comment", "grant", "revoke")
_TOGETHER = {
    ("alter default", "alter default"),
    ("comment", "comment"),
    ("revoke", "grant"),
    ("grant", "grant"),
}

_UP = """\
-- {title}: written by hand.
-- It runs as role postgres in one transaction; begin and commit are not needed. What it makes must be in sql/
-- as well (`carebase db drift` compares), which is why `carebase db diff` writes most migrations.
-- What cannot run in a transaction, such as `create index concurrently`, goes into a migration of its own,
-- whose first line is `-- carebase: transaction=off`, without the backquotes.

"""
_DATA_UP = """\
-- {title}: changes rows, not structure.
-- It runs as role postgres in one transaction, once per database, on an empty one too. Write statements that
-- are right whatever rows there are. Reference rows belong to seeds/, not here.

"""
_DOWN = """\
-- Undoes {title}.
-- `carebase db drift --rollbacks` applies, undoes and applies the migration again, and compares.
-- If nothing can bring the data back, put this line here instead of statements:
-- `-- carebase: irreversible:` and the reason, without the backquotes.

"""


def new_texts(name: str, *, data: bool) -> tuple[str, str]:
    """An empty migration and rollback, with what their author has to know.

    Args:
        name: what the migration is called.
        data: it changes rows rather than structure.
    """
    up = _DATA_UP if data else _UP
    return up.format(title=name), _DOWN.format(title=name)


def migration_text(statements: Iterable[str], name: str, losses: Iterable[str] = ()) -> str:
    """A generated migration.

    Args:
        statements: without semicolons.
        name: what the migration is called.
        losses: those of the statements after which data is gone.
    """
    head = [f"-- {name}: written by `carebase db diff`. Never edited once it is applied anywhere."]
    head += [f"-- Loses data: {_first_line(loss)}" for loss in losses]
    return "\n".join(head) + "\n\n" + _body(statements)


def rollback_text(
    statements: Sequence[str], name: str, *, transactional: bool, losses: Sequence[str] = ()
) -> str:
    """A generated rollback.

    Args:
        statements: without semicolons.
        name: what the migration is called.
        transactional: False: Postgres does not do all of it in one transaction.
        losses: those of the statements after which data is gone; the note for whoever rolls back.
    """
    head = [] if transactional else ["-- carebase: transaction=off"]
    head.append(f"-- Undoes {name}: written by `carebase db diff`.")
    head += [f"-- Loses data: {_first_line(loss)}" for loss in losses]
    if losses:
        head.append("-- Take a backup first; what was written since the migration is in nothing else.")
    if not statements:
        head.append("-- carebase: nothing to undo: what new objects were granted by default stays revoked.")
        return "\n".join(head) + "\n"
    return "\n".join(head) + "\n\n" + _body(statements)


def _body(statements: Iterable[str]) -> str:
    """Statements with an empty line between, but short ones of a kind together."""
    text = ""
    previous = ""
    for statement in statements:
        word = next((word for word in _SHORT if statement.lower().startswith(word)), "")
        if text:
            together = (previous, word) in _TOGETHER and "\n" not in statement
            text += "\n" if together else "\n\n"
        text += statement + ";"
        previous = word
    return text + "\n"


def _first_line(text: str) -> str:
    return text.splitlines()[0]
