"""The care that is given in a demo organization, from `seeds/demo/care`: a few days like any others."""

from __future__ import annotations

from collections.abc import Iterator

from carebase.seeds.care.documents import Care
from carebase.seeds.care.incidents import tell_complaints, tell_incidents
from carebase.seeds.care.medication import tell_medicines
from carebase.seeds.care.plans import tell_plans
from carebase.seeds.care.records import tell_assessments, tell_handovers, tell_notes
from carebase.seeds.care.rotas import tell_rotas
from carebase.seeds.care.scene import Scene
from carebase.seeds.care.training import tell_training
from carebase.seeds.insert import Connection
from carebase.seeds.report import TableReport

__all__ = ["Care", "Scene", "tell_care"]


def tell_care(conn: Connection, scene: Scene, *, is_given: bool) -> Iterator[TableReport]:
    """Add what the organization lacks of it, in an order in which rows may refer to each other.

    What is told once stays as people made it. What is due and who works when goes on with the days.

    Args:
        conn: a transaction.
        scene: the organization and the day.
        is_given: the day is not today; meanwhile the clock of the database shows noon of it.
    """
    if is_given:
        before = conn.execute("select current_setting('carebase.frozen_clock', true)").fetchone()
        _set_clock(conn, f"{scene.day} 12:00 {scene.zone}")
    helpers = {worked_at.site: worked_at.worked[0].by for worked_at in scene.care.shifts if worked_at.worked}
    yield from tell_plans(conn, scene, helpers)
    yield from tell_notes(conn, scene)
    yield from tell_assessments(conn, scene)
    yield from tell_medicines(conn, scene)
    yield from tell_incidents(conn, scene)
    yield from tell_complaints(conn, scene)
    yield from tell_handovers(conn, scene)
    yield from tell_training(conn, scene)
    yield from tell_rotas(conn, scene)
    if is_given:
        _set_clock(conn, (before and before[0]) or "")


def _set_clock(conn: Connection, moment: str) -> None:
    conn.execute("select set_config('carebase.frozen_clock', %s, true)", [moment])
