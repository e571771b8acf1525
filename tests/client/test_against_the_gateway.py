"""A nurse's day through the typed client, synchronous and asynchronous, over the real gateway."""

from __future__ import annotations

import asyncio
import datetime as dt
import inspect
import itertools
import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

import psycopg
import pytest

from carebase import AsyncCarebase, Carebase, Identity
from carebase.errors import (
    Conflict,
    ConsentRequired,
    FeatureDisabled,
    InvalidInput,
    NotAuthenticated,
    PermissionDenied,
)
from carebase.models import Organization, OwnCheckin, ProviderDailyCheckin, RoleAssignment, Site
from tests.api.conftest import PASSWORD, Api, Person

CHECKIN: dict[str, Any] = {"p_work_setting": "home_health", "p_stress_level": 7, "p_energy_level": 4}
_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def lakeside(make_org: Callable[..., UUID]) -> UUID:
    return make_org("lakeside")


@pytest.fixture
def connect(api: Api, make_client: Callable[..., Any]) -> Callable[[Person], Any]:
    """Sign a person in with a client of either kind."""

    def sign_in(person: Person) -> Any:
        client = make_client(api.url, api.publishable_key)
        client.sign_in(person.email, PASSWORD)
        return client

    return sign_in


@pytest.fixture
def nadia(make_person: Callable[..., Person], give_consent: Callable[..., Person], lakeside: UUID) -> Person:
    """A nurse who takes part and has not checked in yet."""
    return give_consent(make_person("nurse", lakeside))


def test_a_nurse_checks_in_and_reads_it_back(nadia: Person, connect: Callable[[Person], Any]) -> None:
    client = connect(nadia)
    made = client.submit_daily_checkin(**CHECKIN, p_overtime_hours=Decimal("1.25"))
    assert isinstance(made, OwnCheckin)
    assert (made.user_id, made.org_id) == (nadia.user_id, nadia.org_id)
    assert (made.stress_level, made.overtime_hours, made.is_shared) == (7, Decimal("1.25"), False)
    assert made.created_at
    assert made.created_at.tzinfo is not None
    assert "stress_level" not in repr(made)
    assert client.get_my_checkins() == [made]
    assert client.get_my_checkins(p_from=made.checkin_date, p_to=made.checkin_date, p_limit=1) == [made]
    assert client.get_my_checkins(p_to=made.checkin_date - dt.timedelta(days=1)) == []
    assert client.is_feature_enabled(p_feature_key="resilience_hub") is True
    assert client.is_feature_enabled(p_feature_key="no_such_feature") is False


def test_tables_are_read_typed(nadia: Person, connect: Callable[[Person], Any], api: Api) -> None:
    client = connect(nadia)
    number = next(_numbers)
    names = [f"A house, {mark} {number}" for mark in ("(one)", '"two"', "three.")]
    for name in names:
        api.sql("insert into public.sites (org_id, kind, name) values (%s, 'house', %s)", nadia.org_id, name)
    found = client.select(Site, where={"name": names}, order="-name")
    assert [site.name for site in found] == sorted((site.name for site in found), reverse=True)
    assert {site.name for site in found} == set(names)
    assert [site.name for site in client.select(Site, where={"name": names[1], "kind": "house"})] == [
        names[1]
    ]
    assert (
        len(client.select(Site, where={"name": names, "property_id": None}, order="name", limit=1, offset=1))
        == 1
    )
    assert [one.id for one in client.select(Organization)] == [nadia.org_id]
    [role] = client.select(RoleAssignment, where={"user_id": nadia.user_id})
    assert role.role == "nurse"
    assert role.valid_during.lower <= dt.datetime.now(dt.UTC)
    assert role.valid_during.upper is None


def test_refusals_are_exceptions_with_a_code(
    nadia: Person,
    connect: Callable[[Person], Any],
    make_person: Callable[..., Person],
    make_org: Callable[..., UUID],
) -> None:
    client = connect(nadia)
    with pytest.raises(InvalidInput) as wrong:
        client.submit_daily_checkin(**{**CHECKIN, "p_stress_level": 11})
    assert (wrong.value.field, wrong.value.status) == ("p_stress_level", 400)
    with pytest.raises(InvalidInput) as unsent:
        client.submit_daily_checkin(**{**CHECKIN, "p_work_setting": "the moon"})
    assert (unsent.value.field, unsent.value.status) == ("p_work_setting", None)
    with pytest.raises(PermissionDenied):
        client.get_team_checkin_summary()
    client.withdraw_resilience_consent()
    with pytest.raises(ConsentRequired) as unasked:
        client.submit_daily_checkin(**CHECKIN)
    assert (unasked.value.policy_version, unasked.value.status) == (2, 403)
    without = connect(make_person("nurse", make_org(f"no-hub-{next(_numbers)}", has_resilience_hub=False)))
    with pytest.raises(FeatureDisabled) as off:
        without.submit_daily_checkin(**CHECKIN)
    assert (off.value.feature, off.value.status) == ("resilience_hub", 403)


def test_the_manager_sees_days_not_people(
    connect: Callable[[Person], Any], make_person: Callable[..., Person], lakeside: UUID
) -> None:
    days = connect(make_person("care_manager", lakeside)).get_team_checkin_summary()
    assert len(days) == 14
    assert {day.people_count for day in days} == {None}
    assert days[-1].is_open is True


