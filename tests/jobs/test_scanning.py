"""The scanner's worker: against a server that speaks clamd's protocol, and the gateway's files."""

from __future__ import annotations

import hashlib
import socketserver
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import psycopg
import pytest

from carebase.problems import EnvironmentProblem, UsageProblem
from carebase.project import Project
from carebase.settings import Settings
from carebase.stack.gateway import storage_folder
from carebase.stack.server import PostgresServer
from carebase_jobs.scanning import Clamd, ScanSettings, Watch, no_scanner, scanner_of
from tests.conftest import Stack, cloned, served

SIGNATURE = b"made-up virus"
LIMIT = 200_000


class _Session(socketserver.StreamRequestHandler):
    """clamd's INSTREAM, as its manual describes it."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(length)
            if len(content) > LIMIT:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.wfile.write(b"stream: Made.Up FOUND\0" if SIGNATURE in content else b"stream: OK\0")


@pytest.fixture(scope="module")
def clamd() -> Iterator[Clamd]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Session) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Clamd(f"127.0.0.1:{server.server_address[1]}", 10)
        server.shutdown()


@pytest.fixture(scope="module")
def stack(
    server: PostgresServer,
    templates: dict[str, str],
    project: Project,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("scanning") / "state"
    with (
        cloned(server, templates["migrated"]) as database,
        served(project, server, database, folder) as stack,
    ):
        with psycopg.connect(stack.db_url, autocommit=True) as conn:
            conn.execute(
                """insert into public.organizations (name, slug, kind, license_tier)
                   values ('Lakeside', 'lakeside', 'care_home', 'standard')"""
            )
            conn.execute(
                """insert into auth.users (id, email, aud, role)
                   values (gen_random_uuid(), 'x@example.com', 'authenticated', 'authenticated')"""
            )
        yield stack


@contextmanager
def arrived(stack: Stack, content: bytes, announced: bytes | None = None) -> Iterator[str]:
    """A file that has arrived, as the storage and the database know it; removed afterwards."""
    said = content if announced is None else announced
    with psycopg.connect(stack.db_url, autocommit=True) as conn:
        row = conn.execute(
            """insert into public.file_uploads
                 (org_id, bucket_id, file_name, mime_type, byte_size, sha256, uploaded_by, uploaded_at)
               select orgs.id, 'staff-files', app.plain('x'::text), 'application/pdf', %s, %s, users.id, now()
               from public.organizations as orgs cross join auth.users where orgs.slug = 'lakeside'
               returning id::text, object_path""",
            [len(said), hashlib.sha256(said).digest()],
        ).fetchone()
        assert row
        file_id, path = row
        conn.execute(
            """insert into storage.objects (bucket_id, name, metadata)
               values ('staff-files', %s, '{"mimetype": "application/pdf"}')""",
            [path],
        )
        place = storage_folder(stack.project) / "staff-files" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        yield file_id
        conn.execute("update public.file_uploads set deleted_at = now() where id = %s", [file_id])


def settings_of(stack: Stack) -> Settings:
    return Settings.model_validate(
        {"api_url": stack.state.api_url, "secret_key": stack.state.secret_key, "db_url": stack.db_url}
    )


def status_of(stack: Stack, file_id: str) -> object:
    return stack.execute(f"select scan_status::text from public.file_uploads where id = '{file_id}'")[0][0]


@pytest.mark.parametrize(
    ("content", "announced", "verdict"),
    [
        (b"%PDF harmless", None, "clean"),
        (b"%PDF " + SIGNATURE, None, "infected"),
        (b"%PDF other bytes", b"%PDF those bytes", "failed"),
        (b"%PDF" + bytes(LIMIT * 40), None, "failed"),
    ],
    ids=["clean", "infected", "not what was announced", "too long for the scanner"],
)
def test_what_the_scanner_says_is_written(
    stack: Stack, clamd: Clamd, content: bytes, announced: bytes | None, verdict: str
) -> None:
    watch = Watch(settings_of(stack), clamd)
    with arrived(stack, content, announced) as file_id:
        assert watch.round() == Counter({verdict: 1})
        assert status_of(stack, file_id) == verdict
        assert watch.round() == Counter()
        told = stack.execute(
            f"select count(*) from public.notification_queue where payload ->> 'file' = '{file_id}'"
        )
        assert told == [(int(verdict in ("infected", "failed")),)]


def test_without_a_scanner_files_are_released_as_unscanned_if_they_are_whole(stack: Stack) -> None:
    with arrived(stack, b"%PDF") as whole, arrived(stack, b"%PDF", b"else") as other:
        assert Watch(settings_of(stack), no_scanner).round() == Counter(unscanned=1, failed=1)
        assert (status_of(stack, whole), status_of(stack, other)) == ("unscanned", "failed")


def test_while_the_scanner_is_down_files_wait(stack: Stack, clamd: Clamd) -> None:
    with arrived(stack, b"%PDF") as file_id:
        with pytest.raises(EnvironmentProblem, match="clamd"):
            Watch(settings_of(stack), Clamd("127.0.0.1:1", 2)).round()
        assert status_of(stack, file_id) == "pending"
        assert Watch(settings_of(stack), clamd).round() == Counter(clean=1)


def test_nothing_is_released_unless_somebody_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CAREBASE_SCAN_CLAMD", raising=False)
    with pytest.raises(UsageProblem, match="CAREBASE_SCAN_CLAMD"):
        scanner_of(ScanSettings())
    assert scanner_of(ScanSettings(clamd="none")) is no_scanner
    assert scanner_of(ScanSettings(clamd="127.0.0.1:3310")) == Clamd("127.0.0.1:3310")


def test_the_secret_key_reads_and_others_do_not(stack: Stack) -> None:
    with arrived(stack, b"%PDF"):
        [(path,)] = stack.execute("select object_path from public.file_uploads order by id desc limit 1")
        url = f"{stack.state.api_url}/storage/v1/object/authenticated/staff-files/{path}"
        for key, status in ((stack.state.secret_key, 200), (stack.state.publishable_key, 401), ("x", 401)):
            assert httpx.get(url, headers={"apikey": key}).status_code == status
