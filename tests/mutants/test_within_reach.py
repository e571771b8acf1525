"""Whom a fault is felt by: every table and RPC that comes upon the faulty object, and few others."""

from __future__ import annotations

import pytest

from carebase.access.mutants.copies import Nursery
from carebase.access.mutants.within_reach import WithinReach


def test_whoever_calls_the_callers_is_reached_and_a_circle_ends() -> None:
    reach = WithinReach(
        {
            "public.pay": ["app.pay"],
            "app.pay": ["public.invoices", "app.round"],
            "app.round": ["app.pay"],
            "public.look": ["public.sites"],
        }
    )
    assert reach.of("public.invoices.select_own") == {"public.invoices", "app.pay", "app.round", "public.pay"}
    assert reach.of("app.round(numeric)") == {"app.round", "app.pay", "public.pay"}
    assert reach.of("public.look()") == {"public.look"}


@pytest.mark.parametrize("target", ["public", "app:usage-public", "default privileges"])
def test_what_is_no_object_of_ours_reaches_everybody_by_naming_nobody(target: str) -> None:
    assert WithinReach({"public.pay": ["app.pay"]}).of(target) == set()


@pytest.mark.parametrize(
    ("target", "reached"),
    [
        # by a policy, a trigger, a default, a check, a function's body, what opens it
        ("app.my_sites(public.app_role[])", "public.residents"),
        ("app.guard_medication_stock()", "public.medication_stock"),
        ("app.current_org()", "public.medication_stock"),
        ("app.is_sealed(bytea,integer)", "public.medication_stock"),
        ("public.medication_stock.floor_organization", "public.create_medication_stock"),
        ("app.signing_staff()", "public.record_stock_count"),
        ("app.open_quality_audits(uuid[],public.access_purpose,uuid[])", "public.quality_audits"),
    ],
)
def test_a_fault_in_the_schema_reaches_who_depends_on_it(built: Nursery, target: str, reached: str) -> None:
    assert reached in built.reach.of(target)


def test_what_a_request_begins_with_reaches_every_rpc_that_asks_who_calls(built: Nursery) -> None:
    reached = built.reach.of("app.open_request()")
    tables = {table.name for table in built.schema.tables}
    assert len(reached & tables) > 0.9 * len(tables)


def test_a_fault_in_one_rpc_reaches_no_other(built: Nursery) -> None:
    assert built.reach.of("public.get_compliance_figures(uuid)") == {"public.get_compliance_figures"}
