"""Secrets that SQL reads from the vault of the local database; hosted projects keep their own."""

from __future__ import annotations

JWT_SECRET = "carebase_jwt_secret"  # noqa: S105  the name under which SQL looks for it
"""What access tokens are signed with: API keys are exchanged for tokens inside the database."""


def keep_secret(url: str, name: str, value: str) -> bool:
    """Store a secret under this name, or bring the one that is there up to date.

    Sent as a parameter, so that it is in no statement that a server may log.

    Args:
        url: the database, as the owner of our objects.
        name: how SQL asks for it.
        value: the secret.

    Returns:
        Whether anything changed.

    Example:
        >>> keep_secret(state.db_url, JWT_SECRET, state.jwt_secret)  # doctest: +SKIP
        True
    """
    from carebase.db.connect import connect  # which imports the stack

    with connect(url, name="carebase vault") as conn:
        # Of two at once the second brings up to date what the first stored.
        conn.execute("select pg_advisory_xact_lock(hashtextextended('carebase vault ' || %s, 0))", [name])
        found = conn.execute(
            "select id, decrypted_secret = %s from vault.decrypted_secrets where name = %s", [value, name]
        ).fetchone()
        if found is None:
            conn.execute("select vault.create_secret(%s, %s)", [value, name])
        elif not found[1]:
            conn.execute("select vault.update_secret(%s, %s)", [found[0], value])
        return found is None or not found[1]
