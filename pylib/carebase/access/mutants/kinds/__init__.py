"""The kinds of fault, family by family; a later room's objects are found by the same makers."""

from carebase.access.mutants.kinds import (
    bodies,
    exposure,
    functions,
    grants,
    keys,
    parameters,
    personas,
    policies,
    predicates,
    relations,
)
from carebase.access.mutants.mutant import Kind

KINDS: tuple[Kind, ...] = (
    *policies.KINDS,
    *predicates.KINDS,
    *personas.KINDS,
    *relations.KINDS,
    *grants.KINDS,
    *exposure.KINDS,
    *functions.KINDS,
    *bodies.KINDS,
    *parameters.KINDS,
    *keys.KINDS,
)

__all__ = ["KINDS"]
