"""A copy of a running server's files, consistent whatever is written meanwhile: Postgres' own BASE_BACKUP.

The embedded Postgres has no pg_basebackup; what that program says to the server is one command of the
replication protocol, whose answer is a tar file (https://www.postgresql.org/docs/17/protocol-replication.html).
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from psycopg import pq
from psycopg.conninfo import make_conninfo

from carebase.backups import folder
from carebase.problems import DatabaseProblem

_COMMAND = b"BASE_BACKUP (LABEL 'carebase', CHECKPOINT 'fast', WAL true, MANIFEST 'no')"
_ARCHIVE, _DATA = b"n", b"d"


def copy(url: str, target: Path) -> None:
    """Copy the files of the server behind `url` into the new folder `target`, with the WAL they need.

    Args:
        url: any database of the server, as a superuser.
        target: where to; a server started there recovers and is as the first was when the copy ended.

    Raises:
        DatabaseProblem: `backup_refused`, `tablespaces_unsupported`.
    """
    conn = pq.PGconn.connect(make_conninfo(url, replication="database").encode())
    try:
        if conn.status != pq.ConnStatus.OK or conn.exec_(_COMMAND).status != pq.ExecStatus.COPY_OUT:
            _refused(conn)
        folder.make(target)
        blocks = _blocks(conn)
        with tarfile.open(fileobj=_Stream(blocks), mode="r|") as members:
            folder.unpack(members, target)
        for _ in blocks:  # what comes after the archive's end, and a refusal if it did not end well
            pass
        while (result := conn.get_result()) is not None:
            if result.status == pq.ExecStatus.FATAL_ERROR:
                _refused(conn)
    except folder.StrangeMember as strange:
        raise DatabaseProblem(
            "tablespaces_unsupported",
            f"The database has a tablespace of its own ({strange}); backups are of one folder.",
            hint="Move what is in it to pg_default: alter table … set tablespace pg_default.",
        ) from strange
    finally:
        conn.finish()


def _blocks(conn: pq.abc.PGconn) -> Iterator[bytes]:
    """The archive's bytes. Each message begins with what it is: an archive's name, data, progress."""
    archives = 0
    while True:
        size, message = conn.get_copy_data(0)
        if size < 0:
            break
        kind = bytes(message[:1])
        archives += kind == _ARCHIVE
        if archives > 1:
            raise folder.StrangeMember("more than one archive")
        if kind == _DATA:
            yield bytes(message[1:])
    if size == -2:
        _refused(conn)


class _Stream(io.RawIOBase):
    """A file to read, made of blocks."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._rest = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        parts, missing = [self._rest], size - len(self._rest)
        while missing > 0 and (block := next(self._blocks, b"")):
            parts.append(block)
            missing -= len(block)
        found = b"".join(parts)
        self._rest = found[size:]
        return found[:size]


def _refused(conn: pq.abc.PGconn) -> NoReturn:
    reason = " ".join(conn.error_message.decode(errors="replace").split())
    raise DatabaseProblem(
        "backup_refused",
        f"The server did not give a copy of its files: {reason}.",
        hint="Nothing was written. `carebase logs postgres` may say more.",
    )
