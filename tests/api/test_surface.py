"""What an anonymous or signed-in stranger can reach: nothing of anybody's."""

from __future__ import annotations

import httpx
import psycopg
import pytest

from tests.api.conftest import PASSWORD, Api


@pytest.fixture(scope="module")
def relations(api: Api) -> dict[str, str]:
    """Every table and view of the API, from the catalogue, so that new ones are covered unasked.

    With the columns that signed-in people may ask for: some tables open a column by RPC only.
    """
    with psycopg.connect(api.db_url) as conn:
        found = conn.execute(
            """select relname, string_agg(attname, ',' order by attnum)
               from pg_catalog.pg_class join pg_catalog.pg_attribute on attrelid = pg_class.oid
               where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
                 and attnum > 0 and has_column_privilege('authenticated', pg_class.oid, attnum, 'select')
               group by relname order by relname"""
        ).fetchall()
    assert found
    return dict(found)


@pytest.fixture(scope="module")
def functions(api: Api) -> list[str]:
    with psycopg.connect(api.db_url) as conn:
        found = conn.execute(
            """select distinct proname from pg_catalog.pg_proc
               where pronamespace = 'public'::regnamespace order by 1"""
        ).fetchall()
    assert found
    return [str(row[0]) for row in found]


def test_the_surface_is_what_we_say(relations: dict[str, str], functions: list[str]) -> None:
    assert list(relations) == [
        "api_keys",
        "audit_events",
        "audit_logs",
        "care_homes",
        "company_settings",
        "encounters",
        "external_organizations",
        "fhir_practitioners",
        "houses",
        "integration_configs",
        "job_runs",
        "legal_holds",
        "notification_preferences",
        "notification_queue",
        "notification_templates",
        "nurseos_feature_flags",
        "org_patients",
        "org_practitioners",
        "organization_feature_flags",
        "organizations",
        "patients",
        "practitioner_roles",
        "profiles",
        "properties",
        "provider_consents",
        "provider_daily_checkins",
        "provider_support_circle_members",
        "provider_support_circles",
        "provider_support_reflections",
        "resilience_policies",
        "resilience_resources",
        "resilience_training_modules",
        "retention_policies",
        "role_assignments",
        "scheduled_jobs",
        "sites",
        "support_circle_reflections",
        "user_sessions",
        "webhook_deliveries",
        "webhooks",
    ]
    assert functions == [
        "accept_invitation",
        "add_support_circle_member",
        "cancel_notification",
        "create_api_key",
        "create_organization",
        "create_webhook",
        "end_member_sessions",
        "end_session",
        "exchange_api_key",
        "find_org_patients_by_medical_record_number",
        "find_patients_by_birth_date",
        "find_patients_by_family_name",
        "get_api_keys",
        "get_dead_letters",
        "get_encounters_restricted",
        "get_invitations",
        "get_member_sessions",
        "get_members",
        "get_my_checkins",
        "get_my_features",
        "get_my_notifications",
        "get_my_organizations",
        "get_my_sessions",
        "get_patients_restricted",
        "get_practitioner_full_name",
        "get_removed_properties",
        "get_removed_provider_support_circles",
        "get_removed_sites",
        "get_resilience_modules",
        "get_resilience_resources",
        "get_retention",
        "get_team_checkin_summary",
        "grant_role",
        "invite_member",
        "invite_owner",
        "is_feature_enabled",
        "leave_support_circle",
        "mark_notifications_read",
        "merge_provider_support_circles",
        "open_org_patients",
        "open_patients",
        "place_legal_hold",
        "release_legal_hold",
        "remove_properties",
        "remove_provider_support_circles",
        "remove_sites",
        "remove_webhook",
        "requeue_notification",
        "restore_properties",
        "restore_provider_support_circles",
        "restore_sites",
        "revoke_api_key",
        "revoke_invitation",
        "revoke_role",
        "rotate_api_key",
        "rotate_webhook_secret",
        "schedule_notification",
        "set_feature_flag",
        "set_integration",
        "set_my_organization_feature",
        "set_organization_feature",
        "set_retention_policy",
        "submit_daily_checkin",
        "switch_organization",
        "touch_session",
        "update_organization_settings",
        "write_reflection",
    ]


def test_anonymous_reads_no_relation(http: httpx.Client, relations: dict[str, str]) -> None:
    answers = {name: http.get(f"/rest/v1/{name}").status_code for name in relations}
    assert answers == dict.fromkeys(relations, 401)


def test_anonymous_calls_no_function(api: Api) -> None:
    with psycopg.connect(api.db_url) as conn:
        callable_by_anon = conn.execute(
            """select oid::regprocedure::text from pg_catalog.pg_proc
               where pronamespace in ('public'::regnamespace, 'app'::regnamespace)
               and has_function_privilege('anon', oid, 'execute')"""
        ).fetchall()
    # What the gateway calls before every request, and what a machine has before it has a token.
    assert sorted(name for (name,) in callable_by_anon) == [
        "app.exchange_api_key(text)",
        "app.open_request()",
        "exchange_api_key(text)",
    ]


def test_the_private_schema_is_not_served(http: httpx.Client, api: Api) -> None:
    for method, path in (("GET", "/rest/v1/fhir_links"), ("POST", "/rest/v1/rpc/team_checkin_days")):
        for headers in ({}, {"Accept-Profile": "app", "Content-Profile": "app"}):
            answer = http.request(method, path, headers={"apikey": api.secret_key, **headers}, json={})
            assert answer.status_code in (404, 406), (path, headers)


def test_a_stranger_who_signs_up_sees_nothing(api: Api, relations: dict[str, str]) -> None:
    client = api.client()
    client.auth.sign_up({"email": "stranger@example.com", "password": PASSWORD})
    client.auth.sign_in_with_password({"email": "stranger@example.com", "password": PASSWORD})
    own_or_open = {
        "nurseos_feature_flags",  # what is for sale
        "resilience_resources",  # help is for everyone
        "resilience_training_modules",
        "user_sessions",  # their own session
    }
    for name, columns in relations.items():
        seen = client.table(name).select(columns).limit(5).execute().data
        assert bool(seen) == (name in own_or_open), name
