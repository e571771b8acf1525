"""From the answer of a server that refused to the error that says so.

The database and PostgREST answer with a JSON object of code, message, details and hint. Stable codes are ours
and their texts are free of personal data. Every other text may quote values, so only those of errors about
objects (constraints, tables, functions) are passed on.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from carebase.client.wire import DIFFERENT_VERSIONS, WRONG_ADDRESS
from carebase.errors import (
    BY_CODE,
    CarebaseError,
    Conflict,
    InvalidInput,
    NotAuthenticated,
    NotFound,
    PermissionDenied,
    RateLimited,
    Unavailable,
    UnexpectedResponse,
)

# The longest prefix decides.
BY_SERVER_CODE: Mapping[str, type[CarebaseError]] = {
    "08": Unavailable,  # connection exceptions
    "22": InvalidInput,  # data exceptions: out of range, malformed
    "23": InvalidInput,  # integrity: missing, no such reference, check
    "23505": Conflict,  # unique
    "23P01": Conflict,  # exclusion
    "28": PermissionDenied,
    "40": Unavailable,  # serialization failure, deadlock
    "42501": PermissionDenied,
    "53": Unavailable,  # out of memory, connections, disk
    "54": InvalidInput,  # too complex, too large
    "55P03": Unavailable,  # lock not available
    "57": Unavailable,  # cancelled, shutting down
    "PGRST0": Unavailable,  # PostgREST has no database
    "PGRST1": InvalidInput,  # the request cannot be read
    "PGRST116": NotFound,  # one row was asked for
    "PGRST2": UnexpectedResponse,  # no such table, column or function: library and database differ
    "PGRST3": NotAuthenticated,  # the token is missing, expired or not ours
    "PGRST300": Unavailable,  # the server has no secret to check tokens with
}
BY_STATUS: Mapping[int, type[CarebaseError]] = {
    400: InvalidInput,
    401: NotAuthenticated,
    403: PermissionDenied,
    404: NotFound,
    408: Unavailable,
    409: Conflict,
    413: InvalidInput,
    416: InvalidInput,
    422: InvalidInput,
    429: RateLimited,
}
# What is certain even when the answer is not ours but that of a proxy on the way.
_ANYBODYS = (401, 403, 408, 429)

_SENTENCES: Mapping[type[CarebaseError], str] = {
    InvalidInput: "A value was refused.",
    NotAuthenticated: "Nobody is signed in, or the sign-in has ended.",
    PermissionDenied: "This is not allowed.",
    NotFound: "There is no such thing, or none that you can see.",
    Conflict: "The change collides with what is there.",
    RateLimited: "Too many requests.",
    Unavailable: "The server could not answer.",
    UnexpectedResponse: "The API answered something that this version of the library does not understand.",
}
# Postgres says no more than that when a single column is not open to the caller, as with `select=*`.
_ON_TABLE = re.compile(r"permission denied for (table|view) \S+")
_COLUMNS_HINT = "Ask for columns by name: some are open to fewer roles, as docs/access says."
# Codes whose texts name objects, never values.
_QUOTABLE = re.compile(r"23|42501|PGRST[23]")
_KEY_COLUMNS = re.compile(r"Key \(([^()]+)\)=")
_CONSTRAINT = re.compile(r'constraint "([^"]+)"')
_COLUMN = re.compile(r'null value in column "([^"]+)"')


def refusal(status: int, headers: Mapping[str, str], content: bytes) -> CarebaseError:
    """The error that an HTTP answer with this status stands for.

    Args:
        status: 300 or more.
        headers: of the answer; Retry-After is read.
        content: the body, of any kind.

    Example:
        >>> refusal(409, {}, b'{"code": "23505", "message": "duplicate key ..."}').code
        'conflict'
    """
    body = _object(content)
    server_code = str(body.get("code") or "")
    error = _kind(status, server_code)
    details = _details(server_code, body)
    if (seconds := _retry_after(headers)) is not None:
        details.setdefault("retry_after", seconds)
    return error(
        _message(error, server_code, body),
        details=details,
        hint=_hint(error, server_code, body),
        status=status,
        server_code=server_code or None,
    )


def _kind(status: int, server_code: str) -> type[CarebaseError]:
    if server_code in BY_CODE:
        return BY_CODE[server_code]
    if status >= 500:
        known = _by_server_code(server_code)
        return known if known is not None and known is not UnexpectedResponse else Unavailable
    # PostgREST answers 401 when nobody is signed in who could lack a privilege.
    if status == 401:
        return NotAuthenticated
    if not server_code and status not in _ANYBODYS:
        return UnexpectedResponse
    return _by_server_code(server_code) or BY_STATUS.get(status, UnexpectedResponse)


def _by_server_code(server_code: str) -> type[CarebaseError] | None:
    prefixes = (server_code[:length] for length in range(len(server_code), 1, -1))
    return next((BY_SERVER_CODE[prefix] for prefix in prefixes if prefix in BY_SERVER_CODE), None)


def _message(error: type[CarebaseError], server_code: str, body: Mapping[str, Any]) -> str:
    message = body.get("message")
    if isinstance(message, str) and message and (server_code in BY_CODE or _QUOTABLE.match(server_code)):
        return message
    return sentence(error)


def sentence(error: type[CarebaseError]) -> str:
    """What an error of this class says where the server says nothing that can be passed on."""
    return next(_SENTENCES[parent] for parent in error.__mro__ if parent in _SENTENCES)


def _hint(error: type[CarebaseError], server_code: str, body: Mapping[str, Any]) -> str:
    if server_code in BY_CODE:
        return str(body.get("hint") or "")
    if server_code.startswith("PGRST2"):
        return DIFFERENT_VERSIONS
    if server_code == "42501" and _ON_TABLE.match(str(body.get("message") or "")):
        return _COLUMNS_HINT
    return WRONG_ADDRESS if error is UnexpectedResponse else ""


def _details(server_code: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Our own details as they are; of Postgres' only names, since its texts hold the row."""
    if server_code in BY_CODE:
        details = body.get("details")
        return _object(details.encode()) if isinstance(details, str) else dict(details or {})
    if not server_code.startswith("23"):
        return {}
    message, text = str(body.get("message") or ""), str(body.get("details") or "")
    found: dict[str, Any] = {}
    if constraint := _CONSTRAINT.search(message):
        found["constraint"] = constraint[1]
    if columns := _KEY_COLUMNS.search(text):
        found["columns"] = columns[1].split(", ")
    if column := _COLUMN.search(message):
        found["field"] = column[1]
    return found


def _object(content: bytes) -> dict[str, Any]:
    try:
        value = json.loads(content)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds, from a number of seconds or a date."""
    text = headers.get("retry-after", "").strip()
    if text.isdecimal():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except ValueError:
        return None
