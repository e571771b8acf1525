"""Proposing who could work the open shifts of a week: facts from the database, a solver, a proposal back."""

from carebase_jobs.rota.facts import Candidate, OpenShift, RotaFacts
from carebase_jobs.rota.filling import Filled, fill
from carebase_jobs.rota.solving import Plan, StaysOpen, solve

__all__ = ["Candidate", "Filled", "OpenShift", "Plan", "RotaFacts", "StaysOpen", "fill", "solve"]
