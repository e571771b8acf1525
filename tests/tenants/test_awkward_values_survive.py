"""An organization whose texts, arrays, ranges and JSON are as bad as the columns allow moves unaltered."""

from __future__ import annotations

from uuid import UUID

import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.rows import scalar_row

from tests.tenants.conftest import Move

TEXTS = [
    "\\.",
    "\\N",
    "\n\\.\n",
    "tab\there",
    "line\r\nline\nline\rline",
    "back\\slash \\t \\x41 \\\\",
    "NULL",
    " ",
    "'; drop table public.sites; --",
    '"{},[)()',
    "{a,b}",
    "\x01\x1f\x7f\x85\u2028",
    "héllo wörld ø ł 漢字 हिन्दी العربية",
    "👩🏽‍⚕️ e\u0301 \ufeff \U0010ffff",
    "%s %(x)s {} {0}",
]
# Every character that a Postgres text can hold.
ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=100)


PERIODS = ("empty", "[,)", "[-infinity,infinity]", "(2024-01-01 00:00:00.000001+14,2025-01-01)")


def make_organization(move: Move, texts: list[str]) -> UUID:
    """An organization that has a property, a partner, a patient and visits of each of these names."""
    with psycopg.connect(move.source.url, row_factory=scalar_row) as conn:
        org = conn.execute(
            "insert into public.organizations (name, slug, kind, settings)"
            " values (%s, 'awkward', 'clinic', %s) returning id",
            [texts[0], r'{"session_hours": 1.20e1, "branding": {"product_name": "\\. \u2028 \"漢字\""}}'],
        ).fetchone()
        assert isinstance(org, UUID)
        for text in texts:
            _fill(conn, org, text)
    return org


def _fill(conn: psycopg.Connection[object], org: UUID, text: str) -> None:
    conn.execute(
        "insert into public.properties (org_id, name, address_lines, city) values (%s, %s, %s, null)",
        [org, text, [text, "", None, "NULL", text]],
    )
    conn.execute(
        "insert into public.external_organizations (org_id, name, type_code) values (%s, %s, '')", [org, text]
    )
    patient = conn.execute(
        "insert into public.patients (family_name, given_names, birth_date, deceased_at, is_deceased)"
        " values (app.plain(%s::text), app.plain(to_jsonb(%s::text[])), app.plain(date '0044-03-15'),"
        " app.plain(timestamptz '1800-01-01 00:00:00.000001+14'), true) returning id",
        [text, [text, text]],
    ).fetchone()
    conn.execute(
        "insert into public.org_patients (org_id, patient_id, medical_record_number)"
        " values (%s, %s, app.plain(%s::text))",
        [org, patient, text],
    )
    for period in PERIODS:
        conn.execute(
            "insert into public.encounters (org_id, patient_id, status, class_code, took_place_during)"
            " values (%s, %s, 'finished', %s, %s)",
            [org, patient, text, period],
        )


def test_all_at_once(move: Move) -> None:
    org = make_organization(move, TEXTS)
    report = move.load(move.export("awkward"))
    before, after = move.source.of(org), move.target.of(org)
    for table in ("organizations", "properties", "external_organizations", "org_patients", "encounters"):
        assert after[f"public.{table}"] == before[f"public.{table}"]
    assert set(after["public.patients"]) < set(before["public.patients"])
    assert len(after["public.patients"]) == len(TEXTS)
    assert {line.table: line.rows for line in report.tables}["public.encounters"] == 4 * len(TEXTS)


def test_however_the_databases_are_set(move: Move) -> None:
    make_organization(move, TEXTS[:3])
    name = move.source.value("select current_database()")
    for setting in ("bytea_output = 'escape'", "datestyle = 'German'", "timezone = 'Asia/Tokyo'"):
        move.source.rows(f"alter database {name} set {setting}")
    move.load(move.export("awkward"))


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(ANY_TEXT, min_size=15, max_size=25, unique=True))
def test_any_text(move: Move, texts: list[str]) -> None:
    org = make_organization(move, texts)
    try:
        path = move.export("awkward", f"export-{org}")
        move.load(path)
        assert move.differences(path) == []
        for query in ("select name from public.properties where org_id = %s order by id",):
            assert move.source.rows(query, org) == move.target.rows(query, org)
    finally:
        for database in (move.source, move.target):
            with psycopg.connect(database.url) as conn:
                for table in ("encounters", "org_patients", "external_organizations", "properties"):
                    conn.execute(f"delete from public.{table} where org_id = %s".encode(), [org])
                conn.execute("delete from app.data_keys where org_id = %s", [org])
                conn.execute("delete from public.organizations where id = %s", [org])
