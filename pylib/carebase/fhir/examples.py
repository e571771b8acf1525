"""Real data that anybody may use: the examples of the FHIR R4 standard (npm `hl7.fhir.r4.examples`, CC0)."""

from __future__ import annotations

from pathlib import Path

from carebase.fhir.report import RESOURCE_TYPES
from carebase.problems import EnvironmentProblem
from carebase.project import Project

PACKAGE = "hl7.fhir.r4.examples"


def example_paths(project: Project) -> list[Path]:
    """The example files of every type that is loaded, in the order of types that references need.

    Raises:
        EnvironmentProblem: `examples_missing`: the npm packages are not installed.

    Example:
        >>> example_paths(Project.find())[0].name  # doctest: +SKIP
        'Organization-1.json'
    """
    folder = project.node_modules / PACKAGE
    paths = [path for name in RESOURCE_TYPES for path in sorted(folder.glob(f"{name}-*.json"))]
    if not paths:
        raise EnvironmentProblem(
            "examples_missing", f"The npm package {PACKAGE} is not installed.", hint="Run: npm ci"
        )
    return paths
