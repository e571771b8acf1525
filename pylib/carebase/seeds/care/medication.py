"""Medicines of the demo: stock, orders, doses, and who gave what in the days before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import time

from carebase.seeds.care.documents import Medicine
from carebase.seeds.care.scene import Scene
from carebase.seeds.insert import Connection, Row, TableRows, explained, insert_missing, plain
from carebase.seeds.report import TableReport

_DOSES, _GIVEN, _MOVED = (
    "public.medication_doses",
    "public.medication_administrations",
    "public.medication_stock_movements",
)
# What is known of the two days before: given, each with a line in the register; now and then refused.
_GIVE = """
with due as (
  select
    doses.*, orders.is_controlled, orders.dose_quantity, people.giver, people.witness,
    extract(doy from doses.due_on)::integer %% 5 = 3 and not orders.is_controlled as is_refused
  from public.medication_doses as doses
  inner join public.medication_orders as orders
    on orders.org_id = doses.org_id and orders.id = doses.order_id
  inner join unnest(%(orders)s::uuid[], %(givers)s::uuid[], %(witnesses)s::uuid[])
    as people (id, giver, witness) on people.id = orders.id
  where
    doses.org_id = %(org)s and doses.status = 'planned'
    and doses.due_at < %(day)s::timestamp at time zone %(zone)s
)
insert into public.medication_administrations (
  org_id, resident_id, site_id, order_id, dose_id, is_controlled, status, reason_code, quantity, occurred_at,
  administered_by, witnessed_by, witnessed_at
)
select
  due.org_id, due.resident_id, due.site_id, due.order_id, due.id, due.is_controlled,
  case when due.is_refused then 'refused' else 'given' end::public.medication_administration_status,
  case when due.is_refused then 'declined'::public.medication_reason end,
  case when not due.is_refused then due.dose_quantity end,
  due.due_at + interval '10 minutes', due.giver,
  case when due.is_controlled then due.witness end,
  case when due.is_controlled then due.due_at + interval '11 minutes' end
from due
order by due.due_at, due.order_id"""
_SETTLE = """
update public.medication_doses as doses set status = given.status::text::public.medication_dose_status
from public.medication_administrations as given
where
  doses.org_id = %(org)s and doses.order_id = any(%(orders)s) and doses.status = 'planned'
  and given.org_id = doses.org_id and given.dose_id = doses.id"""
_MOVE = """
insert into public.medication_stock_movements (
  org_id, site_id, resident_id, stock_id, is_controlled, kind, quantity, status, administration_id,
  occurred_at, recorded_by, witnessed_by, witnessed_at
)
select
  given.org_id, given.site_id, given.resident_id, orders.stock_id, given.is_controlled, 'administered',
  -given.quantity, 'confirmed', given.id, given.occurred_at, given.administered_by, given.witnessed_by,
  given.witnessed_at
from public.medication_administrations as given
inner join public.medication_orders as orders
  on orders.org_id = given.org_id and orders.id = given.order_id
