"""A rollout that grows takes a feature from nobody, and reaches as many organizations as it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FEATURE = st.from_regex(r"[a-z][a-z0-9_]{1,62}", fullmatch=True)
ORGANIZATIONS = 20_000


@pytest.fixture
def conn(database: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database, autocommit=True) as connection:
        yield connection


def reached(conn: psycopg.Connection[Any], org_ids: list[UUID], feature: str, percent: int) -> set[UUID]:
    """Which of these organizations have the feature, asked of the decision itself."""
    conn.execute(
        "update public.nurseos_feature_flags set rollout_percent = %s where feature_key = %s",
        [percent, feature],
    )
    found = conn.execute(
        """select org_id from unnest(%s::uuid[]) as org_id
           cross join lateral app.organization_features(org_id) as features
           where features.feature_key = %s and features.is_enabled""",
        [org_ids, feature],
    ).fetchall()
    return {row[0] for row in found}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    org_ids=st.lists(st.uuids(), min_size=1, max_size=30, unique=True),
    feature=FEATURE,
    percents=st.lists(st.integers(0, 100), min_size=2, max_size=5).map(sorted),
)
def test_a_growing_rollout_takes_a_feature_from_nobody(
    conn: psycopg.Connection[Any], org_ids: list[UUID], feature: str, percents: list[int]
) -> None:
    with conn.transaction(force_rollback=True):
        conn.execute("delete from public.nurseos_feature_flags")
        conn.execute(
            """insert into public.nurseos_feature_flags
                 (feature_key, feature_name, is_enabled_globally, required_license_tier)
               values (%s, 'A feature', true, 'basic')""",
            [feature],
        )
        conn.execute(
            """insert into public.organizations (id, name, slug, kind)
               select id, 'An organization', 'org-' || id, 'clinic' from unnest(%s::uuid[]) as id""",
            [org_ids],
        )
        had: set[UUID] = set()
        for percent in percents:
            has = reached(conn, org_ids, feature, percent)
            assert had <= has, (percents, percent)
            had = has
        assert reached(conn, org_ids, feature, 0) == set()
        assert reached(conn, org_ids, feature, 100) == set(org_ids)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(feature=FEATURE)
def test_every_hundredth_of_a_rollout_is_as_large_as_the_others(
    conn: psycopg.Connection[Any], feature: str
) -> None:
    places = conn.execute(
        """select app.rollout_place(md5(n::text)::uuid, %s) as place, count(*)
           from generate_series(1, %s) as n group by place order by place""",
        [feature, ORGANIZATIONS],
    ).fetchall()
    assert [place for place, _ in places] == list(range(100))
    expected = ORGANIZATIONS / 100
    chi_square = sum((count - expected) ** 2 / expected for _, count in places)
    # 99 degrees of freedom: more than 180 comes by chance about once in a million.
    assert chi_square < 180
