"""Who is signed in."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from supabase_auth.types import User

from carebase.errors import UnexpectedResponse


@dataclass(frozen=True)
class Identity:
    """The account of whoever signed in or up. What they may do is decided by the database, on every request.

    Attributes:
        user_id: of the account.
        email: its address; kept out of the `repr`.
        is_signed_in: False after a sign-up that waits for the address to be confirmed.
    """

    user_id: UUID
    email: str | None = field(repr=False)
    is_signed_in: bool


def identity_of(user: User | None, *, is_signed_in: bool) -> Identity:
    """The identity that supabase-py's user stands for.

    Raises:
        UnexpectedResponse: the server named no user.
    """
    if user is None:
        raise UnexpectedResponse("The sign-in server named no account.")
    return Identity(UUID(user.id), user.email, is_signed_in)
