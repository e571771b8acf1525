"""Ways to tamper with the trail for who may do anything but has no key; each says what must be found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID, uuid4

import psycopg

Connection = psycopg.Connection[dict[str, Any]]

# Another value of the same type for each column of an event.
VALUES = {
    "org_id": "gen_random_uuid()",
    "id": "gen_random_uuid()",
    "occurred_at": "occurred_at + interval '1 microsecond'",
    "transaction_id": "(transaction_id::text::bigint + 1)::text::xid8",
    "action": "(case action when 'purge' then 'read' else 'purge' end)::public.audit_action",
    "outcome": "(case outcome when 'success' then 'failure' else 'success' end)::public.audit_outcome",
    "actor_id": "gen_random_uuid()",
    "actor_roles": "actor_roles || array['nurse']::public.app_role[]",
    "session_id": "gen_random_uuid()",
    "api_key_id": "gen_random_uuid()",
    "database_role": "database_role || 'x'",
    "ip_address": "'192.0.2.1'",
    "user_agent": "coalesce(user_agent, '') || 'x'",
    "request_id": "coalesce(request_id, '') || 'x'",
    "table_name": "coalesce(table_name, '') || 'x'",
    "row_key": "coalesce(row_key, '{}') || '{\"x\": 1}'",
    "operation": "coalesce(operation, '') || 'x'",
    "changes": "coalesce(changes, '{}') || '{\"x\": 1}'",
    "subject_ids": "coalesce(subject_ids, '{}') || gen_random_uuid()",
    "purpose": "coalesce(purpose, '') || 'x'",
    "consent_id": "gen_random_uuid()",
}
MOVING = ("org_id", "id")
SEAL = {
    "month_date": "month_date - 31",
    "event_count": "event_count + 1",
    "contents_digest": "sha256(contents_digest)",
    "previous_code": "sha256(previous_code)",
    "code": "sha256(code)",
    "sealed_at": "sealed_at + interval '1 second'",
    "run_number": "run_number + 100000",
}
RUN = {
    "snapshot": "'5:5:'::pg_snapshot",
    "cluster_id": "cluster_id + 1",
    "era_began_at": "'2020-01-01'::timestamptz",
    "seals_digest": "sha256(seals_digest)",
    "previous_code": "sha256(previous_code)",
    "code": "sha256(code)",
    "sealed_at": "sealed_at + interval '1 second'",
}


@dataclass(frozen=True)
class Found:
    """What verification must say: one of these faults and, if it is known, at which event or place."""

    faults: tuple[str, ...]
    event_id: UUID | None = None
    number: int | None = None


@dataclass(frozen=True)
class Event:
    """A sealed event."""

    org_id: UUID
    id: UUID


@dataclass(frozen=True)
class Sealed:
    """What there is to tamper with."""

    conn: Connection
    events: list[Event]
    seals: list[tuple[UUID, int]]
    runs: int

    def run(self, query: str, *values: object) -> None:
        """Change something that has to be there."""
        assert self.conn.execute(query.encode(), values).rowcount > 0, query


Tampering = Callable[[Sealed, Random], Found]


def alter(sealed: Sealed, random: Random) -> Found:
    """Change one column of one event."""
    event, column = random.choice(sealed.events), random.choice(list(VALUES))
    sealed.run(
        f"update public.audit_events set {column} = {VALUES[column]} where org_id = %s and id = %s",
        event.org_id,
        event.id,
    )
    return Found(("missing",) if column in MOVING else ("altered",), event.id)


def delete(sealed: Sealed, random: Random) -> Found:
    """Remove one event."""
    event = random.choice(sealed.events)
    sealed.run("delete from public.audit_events where org_id = %s and id = %s", event.org_id, event.id)
    return Found(("missing",), event.id)


def insert(sealed: Sealed, random: Random) -> Found:
    """Slip in an event that claims to be of a transaction long past."""
    event, new = random.choice(sealed.events), uuid4()
    sealed.run(
        "insert into public.audit_events"
        " select (jsonb_populate_record(e, jsonb_build_object('id', %s::uuid, 'purpose', 'forged'))).*"
        " from public.audit_events as e where org_id = %s and id = %s",
        new,
        event.org_id,
        event.id,
    )
    return Found(("inserted",), new)


def swap(sealed: Sealed, random: Random) -> Found:
    """Exchange the ids of two events of one organization."""
    org = random.choice([org for org, number in sealed.seals if number > 1])
    first, second = random.sample([event for event in sealed.events if event.org_id == org], 2)
    for old, new in ((first.id, UUID(int=0)), (second.id, first.id), (UUID(int=0), second.id)):
        sealed.run(
            "update public.audit_events set id = %s where org_id = %s and id = %s", new, first.org_id, old
        )
    earlier = min((first, second), key=sealed.events.index)
    return Found(("altered", "missing"), earlier.id)


def reorder_contents(sealed: Sealed, random: Random) -> Found:
    """Turn the order of a seal's events round, or take the last one out of it."""
    org, number = random.choice(sealed.seals)
    way = random.choice(
        (
            "event_digests = sha256(event_digests) || substring(event_digests from 33)",
            "event_ids = event_ids[2:] || event_ids[1] || gen_random_uuid(),"
            " event_digests = event_digests || sha256('')",
        )
    )
    sealed.run(f"update app.audit_contents set {way} where org_id = %s and number = %s", org, number)
    return Found(("altered contents",), number=number)


