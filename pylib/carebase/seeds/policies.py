"""The privacy statement of the resilience hub, in its versions."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel

from carebase.seeds.insert import TableRows


class Policy(BaseModel, extra="forbid", frozen=True):
    """One version: what providers read before they agree."""

    version: int
    title: str
    effective_on: date
    body: str


class Policies(BaseModel, extra="forbid", frozen=True):
    """`resilience_policies.toml`."""

    resilience_policies: list[Policy]


def policy_rows(policies: list[Policy]) -> TableRows:
    """The rows of the table; one that is there was agreed to and stays as it is."""
    return TableRows("public.resilience_policies", ("version",), [policy.model_dump() for policy in policies])
