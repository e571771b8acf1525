"""Where things are in a checkout."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from carebase.problems import UsageProblem


@dataclass(frozen=True)
class Project:
    """A checkout of carebase, named by its top folder."""

    root: Path
    state_folder: Path | None = None

    @classmethod
    def find(cls, start: Path | None = None) -> Project:
        """The checkout around `start`; by default `CAREBASE_PROJECT`, the current folder, or this file.

        `CAREBASE_STATE` names another state folder than the checkout's own, for a second stack beside it.

        Errors: `UsageProblem` `project_not_found`.

        Example:
            >>> Project.find().sql.name
            'sql'
        """
        state = os.environ.get("CAREBASE_STATE")
        named = os.environ.get("CAREBASE_PROJECT")
        starts = [start] if start else [Path(named)] if named else [Path.cwd(), Path(__file__)]
        for place in starts:
            for folder in (place.resolve(), *place.resolve().parents):
                if (folder / "supabase" / "config.toml").is_file() and (folder / "sql").is_dir():
                    return cls(folder, Path(state).resolve() if state else None)
        raise UsageProblem(
            "project_not_found",
            f"No carebase checkout found at or above {starts[0]}.",
            hint="Run the command inside a checkout, or set CAREBASE_PROJECT to its folder.",
        )

    @cached_property
    def sql(self) -> Path:
        return self.root / "sql"

    @cached_property
    def supabase(self) -> Path:
        return self.root / "supabase"

    @cached_property
    def migrations(self) -> Path:
        return self.supabase / "migrations"

    @cached_property
    def rollbacks(self) -> Path:
        return self.supabase / "rollbacks"

    @cached_property
    def platform(self) -> Path:
        """Supabase's own objects for a plain Postgres; never part of our schema."""
        return self.supabase / "platform"

    @cached_property
    def gateway(self) -> Path:
        return self.supabase / "gateway"

    @cached_property
    def console(self) -> Path:
        """The web console, which the gateway serves."""
        return self.root / "console"

    @cached_property
    def seeds(self) -> Path:
        return self.root / "seeds"

    @cached_property
    def node_modules(self) -> Path:
        return self.root / "node_modules"

    @cached_property
    def state(self) -> Path:
        """What this installation keeps for itself: secrets, ports, logs. Ignored by git."""
        return self.state_folder or self.root / ".carebase"
