"""What goes over the wire and what it means, without sending anything: shared by both clients."""

from __future__ import annotations

import ipaddress
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
from pydantic import TypeAdapter, ValidationError

from carebase.errors import CarebaseError, Unavailable, UnexpectedResponse
from carebase.problems import UsageProblem

T = TypeVar("T")

REST = "/rest/v1"
STORAGE = "/storage/v1"
DIFFERENT_VERSIONS = (
    "Library and database are of different versions: migrate the database or update the library."
)
WRONG_ADDRESS = "Is CAREBASE_API_URL the address of the API?"


@dataclass(frozen=True)
class Request:
    """One request to the REST interface, or for the bytes of a file.

    Attributes:
        name: what to call it in messages and logs, where the address, which may hold values, does not go.
        method: the HTTP method.
        path: below `base`.
        params: of the query string.
        content: the body, if any: JSON, or a file.
        is_repeatable: whether doing it twice is the same as doing it once.
        headers: besides, or instead of, those that every request has.
        base: which interface of the API.
    """

    name: str
    method: str
    path: str
    params: tuple[tuple[str, str], ...] = ()
    content: bytes | None = None
    is_repeatable: bool = False
    headers: tuple[tuple[str, str], ...] = ()
    base: str = REST


def check_api_url(api_url: str) -> str:
    """The address without a slash at its end.

    Raises:
        UsageProblem: `api_url_invalid`.
    """
    try:
        parts = urlsplit(api_url)
        is_valid = (
            parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query and parts.port != 0
        )
    except ValueError:
        is_valid = False
    if not is_valid:
        raise UsageProblem(
            "api_url_invalid",
            "The address of the API is not an http or https address.",
            hint="It looks like https://PROJECT.supabase.co; `carebase status` prints the local one.",
        )
    return api_url.rstrip("/")


def http_options(api_url: str, timeout_seconds: float) -> dict[str, Any]:
    """How to open an httpx client for this API."""
    return {
        "timeout": httpx.Timeout(timeout_seconds),
        "http2": True,
        # A redirect would turn a POST into a GET: the address is wrong, and we say so.
        "follow_redirects": False,
        # Never through a proxy that the environment names when the API is on this machine.
        "trust_env": not _is_loopback(urlsplit(api_url).hostname or ""),
    }


def headers(api_key: str, access_token: str | None) -> dict[str, str]:
    """Who is calling: the key of the application, and the token of whoever signed in."""
    return {
        "apikey": api_key,
        "Authorization": f"Bearer {access_token or api_key}",
        "Accept": "application/json",
        "Content-Type": "application/json",
    }


def decode(content: bytes) -> Any:
    """A JSON answer, with every fraction as an exact `Decimal`.

    Raises:
        UnexpectedResponse: it is no JSON.
    """
    try:
        return json.loads(content, parse_float=Decimal)
    except ValueError:
        pass
    raise UnexpectedResponse("The API answered something that is not JSON.", hint=WRONG_ADDRESS)


def validated(adapter: TypeAdapter[T], value: Any, what: str) -> T:
    """The value as the type that was promised.

    Raises:
        UnexpectedResponse: it is of another type; names the fields, never their values.
    """
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        wrong = invalid_fields(error)
    field, reason = wrong[0]
    raise UnexpectedResponse(
        f"{what} is not what it should be: {field + ': ' if field else ''}{reason}.",
        details={"fields": [field for field, _ in wrong]},
        hint=DIFFERENT_VERSIONS,
    )


def invalid_fields(error: ValidationError) -> list[tuple[str, str]]:
    """Field and reason of everything that pydantic refused, without the values."""
    found = error.errors(include_input=False, include_context=False, include_url=False)
    return [(".".join(str(part) for part in one["loc"]), one["msg"]) for one in found]


def network_error(error: httpx.RequestError, api_url: str) -> CarebaseError:
    """What it means that no complete answer came."""
    host = urlsplit(api_url).netloc.rpartition("@")[2]
    if isinstance(error, httpx.TimeoutException):
        return Unavailable(
            f"The API at {host} did not answer in time.", hint="CAREBASE_TIMEOUT_SECONDS is how long to wait."
        )
    if isinstance(error, httpx.TransportError):
        return Unavailable(
            f"The API at {host} cannot be reached ({type(error).__name__}).",
            hint="Is it running? The local one is started by `carebase up`.",
        )
    return UnexpectedResponse(
        f"The API at {host} sent an answer that cannot be read ({type(error).__name__})."
    )


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
