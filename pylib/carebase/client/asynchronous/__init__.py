"""The asynchronous client."""

from carebase.client.asynchronous.carebase import AsyncCarebase

__all__ = ["AsyncCarebase"]
