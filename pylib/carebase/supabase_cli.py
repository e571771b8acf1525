"""Supabase's own command line, asked about a database: its password stays out of the argument list."""

from __future__ import annotations

import tempfile
from urllib.parse import quote

from carebase.db.connect import connect
from carebase.toolbox import Toolbox


def ask(tools: Toolbox, url: str, *words: str, option: str = "--db-url") -> str:
    """What the command prints.

    Args:
        tools: finds and runs the program.
        url: the database.
        words: the command and its options.
        option: which one takes the address of the database.

    Raises:
        EnvironmentProblem: `tool_failed`, with the last thing it said; the database is not to be reached.

    Example:
        >>> ask(tools, url, "db", "advisors", "--type", "all")
    """
    address, password = _without_password(url)
    # A folder of its own: it leaves files behind in the project it runs in.
    with tempfile.TemporaryDirectory(prefix="carebase-supabase-") as folder:
        return tools.run(
            [tools.node("supabase"), *words, f"{option}={address}", "--workdir", folder, "--agent", "no"],
            env={"PGPASSWORD": password},
            ends_with=(0,),
        )


def _without_password(url: str) -> tuple[str, str]:
    """The address for the argument list, where others can read it, and the password for the environment.

    The program insists on TLS unless told otherwise; a server without it, such as the local one, is told so.
    """
    with connect(url) as conn:
        info, is_encrypted = conn.info, conn.pgconn.ssl_in_use
        where = f"{quote(info.user, safe='')}@{info.host}:{info.port}/{quote(info.dbname, safe='')}"
        return f"postgresql://{where}?sslmode={'require' if is_encrypted else 'disable'}", info.password
