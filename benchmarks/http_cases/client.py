"""The local gateway over a benchmark's database, asked by one client that keeps its connection."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import jwt

from carebase.project import Project
from carebase.stack.gateway import Gateway
from carebase.stack.server import PostgresServer
from carebase.stack.state import StackState


@contextmanager
def opened(server: PostgresServer, project: Project, database: str) -> Iterator[StackState]:
    """The gateway over a database; its address and keys."""
    state = StackState.beside(server)
    with TemporaryDirectory() as folder:
        aside = Project(project.root, Path(folder) / "state")
        state.save(aside)
        gateway = Gateway(aside, state, database=database)
        gateway.start()
        try:
            yield state
        finally:
            gateway.stop()


def headers_of(state: StackState, claims: str) -> dict[str, str]:
    """What a request of somebody with these claims carries."""
    token = jwt.encode({**json.loads(claims), "exp": time.time() + 3600}, state.jwt_secret)
    return {"apikey": state.publishable_key, "Authorization": f"Bearer {token}"}


@contextmanager
def asked(server: PostgresServer, project: Project, database: str, claims: str) -> Iterator[httpx.Client]:
    """A client of the REST interface, signed in with these claims."""
    with (
        opened(server, project, database) as state,
        httpx.Client(
            base_url=f"{state.api_url}/rest/v1", headers=headers_of(state, claims), timeout=30
        ) as client,
    ):
        yield client


def timed(client: httpx.Client, method: str, path: str, body: object, **headers: str) -> tuple[float, Any]:
    """One request; its seconds and its answer."""
    began = time.perf_counter()
    answer = client.request(method, path, json=body, headers=headers)
    taken = time.perf_counter() - began
    assert answer.is_success, answer.text
    return taken, answer.json()
