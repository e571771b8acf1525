"""carebase: one Supabase-backed, SQL-first platform for care organizations.

from carebase import Carebase                      # the client; AsyncCarebase is its asynchronous twin
from carebase.models import ProviderDailyCheckin   # what the database holds
from carebase.errors import PermissionDenied       # what the API refuses with
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from carebase.client import AsyncCarebase, Carebase, Identity
    from carebase.errors import CarebaseError
    from carebase.settings import Settings

__all__ = ["AsyncCarebase", "Carebase", "CarebaseError", "Identity", "Settings"]

_HOMES = {"CarebaseError": "carebase.errors", "Settings": "carebase.settings"}


def __getattr__(name: str) -> Any:
    # Loaded when first used: `carebase types` must run even if what it generated is broken.
    if name in __all__:
        from importlib import import_module

        return getattr(import_module(_HOMES.get(name, "carebase.client")), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
