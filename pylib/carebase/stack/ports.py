"""TCP ports on the loopback interface."""

from __future__ import annotations

import secrets
import socket

from carebase.stack import failures, processes

LOOPBACK = "127.0.0.1"
_PATIENCE_SECONDS = 1.5
# Below the ports that systems give to outgoing connections (Linux: from 32768 on), any of which could sit on
# a remembered port at the moment a server wants it back.
_OURS = range(20_000, 32_000)


def free_port(preferred: int | None = None) -> int:
    """`preferred` if nothing uses it, else some port that nothing uses now."""
    if preferred is not None and is_free(preferred):
        return preferred
    while not is_free(port := _OURS[secrets.randbelow(len(_OURS))]):
        pass
    return port


def is_free(port: int) -> bool:
    """Whether a server of ours could listen on `port`."""
    with socket.socket() as probe:
        # As servers do: connections of an earlier server that linger in TIME_WAIT do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except (OSError, OverflowError):
            return False
        return True


def require_free(port: int, option: str) -> None:
    """Raise a Problem naming `option` (of `carebase up`) if `port` cannot be listened on.

    Waits a moment first: the last children of a server that was killed may still hold it.
    """
    if not processes.wait_until(lambda: is_free(port), _PATIENCE_SECONDS):
        raise failures.port_taken(port, option)
