"""A256CBC-HS512 (RFC 7518, section 5.2) and sealed values, as sql/phi has them: both open both."""

from __future__ import annotations

import os
from dataclasses import dataclass
from uuid import UUID

from cryptography.hazmat.primitives import constant_time, hashes, hmac, padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

KEY_BYTES = 64
_IV, _TAG, _HEAD = 16, 32, 17
_BLOCK_BITS = 128
_NOBODY = UUID(int=0)


class NotAuthentic(ValueError):
    """The value was not sealed with this key in this context, or was altered since."""


def encrypt(key: bytes, iv: bytes, plaintext: bytes, aad: bytes) -> bytes:
    """Ciphertext and tag.

    Example:
        >>> len(encrypt(bytes(64), bytes(16), b"", b""))
        48
    """
    padder = padding.PKCS7(_BLOCK_BITS).padder()
    padded = padder.update(plaintext) + padder.finalize()
    encryptor = Cipher(algorithms.AES(key[32:]), modes.CBC(iv)).encryptor()
    body = encryptor.update(padded) + encryptor.finalize()
    return body + _tag(key, iv, body, aad)


def decrypt(key: bytes, iv: bytes, sealed: bytes, aad: bytes) -> bytes:
    """The plaintext of ciphertext and tag.

    Raises:
        NotAuthentic: key, IV, associated data or a bit of it is not what it was sealed with.
    """
    body, tag = sealed[:-_TAG], sealed[-_TAG:]
    if not body or len(body) % 16 or not constant_time.bytes_eq(tag, _tag(key, iv, body, aad)):
        raise NotAuthentic("A sealed value does not open.")
    decryptor = Cipher(algorithms.AES(key[32:]), modes.CBC(iv)).decryptor()
    unpadder = padding.PKCS7(_BLOCK_BITS).unpadder()
    padded = decryptor.update(body) + decryptor.finalize()
    return unpadder.update(padded) + unpadder.finalize()


def _tag(key: bytes, iv: bytes, body: bytes, aad: bytes) -> bytes:
    mac = hmac.HMAC(key[:32], hashes.SHA512())
    mac.update(aad + iv + body + (8 * len(aad)).to_bytes(8, "big"))
    return mac.finalize()[:_TAG]


@dataclass(frozen=True)
class Context:
    """Where a value belongs: it opens nowhere else.

    Args:
        table: with its schema, such as `public.patients`.
        column: the column.
        org_id: the organization of the row, None where none owns it.
        subject_id: the person whose record it is, None where the key is the organization's.
    """

    table: str
    column: str
    org_id: UUID | None = None
    subject_id: UUID | None = None

    @property
    def place(self) -> bytes:
        """Table and column, as SQL binds them."""
        return f"carebase:1:{self.table}:{self.column}:".encode()

    def aad(self) -> bytes:
        """The associated data."""
        return self.place + (self.org_id or _NOBODY).bytes + (self.subject_id or _NOBODY).bytes


def key_id(value: bytes) -> UUID:
    """Which data key a value was sealed with.

    Raises:
        NotAuthentic: it is no sealed value.
    """
    if len(value) < _HEAD + _IV + 16 + _TAG or value[0] != 1:
        raise NotAuthentic("This is no sealed value.")
    return UUID(bytes=value[1:_HEAD])


def seal(key: bytes, key_id: UUID, context: Context, plaintext: bytes) -> bytes:
    """A sealed value as a column holds it."""
    iv = os.urandom(_IV)
    return b"\x01" + key_id.bytes + iv + encrypt(key, iv, plaintext, context.aad())


def unseal(key: bytes, context: Context, value: bytes) -> bytes:
    """What was sealed.

    Raises:
        NotAuthentic: another key or context, or altered.
    """
    key_id(value)
    return decrypt(key, value[_HEAD : _HEAD + _IV], value[_HEAD + _IV :], context.aad())
