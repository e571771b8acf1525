"""The secrets of a vault on their way past a backup: out of the copy, into a file, back again."""

from __future__ import annotations

import secrets as random
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from psycopg.conninfo import make_conninfo
from psycopg.types.json import Jsonb
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from carebase.backups import writing
from carebase.backups.manifest import SecretName
from carebase.db.connect import Connection, connect
from carebase.problems import UsageProblem
from carebase.stack import vault

FORMAT = "carebase-secrets/1"
_AUDIT_KEY = "carebase_audit_key_"
_DATABASES = "select datname from pg_catalog.pg_database where datallowconn order by datname"
_READ = "select to_jsonb(secrets) from vault.secrets where name is distinct from %s order by name, id"
_HAS = "select to_regclass('vault.secrets') is not null"


class Secret(BaseModel):
    """A row of the vault of a database."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    database: str
    row: Annotated[dict[str, Any], Field(repr=False)]

    @property
    def name(self) -> SecretName:
        """Its name, or its key if it has none."""
        return SecretName(database=self.database, name=self.row.get("name") or str(self.row["id"]))


class _SecretsFile(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    format: Literal["carebase-secrets/1"]
    made_at: AwareDatetime
    secrets: list[Secret]


def read(url: str) -> list[Secret]:
    """The secrets of every database of a server, as its superuser; but not what the stack keeps itself."""
    found: list[Secret] = []
    for database, conn in _each(url):
        rows = conn.execute(_READ, [vault.JWT_SECRET]).fetchall()
        found += [Secret(database=database, row=row) for (row,) in rows]
    return found


def take_out(url: str) -> list[bytes]:
    """Empty the vaults of a copy, so that its files, after a clean stop, have nothing of them.

    `truncate` gives a table a new file; the old one is removed by the checkpoint, and with it the WAL before,
    which a server that is told so does not use again.

    Returns:
        What must not be found any more.
    """
    gone: list[bytes] = []
    for _, conn in _each(url):
        gone += [value.encode() for (value,) in conn.execute("select secret from vault.secrets").fetchall()]
        conn.execute("truncate vault.secrets")
    with connect(url, autocommit=True, name="carebase backup") as conn:
        conn.execute("checkpoint")
        conn.execute("select pg_switch_wal()")
        conn.execute("checkpoint")
    # What somebody chose for a secret may be a word that occurs in a database anyway.
    return [value for value in gone if len(value) >= 32]


def put_back(url: str, secrets: list[Secret]) -> None:
    """Put the secrets into the vaults of a server that lacks them, as its superuser."""
    for database, conn in _each(url):
        rows = [[Jsonb(secret.row)] for secret in secrets if secret.database == database]
        conn.cursor().executemany(
            "insert into vault.secrets select * from jsonb_populate_record(null::vault.secrets, %s)", rows
        )


def go_on_without(url: str, names: list[SecretName]) -> None:
    """Give the audit trail a new key to seal with, beside the one that is lost.

    Else one would be made under the lost one's name: what that sealed could never be verified again, even if
    it were found.
    """
    for database, conn in _each(url):
        versions = [
            int(each.name.removeprefix(_AUDIT_KEY))
            for each in names
            if each.database == database and each.name.removeprefix(_AUDIT_KEY).isdigit()
        ]
        if versions:
            conn.execute(
                "select vault.create_secret(%s, %s)",
                [random.token_hex(32), f"{_AUDIT_KEY}{max(versions) + 1}"],
            )


def write_file(path: Path, made_at: AwareDatetime, secrets: list[Secret]) -> None:
    """Write secrets into a file that only its owner can read."""
    content = _SecretsFile(format=FORMAT, made_at=made_at, secrets=secrets)
    with writing.whole(path) as file:
        file.write(content.model_dump_json(indent=2).encode() + b"\n")


def read_file(path: Path) -> list[Secret]:
    """The secrets in a file that `write_file` wrote.

    Raises:
        UsageProblem: `secrets_unreadable`, `secrets_damaged`.
    """
    try:
        return _SecretsFile.model_validate_json(path.read_bytes()).secrets
    except OSError as error:
        raise UsageProblem(
            "secrets_unreadable", f"{path} cannot be read: {error.strerror}.", hint="Is it the right file?"
        ) from error
    except ValidationError as error:
        raise UsageProblem(
            "secrets_damaged",
            f"{path} is not what `carebase backup --secrets` writes, or is damaged.",
            hint="Copy it anew from where it was kept.",
        ) from error


def _each(url: str) -> Iterator[tuple[str, Connection]]:
    """Each database that has a vault, and a connection to it."""
    with connect(url, autocommit=True, name="carebase backup") as conn:
        names = [name for (name,) in conn.execute(_DATABASES).fetchall()]
    for name in names:
        with connect(make_conninfo(url, dbname=name), autocommit=True, name="carebase backup") as conn:
            if conn.execute(_HAS).fetchone() == (True,):
                yield name, conn
