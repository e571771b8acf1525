"""Bytes of files and where they are, without sending anything: shared by both clients."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from carebase.client import refusals, wire
from carebase.errors import CarebaseError, InvalidInput, UnexpectedResponse

# As the database makes paths: the organization and the upload. Nothing else is a place of ours.
_PATH = re.compile(r"[0-9a-f-]{36}/[0-9a-f-]{36}")
_BUCKET = re.compile(r"[a-z]{1,40}(-[a-z]{1,40}){0,5}")
LONGEST_SECONDS = 3600


def upload_request(bucket: str, path: str, content: bytes, mime_type: str) -> wire.Request:
    """The request that brings a file to its place. Again it is refused as a conflict: the file is there.

    Raises:
        InvalidInput: that is no place, or no type; nothing was sent.
    """
    if not mime_type.isascii() or not mime_type.isprintable():
        raise InvalidInput("The type is like application/pdf.", details={"field": "mime_type"})
    headers = (("Content-Type", mime_type),)
    return _request("upload", "POST", f"/object/{_place(bucket, path)}", content, headers)


def download_request(bucket: str, path: str) -> wire.Request:
    """The request for the bytes of a file.

    Raises:
        InvalidInput: that is no place; nothing was sent.
    """
    return _request("download", "GET", f"/object/{_place(bucket, path)}", None, (("Accept", "*/*"),))


def sign_request(bucket: str, path: str, seconds: int) -> wire.Request:
    """The request for an address that opens a file without a sign-in, for a while.

    Raises:
        InvalidInput: that is no place, or too long; nothing was sent.
    """
    if not 1 <= seconds <= LONGEST_SECONDS:
        raise InvalidInput(f"seconds is from 1 to {LONGEST_SECONDS}.", details={"field": "seconds"})
    body = json.dumps({"expiresIn": seconds}).encode()
    return _request("sign", "POST", f"/object/sign/{_place(bucket, path)}", body, ())


def signed_url(api_url: str, content: bytes) -> str:
    """The whole address, from the answer.

    Raises:
        UnexpectedResponse: there is none in it, or it leads elsewhere.
    """
    answer = wire.decode(content)
    path = answer.get("signedURL") if isinstance(answer, dict) else None
    if not isinstance(path, str) or not path.startswith("/") or urlsplit(path).netloc:
        raise UnexpectedResponse("The storage server gave no address.", hint=wire.WRONG_ADDRESS)
    return f"{api_url}{wire.STORAGE}{path}"


def refusal(status: int, headers: Mapping[str, str], content: bytes) -> CarebaseError:
    """What a storage server refused: it says the real status in the body, and no stable code.

    Example:
        >>> refusal(400, {}, b'{"statusCode": "409", "error": "Duplicate"}').code
        'conflict'
    """
    try:
        said = int(json.loads(content)["statusCode"])
    except (ValueError, TypeError, KeyError):
        said = status
    kind = refusals.BY_STATUS.get(said)
    if kind is None or status >= 500:
        return refusals.refusal(status, headers, content)
    return kind(refusals.sentence(kind), status=said)


def _request(
    name: str, method: str, path: str, content: bytes | None, headers: tuple[tuple[str, str], ...]
) -> wire.Request:
    return wire.Request(name, method, path, (), content, True, headers, wire.STORAGE)


def _place(bucket: str, path: str) -> str:
    if not _BUCKET.fullmatch(bucket) or not _PATH.fullmatch(path):
        raise InvalidInput("Bucket and path are those that the database gave.", details={"field": "path"})
    return f"{bucket}/{path}"
