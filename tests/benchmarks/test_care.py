"""Both sides of each comparison compute the same, and what is looked for would be found."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime

import care
import psycopg
import pytest
from care_cases import contention, endpoints, lists, occupancy, publish
from care_cases.world import CARER, MANAGER, busiest_home, sign_in
from http_cases import client as gateway
from resilience_cases.world import EMPTY
from rls import Connections
from rls_cases.queries import Query

from carebase.project import Project
from carebase.seeds.scale import HomesPlan, generate
from carebase.stack.server import PostgresServer
from tests.conftest import cloned

PLAN = HomesPlan(homes=2, beds=21, days=40, organizations=2, until=datetime.now(UTC).date())


@pytest.fixture(scope="module")
def filled(server: PostgresServer, templates: dict[str, str], project: Project) -> Iterator[str]:
    """A database with a few homes."""
    with cloned(server, templates["migrated"]) as name:
        generate(server.url(name), project, PLAN)
        yield name


@pytest.mark.parametrize("query", [*lists.LISTS, *lists.CALLS], ids=lambda one: one.name)
def test_lists(server: PostgresServer, filled: str, query: Query) -> None:
    """`pairs_of` ends the run where the two ways differ, or list nothing."""
    with (
        psycopg.connect(server.url(filled), autocommit=True) as owner,
        psycopg.connect(server.url(filled, "authenticator"), autocommit=True) as secured,
        psycopg.connect(server.url(filled, "authenticator"), autocommit=True) as filtered,
    ):
        connections = Connections(secured, filtered, pre_request=False)
        person = care.somebody(owner, PLAN, query.actor)
        assert len(care.pairs_of(connections, query, person, 1)) == 5


def test_lists_that_differ_are_noticed(server: PostgresServer, filled: str) -> None:
    everybody = Query("wrong", "carer", "select id from public.residents where {where} order by id", "true")
    with (
        psycopg.connect(server.url(filled), autocommit=True) as owner,
        psycopg.connect(server.url(filled, "authenticator"), autocommit=True) as secured,
        psycopg.connect(server.url(filled, "authenticator"), autocommit=True) as filtered,
    ):
        connections = Connections(secured, filtered, pre_request=False)
        with pytest.raises(SystemExit, match="differently"):
            care.pairs_of(connections, everybody, care.somebody(owner, PLAN, "carer"), 1)


def test_a_rota_is_published_whole(server: PostgresServer, filled: str) -> None:
    with (
        psycopg.connect(server.url(filled), autocommit=True) as owner,
        psycopg.connect(server.url(filled, "authenticator"), autocommit=True) as manager,
    ):
        rota = publish.build(owner, sign_in(owner, PLAN, "org_owner").org, PLAN, 24)
        assert publish.write_plainly(owner, rota) > 0
        for _ in range(2):
            taken, count = publish.publish(manager, rota)
            assert taken > 0
            assert count == 24 * publish.DAYS


def test_contention_finds_no_overlap_and_would_find_one(server: PostgresServer, filled: str) -> None:
    beds = contention.move_residents(server, filled, PLAN, 4, 15)
    assert beds.done > 0
    assert beds.refused
    assert (beds.overlaps, beds.deadlocks, beds.failed) == (0, 0, {})
    shifts = contention.fill_rota(server, filled, PLAN, 4, 25)
    assert shifts.done > 0
    assert {"rest", "double_booking", "full", "no_role"} & set(shifts.refused)
    assert (shifts.overlaps, shifts.deadlocks, shifts.failed) == (0, 0, {})
    with psycopg.connect(server.url(filled)) as conn:
        org = sign_in(conn, PLAN, "org_owner").org
        conn.execute("alter table public.bed_stays drop constraint bed_stays_bed_once")
        conn.execute("set session_replication_role = replica")
        conn.execute(
            "insert into public.bed_stays (org_id, resident_id, site_id, admission_id, bed_id, bed_site_id,"
            " stays_during) select org_id, gen_random_uuid(), site_id, admission_id, bed_id, bed_site_id,"
            " stays_during from public.bed_stays where org_id = %s and ends_at = 'infinity' limit 1",
            (org,),
        )
        assert contention.overlaps(conn, org, "public.bed_stays", "bed_id", "stays_during") == 1
        conn.rollback()


def test_occupancy_is_seen_and_written_with_and_without_the_index(
    server: PostgresServer, filled: str
) -> None:
    with (
        psycopg.connect(server.url(filled), autocommit=True) as writer,
        psycopg.connect(server.url(filled, "authenticator"), autocommit=True) as reader,
    ):
        manager = sign_in(writer, PLAN, MANAGER, occupancy.home_with_room(writer, PLAN))
        owner = sign_in(writer, PLAN, "org_owner")
        assert occupancy.seen_after(writer, reader, manager) > 0
        figures = occupancy.board(reader, owner)[1]
        assert len(figures) >= PLAN.homes
        assert figures == occupancy.count_plainly(writer, owner.org)[1]
        definition = occupancy.index_definition(writer)
        for on in (False, True):
            occupancy.set_index(writer, definition, on=on)
            assert occupancy.write(writer, owner.org, 10) > 0
        assert occupancy.index_definition(writer) == definition


def test_calls_over_http_arrive_and_errors_are_counted(
    server: PostgresServer, filled: str, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    counted = "select count(*) from public.incidents"
    with psycopg.connect(server.url(filled), autocommit=True) as conn:
        before = conn.execute(counted).fetchone()
        results = care.measure_endpoints(server, project, filled, PLAN, 6, 2)
        after = conn.execute(counted).fetchone()
        conn.execute(EMPTY)
        carer = sign_in(conn, PLAN, CARER, busiest_home(conn, PLAN))
    assert before
    assert after
    assert after[0] == before[0] + 6 * 3
    assert all(one.holds for one in results if one.name.endswith("errors"))
    assert "report_incident by 6 at once: 0 errors" in capsys.readouterr().out
    with gateway.opened(server, project, filled) as state:
        crowd = [(carer, gateway.headers_of(state, carer.claims))]
        call = ("report_incident", lambda _: {"p_kind": "fall"})
        wave = asyncio.run(endpoints.wave(f"{state.api_url}/rest/v1", crowd, call))
    assert len(wave.errors) == 1


def test_one_question_alone(
    server: PostgresServer, filled: str, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    given = argparse.Namespace(rounds=2, only="contention", people=24, clients=4, attempts=32)
    results = care.run(server, project, filled, PLAN, given)
    assert [one.holds for one in results] == [True, True]
    assert "beds: 32 attempts by 16" in capsys.readouterr().out
