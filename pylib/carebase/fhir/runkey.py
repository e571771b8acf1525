"""The key of one run: what an import reads of patients is staged sealed with it and kept nowhere else.

A temporary table is a file of the database like any other, and what it held is on the disk after it is gone.
"""

from __future__ import annotations

import os

from carebase.phi import aead

CONTEXT = b"carebase:import"
SEALED_TYPES = ("Patient",)
_IV_BYTES = 16


class RunKey:
    """Made for one run, in memory, and gone with it; statements that open get it as a parameter."""

    def __init__(self) -> None:
        self.key = os.urandom(aead.KEY_BYTES)

    def seal(self, plaintext: bytes) -> bytes:
        """IV, ciphertext and tag, as app.aead_open() takes them."""
        iv = os.urandom(_IV_BYTES)
        return iv + aead.encrypt(self.key, iv, plaintext, CONTEXT)
