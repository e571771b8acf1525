"""The faults come out of the catalogue: many, of every kind, each with a name of its own, each real."""

from __future__ import annotations

from collections import Counter

import psycopg
import pytest

from carebase.access.mutants.copies import Nursery
from carebase.access.mutants.generate import generate, sample
from carebase.access.mutants.kinds import KINDS
from carebase.access.mutants.mutant import Mutant
from carebase.access.mutants.schema import read_schema
from carebase.db.catalogue import compare
from carebase.db.catalogue.read import catalogue_of
from carebase.db.connect import Connection, connect, connect_as_owner
from carebase.db.scratch import database_of
from carebase.problems import UsageProblem


def test_there_are_more_than_three_hundred_each_with_its_own_name(everything: list[Mutant]) -> None:
    assert sum(not mutant.equivalent for mutant in everything) >= 300
    assert len({mutant.id for mutant in everything}) == len(everything)
    assert len({mutant.sql for mutant in everything}) == len(everything)


def test_every_kind_finds_a_place_in_todays_schema(everything: list[Mutant]) -> None:
    made = Counter(mutant.kind for mutant in everything)
    assert [kind.name for kind in KINDS if not made[kind.name]] == []


def test_every_fault_says_what_is_wrong(everything: list[Mutant]) -> None:
    assert [mutant.id for mutant in everything if not mutant.says.endswith(".")] == []


@pytest.mark.parametrize(
    ("nobody_can_tell", "anybody_can"),
    [
        (
            "implied-condition-dropped:public.bed_offers.select_organization_or_sites:site_id-is-not-null",
            "condition-dropped:public.compliance_stats.select_organization_or_sites:site_id-is-not-null",
        ),
        (
            "own-dropped:public.provider_training_completions.insert_own:own",
            "own-dropped:public.provider_training_completions.select_own:own",
        ),
        (
            "foreign-key-dropped:public.medication_stock_counts.medication_stock_counts_org_id_fkey",
            "foreign-key-dropped:public.staff_members.staff_members_org_id_fkey",
        ),
        (
            "persona-added:public.assessments.select_organization_or_sites:using-3-patient",
            "persona-removed:public.assessments.select_organization_or_sites:using-3-nurse",
        ),
    ],
)
def test_what_nobody_can_tell_is_said_to_be_so(
    everything: list[Mutant], nobody_can_tell: str, anybody_can: str
) -> None:
    by_id = {mutant.id: mutant for mutant in everything}
    assert by_id[nobody_can_tell].equivalent.endswith(".")
    assert by_id[anybody_can].equivalent == ""


def test_every_fault_loads(built: Nursery, everything: list[Mutant]) -> None:
    refused = {}
    with (
        built.copy() as copy,
        connect_as_owner(copy.url) as owner,
        connect(copy.superuser_url, autocommit=True) as superuser,
    ):
        for mutant in everything:
            conn = superuser if mutant.as_superuser else owner
            if reason := attempt(conn, mutant):
                refused[mutant.id] = reason
    assert refused == {}


def attempt(conn: Connection, mutant: Mutant) -> str:
    """Why Postgres refuses the fault; "" if it does not. Nothing stays."""
    try:
        with conn.transaction(force_rollback=True):
            conn.execute("set local search_path = ''")
            conn.execute(mutant.sql.encode())
    except psycopg.Error as error:
        return str(error)
    return ""


def test_one_of_each_kind_changes_the_catalogue(built: Nursery, everything: list[Mutant]) -> None:
    unchanged = []
    with built.copy() as copy, connect(copy.superuser_url, autocommit=True) as conn:
        for mutant in sample(everything, len(KINDS), seed=1):
            with conn.transaction(force_rollback=True):
                conn.execute("set local search_path = ''")
                conn.execute(mutant.sql.encode())
                if not compare(built.catalogue, catalogue_of(conn)):
                    unchanged.append(mutant.id)
    assert unchanged == []


def test_the_same_schema_has_the_same_faults(built: Nursery, everything: list[Mutant]) -> None:
    with connect(built.template) as conn:
        assert generate(read_schema(conn, built.project)) == everything


def test_a_new_table_brings_its_own(built: Nursery, everything: list[Mutant]) -> None:
    with built.copy() as copy, connect_as_owner(copy.url) as conn, conn.transaction():
        conn.execute(
            """
            create table public.lockers (
              org_id uuid not null, id uuid not null, user_id uuid not null, primary key (org_id, id)
            );
            alter table public.lockers enable row level security;
            alter table public.lockers force row level security;
            grant select on public.lockers to authenticated;
            create policy select_own on public.lockers for select to authenticated
            using (org_id = (select app.current_org()) and user_id = (select app.my_id())
              and (select app.has_role('nurse', 'carer')));
            """
        )
        more = generate(read_schema(conn, built.project))
    added = {mutant.id for mutant in more} - {mutant.id for mutant in everything}
    assert added >= {
        "rls-disabled:public.lockers",
        "force-forgotten:public.lockers",
        "policy-dropped:public.lockers.select_own",
        "tenant-dropped:public.lockers.select_own:tenant",
        "own-dropped:public.lockers.select_own:own",
        "persona-removed:public.lockers.select_own:using-1-carer",
        "grant-writes:public.lockers:delete",
        "copy-added:public.lockers",
    }


def test_a_sample_is_spread_and_repeatable(everything: list[Mutant]) -> None:
    first = sample(everything, 40, seed=3)
    assert first == sample(everything, 40, seed=3)
    assert first != sample(everything, 40, seed=4)
    assert len({mutant.kind for mutant in first}) == 40
    assert sample(everything, 10**6, seed=3) == everything


def test_a_sample_hardly_changes_with_the_schema(everything: list[Mutant]) -> None:
    before = {mutant.id for mutant in sample(everything, 300, seed=3)}
    grown = [mutant for mutant in everything if "residents" not in mutant.target]
    after = {mutant.id for mutant in sample(grown, 300, seed=3)}
    assert len(before & after) >= 270


def test_an_unknown_kind_is_refused(built: Nursery) -> None:
    with pytest.raises(UsageProblem, match="no kind of mutant 'typo'"):
        generate(built.schema, only=["typo"])


def test_a_fault_is_made_in_a_copy_and_nowhere_else(built: Nursery, everything: list[Mutant]) -> None:
    mutant = next(mutant for mutant in everything if mutant.id == "rls-disabled:public.sites")
    secured = "select relrowsecurity from pg_class where oid = 'public.sites'::regclass"
    with built.mutated(mutant) as copy:
        name = database_of(copy.url)
        with connect(copy.url) as conn:
            assert conn.execute(secured).fetchone() == (False,)
    with connect(built.template) as conn:
        assert conn.execute(secured).fetchone() == (True,)
        assert conn.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is None
