"""One table in a stream: from the server to a file or to nothing but a checksum, and back to the server."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from psycopg import sql

from carebase.db.connect import Connection
from carebase.tenants.belonging import Moved
from carebase.tenants.catalogue import identifier
from carebase.tenants.manifest import TableFile
from carebase.tenants.refusals import explained
from carebase.tenants.selection import Selection

_FORMAT = sql.SQL("(format text, encoding 'UTF8')")
# Postgres notes every row of a statement until its foreign keys are checked: long tables go in pieces.
_PIECE = 64 << 20
_BLOCK = 1 << 16


def read_table(
    conn: Connection,
    selection: Selection,
    table: Moved,
    columns: list[str],
    write: Callable[[bytes], Any],
    advance: Callable[[int], None],
) -> TableFile:
    """Stream the rows that move of a table.

    Args:
        conn: the connection, in its transaction.
        selection: of which organization.
        table: one of its tables.
        columns: which, in this order.
        write: given the text of the rows, piece by piece.
        advance: told the size of the pieces.
    """
    digest, rows, size = hashlib.sha256(), 0, 0
    statement = sql.SQL("copy ({}) to stdout {}").format(selection.query(table, columns), _FORMAT)
    with explained(table.name), conn.cursor() as cursor, cursor.copy(statement) as copy:
        for block in _blocks(copy):
            digest.update(block)
            rows += block.count(b"\n")
            size += len(block)
            write(block)
            advance(len(block))
    return TableFile(
        table=table.name, kind=table.kind, columns=columns, rows=rows, bytes=size, sha256=digest.hexdigest()
    )


def write_table(
    conn: Connection, target: sql.Composable, table: Moved, columns: list[str], content: Iterable[bytes]
) -> None:
    """Stream rows into a table.

    Args:
        conn: the connection, in its transaction.
        target: the table, or one of the same columns.
        table: whose rows they are.
        columns: what the rows consist of.
        content: their text.
    """
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL("copy {} ({}) from stdin {}").format(target, names, _FORMAT)
    for piece in in_pieces(table, content):
        with explained(table.name), conn.cursor() as cursor, cursor.copy(statement) as copy:
            for block in piece:
                copy.write(block)


def in_pieces(table: Moved, content: Iterable[bytes]) -> Iterable[Iterable[bytes]]:
    """The rows in as many statements as they may come in."""
    refers_to_itself = any(key.target == table.name for key in table.shape.foreign_keys)
    return [content] if refers_to_itself else _pieces(content)


def table_of(table: Moved) -> sql.Identifier:
    """The quoted name of a table."""
    return identifier(table.name)


def _blocks(copy: Iterable[Any]) -> Iterator[bytes]:
    """The server sends row by row; larger blocks cost less each."""
    block = bytearray()
    for data in copy:
        block += data
        if len(block) >= _BLOCK:
            yield bytes(block)
            block.clear()
    if block:
        yield bytes(block)


def _pieces(content: Iterable[bytes]) -> Iterator[Iterator[bytes]]:
    """The same text in pieces that end with a row."""
    source = iter(content)
    rest: list[bytes] = []

    def piece(first: bytes) -> Iterator[bytes]:
        size, block = 0, first
        while True:
            size += len(block)
            end = block.rfind(b"\n") + 1
            if size >= _PIECE and end:
                rest.append(block[end:])
                yield block[:end]
                return
            yield block
            following = next(source, None)
            if following is None:
                return
            block = following

    while True:
        first = rest.pop() if rest else b""
        block = first or next(source, None)
        if block is None:
            return
        yield piece(block)