def test_nobody_is_signed_in(api: Api, make_client: Callable[..., Any]) -> None:
    client = make_client(api.url, api.publishable_key)
    assert client.identity() is None
    with pytest.raises(NotAuthenticated):
        client.get_my_checkins()
    with pytest.raises(NotAuthenticated):
        client.select(Site)
    with pytest.raises(NotAuthenticated) as wrong:
        client.sign_in("nobody@example.com", "not her password")
    assert "nobody@example.com" not in str(wrong.value)
    client.sign_out()  # fine


def test_a_wrong_key_is_refused(api: Api, make_client: Callable[..., Any]) -> None:
    with pytest.raises(NotAuthenticated):
        make_client(api.url, "sb_publishable_wrong").is_feature_enabled(p_feature_key="resilience_hub")


def test_sign_up_then_in_then_out(api: Api, make_client: Callable[..., Any]) -> None:
    email = f"newcomer{next(_numbers)}@example.com"
    client = make_client(api.url, api.publishable_key)
    made = client.sign_up(email, PASSWORD)
    assert isinstance(made, Identity)
    assert (made.email, made.is_signed_in) == (email, True)
    assert email not in repr(made)
    assert client.identity() == made
    with pytest.raises(PermissionDenied):  # an account, but no role anywhere
        client.get_my_checkins()
    client.sign_out()
    assert client.identity() is None
    with pytest.raises(NotAuthenticated):
        client.get_my_checkins()
    assert client.sign_in(email, PASSWORD).user_id == made.user_id
    with pytest.raises((Conflict, InvalidInput)):
        client.sign_up(email, PASSWORD)
    with pytest.raises(InvalidInput):
        client.sign_up(f"x{email}", "short")


def test_signing_out_ends_this_session_and_no_other(nadia: Person, connect: Callable[[Person], Any]) -> None:
    phone, tablet = connect(nadia), connect(nadia)
    phone.sign_out()
    assert tablet.get_my_checkins() == []


def test_a_token_that_is_about_to_expire_is_renewed(nadia: Person, connect: Callable[[Person], Any]) -> None:
    client = connect(nadia)
    auth = client.supabase.auth
    session = client_session(client)
    expiring = session.model_copy(update={"expires_at": int(dt.datetime.now().timestamp()) + 2})
    run(client, auth._save_session(expiring))
    client.refresh()
    renewed = client_session(client)
    assert renewed.refresh_token != session.refresh_token
    assert client.get_my_checkins() == []
    client.refresh()
    assert client_session(client).refresh_token == renewed.refresh_token  # not before it is needed


def client_session(client: Any) -> Any:
    return run(client, client.supabase.auth.get_session())


def run(client: Any, asked: Any) -> Any:
    return client._runner.run(asked) if inspect.isawaitable(asked) else asked


def test_many_threads_renew_a_token_once(api: Api, nadia: Person) -> None:
    with Carebase(api.url, api.publishable_key) as client:
        client.sign_in(nadia.email, PASSWORD)
        auth = client.supabase.auth
        session = auth.get_session()
        assert session
        auth._save_session(session.model_copy(update={"expires_at": int(dt.datetime.now().timestamp()) + 2}))
        tokens = "select count(*) from auth.refresh_tokens where user_id::text = %s"
        before = api.sql(tokens, str(nadia.user_id))
        failures: list[Exception] = []

        def ask() -> None:
            try:
                client.get_my_checkins()
            except Exception as error:
                failures.append(error)

        threads = [threading.Thread(target=ask) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
    assert api.sql(tokens, str(nadia.user_id)) == cast("int", before) + 1


def test_many_tasks_share_one_client(api: Api, nadia: Person) -> None:
    async def story() -> list[list[OwnCheckin]]:
        async with AsyncCarebase(api.url, api.publishable_key) as client:
            await client.sign_in(nadia.email, PASSWORD)
            await client.submit_daily_checkin(**CHECKIN)
            return await asyncio.gather(*(client.get_my_checkins() for _ in range(8)))

    answers = asyncio.run(story())
    assert all(answer == answers[0] and len(answer) == 1 for answer in answers)


def test_the_client_beneath_is_signed_in_too(nadia: Person, connect: Callable[[Person], Any]) -> None:
    client = connect(nadia)
    client.submit_daily_checkin(**CHECKIN)
    answer = run(client, client.supabase.table("provider_daily_checkins").select("stress_level").execute())
    assert answer.data == [{"stress_level": 7}]


def test_a_service_reads_past_the_policies(
    api: Api, nadia: Person, connect: Callable[[Person], Any], make_client: Callable[..., Any]
) -> None:
    made = connect(nadia).submit_daily_checkin(**CHECKIN)
    service = make_client(api.url, api.secret_key)
    [row] = service.select(ProviderDailyCheckin, where={"user_id": nadia.user_id})
    assert (row.id, row.stress_level) == (made.id, made.stress_level)


def test_both_clients_offer_the_same(api: Api) -> None:
    def surface(client: type) -> dict[str, list[str]]:
        return {
            name: list(inspect.signature(method).parameters)
            for name, method in inspect.getmembers(client, callable)
            if not name.startswith("_")
        }

    assert surface(Carebase) == surface(AsyncCarebase)
    with psycopg.connect(api.db_url) as conn:
        functions = conn.execute(
            """select proname from pg_catalog.pg_proc
               where pronamespace = 'public'::regnamespace and prorettype <> 'trigger'::regtype
                 and has_function_privilege('authenticated', oid, 'execute')
                 and not (pronargs = 1 and proargtypes[0] in (select reltype from pg_catalog.pg_class))"""
        ).fetchall()
    assert {name for (name,) in functions} <= set(surface(Carebase))
