"""Whatever is received, given, destroyed and witnessed, also at once: no register is below zero."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.rows import dict_row

from carebase.project import Project
from carebase.stack.server import PostgresServer
from tests.conftest import cloned
from tests.security.people import claims

AMOUNT = st.decimals(Decimal("0.5"), 4, places=1)
SIGNER = st.integers(0, 2)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["received", "returned", "destroyed"]), SIGNER, AMOUNT),
        st.tuples(st.just("give"), SIGNER, st.none()),
        st.tuples(st.sampled_from(["confirm", "decline"]), SIGNER, st.integers(0, 5)),
    ),
    min_size=3,
    max_size=14,
)
Step = tuple[str, int, Any]


class Refused(Exception):
    """The database said no, with one of our codes."""

    def __init__(self, code: str, details: dict[str, Any]) -> None:
        super().__init__(code)
        self.code, self.details = code, details


@dataclass
class Home:
    """A home with three who sign, and a resident with a controlled drug."""

    url: str
    conn: psycopg.Connection[Any]
    org: UUID
    signers: list[UUID]
    resident: UUID
    stock: UUID

    def all(self, query: str, *parameters: object) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.conn.execute(query.encode(), parameters).fetchall()
        return found

    def asked(self, who: int, query: str, *parameters: object) -> list[dict[str, Any]]:
        return ask(self.conn, self.signers[who], query, *parameters)

    def order(self, schedule: str) -> UUID:
        [row] = self.asked(
            0,
            f"""select id from public.create_medication_order(
                  %s, 'Morphine', 'One', 'oral', 1, 'tablet', 'Dr Hale', gen_random_uuid(),
                  p_stock_id => %s, p_is_controlled => true, {schedule})""",
            self.resident,
            self.stock,
        )
        return UUID(str(row["id"]))

    def new_stock(self, quantity: int = 0) -> None:
        """Another stock, so that tests do not stand in each other's way."""
        [made] = self.asked(
            0, "select id from public.create_medication_stock(%s, 'Morphine', 'tablet', true)", self.resident
        )
        self.stock = made["id"]
        if not quantity:
            return
        [row] = self.asked(
            0,
            "select id from public.record_stock_movement(%s, 'received', gen_random_uuid(), %s)",
            self.stock,
            quantity,
        )
        self.asked(1, "select public.witness_stock_movement(%s)", row["id"])

    def at_once(self, asks: Sequence[tuple[int, str, tuple[object, ...]]]) -> list[str]:
        """What becomes of requests that begin at the same moment, each over a connection of its own."""
        barrier = threading.Barrier(len(asks), timeout=60)
        sessions = [self.all("select tests.open_session(%s) as id", user)[0]["id"] for user in self.signers]

        def one(each: tuple[int, str, tuple[object, ...]]) -> str:
            who, query, parameters = each
            with psycopg.connect(self.url, row_factory=dict_row) as conn:
                token = claims(self.signers[who], sessions[who])
                conn.execute(
                    """select set_config('carebase.frozen_clock', '2027-02-01 08:00Z', true),
                         set_config('role', 'authenticated', true),
                         set_config('request.jwt.claims', %s, true)""",
                    (token,),
                )
                barrier.wait()
                try:
                    rows = conn.execute(query.encode(), parameters).fetchall()
                    conn.commit()
                    return str(rows[0]["id"])
                except psycopg.errors.DatabaseError as error:
                    return refusal(error).code

        with ThreadPoolExecutor(len(asks)) as pool:
            return list(pool.map(one, asks))


def refusal(error: psycopg.errors.DatabaseError) -> Refused:
    if error.sqlstate != "PGRST":
        raise error
    said = json.loads(error.diag.message_primary or "")
    return Refused(said["code"], json.loads(said["details"]))


def ask(conn: psycopg.Connection[Any], user: UUID, query: str, *parameters: object) -> list[dict[str, Any]]:
    """What somebody is answered; Refused leaves everything as it was."""
    try:
        with conn.transaction():
            conn.execute("select tests.act_as(%s)", (user,))
            rows: list[dict[str, Any]] = conn.execute(query.encode(), parameters).fetchall()
            conn.execute("select tests.act_as_system()")
            return rows
    except psycopg.errors.DatabaseError as error:
        raise refusal(error) from error


@pytest.fixture(scope="module")
def database_url(server: PostgresServer, templates: dict[str, str], project: Project) -> Iterator[str]:
    with cloned(server, templates["migrated"]) as name:
        with psycopg.connect(server.url(name), autocommit=True) as conn:
            conn.execute((project.root / "tests" / "sql" / "helpers.sql").read_bytes())
        yield server.url(name)


