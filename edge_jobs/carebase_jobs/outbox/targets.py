"""Where a worker may connect to: a name is resolved once, and what was checked is what is connected to.

Organizations say where their messages go. Without this check one of them could have the worker ask the
metadata service of its cloud, or a database that listens on loopback.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from dataclasses import dataclass

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class TargetRefused(Exception):
    """A target that is not to be connected to; the text is a code."""


@dataclass(frozen=True)
class Targets:
    """Which addresses are allowed besides public ones.

    Example:
        >>> Targets.of("10.1.0.0/16").allows(ipaddress.ip_address("10.1.2.3"))
        True
    """

    allowed: tuple[Network, ...] = ()

    @classmethod
    def of(cls, *networks: str) -> Targets:
        """Allow these networks, as CIDR."""
        return cls(tuple(ipaddress.ip_network(network) for network in networks))

    def allows(self, address: Address) -> bool:
        """Whether a connection may go there."""
        inner = embedded(address)
        if any(inner.version == network.version and inner in network for network in self.allowed):
            return True
        return inner.is_global and not inner.is_multicast and not inner.is_reserved

    async def resolve(self, host: str, port: int) -> str:
        """The one address to connect to.

        Raises:
            TargetRefused: `target_unknown`, nobody knows the name; `target_private`, one of its addresses is
                not public: a name that means both is refused as a whole.
        """
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise TargetRefused("target_unknown") from None
        addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
        if not addresses:
            raise TargetRefused("target_unknown")
        if not all(self.allows(address) for address in addresses):
            raise TargetRefused("target_private")
        return str(addresses[0])


def embedded(address: Address) -> Address:
    """The IPv4 address that an IPv6 address stands for, by whatever way; else itself."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return address.ipv4_mapped
        if address.sixtofour:
            return address.sixtofour
        if address.teredo:
            return address.teredo[1]
        if address in _NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address
