"""Checkpoints: the ends of all chains, kept elsewhere. As JSON or, signed, as a JWS (RFC 7515, EdDSA)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jwt

from carebase.db.connect import owner_session
from carebase.problems import UsageProblem

FORMAT = "carebase audit checkpoint 1"
_ALGORITHM = "EdDSA"


def write_checkpoint(url: str, path: Path | None = None, *, sign_with: Path | None = None) -> str:
    """The ends of the chains as they are now.

    Args:
        url: the database, as the owner of our objects.
        path: where to write it; a file that is there is not overwritten.
        sign_with: a private Ed25519 key (PEM); what is written is a JWS then.

    Returns:
        What was or would be written.

    Raises:
        UsageProblem: `file_exists`, `key_unusable`.
        DatabaseProblem: the database is not migrated, or refused.

    Example:
        >>> write_checkpoint(url, Path("friday.checkpoint"))  # doctest: +SKIP
    """
    with owner_session(url) as conn:
        row = conn.execute("select app.audit_checkpoint()").fetchone()
    made: dict[str, Any] = row[0] if row else {}
    text = json.dumps(made, sort_keys=True) if sign_with is None else _signed(made, sign_with)
    if path is not None:
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(text + "\n")
        except FileExistsError:
            raise UsageProblem("file_exists", f"{path} is there already; nothing was written.") from None
        except OSError as error:
            raise UsageProblem("file_unwritable", f"{path} cannot be written: {error.strerror}.") from error
    return text


def read_checkpoint(path: Path, *, public_key: Path | None = None) -> dict[str, Any]:
    """A checkpoint that was kept.

    Args:
        path: what `write_checkpoint` wrote.
        public_key: the Ed25519 key (PEM) that it must be signed with.

    Raises:
        UsageProblem: `checkpoint_unreadable`, `checkpoint_unsigned`, `signature_wrong`.
    """
    text = _read(path).strip()
    is_signed = not text.startswith("{")
    if public_key is not None and not is_signed:
        raise UsageProblem("checkpoint_unsigned", f"{path} is not signed.")
    try:
        found = _opened(text, public_key) if is_signed else json.loads(text)
    except jwt.InvalidSignatureError:
        raise UsageProblem("signature_wrong", f"{path} is not signed with the key in {public_key}.") from None
    except (ValueError, TypeError, jwt.PyJWTError) as error:
        raise UsageProblem("checkpoint_unreadable", f"{path} is no checkpoint: {error}.") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise UsageProblem("checkpoint_unreadable", f"{path} is no checkpoint of ours.")
    return found


def _signed(made: dict[str, Any], key: Path) -> str:
    try:
        return jwt.encode(made, _read(key), algorithm=_ALGORITHM, headers={"typ": "carebase-checkpoint"})
    except (ValueError, TypeError, jwt.PyJWTError) as error:
        raise _no_key(key) from error


def _opened(text: str, key: Path | None) -> Any:
    if key is None:
        return jwt.decode(text, options={"verify_signature": False})
    return jwt.decode(text, _read(key), algorithms=[_ALGORITHM])


def _no_key(key: Path) -> UsageProblem:
    return UsageProblem(
        "key_unusable",
        f"{key} is no private Ed25519 key.",
        hint="Make one: openssl genpkey -algorithm ed25519 -out checkpoint.pem",
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageProblem("file_unreadable", f"{path} cannot be read: {error}.") from error
