"""What the gateway serves below /console/: the console's files, whole and unchanged, and nothing else."""

from __future__ import annotations

import json
import os
import socket
from urllib.parse import urlsplit

import httpx
import pytest

from carebase.project import Project
from tests.console.conftest import Site


def test_the_page_comes_with_strict_headers(http: httpx.Client) -> None:
    answer = http.get("/console/")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-cache"
    assert "<script>" not in answer.text
    assert " style=" not in answer.text
    assert " on" not in answer.text.split("<body>")[1]


def test_without_the_slash_one_is_sent_on(http: httpx.Client) -> None:
    answer = http.get("/console")
    assert (answer.status_code, answer.headers["location"]) == (308, "/console/")


def test_every_file_of_the_console_is_served_as_it_is(http: httpx.Client, project: Project) -> None:
    files = [path for path in project.console.rglob("*") if path.is_file() and not path.name.startswith(".")]
    assert len(files) > 20
    for path in files:
        answer = http.get(f"/console/{path.relative_to(project.console).as_posix()}")
        assert answer.status_code == 200, path
        assert answer.content == path.read_bytes()


@pytest.mark.parametrize("name", ["supabase", "chart"])
def test_the_libraries_come_from_the_pinned_packages(http: httpx.Client, project: Project, name: str) -> None:
    hosting = json.loads((project.console / "hosting.json").read_text())
    answer = http.get(f"/console/vendor/{name}.js")
    assert answer.content == (project.node_modules / hosting["vendor"][f"vendor/{name}.js"]).read_bytes()
    assert answer.headers["content-type"].startswith("text/javascript")


def test_the_page_learns_the_public_key_and_no_secret(http: httpx.Client, site: Site) -> None:
    answer = http.get("/console/config.json")
    assert answer.json() == {"publishable_key": site.stack.state.publishable_key}
    assert site.stack.state.secret_key not in answer.text


def test_what_the_browser_has_is_not_sent_again(http: httpx.Client) -> None:
    etag = http.get("/console/style.css").headers["etag"]
    again = http.get("/console/style.css", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert "content-security-policy" in again.headers
    other = http.get("/console/style.css", headers={"if-none-match": '"another"'})
    assert other.status_code == 200


def test_a_head_says_what_a_get_would(http: httpx.Client) -> None:
    got, head = http.get("/console/main.js"), http.head("/console/main.js")
    assert head.content == b""
    same = ("content-length", "content-type", "etag", "content-security-policy")
    assert [head.headers[name] for name in same] == [got.headers[name] for name in same]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_it_is_only_read(http: httpx.Client, method: str) -> None:
    answer = http.request(method, "/console/")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"


WAYS_OUT = [
    "/console/../supabase/config.toml",
    "/console/../package.json",
    "/console/%2e%2e/package.json",
    "/console/..%2fpackage.json",
    "/console/%2e%2e%2fpackage.json",
    "/console/..%5cpackage.json",
    "/console/....//package.json",
    "/console/lib/../../package.json",
    "/console//etc/passwd",
    "/console//package.json",
    "/console/.prettierrc.json",
    "/console/lib/.hidden.js",
    "/console/lib",
    "/console/lib/",
    "/console/index.html%00.js",
    "/console/vendor/../../package.json",
    "/console/vendor/package.json",
    "/console/constructor",
    "/console/__proto__",
]


@pytest.mark.parametrize("path", WAYS_OUT)
def test_there_is_no_way_out_of_the_folder(site: Site, path: str) -> None:
    """Over a bare socket: a client would tidy the path up."""
    where = urlsplit(site.url)
    with socket.create_connection((where.hostname, where.port), timeout=10) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while more := connection.recv(65536):
            answer += more
    assert answer.split(b" ", 2)[1] == b"404", answer[:200]


def test_a_link_that_leads_out_is_not_followed(
    http: httpx.Client, project: Project, request: pytest.FixtureRequest
) -> None:
    link = project.console / "lib" / f"outside-{os.getpid()}.json"
    link.symlink_to(project.root / "package.json")
    request.addfinalizer(link.unlink)
    assert http.get(f"/console/lib/{link.name}").status_code == 404
