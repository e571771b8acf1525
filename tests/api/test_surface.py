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
        "compliance_stats",
        "document_versions",
        "documents",
        "encounters",
        "external_organizations",
        "fhir_practitioners",
        "file_uploads",
        "houses",
        "instruments",
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
        "patient_risk_scores",
        "patients",
        "policy_acknowledgements",
        "policy_documents",
        "practitioner_roles",
        "profiles",
        "properties",
        "provider_assessment_scores",
        "provider_burnout_assessments",
        "provider_checkin_days",
        "provider_consents",
        "provider_crisis_acknowledgements",
        "provider_daily_checkins",
        "provider_intervention_contacts",
        "provider_interventions",
        "provider_panel_limits",
        "provider_panel_patients",
        "provider_panel_pauses",
        "provider_prompts",
        "provider_rebalance_moves",
        "provider_rebalance_proposals",
        "provider_reflection_reports",
        "provider_support_circle_invitations",
        "provider_support_circle_members",
        "provider_support_circles",
        "provider_support_reflections",
        "provider_team_members",
        "provider_teams",
        "provider_training_completions",
        "resident_documents",
        "resilience_dimension_categories",
        "resilience_module_helpfulness",
        "resilience_policies",
        "resilience_resources",
        "resilience_training_modules",
        "retention_policies",
        "role_assignments",
        "scheduled_jobs",
        "sites",
        "staff_checks",
        "supervisions",
        "support_circle_reflections",
        "training_courses",
        "training_records",
        "training_requirements",
        "user_sessions",
        "webhook_deliveries",
        "webhooks",
    ]
    assert functions == [
        "accept_intervention",
        "accept_invitation",
        "acknowledge_crisis_contacts",
        "acknowledge_policy",
        "acknowledge_supervision",
        "add_support_circle_member",
        "answer_circle_invitation",
        "answer_nurse_question",
        "archive_document",
        "archive_policy",
        "archive_resident_document",
        "ask_nurse_question",
        "assign_intervention",
        "attach_document",
        "attach_resident_document",
        "begin_upload",
        "calculate_burnout_risk",
        "cancel_notification",
        "check_intervention_needed",
        "claim_nurse_question",
        "close_intervention",
        "create_api_key",
        "create_organization",
        "create_webhook",
        "decide_rebalance",
        "decline_intervention",
        "delete_my_resilience_data",
        "end_circle_seat",
        "end_member_sessions",
        "end_session",
        "exchange_api_key",
        "export_my_resilience_data",
        "find_org_patients_by_medical_record_number",
        "find_patients_by_birth_date",
        "find_patients_by_family_name",
        "finish_upload",
        "get_api_keys",
        "get_burnout_assessments",
        "get_compliance_figures",
        "get_crisis_contacts",
        "get_dead_letters",
        "get_due_supervisions",
        "get_encounters_restricted",
        "get_given_supervisions",
        "get_intervention",
        "get_intervention_contacts",
        "get_invitations",
        "get_member_sessions",
        "get_members",
        "get_my_checkins",
        "get_my_circle_invitations",
        "get_my_features",
        "get_my_interventions",
        "get_my_notifications",
        "get_my_organizations",
        "get_my_participation",
        "get_my_prompts",
        "get_my_risk",
        "get_my_sessions",
        "get_my_training",
        "get_my_trajectory",
        "get_my_workload",
        "get_nurse_question_volume",
        "get_nurse_questions",
        "get_patients_restricted",
        "get_practitioner_full_name",
        "get_providers_needing_help",
        "get_questionnaire",
        "get_questionnaire_response",
        "get_rebalance_proposals",
        "get_recommended_modules",
        "get_removed_properties",
        "get_removed_provider_support_circles",
        "get_removed_provider_teams",
        "get_removed_sites",
        "get_removed_training_requirements",
        "get_reported_reflections",
        "get_resilience_modules",
        "get_resilience_resources",
        "get_retention",
        "get_sent_circle_invitations",
        "get_shared_checkins",
        "get_staff_compliance",
        "get_staff_training",
        "get_team_checkin_summary",
        "get_team_heatmap",
        "get_training_matrix",
        "get_wellbeing_months",
        "give_resilience_consent",
        "grant_role",
        "import_questionnaire",
        "invite_member",
        "invite_owner",
        "invite_to_circle",
        "is_feature_enabled",
        "leave_support_circle",
        "list_documents",
        "list_instruments",
        "list_interventions",
        "list_outstanding_policies",
        "list_policy_readers",
        "list_resident_documents",
        "log_intervention_contact",
        "mark_notifications_read",
        "merge_provider_support_circles",
        "open_documents",
        "open_file_uploads",
        "open_org_patients",
        "open_patients",
        "open_provider_burnout_assessments",
        "open_resident_documents",
        "open_staff_checks",
        "open_supervisions",
        "pause_my_panel",
        "place_legal_hold",
        "propose_panel_rebalance",
        "publish_policy",
        "record_staff_check",
        "record_supervision",
        "record_training",
        "release_legal_hold",
        "remove_properties",
        "remove_provider_support_circles",
        "remove_provider_teams",
        "remove_reflection",
        "remove_sites",
        "remove_training_requirements",
        "remove_webhook",
        "report_reflection",
        "request_peer_support",
        "requeue_notification",
        "restore_properties",
        "restore_provider_support_circles",
        "restore_provider_teams",
        "restore_sites",
        "restore_training_requirements",
        "review_reflection",
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
        "set_provider_team",
        "set_retention_policy",
        "settle_staff_check",
        "start_module",
        "submit_burnout_assessment",
        "submit_daily_checkin",
        "submit_instrument_assessment",
        "submit_questionnaire_response",
        "switch_organization",
        "touch_session",
        "track_module_completion",
        "update_organization_settings",
        "withdraw_resilience_consent",
        "withdraw_training_record",
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
        "instruments",  # what can be answered
        "nurseos_feature_flags",  # what is for sale
        "resilience_policies",  # what one agrees to before anything is collected
        "resilience_dimension_categories",
        "resilience_resources",  # help is for everyone
        "resilience_training_modules",
        "user_sessions",  # their own session
    }
    for name, columns in relations.items():
        seen = client.table(name).select(columns).limit(5).execute().data
        assert bool(seen) == (name in own_or_open), name
