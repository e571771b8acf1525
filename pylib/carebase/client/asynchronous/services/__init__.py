"""What a product does with the API, by subject: `carebase.care_homes.list()`, `carebase.clients.get(id)`.

Each subject is a thin class over tables (`AsyncRows`, `AsyncCollection`) and functions, whose methods
`carebase types` writes from `subjects.toml`; nothing is decided here.
"""

from carebase.client.asynchronous.services.subject import AsyncPending, AsyncSubject
from carebase.client.asynchronous.services.subjects import AsyncSubjects

__all__ = ["AsyncPending", "AsyncSubject", "AsyncSubjects"]
