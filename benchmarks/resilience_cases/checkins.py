"""A hundred nurses check in at once, over HTTP; and as many who ask for nothing."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

import httpx

CHECKIN = ("submit_daily_checkin", {"p_work_setting": "clinic", "p_stress_level": 6, "p_energy_level": 5})
NOTHING = ("bench_nothing", {})


@dataclass(frozen=True)
class Wave:
    """How long everybody took together, and each."""

    seconds: float
    each: list[float]


async def wave(base_url: str, headers: list[dict[str, str]], call: tuple[str, dict[str, object]]) -> Wave:
    """One request of each person, all at once; whoever is refused ends the run."""
    name, body = call
    limits = httpx.Limits(max_connections=len(headers), max_keepalive_connections=len(headers))
    async with httpx.AsyncClient(base_url=base_url, timeout=60, limits=limits) as client:

        async def one(who: dict[str, str]) -> float:
            began = time.perf_counter()
            answer = await client.post(f"rpc/{name}", json=body, headers=who)
            assert answer.is_success, answer.text
            return time.perf_counter() - began

        began = time.perf_counter()
        each = await asyncio.gather(*(one(who) for who in headers))
        return Wave(time.perf_counter() - began, list(each))
