"""The types of supabase-js, by Supabase's own generator."""

from __future__ import annotations

from pathlib import PurePosixPath

from carebase import supabase_cli
from carebase.project import Project
from carebase.toolbox import Toolbox
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
    words = ("gen", "types", "--lang", language, "--schema", API_SCHEMA)
    return supabase_cli.ask(tools, url, *words, option="--remote")
