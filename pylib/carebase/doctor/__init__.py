"""Is this database fit to run? Questions to its catalogue and statistics, each answered in a sentence."""

from carebase.doctor.examine import Examination, Finding, examine

__all__ = ["Examination", "Finding", "examine"]