@pytest.fixture(scope="module")
def home(database_url: str) -> Iterator[Home]:
    with psycopg.connect(database_url, autocommit=True, row_factory=dict_row) as conn:

        def one(query: str, *parameters: object) -> Any:
            row = conn.execute(query.encode(), parameters).fetchone()
            assert row
            return next(iter(row.values()))

        conn.execute("select set_config('carebase.frozen_clock', '2027-02-01 07:30Z', false)")
        org = one("select tests.make_org('lakeside', true, 'UTC')")
        site = one("select tests.make_site(%s)", org)
        signers = [one("select tests.make_staff(%s, 'nurse', %s, %s)", org, name, site) for name in "ABC"]
        resident = one("select tests.make_resident(%s, %s, 'Ruth')", org, site)
        yield Home(database_url, conn, org, signers, resident, resident)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_register_is_a_running_sum_of_what_two_people_signed(home: Home, steps: list[Step]) -> None:
    with home.conn.transaction(force_rollback=True):
        home.new_stock()
        order = home.order(
            "p_is_as_needed => true, p_indication => 'Pain', p_min_interval_minutes => 1, "
            "p_max_quantity_24_hours => 999"
        )
        confirmed, waiting = Decimal(0), dict[UUID, tuple[int, Decimal]]()
        for number, (what, who, value) in enumerate(steps):
            home.conn.execute(
                "select set_config('carebase.frozen_clock', %s, true)", (f"2027-02-01 08:{number * 2:02}Z",)
            )
            available = confirmed + sum((q for _, q in waiting.values() if q < 0), Decimal(0))
            if what in ("confirm", "decline"):
                if not waiting:
                    continue
                movement = list(waiting)[value % len(waiting)]
                first, quantity = waiting[movement]
                if witness(home, who, movement, what == "confirm"):
                    # Never the one who signed first; and what was there when it was taken still is.
                    assert who != first
                    del waiting[movement]
                    confirmed += quantity if what == "confirm" else 0
                else:
                    assert who == first
                continue
            quantity = value if what == "received" else -(value or Decimal(1))
            made = move(home, who, what, order, value)
            assert (made is not None) == (available + quantity >= 0)
            if made:
                waiting[made] = (who, quantity)
        register(home, confirmed)


def witness(home: Home, who: int, movement: UUID, confirms: bool) -> bool:
    [row] = home.all(
        "select administration_id from public.medication_stock_movements where id = %s", movement
    )
    given = row["administration_id"]
    query = f"select public.witness_{'administration' if given else 'stock_movement'}(%s, %s)"
    try:
        home.asked(who, query, given or movement, confirms)
    except Refused as refused:
        if refused.code != "permission_denied":
            raise
        return False
    return True


def move(home: Home, who: int, what: str, order: UUID, quantity: Decimal | None) -> UUID | None:
    """The movement, if it was written."""
    try:
        if what == "give":
            [given] = home.asked(
                who, "select id from public.record_as_needed(%s, 'Pain', gen_random_uuid())", order
            )
            [row] = home.all(
                "select id from public.medication_stock_movements where administration_id = %s", given["id"]
            )
        else:
            [row] = home.asked(
                who,
                "select id from public.record_stock_movement(%s, %s, gen_random_uuid(), %s)",
                home.stock,
                what,
                quantity,
            )
    except Refused as refused:
        if (refused.code, refused.details.get("reason")) != ("conflict", "not_in_stock"):
            raise
        return None
    return UUID(str(row["id"]))


def register(home: Home, expected: Decimal) -> None:
    """Its numbers have no gap, each line adds up, none is below nothing, and two people signed each."""
    lines = home.all(
        """select * from public.medication_stock_movements
           where stock_id = %s and status = 'confirmed' order by entry_number""",
        home.stock,
    )
    left = Decimal(0)
    for number, line in enumerate(lines, 1):
        left += line["quantity"]
        assert (line["entry_number"], line["quantity_after"]) == (number, left)
        assert left >= 0
        assert line["witnessed_by"] is not None
        assert line["witnessed_by"] != line["recorded_by"]
    assert left == expected
    unsigned = home.all(
        """select id from public.medication_administrations
           where status = 'given' and (witnessed_by is null or witnessed_by = administered_by)"""
    )
    assert unsigned == []


GIVE = "select id from public.record_administration(%s, 'given', %s)"


def test_two_at_once_do_not_both_give_the_last_one(home: Home) -> None:
    """Each by an order and a dose of its own: only the stock stands between them."""
    home.new_stock(1)
    orders = [home.order("p_times_of_day => '{08:00}'") for _ in range(2)]
    doses = home.all(
        """select id from public.medication_doses
           where order_id = any(%s) and due_at = '2027-02-01 08:00Z'""",
        orders,
    )
    assert len(doses) == 2
    answers = home.at_once([(who, GIVE, (dose["id"], uuid4())) for who, dose in enumerate(doses)])
    assert sum(answer == "conflict" for answer in answers) == 1, answers
    [given] = home.all(
        "select id, administered_by from public.medication_administrations where order_id = any(%s)", orders
    )
    witness_id = next(n for n, user in enumerate(home.signers) if user != given["administered_by"])
    home.asked(witness_id, "select public.witness_administration(%s)", given["id"])
    register(home, Decimal(0))


def test_a_dose_is_given_once_however_many_give_it(home: Home) -> None:
    home.new_stock(5)
    order = home.order("p_times_of_day => '{08:00}'")
    [dose] = home.all(
        "select id from public.medication_doses where order_id = %s and due_at = '2027-02-01 08:00Z'", order
    )
    key = uuid4()
    # Two people, and one of them twice by the same request.
    asked = ((0, key), (0, key), (1, uuid4()))
    answers = home.at_once([(who, GIVE, (dose["id"], each)) for who, each in asked])
    recorded = home.all("select id from public.medication_administrations where order_id = %s", order)
    assert len(recorded) == 1
    assert set(answers) <= {str(recorded[0]["id"]), "conflict"}
    assert answers[0] == answers[1]


def test_as_needed_is_given_once_however_many_give_it(home: Home) -> None:
    home.new_stock(5)
    order = home.order(
        "p_is_as_needed => true, p_indication => 'Pain', p_min_interval_minutes => 240, "
        "p_max_quantity_24_hours => 4, p_starts_at => '2027-02-01 00:00Z'"
    )
    query = "select id from public.record_as_needed(%s, 'Pain', %s)"
    answers = home.at_once([(who, query, (order, uuid4())) for who in range(3)])
    assert sorted(answer == "conflict" for answer in answers) == [False, True, True], answers
