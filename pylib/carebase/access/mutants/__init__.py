"""Realistic faults, seeded one at a time into the built schema, to see whether the defences notice."""

from carebase.access.mutants.mutant import Mutant
from carebase.access.mutants.outcome import Outcome, Report
from carebase.access.mutants.run import Choice, Listener, run

__all__ = ["Choice", "Listener", "Mutant", "Outcome", "Report", "run"]
