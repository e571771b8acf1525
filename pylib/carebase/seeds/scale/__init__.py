"""One large organization and many small ones beside it, made up: what speed is measured on.

For throw-away and local databases only. The same plan gives the same rows on every machine; what was
interrupted is taken up again where it ended.

Example:
    >>> from datetime import date
    >>> from carebase.project import Project
    >>> from carebase.seeds.scale import Plan, generate
    >>> plan = Plan(providers=1000, days=365, organizations=20, until=date(2026, 6, 30))
    >>> generate("postgresql://postgres@127.0.0.1:24322/postgres", Project.find(), plan)  # doctest: +SKIP
"""

from carebase.seeds.scale.generate import GenerateReport, generate
from carebase.seeds.scale.homes import HomesPlan
from carebase.seeds.scale.plan import Plan

__all__ = ["GenerateReport", "HomesPlan", "Plan", "generate"]
