"""The types of supabase-js, by Supabase's own generator."""

from __future__ import annotations

import tempfile
from pathlib import PurePosixPath
from urllib.parse import quote

from carebase.db.connect import connect
from carebase.lint.toolbox import Toolbox
from carebase.project import Project
from carebase.types.catalogue import API_SCHEMA

DATABASE_TYPES = PurePosixPath("supabase/types/database.types.ts")


def typescript_files(project: Project, url: str) -> dict[PurePosixPath, str]:
    """Source text by path below the checkout, not yet formatted.

    Raises:
        EnvironmentProblem: Supabase's CLI is missing or could not do it.
    """
    return {DATABASE_TYPES: supabase_types(project, url, "typescript")}


def supabase_types(project: Project, url: str, language: str) -> str:
    """What `supabase gen types` prints for a database.

    Args:
        project: the checkout whose CLI to use.
        url: the database.
        language: of the types, as the CLI calls it.
    """
    tools = Toolbox(project)
    address, password = _without_password(url)
    # A folder of its own: the CLI leaves files behind in the project it runs in.
    with tempfile.TemporaryDirectory(prefix="carebase-types-") as folder:
        return tools.run(
            [
                *(tools.node("supabase"), "gen", "types", "--lang", language, "--schema", API_SCHEMA),
                *(f"--remote={address}", "--workdir", folder, "--agent", "no"),
            ],
            env={"PGPASSWORD": password},
            ends_with=(0,),
        )


def _without_password(url: str) -> tuple[str, str]:
    """The address for the argument list, where others can read it, and the password for the environment."""
    with connect(url) as conn:
        info, is_encrypted = conn.info, conn.pgconn.ssl_in_use
        where = f"{quote(info.user, safe='')}@{info.host}:{info.port}/{quote(info.dbname, safe='')}"
        return f"postgresql://{where}?sslmode={'require' if is_encrypted else 'disable'}", info.password
