"""The access matrix: read from each `room.toml`, compiled to policies, grants and triggers."""

from carebase.access.compiler import compile_rooms, load_subjects

__all__ = ["compile_rooms", "load_subjects"]
