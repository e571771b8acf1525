"""The typed client of the API, synchronous and asynchronous."""

from carebase.client.asynchronous import AsyncCarebase
from carebase.client.identity import Identity
from carebase.client.synchronous import Carebase

__all__ = ["AsyncCarebase", "Carebase", "Identity"]
