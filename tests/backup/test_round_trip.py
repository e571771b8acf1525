"""What was backed up is there again: every row, the audit trail, what is sealed; and no secret is in it."""

from __future__ import annotations

import os
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from carebase import audit
from tests.backup.conftest import Place, Tables, live, names

# What tokens are signed with is the stack's, which puts it there again.
VAULT = "select * from vault.secrets where name <> 'carebase_jwt_secret' order by name"


@dataclass
class Monday:
    """A backup and the file of its secrets, a checkpoint, and what was in the database when it was made."""

    file: Path
    apart: Path
    checkpoint: Path
    made: dict[str, Any]
    tables: Tables
    secrets: list[tuple[Any, ...]]
    known: list[str]


@pytest.fixture(scope="module")
def monday(settled: Place, tmp_path_factory: pytest.TempPathFactory) -> Monday:
    """A backup of a trail that is sealed but for its end, as the first test finds it; all restore it."""
    folder = tmp_path_factory.mktemp("monday")
    file, apart, checkpoint = (folder / name for name in ("a.backup", "a.secrets", "checkpoint.json"))
    settled.up()
    clinic = settled.clinic()
    live(clinic, "Ada")
    live(clinic, "Grace")
    clinic.ask("select app.seal_audit()")
    settled.run("audit", "checkpoint", str(checkpoint))
    live(clinic, "Edsger")  # not sealed yet
    # To look and to open leaves an event: what is counted afterwards is what was there before.
    known = names(clinic)
    tables, secrets = settled.tables(), settled.sql(VAULT)
    made = settled.printed("backup", str(file), "--secrets", str(apart))
    return Monday(file, apart, checkpoint, made, tables, secrets, known)


def test_everything_is_as_it_was_and_life_goes_on(home: Place, monday: Monday) -> None:
    assert {name: each["rows"] for name, each in monday.made["manifest"]["tables"].items()} == {
        name: count for name, (count, _) in monday.tables.items()
    }
    assert monday.made["manifest"]["audit"]["faults"] == 0
    assert monday.file.stat().st_mode & 0o777 == 0o600
    assert monday.apart.stat().st_mode & 0o777 == 0o600

    clinic = home.clinic()
    live(clinic, "Late")
    clinic.ask(
        "delete from public.sealed_people where id = (select min(id::text)::uuid from public.sealed_people)"
    )
    clinic.ask("create table public.new_one ()")
    clinic.ask("select app.seal_audit()")
    assert home.tables() != monday.tables

    done = home.printed("restore", str(monday.file), "--yes")
    assert home.tables() == monday.tables
    assert home.sql(VAULT) == monday.secrets
    assert done["keys"] >= 1
    assert done["secrets"] == len(monday.made["manifest"]["secrets"])
    home.verify("--checkpoint", str(monday.checkpoint))
    clinic = home.clinic()
    assert names(clinic) == monday.known

    # Sealing goes on where it was, in the same era: it is the same cluster, and no transaction counts anew.
    live(clinic, "Barbara")
    assert clinic.ask("select app.seal_audit()") > 0
    sealed = audit.verify(home.state.db_url)
    assert sealed.faults == []
    assert sealed.events == clinic.ask("select count(*) from public.audit_events")
    assert clinic.ask("select count(distinct era_began_at) from app.audit_runs") == 1
    home.verify("--checkpoint", str(monday.checkpoint))


def test_elsewhere_what_is_sealed_opens_with_the_secrets_and_not_without(
    home: Place, monday: Monday, elsewhere: Place
) -> None:
    file, apart = monday.file, monday.apart
    assert elsewhere.refused("restore", str(file), "--yes") == "secrets_missing"
    assert not elsewhere.data.exists()

    elsewhere.run("restore", str(file), "--yes", "--without-secrets")
    assert elsewhere.tables() == monday.tables
    clinic = elsewhere.clinic()
    with pytest.raises(psycopg.Error, match="carebase_phi_kek_1"):
        names(clinic)
    with pytest.raises(psycopg.Error, match="carebase_phi_kek_1"):
        clinic.enter("nadia", "Nobody")
    # The trail goes on under a key of its own; what the lost one sealed waits for it.
    assert clinic.ask("select app.seal_audit()") > 0
    assert clinic.ask("select max(key_version) from app.audit_runs") == 2

    elsewhere.run("restore", str(file), "--yes", "--secrets", str(apart))
    assert elsewhere.tables() == monday.tables
    assert names(elsewhere.clinic()) == monday.known
    elsewhere.verify()
    # The stack's own keys and passwords stayed what they were.
    assert elsewhere.state.jwt_secret == elsewhere.clinic().ask(
        "select decrypted_secret from vault.decrypted_secrets where name = 'carebase_jwt_secret'"
    )
    assert elsewhere.state.jwt_secret != home.state.jwt_secret


def test_secrets_of_another_installation_are_noticed(home: Place, monday: Monday, tmp_path: Path) -> None:
    before, pid = home.tables(), home.postgres_pid
    file, apart = monday.file, tmp_path / "a.secrets"
    kek = home.clinic().ask("select app.secret('carebase_phi_kek_1')")
    apart.write_text(monday.apart.read_text().replace(kek, kek[::-1]))
    assert home.refused("restore", str(file), "--yes", "--secrets", str(apart), code=4) == "keys_do_not_open"
    apart.write_text("{}")
    assert home.refused("restore", str(file), "--yes", "--secrets", str(apart)) == "secrets_damaged"
    assert home.postgres_pid == pid
    assert home.tables() == before


def test_no_byte_of_a_backup_is_of_a_secret(home: Place, monday: Monday) -> None:
    clinic = home.clinic()
    values = [
        value.encode() for (value,) in clinic.system.execute("select secret from vault.secrets").fetchall()
    ]
    assert len(values) >= 3
    values += [bytes.fromhex(clinic.ask("select app.secret('carebase_phi_kek_1')"))]
    looked_at = 0
    with tarfile.open(monday.file) as members:
        for member in members:
            source = members.extractfile(member)
            content = source.read() if source else b""
            looked_at += len(content)
            assert not any(value in content for value in values), member.name
    assert looked_at > 20_000_000
    # The search finds what is there: the running database has them.
    assert any(values[0] in path.read_bytes() for path in (home.data / "base").rglob("*") if path.is_file())


def test_a_secret_that_somebody_copied_into_a_table_stops_the_backup(home: Place, tmp_path: Path) -> None:
    home.sql("create table public.leak as select app.secret('carebase_audit_key_1') as value")
    try:
        assert home.refused("backup", str(tmp_path / "a.backup"), code=4) == "secret_left"
        assert os.listdir(tmp_path) == []
    finally:
        home.sql("drop table public.leak")


def test_a_database_that_no_longer_starts_is_restored(home: Place, monday: Monday) -> None:
    home.run("down")
    (home.data / "global" / "pg_control").write_bytes(b"\0" * 8192)
    home.run("up", expect=3)
    assert home.refused("restore", str(monday.file), "--yes") == "secrets_missing"
    home.run("restore", str(monday.file), "--yes", "--secrets", str(monday.apart))
    assert home.tables() == monday.tables
    assert names(home.clinic()) == monday.known
