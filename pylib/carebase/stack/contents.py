"""What `up` puts into the servers it started: migrations, seeds, and for the demo real records to look at.

Each has a package of its own; this is the one place where the stack calls them, and only when it needs them.
"""

from __future__ import annotations

from typing import Literal

from carebase.project import Project

DEMO_ORGANIZATION = "lakeside"
"""Slug of the demo's organization that the example records go into."""


def migrate(project: Project, url: str) -> list[str]:
    """Apply the pending migrations; the labels (version and name) of those applied."""
    from carebase.db import migrations

    return [migration.label for migration in migrations.migrate(project, url)]


def migration_status(project: Project, url: str) -> tuple[list[str], list[str]]:
    """The labels of the applied and of the pending migrations."""
    from carebase.db import migrations

    applied: list[str] = []
    pending: list[str] = []
    for row in migrations.status(project, url):
        (pending if row.state == "pending" else applied).append(f"{row.version}_{row.name}")
    return applied, pending


def seed(project: Project, url: str, name: Literal["reference", "demo"]) -> int:
    """Add the rows of a seed that are missing; how many were added or renewed."""
    from carebase import seeds

    return seeds.apply(url, project, name).changed


def import_examples(project: Project, url: str) -> int:
    """Load the FHIR standard's own example records into the demo organization; how many are there now."""
    from carebase.fhir import import_fhir
    from carebase.fhir.examples import example_paths

    report = import_fhir(url, DEMO_ORGANIZATION, example_paths(project))
    return sum(counts.read - counts.refused for counts in report.counts.values())
