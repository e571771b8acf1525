"""One way out over HTTP: a checked address, no redirects, no cookies, no proxy, a limit on everything."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx

from carebase_jobs.outbox.message import Outcome, failed
from carebase_jobs.outbox.targets import TargetRefused, Targets

_READ_AT_MOST = 64 * 1024
# Trying again changes nothing about these: the request itself is wrong, or nobody is there any more.
_FINAL = frozenset({400, 404, 405, 410, 413, 414, 415, 422})


class Http:
    """Posts to the outside.

    Args:
        targets: which addresses are allowed.
        timeout: seconds for a whole exchange, from looking the name up to the end of the answer.
    """

    def __init__(self, targets: Targets, timeout: float = 15.0) -> None:
        self._targets = targets
        self._timeout = timeout
        # A connection belongs to one exchange: it was verified for one name; others may share the address.
        self._client = httpx.AsyncClient(
            timeout=timeout,
            follow_redirects=False,
            trust_env=False,
            limits=httpx.Limits(max_connections=200, max_keepalive_connections=0),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            headers={"user-agent": "carebase-outbox"},
        )

    async def post(
        self, url: str, *, headers: Mapping[str, str], final: frozenset[int] = _FINAL, **content: Any
    ) -> Outcome:
        """Post, and say how it went by the status alone.

        Args:
            url: where to.
            headers: besides those of HTTP itself.
            final: statuses after which trying again cannot help.
            content: as httpx wants it: `content`, `json`, `data`, `auth`.
        """
        began = time.monotonic()
        try:
            async with asyncio.timeout(self._timeout):
                status, retry_after = await self._exchange(url, headers, content)
        except TargetRefused as refused:
            return failed(str(refused), is_final=str(refused) == "target_private", duration_ms=_since(began))
        except (TimeoutError, httpx.TimeoutException):
            return failed("timeout", f"no answer in {self._timeout:g} s", duration_ms=_since(began))
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            return failed("connection_failed", type(error).__name__, duration_ms=_since(began))
        if 200 <= status < 300:
            return Outcome(is_sent=True, status_code=status, duration_ms=_since(began))
        return failed(
            f"http_{status}",
            is_final=status in final,
            status_code=status,
            retry_seconds=retry_after,
            duration_ms=_since(began),
        )

    async def close(self) -> None:
        """Close what is open."""
        await self._client.aclose()

    async def _exchange(
        self, url: str, headers: Mapping[str, str], content: dict[str, Any]
    ) -> tuple[int, float | None]:
        asked = httpx.URL(url)
        port = asked.port or (443 if asked.scheme == "https" else 80)
        address = await self._targets.resolve(asked.host, port)
        auth = content.pop("auth", None)
        request = self._client.build_request(
            "POST",
            asked.copy_with(host=address),
            headers={**headers, "host": asked.netloc.decode("ascii")},
            # The certificate must be that of the name, not of the address.
            extensions={"sni_hostname": asked.host, "timeout": self._client.timeout.as_dict()},
            **content,
        )
        response = await self._client.send(request, stream=True, auth=auth)
        try:
            read = 0
            async for part in response.aiter_raw():
                read += len(part)
                if read > _READ_AT_MOST:
                    break
        finally:
            await response.aclose()
        return response.status_code, retry_after_seconds(response.headers.get("retry-after"))


def retry_after_seconds(value: str | None) -> float | None:
    """The header Retry-After, which is a number of seconds or a date.

    Example:
        >>> retry_after_seconds("120")
        120.0
    """
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
