"""Answers in one shape, for callers that want data or an error and never an exception.

{"data": …, "error": {"code", "message", "details", "hint"} or None, "meta": {…}}
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar, overload

from pydantic import BaseModel, ConfigDict

from carebase.client.query import Page
from carebase.errors import CarebaseError
from carebase.records import Record

M = TypeVar("M", bound=Record)
T = TypeVar("T")


class ErrorBody(BaseModel):
    """What the API refused, as it says it: stable code, sentence, details for programs, what to do."""

    model_config = ConfigDict(frozen=True)

    code: str
    message: str
    details: dict[str, Any]
    hint: str
    status: int | None


class Envelope(BaseModel, Generic[T]):
    """Data or an error, and what there is to say about the data.

    Attributes:
        data: the result; None if there is an error.
        error: why there is none.
        meta: of a page: `count` of its rows, `next` for the page after it.
    """

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    data: T | None
    error: ErrorBody | None
    meta: dict[str, Any]


@overload
def enveloped(call: Callable[[], Page[M]]) -> Envelope[list[M]]: ...
@overload
def enveloped(call: Callable[[], T]) -> Envelope[T]: ...
def enveloped(call: Callable[[], Any]) -> Envelope[Any]:
    """What a call gives, in an envelope.

    Only refusals of the API become errors; a mistake in the program is raised as ever.

    Example:
        >>> enveloped(lambda: carebase.clients.list()).error is None
        True
    """
    try:
        return _good(call())
    except CarebaseError as error:
        return _refused(error)


@overload
async def enveloped_async(call: Awaitable[Page[M]]) -> Envelope[list[M]]: ...
@overload
async def enveloped_async(call: Awaitable[T]) -> Envelope[T]: ...
async def enveloped_async(call: Awaitable[Any]) -> Envelope[Any]:
    """The same of the asynchronous client.

    Example:
        >>> (await enveloped_async(carebase.clients.list())).error is None
        True
    """
    try:
        return _good(await call)
    except CarebaseError as error:
        return _refused(error)


def _good(data: Any) -> Envelope[Any]:
    if isinstance(data, Page):
        return Envelope(data=data.items, error=None, meta={"count": len(data.items), "next": data.next})
    return Envelope(data=data, error=None, meta={})


def _refused(error: CarebaseError) -> Envelope[Any]:
    body = ErrorBody(
        code=error.code, message=error.message, details=error.details, hint=error.hint, status=error.status
    )
    return Envelope(data=None, error=body, meta={})
