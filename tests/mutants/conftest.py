"""The built schema with its faults, once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from carebase.access.mutants.copies import Nursery, nursery
from carebase.access.mutants.generate import generate
from carebase.access.mutants.mutant import Mutant
from carebase.project import Project


@pytest.fixture(scope="session")
def built(project: Project) -> Iterator[Nursery]:
    """The declared schema on a server of its own."""
    with nursery(project) as ready:
        yield ready


@pytest.fixture(scope="session")
def everything(built: Nursery) -> list[Mutant]:
    """Every mutant of today's schema."""
    return generate(built.schema)
