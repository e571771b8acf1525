"""One linter for the whole house: SQL, migrations, the built database, rooms, Python, secrets.

`lint` runs every source of findings and returns them in one shape. What is accepted, and why, is listed in
the `lint-exceptions.toml` of its room, and why a function is SECURITY DEFINER above it.
"""

from carebase.lint.findings import Finding
from carebase.lint.run import SOURCES, Listener, Report, lint

__all__ = ["SOURCES", "Finding", "Listener", "Report", "lint"]
