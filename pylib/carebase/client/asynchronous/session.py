"""One caller's way to the API: signing in, sending, repeating what is safe to repeat.

The synchronous twin of this file is generated from it by `carebase types`: what is written here must still
make sense with `async` and `await` taken away.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

import httpx
import tenacity
from pydantic import ValidationError
from supabase import AsyncClient, AsyncClientOptions
from supabase_auth.errors import AuthError

from carebase.client import files, query, repeating, wire
from carebase.client.asynchronous.collection import AsyncCollection
from carebase.client.auth_refusals import auth_refusal
from carebase.client.function import Function
from carebase.client.identity import Identity, identity_of
from carebase.client.refusals import refusal
from carebase.errors import CarebaseError, UnexpectedResponse
from carebase.records import Row
from carebase.settings import Settings

M = TypeVar("M", bound=Row)
P = ParamSpec("P")
R = TypeVar("R")


class AsyncSession:
    """What `AsyncCarebase` is besides its functions.

    Args:
        api_url: where the API is, such as `https://PROJECT.supabase.co`.
        api_key: the publishable key (the caller is anonymous until `sign_in`), or, on trusted servers only,
            the secret key (past every policy).
        timeout_seconds: the longest wait for a connection and for each next part of an answer.
        max_attempts: how often a call that is safe to repeat is tried in all.
        max_retry_seconds: no attempt starts later than this after the first one.

    Raises:
        UsageProblem: `api_url_invalid`.
    """

    def __init__(
        self,
        api_url: str,
        api_key: str,
        *,
        timeout_seconds: float = 10.0,
        max_attempts: int = 3,
        max_retry_seconds: float = 30.0,
    ) -> None:
        self._api_url = wire.check_api_url(api_url)
        self._api_key = api_key
        self._max_attempts = max_attempts
        self._max_retry_seconds = max_retry_seconds
        self._http = httpx.AsyncClient(**wire.http_options(self._api_url, timeout_seconds))
        # Tokens are renewed when they are needed, by whoever needs them: no timer runs behind the caller's
        # back, and nobody renews a token twice, which servers take for theft.
        self._refreshing = asyncio.Lock()
        options = AsyncClientOptions(
            auto_refresh_token=False, postgrest_client_retry=False, httpx_client=self._http
        )
        self._supabase = AsyncClient(self._api_url, api_key, options)

    @classmethod
    def from_settings(cls, settings: Settings | None = None, *, as_service: bool = False) -> Self:
        """A client of the API that the settings name: by default that of the local stack.

        Args:
            settings: default: from the environment, `.env` and the local stack.
            as_service: use the secret key, which is past every policy; for trusted servers only.

        Raises:
            UsageProblem: `settings_incomplete`: the address or the key is not known.

        Example:
            >>> async with AsyncCarebase.from_settings() as carebase:
            ...     await carebase.sign_in("nadia.novak@example.com", password)
        """
        settings = settings or Settings.load()
        settings.apply_log_level()
        return cls(
            settings.require_api_url(),
            settings.require_secret_key() if as_service else settings.require_publishable_key(),
            timeout_seconds=settings.timeout_seconds,
            max_attempts=settings.max_attempts,
            max_retry_seconds=settings.max_retry_seconds,
        )

    @property
    def supabase(self) -> AsyncClient:
        """The client of supabase-py beneath, signed in as this one is: for what is not typed here.

        Its errors are its own, and it repeats nothing. Call `refresh` now and then when using it for long.
        """
        return self._supabase

    async def sign_in(self, email: str, password: str) -> Identity:
        """Act as the owner of this account from now on.

        Raises:
            NotAuthenticated: address or password is wrong.

        Example:
            >>> await carebase.sign_in("nadia.novak@example.com", password)
        """
        answer = await self._ask_auth(
            self._supabase.auth.sign_in_with_password, {"email": email, "password": password}
        )
        return identity_of(answer.user, is_signed_in=answer.session is not None)

    async def sign_up(self, email: str, password: str) -> Identity:
        """Make an account and, unless its address must be confirmed first, act as its owner from now on.

        Raises:
            Conflict: there is an account with this address.
            InvalidInput: the address or the password was refused; `field` says which.
            FeatureDisabled: the server takes no new accounts.
        """
        answer = await self._ask_auth(self._supabase.auth.sign_up, {"email": email, "password": password})
        return identity_of(answer.user, is_signed_in=answer.session is not None)

    async def sign_out(self) -> None:
        """End this sign-in, here and on the server. Others of the same account go on. Fine when nobody is in.

        Raises:
            Unavailable: the server was not told; here the sign-in has ended all the same.
        """
        await self._ask_auth(self._supabase.auth.sign_out, {"scope": "local"})

    async def identity(self) -> Identity | None:
        """Who is signed in; None for an anonymous or service client."""
        async with self._refreshing:
            session = await self._ask_auth(self._supabase.auth.get_session)
        return identity_of(session.user, is_signed_in=True) if session else None

    async def refresh(self) -> None:
        """Renew the sign-in if it is about to expire. Every typed call does this by itself.

        Raises:
            NotAuthenticated: the sign-in has ended.
        """
        await self._access_token()

    async def select(
        self,
        model: type[M],
        *,
        where: Mapping[str, Any] | None = None,
        order: str | Sequence[str] = (),
        limit: int = 100,
        offset: int = 0,
    ) -> list[M]:
        """Rows of a table or view that the caller may see. For more than this there is `supabase`.

        Values of `where` travel in the address, which servers log: never look people up by what identifies
        them this way, that is what functions are for.

        Args:
            model: which relation, as a class of `carebase.models`.
            where: column → value; None asks for null, a list for any of its values.
            order: column or columns; "-created_at" is newest first.
            limit: at most so many; the server gives no more than its own `max_rows`.
            offset: leave out so many first.

        Raises:
            InvalidInput: no such column.
            PermissionDenied: the caller may not read this relation at all.

        Example:
            >>> await carebase.select(Site, where={"kind": "house"}, order="name", limit=20)
        """
        request = query.select_request(model, where, order, limit, offset)
        return query.rows(model, await self._send(request))

    def collection(
        self,
        model: type[M],
        *,
        archive: Function[Any] | None = None,
        fixed: Mapping[str, Any] | None = None,
        writes_to: str | None = None,
    ) -> AsyncCollection[M]:
        """The rows of a table to list, get, create, update and archive.

        Example:
            >>> page = await carebase.collection(Room).list({"site_id": site_id}, order="name")
        """
        return AsyncCollection(self, model, archive=archive, fixed=fixed, writes_to=writes_to)

    async def close(self) -> None:
        """Let go of the connections. The sign-in stays good on the server; `sign_out` ends it."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    async def _call(self, function: Function[R], **values: Any) -> R:
        return function.result(await self._send(function.request(values)))

    async def _send(self, request: wire.Request) -> bytes:
        """The body of the answer; repeats the request when that is safe and may help."""
        if not request.is_repeatable:
            return await self._send_once(request)
        policy = repeating.policy(
            request.name, max_attempts=self._max_attempts, max_seconds=self._max_retry_seconds
        )
        return await tenacity.AsyncRetrying(**policy)(self._send_once, request)

    async def _send_once(self, request: wire.Request) -> bytes:
        headers = {**wire.headers(self._api_key, await self._access_token()), **dict(request.headers)}
        failure: CarebaseError | None = None
        try:
            response = await self._http.request(
                request.method,
                f"{self._api_url}{request.base}{request.path}",
                params=request.params,
                content=request.content,
                headers=headers,
            )
        except httpx.RequestError as error:
            failure = wire.network_error(error, self._api_url)
        if failure is not None:
            raise failure  # outside the handler: httpx keeps the request, and so the token, on its errors
        if response.is_success:
            return response.content
        refused = files.refusal if request.base == wire.STORAGE else refusal
        raise refused(response.status_code, response.headers, response.content)

    async def _access_token(self) -> str | None:
        """The token of whoever signed in, renewed if it is about to expire."""
        async with self._refreshing:
            session = await self._ask_auth(self._supabase.auth.get_session)
        return session.access_token if session else None

    async def _ask_auth(self, ask: Callable[P, Awaitable[R]], *args: P.args, **named: P.kwargs) -> R:
        failure: CarebaseError
        try:
            return await ask(*args, **named)
        except AuthError as error:
            failure = auth_refusal(error)
        except ValidationError:
            failure = UnexpectedResponse("The sign-in server sent an answer that cannot be read.")
        raise failure
