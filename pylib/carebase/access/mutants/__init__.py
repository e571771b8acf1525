"""Realistic faults, seeded one at a time into the built schema, to see whether the defences notice."""

from carebase.access.mutants.generate import generate, sample
from carebase.access.mutants.mutant import Mutant

__all__ = ["Mutant", "generate", "sample"]
