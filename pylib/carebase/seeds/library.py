"""The resilience library: what can be learned and where to turn, as every database starts with it."""

from __future__ import annotations

from decimal import Decimal

from pydantic import BaseModel, RootModel, model_validator

from carebase.seeds.ids import Key, seed_id
from carebase.seeds.insert import TableRows


class TrainingModule(BaseModel, extra="forbid", frozen=True):
    """A training; whoever says that it is evidence-based says on what evidence."""

    key: Key
    title: str
    category: str
    content_type: str
    duration_minutes: int
    description: str
    content_url: str | None = None
    evidence: str | None = None


class Resource(BaseModel, extra="forbid", frozen=True):
    """A place to turn to; a number says in which country it answers."""

    key: Key
    title: str
    kind: str
    category: str
    description: str
    url: str | None = None
    telephone: str | None = None
    country_code: str | None = None

    @model_validator(mode="after")
    def _number_has_a_country(self) -> Resource:
        if self.telephone and not self.country_code:
            raise ValueError("a telephone number needs its country_code")
        return self


class TrainingModules(BaseModel, extra="forbid", frozen=True):
    """`training_modules.toml`."""

    training_modules: list[TrainingModule]


class Resources(BaseModel, extra="forbid", frozen=True):
    """`resources.toml`."""

    resources: list[Resource]


class DimensionCategories(RootModel[dict[str, dict[str, Decimal]]], frozen=True):
    """`dimension_categories.toml`: what goes badly → what of the library helps → how much."""


def library_rows(
    modules: list[TrainingModule], resources: list[Resource], weights: DimensionCategories
) -> list[TableRows]:
    """The rows of all its tables; what super administrators made of them since is left alone."""
    return [
        TableRows(
            "public.resilience_training_modules",
            ("id",),
            [
                {
                    "id": seed_id("training_modules", module.key),
                    **module.model_dump(exclude={"key"}),
                    "evidence_based": module.evidence is not None,
                }
                for module in modules
            ],
        ),
        TableRows(
            "public.resilience_resources",
            ("id",),
            [
                {"id": seed_id("resources", resource.key), **resource.model_dump(exclude={"key"})}
                for resource in resources
            ],
        ),
        TableRows(
            "public.resilience_dimension_categories",
            ("id",),
            [
                {
                    "id": seed_id("dimension_categories", dimension, category),
                    "dimension": dimension,
                    "category": category,
                    "weight": str(weight),
                }
                for dimension, categories in weights.root.items()
                for category, weight in categories.items()
            ],
        ),
    ]
