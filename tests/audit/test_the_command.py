"""`carebase audit` as an operator uses it: sentences, exit codes, files."""

from __future__ import annotations

import csv
import io
import json
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.audit.conftest import Trail
from tests.commands import carebase

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(trail: Trail, tmp_path: Path) -> Run:
    """Run `carebase audit …` on the trail."""

    def run(*words: object, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = carebase("audit", *words, env={"CAREBASE_DB_URL": trail.url})
        assert done.returncode == code, (words, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
        return done

    return run


def test_seal_verify_and_what_is_found(trail: Trail, run: Run) -> None:
    trail.write(trail.lakeside, 3)
    sealed = json.loads(run("seal", "--json").stdout)
    assert sealed["sealed"] >= 3
    assert sealed["unsealed_count"] == 0
    assert "are as they were" in run("verify").stdout
    assert json.loads(run("verify", "--org", "lakeside", "--json").stdout)["is_whole"] is True
    assert "Key 2 seals" in run("seal", "--rotate-key").stdout

    victim = trail.value("select id from public.audit_events where org_id = %s limit 1", trail.lakeside)
    trail.rows_as_superuser(f"update public.audit_events set purpose = 'forged' where id = '{victim}'")
    found = run("verify", code=1).stdout
    assert str(victim) in found
    assert "altered" in found
    document = json.loads(run("verify", "--json", code=1).stdout)
    assert [chain["fault"] for chain in document["chains"] if chain["fault"]] == ["altered"]
    run("verify", "--org", "harbor")
    run("verify", "--since", "2999-01-01")


def test_a_checkpoint_finds_what_was_cut_off(trail: Trail, run: Run, tmp_path: Path) -> None:
    trail.write(trail.lakeside, 2)
    run("seal")
    trail.write(trail.lakeside, 2)
    run("seal")
    path = tmp_path / "friday.checkpoint"
    run("checkpoint", path)
    assert "already" in run("checkpoint", path, code=2).stderr
    run("verify", "--checkpoint", path)
    trail.rows_as_superuser(
        "delete from public.audit_events as e using app.audit_contents as c, app.audit_seals as s"
        " where (c.org_id, c.number) = (s.org_id, s.number) and s.run_number = 2"
        " and e.org_id = c.org_id and c.event_ids @> array[e.id];"
        "delete from app.audit_contents as c using app.audit_seals as s"
        " where (c.org_id, c.number) = (s.org_id, s.number) and s.run_number = 2;"
        "delete from app.audit_seals where run_number = 2; delete from app.audit_runs where number = 2"
    )
    run("verify")
    assert "cut off" in run("verify", "--checkpoint", path, code=1).stdout


def test_a_signed_checkpoint(trail: Trail, run: Run, tmp_path: Path) -> None:
    run("seal")
    keys = [Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()]
    for number, key in enumerate(keys):
        private, public = tmp_path / f"{number}.pem", tmp_path / f"{number}.pub"
        private.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        public.write_bytes(
            key.public_key().public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
            )
        )
    path = tmp_path / "signed"
    run("checkpoint", path, "--sign-with", tmp_path / "0.pem")
    run("verify", "--checkpoint", path, "--public-key", tmp_path / "0.pub")
    run("verify", "--checkpoint", path)
    assert (
        "not signed with"
        in run("verify", "--checkpoint", path, "--public-key", tmp_path / "1.pub", code=2).stderr
    )
    plain = tmp_path / "plain"
    run("checkpoint", plain)
    assert (
        "not signed"
        in run("verify", "--checkpoint", plain, "--public-key", tmp_path / "0.pub", code=2).stderr
    )
    assert "no private" in run("checkpoint", "--sign-with", plain, code=2).stderr


def test_tail_and_search(trail: Trail, run: Run) -> None:
    trail.write(trail.lakeside, 3)
    trail.write(trail.harbor, 1)
    newest = [json.loads(line) for line in run("tail", "-n", 2).stdout.splitlines()]
    assert [event["org_id"] for event in newest] == [str(trail.lakeside), str(trail.harbor)]
    found = run("search", "--org", "lakeside", "--action", "configure", "--limit", 2).stdout.splitlines()
    assert len(found) == 2
    assert "transaction_id" not in json.loads(found[0])
    table = run("search", "--table", "organizations", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(table)))
    assert {row["action"] for row in rows} == {"insert"}
    slugs = {json.loads(row["changes"])["slug"][1] for row in rows}
    assert {"lakeside", "harbor"} < slugs
    assert run("search", "--text", "no such thing").stdout == ""
    assert len(run("search", "--row", trail.lakeside, "--text", "LAKESIDE").stdout.splitlines()) == 1
    assert run("search", "--since", "2999-01-01").stdout == ""


def test_export_is_private_and_leaves_an_event(trail: Trail, run: Run, tmp_path: Path) -> None:
    trail.write(trail.lakeside, 3)
    path = tmp_path / "lakeside.csv"
    done = run("export", path, "--org", "lakeside", "--format", "csv", "--purpose", "Inspection")
    assert "5 events" in done.stderr
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(list(csv.DictReader(path.open(newline="")))) == 5
    (event,) = (json.loads(line) for line in run("tail", "-n", 1).stdout.splitlines())
    assert (event["action"], event["purpose"], event["org_id"]) == (
        "export",
        "Inspection",
        str(trail.lakeside),
    )
    run("export", path, code=2)
    run("export", tmp_path / "none", "--org", "atlantis", code=2)
    assert not (tmp_path / "none").exists()


def test_a_formula_is_no_formula_in_a_spreadsheet(trail: Trail, run: Run) -> None:
    trail.rows("select app.audit('read', %s, p_purpose => '=1+1')", trail.lakeside)
    assert "'=1+1" in run("search", "--text", "=1+1", "--format", "csv").stdout


MISTAKES = [
    (("verify", "--org", "atlantis"), "atlantis"),
    (("verify", "--checkpoint", "no-such-file"), "no-such-file"),
    (("verify", "--public-key", "x"), "--checkpoint"),
    (("search", "--action", "explode"), "insert, update"),
    (("search", "--since", "yesterday"), "since"),
    (("checkpoint", "/no/such/folder/file"), "/no/such/folder/file"),
]


def test_a_mistake_is_a_sentence(run: Run) -> None:
    for words, says in MISTAKES:
        assert says in run(*words, code=2).stderr


def test_what_is_young_is_not_dropped(run: Run) -> None:
    assert "six years" in run("drop", "2025-01-01", code=4).stderr
    assert "0 months" in run("drop", "2001-01-01").stdout
