"""Looking at what people upload before anybody else reads it: is it what was announced, does clamd object?

    python -m carebase_jobs.scanning --watch 10

`CAREBASE_SCAN_CLAMD` names the scanner: `host:port`, the path of a socket, or `none`. Without the setting
nothing is looked at and nothing released; `none` says that this installation has no scanner, and files are
released as `unscanned` once their bytes are the announced ones. Any number of workers may run: the first
answer stands.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import socket
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, Protocol

import httpx
import psycopg
from psycopg.rows import class_row
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from carebase.problems import EnvironmentProblem, Problem, UsageProblem
from carebase.settings import Settings

log = logging.getLogger("carebase.scanning")
Verdict = Literal["clean", "infected", "failed", "unscanned"]
_CHUNK = 65536
_FOUND = """
select org_id::text, id::text, bucket_id::text as bucket, object_path as path, byte_size as size, sha256
from public.file_uploads
where scan_status = 'pending' and uploaded_at is not null
order by uploaded_at
limit %s
"""


class ScanSettings(BaseSettings):
    """How files are looked at (`CAREBASE_SCAN_…`)."""

    model_config = SettingsConfigDict(env_prefix="CAREBASE_SCAN_", env_ignore_empty=True, frozen=True)

    clamd: str | None = Field(
        default=None, description="Where clamd listens: host:port, a path, or none for no scanner."
    )
    timeout_seconds: float = Field(default=60.0, gt=0, le=600, description="For one exchange with clamd.")
    batch_size: int = Field(default=100, ge=1, le=1000, description="Files looked at in one round.")


@dataclass(frozen=True)
class Upload:
    """A file that is to be looked at, and what was announced of it."""

    org_id: str
    id: str
    bucket: str
    path: str
    size: int
    sha256: bytes


class Scanner(Protocol):
    """Says what a file is, from its bytes. Raises EnvironmentProblem where it cannot say so now."""

    def __call__(self, chunks: Iterable[bytes]) -> Verdict: ...


@dataclass(frozen=True)
class Clamd:
    """clamd over its socket, by its command INSTREAM: the bytes in chunks, each after its length.

    Args:
        address: `host:port`, or the path of a Unix socket.
        timeout_seconds: for each step of the exchange.
    """

    address: str
    timeout_seconds: float = 60.0

    def __call__(self, chunks: Iterable[bytes]) -> Verdict:
        try:
            with self._connected() as connection:
                said = self._exchange(connection, chunks)
        except OSError as error:
            raise EnvironmentProblem(
                "scanner_unreachable",
                f"clamd does not answer ({type(error).__name__}).",
                hint="Is it running where CAREBASE_SCAN_CLAMD says? Files wait until it is.",
            ) from error
        if said == "stream: OK":
            return "clean"
        # Too long for the scanner, or not readable to it: what nobody has looked at is not released.
        return "infected" if said.endswith(" FOUND") else "failed"

    @contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        if self.address.startswith("/"):
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(self.timeout_seconds)
            connection.connect(self.address)
        else:
            host, _, port = self.address.rpartition(":")
            connection = socket.create_connection((host, int(port)), self.timeout_seconds)
        with connection:
            yield connection

    @staticmethod
    def _exchange(connection: socket.socket, chunks: Iterable[bytes]) -> str:
        try:
            connection.sendall(b"zINSTREAM\0")
            for chunk in chunks:
                connection.sendall(len(chunk).to_bytes(4, "big") + chunk)
            connection.sendall(bytes(4))
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has heard enough, for example more than it takes, and says so
        said = b""
        while not said.endswith(b"\0") and (more := connection.recv(4096)):
            said += more
        if not said.endswith(b"\0"):
            raise ConnectionError("clamd said nothing")
        return said.rstrip(b"\0").decode(errors="replace")


def no_scanner(chunks: Iterable[bytes]) -> Verdict:
    """Says of every file that nobody has looked at it."""
    for _ in chunks:
        pass
    return "unscanned"


class Watch:
    """Looks at what has arrived.

    Args:
        settings: where API and database are.
        scanner: who looks.
        batch_size: how many files in one round.

    Example:
        >>> Watch(Settings.load(), Clamd("127.0.0.1:3310")).round()  # doctest: +SKIP
        Counter({'clean': 3})
    """

    def __init__(self, settings: Settings, scanner: Scanner, batch_size: int = 100) -> None:
        if not (settings.db_url and settings.api_url and settings.secret_key):
            raise UsageProblem(
                "setting_missing",
                "The scanner needs CAREBASE_API_URL, CAREBASE_SECRET_KEY and CAREBASE_DB_URL.",
            )
        key = settings.secret_key.get_secret_value()
        self._db_url = settings.db_url.get_secret_value()
        self._api = f"{settings.api_url}/storage/v1/object/authenticated"
        self._headers = {"apikey": key, "authorization": f"Bearer {key}"}
        self._scanner = scanner
        self._batch_size = batch_size

    def round(self) -> Counter[Verdict]:
        """Look at the oldest files that nobody has looked at; how many came out how.

        Raises:
            EnvironmentProblem: scanner or API cannot be reached; files that were not looked at wait.
        """
        counted: Counter[Verdict] = Counter()
        with (
            psycopg.connect(self._db_url, autocommit=True) as conn,
            httpx.Client(headers=self._headers, timeout=60) as client,
        ):
            with conn.cursor(row_factory=class_row(Upload)) as cursor:
                uploads = cursor.execute(_FOUND, [self._batch_size]).fetchall()
            for upload in uploads:
                verdict = self._verdict(client, upload)
                conn.execute("select app.record_scan(%s, %s, %s)", [upload.org_id, upload.id, verdict])
                log.info("file_scanned", extra={"file": upload.id, "verdict": verdict})
                counted[verdict] += 1
        return counted

    def _verdict(self, client: httpx.Client, upload: Upload) -> Verdict:
        digest, size = hashlib.sha256(), 0

        def chunks(response: httpx.Response) -> Iterator[bytes]:
            nonlocal size
            for chunk in response.iter_bytes(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                yield chunk

        try:
            with client.stream("GET", f"{self._api}/{upload.bucket}/{upload.path}") as response:
                if response.status_code in (400, 404):
                    return "failed"  # it had arrived and is gone
                response.raise_for_status()
                verdict = self._scanner(chunks(response))
        except httpx.HTTPError as error:
            raise EnvironmentProblem(
                "storage_unreachable",
                f"The storage does not answer ({type(error).__name__}).",
                hint="Is CAREBASE_API_URL right, and CAREBASE_SECRET_KEY its key?",
            ) from error
        if verdict in ("clean", "unscanned") and (size, digest.digest()) != (upload.size, upload.sha256):
            return "failed"
        return verdict


def scanner_of(settings: ScanSettings) -> Scanner:
    """The scanner that the settings name.

    Raises:
        UsageProblem: `scanner_missing`: they name none.
    """
    if settings.clamd is None:
        raise UsageProblem(
            "scanner_missing",
            "Nobody looks at uploaded files: CAREBASE_SCAN_CLAMD is not set.",
            hint="Set it to where clamd listens, or to none, which releases files unscanned.",
        )
    return no_scanner if settings.clamd == "none" else Clamd(settings.clamd, settings.timeout_seconds)


def main() -> None:
    """One round, or a round every so many seconds."""
    parser = argparse.ArgumentParser(description="Look at uploaded files before others read them.")
    parser.add_argument(
        "--watch", type=float, metavar="SECONDS", help="go on, with pauses of so many seconds"
    )
    pause = parser.parse_args().watch
    settings = ScanSettings()
    watch = Watch(Settings.load(), scanner_of(settings), settings.batch_size)
    while True:
        try:
            counted = watch.round()
        except Problem as problem:
            if pause is None:
                raise
            log.warning("round_failed", extra={"code": problem.code})
            counted = Counter()
        if pause is None:
            return
        if sum(counted.values()) < settings.batch_size:
            time.sleep(pause)


if __name__ == "__main__":
    main()
