"""The reference rows: what every database has, production included."""

from __future__ import annotations

from carebase.seeds.documents import Reference
from carebase.seeds.ids import seed_id
from carebase.seeds.insert import TableRows
from carebase.seeds.library import library_rows
from carebase.seeds.policies import policy_rows


def reference_rows(reference: Reference) -> list[TableRows]:
    """The rows of `seeds/reference`, tables in the order in which they refer to each other."""
    return [
        TableRows(
            "public.organizations",
            ("id",),
            [organization.model_dump() for organization in reference.organizations],
        ),
        TableRows(
            "public.nurseos_feature_flags",
            ("feature_key",),
            [
                {
                    "id": seed_id("feature_flags", flag.key),
                    "feature_key": flag.key,
                    "feature_name": flag.name,
                    "description": flag.description,
                    "is_enabled_globally": flag.is_enabled_globally,
                    "required_license_tier": flag.required_license_tier,
                    "is_hidden_when_standalone": flag.is_hidden_when_standalone,
                }
                for flag in reference.feature_flags
            ],
        ),
        *library_rows(reference.training_modules, reference.resources, reference.dimension_categories),
        policy_rows(reference.resilience_policies),
    ]