where given.org_id = %(org)s and given.order_id = any(%(orders)s) and given.status = 'given'
order by given.occurred_at, given.order_id"""


def tell_medicines(conn: Connection, scene: Scene) -> Iterator[TableReport]:
    """Stock and orders; doses up to the day after tomorrow; what was given in the two days before, once."""
    medicines = scene.care.medicines
    before = _counts(conn, scene)
    stock = [_stock(scene, one) for one in medicines]
    yield insert_missing(conn, TableRows("public.medication_stock", ("org_id", "id"), stock))
    received = [_received(scene, one) for one in medicines]
    yield insert_missing(conn, TableRows(_MOVED, ("org_id", "id"), received))
    orders = [_order(scene, one) for one in medicines]
    made = insert_missing(conn, TableRows("public.medication_orders", ("org_id", "id"), orders))
    yield made
    events = [_event(scene, one) for one in medicines]
    yield insert_missing(conn, TableRows("public.medication_order_events", ("org_id", "id"), events))
    timed = [one for one in medicines if one.times]
    plans: list[Row] = [
        {
            "org_id": scene.org_id,
            "order_id": scene.id("orders", one.key),
            "planned_until_at": scene.then(2, time()),
        }
        for one in timed
    ]
    yield insert_missing(conn, TableRows("app.medication_plans", ("org_id", "order_id"), plans))
    with explained(_DOSES):
        # What a job does every hour.
        conn.execute("select app.job_plan_medication_doses(%s, 1000)", [scene.org_id])
        if made.inserted == len(medicines):
            values = {
                "org": scene.org_id,
                "zone": scene.zone,
                "day": scene.day,
                "orders": [scene.id("orders", one.key) for one in timed],
                "givers": [scene.person(one.by) for one in timed],
                "witnesses": [scene.person(one.witness) for one in timed],
            }
            for statement in (_GIVE, _SETTLE, _MOVE):
                conn.execute(statement.encode(), values)
    after = _counts(conn, scene)
    for table in (_DOSES, _GIVEN):
        inserted = after[table] - before[table]
        yield TableReport(table=table, inserted=inserted, unchanged=before[table])
    # Deliveries are counted above.
    moved = after[_MOVED] - max(before[_MOVED], len(received))
    yield TableReport(table=_MOVED, inserted=moved, unchanged=after[_MOVED] - len(received) - moved)


def _counts(conn: Connection, scene: Scene) -> dict[str, int]:
    row = conn.execute(
        f"select (select count(*) from {_DOSES} where org_id = %(org)s),"  # noqa: S608 (names of our own)
        f" (select count(*) from {_GIVEN} where org_id = %(org)s),"
        f" (select count(*) from {_MOVED} where org_id = %(org)s)".encode(),
        {"org": scene.org_id},
    ).fetchone()
    return dict(zip((_DOSES, _GIVEN, _MOVED), row or (0, 0, 0), strict=True))


def _stock(scene: Scene, one: Medicine) -> Row:
    return {
        **scene.place(one.resident),
        "id": scene.id("stock", one.key),
        "is_controlled": one.controlled,
        "medication_name": plain(one.name),
        "unit": one.unit,
        "reorder_quantity": one.reorder,
    }


def _received(scene: Scene, one: Medicine) -> Row:
    return {
        **scene.place(one.resident),
        "id": scene.id("received", one.key),
        "stock_id": scene.id("stock", one.key),
        "is_controlled": one.controlled,
        "kind": "received",
        "quantity": one.received,
        "status": "confirmed",
        "occurred_at": scene.then(3, time(11)),
        "recorded_by": scene.person(one.by),
        "witnessed_by": scene.person(one.witness) if one.controlled else None,
        "witnessed_at": scene.then(3, time(11, 5)) if one.controlled else None,
    }


def _order(scene: Scene, one: Medicine) -> Row:
    details = {
        "name": one.name,
        "dose": one.dose,
        "indication": one.indication,
        "instructions": one.instructions,
        "prescriber": one.prescriber,
    }
    limits = one.as_needed
    return {
        **scene.place(one.resident),
        "id": scene.id("orders", one.key),
        "stock_id": scene.id("stock", one.key),
        "status": "active",
        "is_controlled": one.controlled,
        "is_as_needed": limits is not None,
        "route": one.route,
        "details": plain(json.dumps({key: text for key, text in details.items() if text})),
        "dose_quantity": one.quantity,
        "unit": one.unit,
        "times_of_day": one.times,
        "window_minutes": 60,
        "min_interval_minutes": limits and limits.hours_between * 60,
        "max_quantity_24_hours": limits and limits.most_a_day,
        "effect_after_minutes": limits and limits.effect_after_minutes,
        "starts_at": scene.then(one.ago),
        "created_by": scene.person(one.by),
    }


def _event(scene: Scene, one: Medicine) -> Row:
    return {
        **scene.place(one.resident),
        "id": scene.id("order-events", one.key),
        "order_id": scene.id("orders", one.key),
        "change": "created",
        "occurred_at": scene.then(one.ago),
        "done_by": scene.person(one.by),
    }
