"""Typed Python and TypeScript, generated from a database: what `carebase types` does."""

from carebase.types.generate import generate

__all__ = ["generate"]
