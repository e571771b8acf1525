"""What a product does with the API, by subject: `carebase.care_homes.list()`, `carebase.clients.get(id)`.

Each subject is a thin class over tables (`AsyncCollection`) and functions; nothing is decided here.
"""

from carebase.client.asynchronous.services.care_homes import AsyncCareHomes
from carebase.client.asynchronous.services.subjects import AsyncSubjects

__all__ = ["AsyncCareHomes", "AsyncSubjects"]
