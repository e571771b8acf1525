"""Both clients behind one blocking interface, against the real gateway or a server of exact bytes."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any, Literal

import pytest

from carebase import AsyncCarebase, Carebase
from carebase.client.asynchronous.collection import AsyncLines, AsyncPendingChange
from carebase.client.asynchronous.services import AsyncPending, AsyncSubject
from tests.api.conftest import api, give_consent, make_org, make_person
from tests.client.house import house, speak
from tests.client.wire_server import WireServer

__all__ = ["api", "give_consent", "house", "make_org", "make_person", "speak"]

Kind = Literal["synchronous", "asynchronous"]


class Blocking:
    """An asynchronous client or a part of one, each of whose methods is run to its end."""

    def __init__(self, client: Any, runner: asyncio.Runner) -> None:
        self._client, self._runner = client, runner

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._client, name)
        if inspect.iscoroutinefunction(attribute):
            return lambda *args, **named: self._runner.run(attribute(*args, **named))
        if inspect.ismethod(attribute):
            return lambda *args, **named: self._part(attribute(*args, **named))
        return self._part(attribute)

    def _part(self, value: Any) -> Any:
        is_part = isinstance(value, AsyncLines | AsyncPendingChange | AsyncSubject | AsyncPending)
        return Blocking(value, self._runner) if is_part else value


@pytest.fixture(params=["synchronous", "asynchronous"])
def make_client(request: pytest.FixtureRequest) -> Iterator[Callable[..., Any]]:
    """Open clients of one kind: `make_client(url, key)`; every test that asks runs with both kinds."""
    kind: Kind = request.param
    with ExitStack() as stack:
        runner = stack.enter_context(asyncio.Runner())

        def make(url: str, key: str = "sb_publishable_test", **options: Any) -> Any:
            if kind == "synchronous":
                return stack.enter_context(Carebase(url, key, **options))
            client = Blocking(AsyncCarebase(url, key, **options), runner)
            stack.callback(client.close)
            return client

        yield make


@pytest.fixture(scope="session")
def _wire() -> Iterator[WireServer]:
    with WireServer().running() as server:
        yield server


@pytest.fixture
def wire(_wire: WireServer) -> WireServer:
    """A server that answers exactly what the test writes down."""
    _wire.will()
    return _wire
