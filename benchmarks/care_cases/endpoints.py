"""Many people at once over HTTP: reports of incidents, rotas, and as many who ask for nothing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx

from care_cases.world import Person

Body = Callable[[Person], dict[str, Any]]


def _report(person: Person) -> dict[str, Any]:
    return {
        "p_site_id": str(person.site),
        "p_kind": "fall",
        "p_severity": "low",
        "p_occurred_at": (datetime.now(UTC) - timedelta(minutes=5)).isoformat(),
        "p_description": "What happened.",
        "p_request_key": str(uuid4()),
    }


def _week(person: Person) -> dict[str, Any]:
    return {"p_site_id": str(person.site), "p_week": str(datetime.now(UTC).date())}


CALLS: dict[str, Body] = {"report_incident": _report, "list_roster_week": _week}
NOTHING: tuple[str, Body] = ("bench_nothing", lambda _: {})


@dataclass(frozen=True)
class Wave:
    """How long everybody took together, and each; and what went wrong."""

    seconds: float
    each: list[float]
    errors: list[str]


async def wave(base_url: str, crowd: list[tuple[Person, dict[str, str]]], call: tuple[str, Body]) -> Wave:
    """One request of each person, all at once."""
    name, body = call
    limits = httpx.Limits(max_connections=len(crowd), max_keepalive_connections=len(crowd))
    async with httpx.AsyncClient(base_url=base_url, timeout=60, limits=limits) as client:

        async def one(person: Person, headers: dict[str, str]) -> tuple[float, str | None]:
            began = time.perf_counter()
            try:
                answer = await client.post(f"rpc/{name}", json=body(person), headers=headers)
            except httpx.HTTPError as error:
                return time.perf_counter() - began, type(error).__name__
            failed = (
                None if answer.is_success and answer.text else f"{answer.status_code} {answer.text[:200]}"
            )
            return time.perf_counter() - began, failed

        began = time.perf_counter()
        all_of_them = await asyncio.gather(*(one(*who) for who in crowd))
        seconds = time.perf_counter() - began
    return Wave(seconds, [taken for taken, _ in all_of_them], [failed for _, failed in all_of_them if failed])
