"""Which addresses a worker connects to."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from typing import Any

import pytest

from carebase_jobs.outbox.targets import TargetRefused, Targets

PRIVATE = [
    "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "0.0.0.0", "224.0.0.1",  # noqa: S104  refused, not listened on
    "255.255.255.255", "198.18.0.1", "240.0.0.1", "::1", "::", "fe80::1", "fc00::1",
    "ff02::1", "fd00:ec2::254",
    "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public_is_refused(address: str) -> None:
    assert not Targets().allows(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_what_is_public_is_not(address: str) -> None:
    assert Targets().allows(ipaddress.ip_address(address))


def test_what_is_allowed_is_allowed_by_whatever_way() -> None:
    targets = Targets.of("10.0.0.0/8")
    assert targets.allows(ipaddress.ip_address("10.1.2.3"))
    assert targets.allows(ipaddress.ip_address("::ffff:10.1.2.3"))
    assert not targets.allows(ipaddress.ip_address("192.168.0.1"))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "0x7f.1", "2130706433", "127.1", "[::1]", "::1"])
def test_spellings_of_loopback_are_seen_through(host: str) -> None:
    with pytest.raises(TargetRefused):
        asyncio.run(Targets().resolve(host, 80))


def test_a_name_that_means_both_is_refused_and_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def resolver(host: str, *rest: Any, **more: Any) -> list[Any]:
        asked.append(host)
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))
            for address in ("1.1.1.1", "127.0.0.1")
        ]

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    with pytest.raises(TargetRefused, match="target_private"):
        asyncio.run(Targets().resolve("rebinding.example", 443))
    assert asked == ["rebinding.example"]
