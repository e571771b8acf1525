"""Whatever is proposed and decided: no plan exceeds a limit, and every patient is on one panel."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.rows import dict_row

from carebase.project import Project

NURSES = 4
ACUITY = st.decimals(1, 5, places=1)
# Per nurse: what their patients take, how many more they may carry, and how many points more.
PANELS = st.lists(
    st.tuples(st.lists(ACUITY, max_size=6), st.integers(-2, 4), st.decimals(-3, 12, places=1)),
    min_size=NURSES,
    max_size=NURSES,
)
NURSE = st.integers(0, NURSES - 1)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("propose"), NURSE, st.integers(0, 99)),
        st.tuples(st.just("approve"), NURSE, st.none()),
        st.tuples(st.just("reject"), NURSE, st.none()),
        st.tuples(st.just("pause"), NURSE, st.none()),
    ),
    min_size=2,
    max_size=8,
)

Panels = list[tuple[list[Decimal], int, Decimal]]


class Ward:
    """A manager, four nurses, and who looks after whom."""

    def __init__(self, conn: psycopg.Connection[Any], org: UUID, manager: UUID, nurses: list[UUID]) -> None:
        self.conn, self.org, self.manager, self.nurses = conn, org, manager, nurses

    def all(self, query: str, *parameters: object) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.conn.execute(query.encode(), parameters).fetchall()
        return found

    def fill(self, panels: Panels) -> None:
        carried = [
            (nurse, acuity) for nurse, panel in zip(self.nurses, panels, strict=True) for acuity in panel[0]
        ]
        self.conn.execute(
            """with patients as (
                 select gen_random_uuid() as id, nurse, acuity
                 from unnest(%s::uuid[], %s::numeric[]) as carried (nurse, acuity)
               ), people as (
                 insert into public.patients (id) select id from patients
               ), known as (
                 insert into public.org_patients (org_id, patient_id) select %s, id from patients
               )
               insert into public.provider_panel_patients (org_id, practitioner_id, patient_id, acuity)
               select %s, nurse, id, acuity from patients""",
            ([nurse for nurse, _ in carried], [acuity for _, acuity in carried], self.org, self.org),
        )
        self.conn.execute(
            """insert into public.provider_panel_limits
                 (org_id, practitioner_id, max_patients, max_acuity_points)
               select %s, nurse, patients, points
               from unnest(%s::uuid[], %s::smallint[], %s::numeric[]) as limits (nurse, patients, points)""",
            (
                self.org,
                self.nurses,
                [max(0, len(acuities) + free) for acuities, free, _ in panels],
                [max(Decimal(0), sum(acuities, Decimal(0)) + free) for acuities, _, free in panels],
            ),
        )

    def state(self) -> dict[UUID, tuple[int, Decimal]]:
        """How many patients and points each nurse has."""
        rows = self.all(
            """select practitioner_id, count(*) as patients, sum(acuity) as points
               from public.provider_panel_patients where org_id = %s and ended_at is null group by 1""",
            self.org,
        )
        found = {row["practitioner_id"]: (row["patients"], row["points"]) for row in rows}
        return {nurse: found.get(nurse, (0, Decimal(0))) for nurse in self.nurses}

    def limits(self) -> dict[UUID, tuple[int, Decimal]]:
        rows = self.all("select * from public.provider_panel_limits where org_id = %s", self.org)
        return {row["practitioner_id"]: (row["max_patients"], row["max_acuity_points"]) for row in rows}

    def patients(self) -> list[UUID]:
        rows = self.all(
            """select patient_id from public.provider_panel_patients
               where org_id = %s and ended_at is null order by 1""",
            self.org,
        )
        return [row["patient_id"] for row in rows]

    def act(self, step: tuple[str, int, int | None]) -> bool:
        """Whether it was done; a refusal leaves everything as it was."""
        what, number, target = step
        nurse = self.nurses[number]
        if what == "pause":
            self.conn.execute(
                """insert into public.provider_panel_pauses (org_id, practitioner_id, user_id, until_date)
                   select %s, id, user_id, current_date + 9 from public.fhir_practitioners where id = %s
                   on conflict do nothing""",
                (self.org, nurse),
            )
            return True
        self.conn.execute("select tests.act_as(%s)", (self.manager,))
        try:
            with self.conn.transaction():
                if what == "propose":
                    self.conn.execute("select public.propose_panel_rebalance(%s, %s)", (nurse, target))
                    return True
                return bool(
                    self.all(
                        """select public.decide_rebalance(id, %s) from public.provider_rebalance_proposals
                           where from_practitioner_id = %s and status = 'proposed'""",
                        what == "approve",
                        nurse,
                    )
                )
        except psycopg.errors.DatabaseError as error:
            if (
                error.sqlstate != "PGRST"
                or json.loads(error.diag.message_primary or "")["code"] != "conflict"
            ):
                raise
            return False
        finally:
            self.conn.execute("select tests.act_as_system()")


@pytest.fixture
def ward(database: str, project: Project, server: Any) -> Iterator[Ward]:
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
    with psycopg.connect(server.url(name), autocommit=True, row_factory=dict_row) as conn:
        conn.execute((project.root / "tests" / "sql" / "helpers.sql").read_bytes())

        def one(query: str, *parameters: object) -> Any:
            row = conn.execute(query.encode(), parameters).fetchone()
            assert row
            return next(iter(row.values()))

        org = one("select tests.make_org('lakeside', true, 'UTC')")
        manager = one("select tests.make_person(%s, 'manager', 'Mia')", org)
        people = [one("select tests.make_person(%s, 'nurse', 'Nadia')", org) for _ in range(NURSES)]
        nurses = [one("select tests.practitioner_of(%s)", person) for person in people]
        yield Ward(conn, org, manager, nurses)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(panels=PANELS, steps=STEPS)
def test_no_plan_exceeds_a_limit_or_loses_a_patient(
    ward: Ward, panels: Panels, steps: list[tuple[str, int, int | None]]
) -> None:
    with ward.conn.transaction(force_rollback=True):
        ward.fill(panels)
        limits, everybody, before = ward.limits(), ward.patients(), ward.state()
        total = sum((points for _, points in before.values()), Decimal(0))
        for step in steps:
            done = ward.act(step)
            after = ward.state()
            assert ward.patients() == everybody
            assert sum((points for _, points in after.values()), Decimal(0)) == total
            for nurse, (patients, points) in after.items():
                # Whoever was handed something is within their limits; nobody else has more than before.
                grew = patients > before[nurse][0] or points > before[nurse][1]
                assert not grew or (patients <= limits[nurse][0] and points <= limits[nurse][1])
            if not done or step[0] != "approve":
                assert after == before
            before = after


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(panels=PANELS, target=st.integers(0, 99))
def test_the_same_panels_give_the_same_plan_and_it_does_what_it_says(
    ward: Ward, panels: Panels, target: int
) -> None:
    with ward.conn.transaction(force_rollback=True):
        ward.fill(panels)
        plans = []
        for _ in range(2):
            proposed = ward.act(("propose", 0, target))
            plans.append(
                ward.all(
                    """select moves.patient_id, moves.to_practitioner_id, moves.acuity
                       from public.provider_rebalance_moves as moves
                       inner join public.provider_rebalance_proposals as proposals
                         on proposals.org_id = moves.org_id and proposals.id = moves.proposal_id
                       where proposals.status = 'proposed' order by 1"""
                )
            )
            assert proposed == bool(plans[-1])
            ward.act(("reject", 0, None))
        assert plans[0] == plans[1]
        total = sum(panels[0][0], Decimal(0))
        moved = sum((move["acuity"] for move in plans[0]), Decimal(0))
        excess = total * (100 - target) / 100
        # No more than is to go, but for the last one.
        assert not plans[0] or moved - max(move["acuity"] for move in plans[0]) < excess
        limits, state = ward.limits(), ward.state()
        rooms = {
            nurse: (limits[nurse][0] - state[nurse][0], limits[nurse][1] - state[nurse][1])
            for nurse in ward.nurses
        }
        for nurse in ward.nurses[1:]:
            mine = [move["acuity"] for move in plans[0] if move["to_practitioner_id"] == nurse]
            assert not mine or (len(mine) <= rooms[nurse][0] and sum(mine) <= rooms[nurse][1])
        if moved < excess:
            # Whoever stays could not be placed: no receiver has room for them beside what they are handed.
            staying = sorted(panels[0][0])
            for move in plans[0]:
                staying.remove(move["acuity"])
            for nurse in ward.nurses[1:]:
                mine = [move["acuity"] for move in plans[0] if move["to_practitioner_id"] == nurse]
                places, points = rooms[nurse][0] - len(mine), rooms[nurse][1] - sum(mine, Decimal(0))
                assert not staying or places < 1 or points < staying[0]
