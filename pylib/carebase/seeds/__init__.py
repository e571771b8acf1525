"""The rows a database starts with: reference rows for every database, made-up people for a demo.

Declared in `seeds/*.toml`; this package turns that into rows and adds those that are missing.

Example:
    >>> from carebase.project import Project
    >>> from carebase.seeds import apply
    >>> apply("postgresql://postgres@127.0.0.1:24322/postgres", Project.find(), "demo")  # doctest: +SKIP
"""

from carebase.seeds.apply import SEEDS, Seed, apply
from carebase.seeds.checkin_values import CheckinValues, checkin_values
from carebase.seeds.password import demo_password
from carebase.seeds.report import SeedReport, TableReport
from carebase.seeds.users import DemoUser, demo_users

__all__ = [
    "SEEDS",
    "CheckinValues",
    "DemoUser",
    "Seed",
    "SeedReport",
    "TableReport",
    "apply",
    "checkin_values",
    "demo_password",
    "demo_users",
]
