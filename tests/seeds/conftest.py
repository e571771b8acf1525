"""Whole databases, row by row, to compare before with after and one with another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from psycopg import sql

PASSWORD = "the demo's password in tests"

Rows = dict[str, list[tuple[str, dict[str, Any]]]]


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests neither need nor touch the installation's own password."""
    monkeypatch.setenv("CAREBASE_DEMO_PASSWORD", PASSWORD)


@pytest.fixture
def all_rows() -> Callable[[str], Rows]:
    """Every row of every table of ours and of auth, with the transaction that wrote it last.

    Without the audit trail: it says when and by whom, which is never twice the same.
    """

    def read(url: str) -> Rows:
        with psycopg.connect(url) as conn:
            tables = conn.execute(
                """select schemaname, tablename from pg_catalog.pg_tables
                   where schemaname in ('public', 'app', 'auth') and tablename !~ '^audit_' order by 1, 2"""
            ).fetchall()
            query = sql.SQL("select t.xmin::text, to_jsonb(t) from {} as t order by to_jsonb(t)::text")
            return {
                f"{schema}.{name}": conn.execute(query.format(sql.Identifier(schema, name))).fetchall()
                for schema, name in tables
            }

    return read
