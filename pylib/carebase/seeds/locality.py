"""Whether a database is on this machine: the demo's people do not belong anywhere else."""

from __future__ import annotations

from ipaddress import ip_address

from carebase.problems import UsageProblem
from carebase.seeds.insert import Connection


def refuse_remote(conn: Connection) -> None:
    """End with a problem unless both ends of the connection are this machine.

    Both are asked, because a tunnel to a distant database begins at a local address.

    Raises:
        UsageProblem: `database_not_local`.
    """
    row = conn.execute("select host(inet_server_addr())").fetchone()
    for address in (conn.info.hostaddr, row[0] if row else None):
        # A unix socket has no address.
        if address and not ip_address(address).is_loopback:
            raise UsageProblem(
                "database_not_local",
                f"The database answers from {address}, which is not this machine; "
                "made-up people who can sign in do not belong into it.",
                hint="If it is only for the demo, repeat the command with --allow-remote.",
            )