def delete_contents(sealed: Sealed, random: Random) -> Found:
    """Remove what a seal is over."""
    org, number = random.choice(sealed.seals)
    sealed.run("delete from app.audit_contents where org_id = %s and number = %s", org, number)
    return Found(("missing contents",), number=number)


def alter_seal(sealed: Sealed, random: Random) -> Found:
    """Change one column of a seal."""
    (org, number), column = random.choice(sealed.seals), random.choice(list(SEAL))
    sealed.run(
        f"update app.audit_seals set {column} = {SEAL[column]} where org_id = %s and number = %s", org, number
    )
    return Found(("altered seal", "seal before it altered"), number=number)


def swap_seals(sealed: Sealed, random: Random) -> Found:
    """Exchange the places of two seals."""
    org, number = random.choice(sealed.seals)
    others = [other for whose, other in sealed.seals if whose == org and other != number]
    if not others:
        return alter_seal(sealed, random)
    other = random.choice(others)
    for table in ("app.audit_contents", "app.audit_seals"):
        for old, new in ((number, 999999), (other, number), (999999, other)):
            sealed.run(f"update {table} set number = %s where org_id = %s and number = %s", new, org, old)
    return Found(("reordered",), number=min(number, other))


def delete_seal(sealed: Sealed, random: Random) -> Found:
    """Remove a seal and all that it is over."""
    org, number = random.choice(sealed.seals)
    sealed.run(
        "delete from public.audit_events where org_id = %s and id = any(array(select unnest(event_ids)"
        " from app.audit_contents where org_id = %s and number = %s))",
        org,
        org,
        number,
    )
    for table in ("app.audit_contents", "app.audit_seals"):
        sealed.run(f"delete from {table} where org_id = %s and number = %s", org, number)
    return Found(("missing seal", "seals of this run altered or cut off"))


def rewrite(sealed: Sealed, random: Random) -> Found:
    """Change an event and every digest over it, as who has no key can."""
    event = random.choice(sealed.events)
    ours = "org_id = %s and event_ids @> array[%s::uuid]"
    key = (event.org_id, event.id)
    sealed.run("update public.audit_events set purpose = 'forged' where org_id = %s and id = %s", *key)
    sealed.run(
        "update app.audit_contents as c set event_digests = (select string_agg(app.audit_digest(e), ''"
        " order by o.place) from unnest(c.event_ids) with ordinality as o (id, place)"
        f" inner join public.audit_events as e on e.org_id = c.org_id and e.id = o.id) where {ours}",
        *key,
    )
    sealed.run(
        "update app.audit_seals as s"
        " set contents_digest = app.audit_contents_digest(c.event_ids, c.event_digests)"
        " from app.audit_contents as c where (c.org_id, c.number) = (s.org_id, s.number)"
        " and c.org_id = %s and c.event_ids @> array[%s::uuid]",
        *key,
    )
    return Found(("altered seal",))


def alter_run(sealed: Sealed, random: Random) -> Found:
    """Change one column of a run."""
    number, column = random.randint(1, sealed.runs), random.choice(list(RUN))
    sealed.run(f"update app.audit_runs set {column} = {RUN[column]} where number = %s", number)
    return Found(("altered run",), number=number)


def delete_run(sealed: Sealed, random: Random) -> Found:
    """Remove a run."""
    number = random.randint(1, sealed.runs)
    sealed.run("delete from app.audit_runs where number = %s", number)
    return Found(("missing run",), number=number)


def cut_off_a_chain(sealed: Sealed, random: Random) -> Found:
    """Remove the newest events of an organization and every trace of them in its chain."""
    org, number = random.choice(sealed.seals)
    sealed.run(
        "delete from public.audit_events where org_id = %s and id = any(array(select unnest(event_ids)"
        " from app.audit_contents where org_id = %s and number >= %s))",
        org,
        org,
        number,
    )
    for table in ("app.audit_contents", "app.audit_seals"):
        sealed.run(f"delete from {table} where org_id = %s and number >= %s", org, number)
    return Found(("seals of this run altered or cut off",))


def cut_off_everything(sealed: Sealed, random: Random) -> Found:
    """Put the whole database's trail back to an earlier run: only a checkpoint can tell."""
    run = random.randint(1, sealed.runs)
    sealed.run(
        "delete from public.audit_events as e using app.audit_contents as c, app.audit_seals as s"
        " where (c.org_id, c.number) = (s.org_id, s.number) and s.run_number >= %s"
        " and e.org_id = c.org_id and c.event_ids @> array[e.id]",
        run,
    )
    sealed.run(
        "delete from app.audit_contents as c using app.audit_seals as s"
        " where (c.org_id, c.number) = (s.org_id, s.number) and s.run_number >= %s",
        run,
    )
    sealed.run("delete from app.audit_seals where run_number >= %s", run)
    sealed.run("delete from app.audit_runs where number >= %s", run)
    return Found(("runs cut off", "cut off"))


ALL: tuple[Tampering, ...] = (
    alter,
    delete,
    insert,
    swap,
    reorder_contents,
    delete_contents,
    alter_seal,
    swap_seals,
    delete_seal,
    rewrite,
    alter_run,
    delete_run,
    cut_off_a_chain,
    cut_off_everything,
)
