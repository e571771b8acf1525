-- Undoes resilience_hub: written by `carebase db diff`.

set local lock_timeout = '30s';

set local check_function_bodies = off;

DROP POLICY "floor_organization" ON "app"."anonymity_keys";

DROP POLICY "floor_organization" ON "app"."provider_anonymous_checkins";

DROP POLICY "floor_organization" ON "app"."provider_workload_days";

DROP POLICY "floor_organization" ON "app"."provider_workload_deltas";

DROP POLICY "select_active_or_anyone" ON "public"."instruments";

DROP POLICY "update_anyone" ON "public"."instruments";

DROP POLICY "floor_private" ON "public"."notification_queue";

DROP POLICY "floor_organization" ON "public"."nurse_questions";

DROP POLICY "floor_organization" ON "public"."patient_risk_scores";

DROP POLICY "select_organization" ON "public"."patient_risk_scores";

DROP POLICY "floor_organization" ON "public"."provider_assessment_scores";

DROP POLICY "select_own" ON "public"."provider_assessment_scores";

DROP POLICY "floor_organization" ON "public"."provider_burnout_assessments";

DROP POLICY "select_own" ON "public"."provider_burnout_assessments";

DROP POLICY "floor_organization" ON "public"."provider_checkin_days";

DROP POLICY "select_organization" ON "public"."provider_checkin_days";

DROP POLICY "floor_organization" ON "public"."provider_consents";

DROP POLICY "select_own" ON "public"."provider_consents";

DROP POLICY "floor_organization" ON "public"."provider_crisis_acknowledgements";

DROP POLICY "select_own" ON "public"."provider_crisis_acknowledgements";

DROP POLICY "select_own" ON "public"."provider_daily_checkins";

DROP POLICY "floor_organization" ON "public"."provider_intervention_contacts";

DROP POLICY "select_own" ON "public"."provider_intervention_contacts";

DROP POLICY "floor_organization" ON "public"."provider_interventions";

DROP POLICY "select_own" ON "public"."provider_interventions";

DROP POLICY "floor_organization" ON "public"."provider_panel_limits";

DROP POLICY "insert_organization" ON "public"."provider_panel_limits";

DROP POLICY "select_organization" ON "public"."provider_panel_limits";

DROP POLICY "update_organization" ON "public"."provider_panel_limits";

DROP POLICY "floor_organization" ON "public"."provider_panel_patients";

DROP POLICY "insert_organization" ON "public"."provider_panel_patients";

DROP POLICY "select_organization" ON "public"."provider_panel_patients";

DROP POLICY "update_organization" ON "public"."provider_panel_patients";

DROP POLICY "floor_organization" ON "public"."provider_panel_pauses";

DROP POLICY "insert_own" ON "public"."provider_panel_pauses";

DROP POLICY "select_own" ON "public"."provider_panel_pauses";

DROP POLICY "update_own" ON "public"."provider_panel_pauses";

DROP POLICY "floor_organization" ON "public"."provider_prompts";

DROP POLICY "select_own" ON "public"."provider_prompts";

DROP POLICY "floor_organization" ON "public"."provider_rebalance_moves";

DROP POLICY "select_organization" ON "public"."provider_rebalance_moves";

DROP POLICY "floor_organization" ON "public"."provider_rebalance_proposals";

DROP POLICY "select_organization" ON "public"."provider_rebalance_proposals";

DROP POLICY "floor_organization" ON "public"."provider_reflection_reports";

DROP POLICY "select_own" ON "public"."provider_reflection_reports";

DROP POLICY "floor_organization" ON "public"."provider_support_circle_invitations";

DROP POLICY "select_own" ON "public"."provider_support_circle_invitations";

DROP POLICY "floor_reported" ON "public"."provider_support_reflections";

DROP POLICY "floor_organization" ON "public"."provider_team_members";

DROP POLICY "select_organization" ON "public"."provider_team_members";

DROP POLICY "floor_organization" ON "public"."provider_teams";

DROP POLICY "insert_organization" ON "public"."provider_teams";

DROP POLICY "select_organization" ON "public"."provider_teams";

DROP POLICY "update_organization" ON "public"."provider_teams";

DROP POLICY "floor_organization" ON "public"."provider_training_completions";

DROP POLICY "insert_own" ON "public"."provider_training_completions";

DROP POLICY "select_own" ON "public"."provider_training_completions";

DROP POLICY "update_own" ON "public"."provider_training_completions";

DROP POLICY "floor_organization" ON "public"."provider_wellbeing_months";

DROP POLICY "insert_anyone" ON "public"."resilience_dimension_categories";

DROP POLICY "select_anyone" ON "public"."resilience_dimension_categories";

DROP POLICY "update_anyone" ON "public"."resilience_dimension_categories";

DROP POLICY "select_anyone" ON "public"."resilience_module_helpfulness";

DROP POLICY "insert_anyone" ON "public"."resilience_policies";

DROP POLICY "select_anyone" ON "public"."resilience_policies";

DROP TRIGGER "_510_count_deleted" ON "public"."encounters";

DROP TRIGGER "_510_count_inserted" ON "public"."encounters";

DROP TRIGGER "_510_count_updated" ON "public"."encounters";

DROP INDEX "public"."resilience_resources_search_idx";

DROP INDEX "public"."resilience_training_modules_search_idx";

DROP MATERIALIZED VIEW "app"."provider_workload_metrics";

DROP VIEW "app"."provider_workload_live";

DROP VIEW "app"."provider_workload_parts";

ALTER TABLE "app"."anonymity_keys" DROP CONSTRAINT "anonymity_keys_org_id_fkey";

ALTER TABLE "app"."instrument_bands" DROP CONSTRAINT "instrument_bands_scale_fkey";

ALTER TABLE "app"."instrument_items" DROP CONSTRAINT "instrument_items_instrument_id_fkey";

ALTER TABLE "app"."instrument_items" DROP CONSTRAINT "instrument_items_scale_fkey";

ALTER TABLE "app"."instrument_options" DROP CONSTRAINT "instrument_options_instrument_id_fkey";

ALTER TABLE "app"."instrument_scales" DROP CONSTRAINT "instrument_scales_instrument_id_fkey";

ALTER TABLE "app"."instrument_translations" DROP CONSTRAINT "instrument_translations_instrument_id_fkey";

ALTER TABLE "app"."provider_anonymous_checkins" DROP CONSTRAINT "provider_anonymous_checkins_org_id_fkey";

ALTER TABLE "app"."provider_workload_days" DROP CONSTRAINT "provider_workload_days_org_id_fkey";

ALTER TABLE "app"."provider_workload_days" DROP CONSTRAINT "provider_workload_days_practitioner_fkey";

ALTER TABLE "app"."provider_workload_deltas" DROP CONSTRAINT "provider_workload_deltas_org_id_fkey";

ALTER TABLE "public"."nurse_questions" DROP CONSTRAINT "nurse_questions_claimed_by_fkey";

ALTER TABLE "public"."nurse_questions" DROP CONSTRAINT "nurse_questions_org_id_fkey";

ALTER TABLE "public"."nurse_questions" DROP CONSTRAINT "nurse_questions_patient_fkey";

ALTER TABLE "public"."nurse_questions" DROP CONSTRAINT "nurse_questions_practitioner_fkey";

ALTER TABLE "public"."patient_risk_scores" DROP CONSTRAINT "patient_risk_scores_org_id_fkey";

ALTER TABLE "public"."patient_risk_scores" DROP CONSTRAINT "patient_risk_scores_patient_fkey";

ALTER TABLE "public"."provider_assessment_scores" DROP CONSTRAINT "provider_assessment_scores_assessment_fkey";

ALTER TABLE "public"."provider_assessment_scores" DROP CONSTRAINT "provider_assessment_scores_org_id_fkey";

ALTER TABLE "public"."provider_assessment_scores" DROP CONSTRAINT "provider_assessment_scores_user_id_fkey";

ALTER TABLE "public"."provider_burnout_assessments" DROP CONSTRAINT "provider_burnout_assessments_instrument_id_fkey";

ALTER TABLE "public"."provider_burnout_assessments" DROP CONSTRAINT "provider_burnout_assessments_org_id_fkey";

ALTER TABLE "public"."provider_burnout_assessments" DROP CONSTRAINT "provider_burnout_assessments_practitioner_fkey";

ALTER TABLE "public"."provider_burnout_assessments" DROP CONSTRAINT "provider_burnout_assessments_practitioner_id_fkey";

ALTER TABLE "public"."provider_burnout_assessments" DROP CONSTRAINT "provider_burnout_assessments_user_id_fkey";

ALTER TABLE "public"."provider_checkin_days" DROP CONSTRAINT "provider_checkin_days_org_id_fkey";

ALTER TABLE "public"."provider_consents" DROP CONSTRAINT "provider_consents_org_id_fkey";

ALTER TABLE "public"."provider_consents" DROP CONSTRAINT "provider_consents_policy_version_fkey";

ALTER TABLE "public"."provider_consents" DROP CONSTRAINT "provider_consents_practitioner_fkey";

ALTER TABLE "public"."provider_consents" DROP CONSTRAINT "provider_consents_practitioner_id_fkey";

ALTER TABLE "public"."provider_consents" DROP CONSTRAINT "provider_consents_user_id_fkey";

ALTER TABLE "public"."provider_crisis_acknowledgements" DROP CONSTRAINT "provider_crisis_acknowledgements_org_id_fkey";

ALTER TABLE "public"."provider_crisis_acknowledgements" DROP CONSTRAINT "provider_crisis_acknowledgements_practitioner_fkey";

ALTER TABLE "public"."provider_crisis_acknowledgements" DROP CONSTRAINT "provider_crisis_acknowledgements_practitioner_id_fkey";

ALTER TABLE "public"."provider_crisis_acknowledgements" DROP CONSTRAINT "provider_crisis_acknowledgements_user_id_fkey";

ALTER TABLE "public"."provider_intervention_contacts" DROP CONSTRAINT "provider_intervention_contacts_contacted_by_fkey";

ALTER TABLE "public"."provider_intervention_contacts" DROP CONSTRAINT "provider_intervention_contacts_intervention_fkey";

ALTER TABLE "public"."provider_intervention_contacts" DROP CONSTRAINT "provider_intervention_contacts_practitioner_fkey";

ALTER TABLE "public"."provider_intervention_contacts" DROP CONSTRAINT "provider_intervention_contacts_practitioner_id_fkey";

ALTER TABLE "public"."provider_intervention_contacts" DROP CONSTRAINT "provider_intervention_contacts_user_id_fkey";

ALTER TABLE "public"."provider_interventions" DROP CONSTRAINT "provider_interventions_org_id_fkey";

ALTER TABLE "public"."provider_interventions" DROP CONSTRAINT "provider_interventions_owner_id_fkey";

ALTER TABLE "public"."provider_interventions" DROP CONSTRAINT "provider_interventions_practitioner_fkey";

ALTER TABLE "public"."provider_interventions" DROP CONSTRAINT "provider_interventions_practitioner_id_fkey";

ALTER TABLE "public"."provider_interventions" DROP CONSTRAINT "provider_interventions_user_id_fkey";

ALTER TABLE "public"."provider_panel_limits" DROP CONSTRAINT "provider_panel_limits_org_id_fkey";

ALTER TABLE "public"."provider_panel_limits" DROP CONSTRAINT "provider_panel_limits_practitioner_fkey";

ALTER TABLE "public"."provider_panel_limits" DROP CONSTRAINT "provider_panel_limits_practitioner_id_fkey";

ALTER TABLE "public"."provider_panel_patients" DROP CONSTRAINT "provider_panel_patients_org_id_fkey";

ALTER TABLE "public"."provider_panel_patients" DROP CONSTRAINT "provider_panel_patients_patient_fkey";

ALTER TABLE "public"."provider_panel_patients" DROP CONSTRAINT "provider_panel_patients_practitioner_fkey";

ALTER TABLE "public"."provider_panel_patients" DROP CONSTRAINT "provider_panel_patients_practitioner_id_fkey";

ALTER TABLE "public"."provider_panel_pauses" DROP CONSTRAINT "provider_panel_pauses_org_id_fkey";

ALTER TABLE "public"."provider_panel_pauses" DROP CONSTRAINT "provider_panel_pauses_practitioner_fkey";

ALTER TABLE "public"."provider_panel_pauses" DROP CONSTRAINT "provider_panel_pauses_practitioner_id_fkey";

ALTER TABLE "public"."provider_panel_pauses" DROP CONSTRAINT "provider_panel_pauses_user_id_fkey";

ALTER TABLE "public"."provider_prompts" DROP CONSTRAINT "provider_prompts_org_id_fkey";

ALTER TABLE "public"."provider_prompts" DROP CONSTRAINT "provider_prompts_practitioner_fkey";

ALTER TABLE "public"."provider_prompts" DROP CONSTRAINT "provider_prompts_practitioner_id_fkey";

ALTER TABLE "public"."provider_prompts" DROP CONSTRAINT "provider_prompts_user_id_fkey";

ALTER TABLE "public"."provider_rebalance_moves" DROP CONSTRAINT "provider_rebalance_moves_patient_fkey";

ALTER TABLE "public"."provider_rebalance_moves" DROP CONSTRAINT "provider_rebalance_moves_proposal_fkey";

ALTER TABLE "public"."provider_rebalance_moves" DROP CONSTRAINT "provider_rebalance_moves_to_practitioner_fkey";

ALTER TABLE "public"."provider_rebalance_moves" DROP CONSTRAINT "provider_rebalance_moves_to_practitioner_id_fkey";

ALTER TABLE "public"."provider_rebalance_proposals" DROP CONSTRAINT "provider_rebalance_proposals_decided_by_fkey";

ALTER TABLE "public"."provider_rebalance_proposals" DROP CONSTRAINT "provider_rebalance_proposals_from_practitioner_fkey";

ALTER TABLE "public"."provider_rebalance_proposals" DROP CONSTRAINT "provider_rebalance_proposals_from_practitioner_id_fkey";

ALTER TABLE "public"."provider_rebalance_proposals" DROP CONSTRAINT "provider_rebalance_proposals_org_id_fkey";

ALTER TABLE "public"."provider_reflection_reports" DROP CONSTRAINT "provider_reflection_reports_member_fkey";

ALTER TABLE "public"."provider_reflection_reports" DROP CONSTRAINT "provider_reflection_reports_practitioner_fkey";

ALTER TABLE "public"."provider_reflection_reports" DROP CONSTRAINT "provider_reflection_reports_practitioner_id_fkey";

ALTER TABLE "public"."provider_reflection_reports" DROP CONSTRAINT "provider_reflection_reports_reflection_fkey";

ALTER TABLE "public"."provider_reflection_reports" DROP CONSTRAINT "provider_reflection_reports_user_id_fkey";

ALTER TABLE "public"."provider_support_circle_invitations" DROP CONSTRAINT "provider_support_circle_invitations_circle_fkey";

ALTER TABLE "public"."provider_support_circle_invitations" DROP CONSTRAINT "provider_support_circle_invitations_intervention_fkey";

ALTER TABLE "public"."provider_support_circle_invitations" DROP CONSTRAINT "provider_support_circle_invitations_invited_by_fkey";

ALTER TABLE "public"."provider_support_circle_invitations" DROP CONSTRAINT "provider_support_circle_invitations_practitioner_fkey";

ALTER TABLE "public"."provider_support_circle_invitations" DROP CONSTRAINT "provider_support_circle_invitations_practitioner_id_fkey";

ALTER TABLE "public"."provider_support_circle_invitations" DROP CONSTRAINT "provider_support_circle_invitations_user_id_fkey";

ALTER TABLE "public"."provider_team_members" DROP CONSTRAINT "provider_team_members_org_id_fkey";

ALTER TABLE "public"."provider_team_members" DROP CONSTRAINT "provider_team_members_practitioner_fkey";

ALTER TABLE "public"."provider_team_members" DROP CONSTRAINT "provider_team_members_team_fkey";

ALTER TABLE "public"."provider_teams" DROP CONSTRAINT "provider_teams_org_id_fkey";

ALTER TABLE "public"."provider_teams" DROP CONSTRAINT "provider_teams_site_fkey";

ALTER TABLE "public"."provider_training_completions" DROP CONSTRAINT "provider_training_completions_module_id_fkey";

ALTER TABLE "public"."provider_training_completions" DROP CONSTRAINT "provider_training_completions_org_id_fkey";

ALTER TABLE "public"."provider_training_completions" DROP CONSTRAINT "provider_training_completions_practitioner_fkey";

ALTER TABLE "public"."provider_training_completions" DROP CONSTRAINT "provider_training_completions_practitioner_id_fkey";

ALTER TABLE "public"."provider_training_completions" DROP CONSTRAINT "provider_training_completions_user_id_fkey";

ALTER TABLE "public"."provider_wellbeing_months" DROP CONSTRAINT "provider_wellbeing_months_org_id_fkey";

ALTER TABLE "public"."provider_wellbeing_months" DROP CONSTRAINT "provider_wellbeing_months_team_fkey";

ALTER TABLE "public"."resilience_module_helpfulness" DROP CONSTRAINT "resilience_module_helpfulness_module_id_fkey";

DROP FUNCTION "app"."accept_own_intervention"(uuid, boolean);

DROP FUNCTION "app"."acknowledge_crisis_contacts"();

DROP FUNCTION "app"."alert_leads"(uuid, text, text, text, date);

DROP FUNCTION "app"."anonymity_secret"(uuid);

DROP FUNCTION "app"."anonymous_checkins_of"(uuid, uuid, date, date);

DROP FUNCTION "app"."answer_circle_invitation"(uuid, boolean);

DROP FUNCTION "app"."answer_faults"(uuid, jsonb);

DROP FUNCTION "app"."apply_rebalance"(uuid, uuid, uuid);

DROP FUNCTION "app"."ask_for_peer_support"(public.peer_support_occasion, boolean);

DROP FUNCTION "app"."assessments_as_document"(uuid, uuid);

DROP FUNCTION "app"."assign_intervention"(uuid, uuid);

DROP FUNCTION "app"."author_tag"(bytea, uuid, uuid, date);

DROP FUNCTION "app"."author_tags"(uuid, uuid, date, date);

DROP FUNCTION "app"."check_answers"(uuid, jsonb);

DROP FUNCTION "app"."check_instrument"(uuid, text);

DROP FUNCTION "app"."check_scores"(uuid, jsonb);

DROP FUNCTION "app"."check_search"(text, integer);

DROP FUNCTION "app"."check_subscale"(text, numeric);

DROP FUNCTION "app"."close_checkin_days"(uuid, date, integer);

DROP FUNCTION "app"."close_intervention"(uuid, public.intervention_outcome, text);

DROP FUNCTION "app"."consent_level"(uuid, uuid);

DROP FUNCTION "app"."count_encounters"();

DROP FUNCTION "app"."crisis_contacts"(text);

DROP FUNCTION "app"."decide_reports"(uuid, uuid, boolean);

DROP FUNCTION "app"."decline_own_intervention"(uuid);

DROP FUNCTION "app"."delete_resilience_data_of_mine"();

DROP FUNCTION "app"."draft_head"(jsonb);

DROP FUNCTION "app"."draft_items"(uuid, jsonb);

DROP FUNCTION "app"."draft_scales"(uuid, jsonb);

DROP FUNCTION "app"."draft_texts"(uuid, jsonb);

DROP FUNCTION "app"."due_prompts"(uuid, date);

DROP FUNCTION "app"."due_question_prompts"(uuid, date);

DROP FUNCTION "app"."end_circle_seat"(uuid, uuid);

DROP FUNCTION "app"."end_consent"(uuid, uuid, boolean);

DROP FUNCTION "app"."end_intervention"(uuid, uuid, public.intervention_status, public.intervention_outcome, text);

DROP FUNCTION "app"."ensure_anonymity_secret"(uuid);

DROP FUNCTION "app"."ensure_helper_templates"(uuid);

DROP FUNCTION "app"."fhir_definition"(text);

DROP FUNCTION "app"."fhir_extension"(jsonb, text);

DROP FUNCTION "app"."fhir_text"(text, text, jsonb, text);

DROP FUNCTION "app"."fhir_translation"(text, text);

DROP FUNCTION "app"."fill_circle_seat"(uuid, uuid, uuid);

DROP FUNCTION "app"."find_instrument"(text);

DROP FUNCTION "app"."find_intervention"(uuid, public.access_purpose);

DROP FUNCTION "app"."find_modules"(public.resilience_category, text, public.resilience_dimension, integer, uuid);

DROP FUNCTION "app"."find_questionnaire"(jsonb);

DROP FUNCTION "app"."find_resources"(public.resilience_category, text, public.resilience_dimension, integer, uuid);

DROP FUNCTION "app"."finish_nurse_question"(uuid);

DROP FUNCTION "app"."fold_workload"(integer);

DROP FUNCTION "app"."forget_anonymous_checkins"(uuid, uuid, date);

DROP FUNCTION "app"."forget_my_anonymous_checkin"();

DROP FUNCTION "app"."freeze_wellbeing_month"(uuid, date);

DROP FUNCTION "app"."give_consent"(public.participation_level, integer);

DROP FUNCTION "app"."grade_scores"(uuid, jsonb);

DROP FUNCTION "app"."has_circle"(uuid, uuid);

DROP FUNCTION "app"."help_as_document"(uuid, uuid);

DROP FUNCTION "app"."helpful_percent"(uuid);

DROP FUNCTION "app"."hidden_reflections"();

DROP FUNCTION "app"."import_questionnaire"(jsonb);

DROP FUNCTION "app"."instrument_faults"(uuid, text);

DROP FUNCTION "app"."instrument_texts"(uuid);

DROP FUNCTION "app"."intervention_terms"(public.intervention_kind);

DROP FUNCTION "app"."invite_by_rule"(uuid, uuid, uuid);

DROP FUNCTION "app"."invite_to_circle"(uuid, uuid);

DROP FUNCTION "app"."is_encounter_counted"(uuid, date, public.encounter_status, timestamp with time zone);

DROP FUNCTION "app"."is_hidden_by"(public.reflection_report_reason[]);

DROP FUNCTION "app"."is_hub_on"(uuid);

DROP FUNCTION "app"."is_module_completed"(uuid);

DROP FUNCTION "app"."is_question_counted"(uuid, date, timestamp with time zone);

DROP FUNCTION "app"."is_rebalance_stale"(uuid, uuid, uuid);

DROP FUNCTION "app"."is_strained"(uuid, uuid);

DROP FUNCTION "app"."item_value"(numeric, boolean, numeric, numeric);

DROP FUNCTION "app"."job_alert_burnout_spike"(uuid);

DROP FUNCTION "app"."job_alert_low_engagement"(uuid);

DROP FUNCTION "app"."job_close_checkin_days"(uuid, integer);

DROP FUNCTION "app"."job_close_wellbeing_months"(uuid);

DROP FUNCTION "app"."job_count_helpfulness"(timestamp with time zone);

DROP FUNCTION "app"."job_expire_rebalances"(uuid, integer);

DROP FUNCTION "app"."job_fold_workload"(integer);

DROP FUNCTION "app"."job_follow_interventions"(uuid, integer);

DROP FUNCTION "app"."job_open_interventions"(uuid, integer);

DROP FUNCTION "app"."job_prompt_providers"(uuid, integer);

DROP FUNCTION "app"."job_refresh_workload_metrics"();

DROP FUNCTION "app"."job_watch_dashboards"(uuid);

DROP FUNCTION "app"."keep_anonymous_checkin"(public.own_checkin);

DROP FUNCTION "app"."keep_assessment"(uuid, jsonb, jsonb);

DROP FUNCTION "app"."latest_burnout"(uuid, uuid);

DROP FUNCTION "app"."latest_burnout_level"(uuid);

DROP FUNCTION "app"."latest_burnouts"();

DROP FUNCTION "app"."list_intervention_contacts"(uuid, public.access_purpose, integer);

DROP FUNCTION "app"."list_interventions"(public.intervention_status, public.access_purpose, integer, uuid);

DROP FUNCTION "app"."lock_rebalance"(uuid, uuid);

DROP FUNCTION "app"."log_intervention_contact"(uuid, public.contact_method, boolean, timestamp with time zone);

DROP FUNCTION "app"."may_become"(public.intervention_status, public.intervention_status);

DROP FUNCTION "app"."may_receive_patients"(uuid, uuid);

DROP FUNCTION "app"."mend_workload"(uuid);

DROP FUNCTION "app"."my_anonymous_checkins"(date, date);

DROP FUNCTION "app"."my_risk"();

DROP FUNCTION "app"."my_workload"();

DROP FUNCTION "app"."my_worst_dimension"();

DROP FUNCTION "app"."needs_intervention"();

DROP FUNCTION "app"."newest_policy_version"();

DROP FUNCTION "app"."offer_help"(uuid, uuid, public.burnout_risk_level, numeric);

DROP FUNCTION "app"."open_intervention"(uuid, uuid, public.intervention_kind, text, numeric);

DROP FUNCTION "app"."open_provider_burnout_assessments"(uuid[], public.access_purpose, uuid[]);

DROP FUNCTION "app"."open_rebalance"(uuid, uuid, integer);

DROP FUNCTION "app"."organization_day"(uuid, timestamp with time zone);

DROP FUNCTION "app"."own_checkin"(public.provider_daily_checkins);

DROP FUNCTION "app"."own_intervention"(uuid);

DROP FUNCTION "app"."panel_loads"(uuid, uuid[]);

DROP FUNCTION "app"."panel_rooms"(uuid, uuid[], uuid, integer);

DROP FUNCTION "app"."participants"(uuid);

DROP FUNCTION "app"."participation_lock"(uuid, uuid);

DROP FUNCTION "app"."plan_rebalance"(uuid, integer);

DROP FUNCTION "app"."post_nurse_question"(text, uuid);

DROP FUNCTION "app"."prefix_query"(text);

DROP FUNCTION "app"."propose_rebalance"(uuid, uuid, integer);

DROP FUNCTION "app"."propose_relief"(uuid, uuid, integer);

DROP FUNCTION "app"."provider_risk"(uuid, uuid[], date);

DROP FUNCTION "app"."provider_workload"(uuid, uuid[], date);

DROP FUNCTION "app"."providers_at_risk"(uuid);

DROP FUNCTION "app"."providers_needing_help"(public.access_purpose, integer);

DROP FUNCTION "app"."question_runs"(uuid, uuid[], date, date);

DROP FUNCTION "app"."question_volume"(uuid, integer);

DROP FUNCTION "app"."questionnaire"(uuid, text);

DROP FUNCTION "app"."questionnaire_items"(public.instruments, jsonb, text);

DROP FUNCTION "app"."questionnaire_response"(uuid, jsonb, jsonb);

DROP FUNCTION "app"."questionnaire_scales"(uuid, jsonb, text);

DROP FUNCTION "app"."read_nurse_questions"(boolean, integer, uuid, public.access_purpose);

DROP FUNCTION "app"."read_shared_checkins"(public.access_purpose, uuid, date, date, integer, uuid);

DROP FUNCTION "app"."reassess_on"(date, numeric);

DROP FUNCTION "app"."refresh_workload_metrics"();

DROP FUNCTION "app"."refuse_published"();

DROP FUNCTION "app"."remove_provider_teams"(uuid);

DROP FUNCTION "app"."remove_reflection"(uuid, public.reflection_report_reason);

DROP FUNCTION "app"."removed_provider_teams"(integer);

DROP FUNCTION "app"."report_reflection"(uuid, public.reflection_report_reason);

DROP FUNCTION "app"."reported_reflections"(integer);

DROP FUNCTION "app"."require_circle_lead"(uuid, uuid);

DROP FUNCTION "app"."require_instrument_in_use"(uuid);

DROP FUNCTION "app"."require_panels"();

DROP FUNCTION "app"."require_participation"();

DROP FUNCTION "app"."require_provider"();

DROP FUNCTION "app"."require_provider_here"(uuid, uuid);

DROP FUNCTION "app"."resilience_data_of_mine"();

DROP FUNCTION "app"."response_answers"(jsonb);

DROP FUNCTION "app"."response_scores"(jsonb);

DROP FUNCTION "app"."restore_provider_teams"(uuid);

DROP FUNCTION "app"."review_reflection"(uuid, boolean);

DROP FUNCTION "app"."reviewable_reflections"(uuid, integer);

DROP FUNCTION "app"."risk_contributions"(uuid, uuid[], date);

DROP FUNCTION "app"."risk_panels"(uuid, uuid[], date);

DROP FUNCTION "app"."score_instrument"(uuid, jsonb);

DROP FUNCTION "app"."score_interventions"(uuid, integer);

DROP FUNCTION "app"."search_query"(text);

DROP FUNCTION "app"."sent_circle_invitations"(integer, uuid);

DROP FUNCTION "app"."set_team_of_provider"(uuid, uuid);

DROP FUNCTION "app"."settle_rebalance"(uuid, boolean);

DROP FUNCTION "app"."show_crisis_contacts"(text);

DROP FUNCTION "app"."shown_interventions"(uuid);

DROP FUNCTION "app"."take_nurse_question"(uuid);

DROP FUNCTION "app"."team_heatmap"(integer);

DROP FUNCTION "app"."tell_helpers"(uuid, uuid, text, text);

DROP FUNCTION "app"."tell_of_prompt"(uuid, uuid, uuid, public.provider_prompt_kind);

DROP FUNCTION "app"."tellable_groups"(integer, uuid[], integer[]);

DROP FUNCTION "app"."tellable_percent"(bigint, bigint);

DROP FUNCTION "app"."tellable_shares"(integer, integer, uuid[], integer[], integer[]);

DROP FUNCTION "app"."untranslated_texts"(uuid, text);

DROP FUNCTION "app"."wellbeing_groups"(uuid, date, date);

DROP FUNCTION "app"."wellbeing_months"(integer, uuid);

DROP FUNCTION "app"."wellbeing_people"(uuid, date, date);

DROP FUNCTION "app"."withdraw_consent"();

DROP FUNCTION "app"."workload_drift"(uuid);

DROP FUNCTION "app"."workload_metrics_age"();

DROP FUNCTION "app"."write_assessment"(public.provider_burnout_assessments, jsonb);

DROP FUNCTION "public"."accept_intervention"(uuid, boolean);

DROP FUNCTION "public"."acknowledge_crisis_contacts"();

DROP FUNCTION "public"."answer_circle_invitation"(uuid, boolean);

DROP FUNCTION "public"."answer_nurse_question"(uuid);

DROP FUNCTION "public"."ask_nurse_question"(text, uuid);

DROP FUNCTION "public"."assign_intervention"(uuid, uuid);

DROP FUNCTION "public"."calculate_burnout_risk"(numeric, numeric, numeric);

DROP FUNCTION "public"."check_intervention_needed"();

DROP FUNCTION "public"."claim_nurse_question"(uuid);

DROP FUNCTION "public"."close_intervention"(uuid, public.intervention_outcome, text);

DROP FUNCTION "public"."decide_rebalance"(uuid, boolean);

DROP FUNCTION "public"."decline_intervention"(uuid);

DROP FUNCTION "public"."delete_my_resilience_data"(text);

DROP FUNCTION "public"."end_circle_seat"(uuid, uuid);

DROP FUNCTION "public"."export_my_resilience_data"();

DROP FUNCTION "public"."get_burnout_assessments"(integer, uuid);

DROP FUNCTION "public"."get_crisis_contacts"(text);

DROP FUNCTION "public"."get_intervention"(uuid, public.access_purpose);

DROP FUNCTION "public"."get_intervention_contacts"(uuid, public.access_purpose, integer);

DROP FUNCTION "public"."get_my_checkins"(date, date, integer);

DROP FUNCTION "public"."get_my_circle_invitations"(integer);

DROP FUNCTION "public"."get_my_interventions"(integer, uuid);

DROP FUNCTION "public"."get_my_participation"();

DROP FUNCTION "public"."get_my_prompts"(integer, uuid);

DROP FUNCTION "public"."get_my_risk"();

DROP FUNCTION "public"."get_my_training"(integer, uuid);

DROP FUNCTION "public"."get_my_trajectory"(integer);

DROP FUNCTION "public"."get_my_workload"();

DROP FUNCTION "public"."get_nurse_question_volume"(uuid, integer);

DROP FUNCTION "public"."get_nurse_questions"(boolean, integer, uuid, public.access_purpose);

DROP FUNCTION "public"."get_providers_needing_help"(public.access_purpose, integer);

DROP FUNCTION "public"."get_questionnaire"(text, text, text);

DROP FUNCTION "public"."get_questionnaire_response"(uuid, public.access_purpose);

DROP FUNCTION "public"."get_rebalance_proposals"(public.rebalance_status, integer, uuid);

DROP FUNCTION "public"."get_recommended_modules"(integer);

DROP FUNCTION "public"."get_removed_provider_teams"(integer);

DROP FUNCTION "public"."get_reported_reflections"(integer);

DROP FUNCTION "public"."get_resilience_modules"(public.resilience_category, text, public.resilience_dimension, integer, uuid);

DROP FUNCTION "public"."get_resilience_resources"(public.resilience_category, text, public.resilience_dimension, integer, uuid);

DROP FUNCTION "public"."get_sent_circle_invitations"(integer, uuid);

DROP FUNCTION "public"."get_shared_checkins"(public.access_purpose, uuid, date, date, integer, uuid);

DROP FUNCTION "public"."get_team_heatmap"(integer);

DROP FUNCTION "public"."get_wellbeing_months"(integer, uuid);

DROP FUNCTION "public"."give_resilience_consent"(integer, public.participation_level);

DROP FUNCTION "public"."import_questionnaire"(jsonb);

DROP FUNCTION "public"."invite_to_circle"(uuid, uuid);

DROP FUNCTION "public"."list_instruments"();

DROP FUNCTION "public"."list_interventions"(public.intervention_status, public.access_purpose, integer, uuid);

DROP FUNCTION "public"."log_intervention_contact"(uuid, public.contact_method, boolean, timestamp with time zone);

DROP FUNCTION "public"."open_provider_burnout_assessments"(uuid[], public.access_purpose);

DROP FUNCTION "public"."pause_my_panel"(date);

DROP FUNCTION "public"."propose_panel_rebalance"(uuid, integer);

DROP FUNCTION "public"."remove_provider_teams"(uuid);

DROP FUNCTION "public"."remove_reflection"(uuid, public.reflection_report_reason);

DROP FUNCTION "public"."report_reflection"(uuid, public.reflection_report_reason);

DROP FUNCTION "public"."request_peer_support"(public.peer_support_occasion, boolean);

DROP FUNCTION "public"."restore_provider_teams"(uuid);

DROP FUNCTION "public"."review_reflection"(uuid, boolean);

DROP FUNCTION "public"."set_provider_team"(uuid, uuid);

DROP FUNCTION "public"."start_module"(uuid);

DROP FUNCTION "public"."submit_burnout_assessment"(numeric, numeric, numeric);

DROP FUNCTION "public"."submit_daily_checkin"(public.work_setting, integer, integer, integer, integer, numeric, boolean, boolean);

DROP FUNCTION "public"."submit_instrument_assessment"(text, jsonb);

DROP FUNCTION "public"."submit_questionnaire_response"(jsonb);

DROP FUNCTION "public"."track_module_completion"(uuid, boolean);

DROP FUNCTION "public"."withdraw_resilience_consent"();

DROP TYPE "app"."assessment_grade";

DROP TYPE "public"."my_participation";

DROP TYPE "public"."own_checkin";

DROP TYPE "public"."provider_risk_kind";

DROP TYPE "public"."workload_level";

ALTER TABLE "public"."provider_support_reflections" DROP COLUMN "removal_reason";

ALTER TABLE "public"."resilience_resources" DROP COLUMN "search_document";

ALTER TABLE "public"."resilience_training_modules" DROP COLUMN "search_document";

DROP FUNCTION "app"."search_document"(text, text);

DROP TABLE "app"."anonymity_keys";

DROP FUNCTION "app"."seal_anonymity_key"();

DROP TABLE "app"."instrument_bands";

DROP TABLE "app"."instrument_items";

DROP TABLE "app"."instrument_options";

DROP TABLE "app"."instrument_scales";

DROP TYPE "public"."instrument_method";

DROP TABLE "app"."instrument_translations";

DROP FUNCTION "app"."guard_instrument_part"();

DROP TABLE "app"."provider_anonymous_checkins";

DROP TABLE "app"."provider_workload_days";

DROP TABLE "app"."provider_workload_deltas";

DROP TABLE "app"."provider_workload_refreshes";

DROP TABLE "public"."instruments";

DROP FUNCTION "app"."guard_instrument"();

DROP TYPE "public"."instrument_license_kind";

DROP TYPE "public"."instrument_status";

DROP TABLE "public"."nurse_questions";

DROP FUNCTION "app"."count_questions"();

DROP FUNCTION "app"."derive_claim"();

DROP TABLE "public"."patient_risk_scores";

DROP TYPE "public"."patient_risk_level";

DROP TABLE "public"."provider_assessment_scores";

DROP TABLE "public"."provider_burnout_assessments";

DROP FUNCTION "app"."burnout_composite"(numeric, numeric, numeric);

DROP FUNCTION "app"."burnout_level"(numeric);

DROP FUNCTION "app"."guard_assessment"();

DROP FUNCTION "app"."seal_provider_burnout_assessments"();

DROP TYPE "public"."burnout_risk_level";

DROP TABLE "public"."provider_checkin_days";

DROP TABLE "public"."provider_consents";

DROP TYPE "public"."participation_level";

DROP TABLE "public"."provider_crisis_acknowledgements";

DROP TABLE "public"."provider_intervention_contacts";

DROP TYPE "public"."contact_method";

DROP TABLE "public"."provider_interventions";

DROP FUNCTION "app"."guard_intervention"();

DROP TYPE "public"."intervention_kind";

DROP TYPE "public"."intervention_outcome";

DROP TYPE "public"."intervention_status";

DROP TYPE "public"."peer_support_occasion";

DROP TABLE "public"."provider_panel_limits";

DROP FUNCTION "app"."guard_panel_limits"();

DROP TABLE "public"."provider_panel_patients";

DROP FUNCTION "app"."guard_panel_patient"();

DROP TABLE "public"."provider_panel_pauses";

DROP FUNCTION "app"."guard_panel_pause"();

DROP TABLE "public"."provider_prompts";

DROP TYPE "public"."provider_prompt_kind";

DROP TABLE "public"."provider_rebalance_moves";

DROP TABLE "public"."provider_rebalance_proposals";

DROP TYPE "public"."rebalance_reason";

DROP TYPE "public"."rebalance_status";

DROP TABLE "public"."provider_reflection_reports";

DROP TYPE "public"."reflection_report_reason";

DROP TABLE "public"."provider_support_circle_invitations";

DROP TYPE "public"."circle_invitation_status";

DROP TABLE "public"."provider_team_members";

DROP TABLE "public"."provider_teams";

DROP TABLE "public"."provider_training_completions";

DROP FUNCTION "app"."guard_training"();

DROP TABLE "public"."provider_wellbeing_months";

DROP TABLE "public"."resilience_dimension_categories";

DROP TYPE "public"."resilience_dimension";

DROP TABLE "public"."resilience_module_helpfulness";

DROP TABLE "public"."resilience_policies";

CREATE OR REPLACE FUNCTION app.audit_row()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_old constant jsonb := case when tg_op = 'INSERT' then '{}'::jsonb else to_jsonb(old) end;
  v_new constant jsonb := case when tg_op = 'DELETE' then '{}'::jsonb else to_jsonb(new) end;
  v_row constant jsonb := case when tg_op = 'DELETE' then v_old else v_new end;
  v_protected constant text[] := string_to_array(tg_argv[2], ',');
  v_is_closed constant boolean := tg_argv[2] = '*';
  v_table constant text := tg_table_schema || '.' || tg_table_name;
  v_changes jsonb;
  v_action public.audit_action;
begin
  select
    jsonb_object_agg(
      columns.name,
      case
        when v_is_closed or columns.name = any(v_protected) then '"changed"'::jsonb
        else jsonb_build_array(v_old -> columns.name, v_new -> columns.name)
      end
    )
  into v_changes
  from jsonb_object_keys(v_row) as columns (name)
  where
    coalesce(v_old -> columns.name, 'null') <> coalesce(v_new -> columns.name, 'null')
    -- What the stamps say, the event says itself.
    and columns.name <> all('{created_at,created_by,updated_at,updated_by,version}');

  if v_changes is null and tg_op = 'UPDATE' then
    return null;
  end if;
  -- Sealing anew writes the same value under a newer key: nothing that anybody did.
  if
    tg_op = 'UPDATE' and current_setting('carebase.resealing', true) = 'on'
    and (v_is_closed or v_changes - v_protected = '{}')
  then
    return null;
  end if;

  v_action := case
    when tg_op = 'UPDATE' and v_changes ? 'deleted_at' and v_old -> 'deleted_at' = 'null' then 'delete'
    when tg_op = 'UPDATE' and v_changes ? 'deleted_at' and v_new -> 'deleted_at' = 'null' then 'restore'
    when tg_op = 'DELETE' then 'purge'
    else lower(tg_op)
  end;

  if tg_argv[3] <> '' and app.is_own_doing(v_row ->> tg_argv[3]) then
    perform app.audit_concealed(v_action, (v_row ->> tg_argv[0])::uuid, v_table, v_changes);
  else
    perform app.audit(
      v_action,
      (v_row ->> tg_argv[0])::uuid,
      v_table,
      (
        select jsonb_object_agg(keys.name, v_row -> keys.name)
        from unnest(string_to_array(tg_argv[1], ',')) as keys (name)
        where keys.name <> tg_argv[3] and keys.name <> all(v_protected)
      ),
      v_changes
    );
  end if;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION app.blur_reflection()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if new.is_anonymous then
    new.created_at := date_trunc('hour', new.created_at, 'UTC');
    new.updated_at := date_trunc('hour', new.updated_at, 'UTC');
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.guard_checkin()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  if auth.role() is distinct from 'authenticated' then
    return new;
  end if;
  perform app.require_feature('resilience_hub');
  if new.practitioner_id is null then
    perform app.raise_error(
      'permission_denied', 'Only practitioners of the organization check in.',
      p_hint => 'Ask an administrator to link your sign-in with your practitioner record.'
    );
  end if;
  if new.checkin_date <> app.today() or (tg_op = 'UPDATE' and old.checkin_date <> app.today()) then
    perform app.raise_error(
      'invalid_input', 'A check-in is written on its own day and cannot be changed later.',
      jsonb_build_object('field', 'checkin_date', 'today', app.today())
    );
  end if;
  return new;
end
$function$;

CREATE OR REPLACE FUNCTION app.raise_error(p_code text, p_message text, p_details jsonb DEFAULT '{}'::jsonb, p_hint text DEFAULT NULL::text)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
declare
  v_status constant integer := case p_code
    when 'invalid_input' then 400
    when 'not_authenticated' then 401
    when 'session_expired' then 401
    when 'permission_denied' then 403
    when 'feature_disabled' then 403
    when 'mfa_required' then 403
    when 'not_found' then 404
    when 'conflict' then 409
    when 'rate_limited' then 429
  end;
  v_headers jsonb := '{}';
begin
  if v_status is null then
    raise exception 'app.raise_error: unknown code %', p_code;
  end if;

  if p_details ? 'retry_after' then
    v_headers := jsonb_build_object('Retry-After', p_details ->> 'retry_after');
  end if;

  raise sqlstate 'PGRST' using
    message = jsonb_build_object(
      'code', p_code, 'message', p_message, 'details', p_details::text, 'hint', p_hint
    )::text,
    detail = jsonb_build_object('status', v_status, 'headers', v_headers)::text;
end
$function$;

CREATE OR REPLACE FUNCTION app.take_circle_seat(p_circle_id uuid, p_user_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_org_id uuid;
  v_practitioner_id uuid;
  v_max_members integer;
begin
  perform app.require_feature('resilience_hub');
  v_org_id := app.current_org();
  if not app.has_role('admin', 'care_manager', 'wellness_officer') and not exists (
    select from public.provider_support_circles as led
    where
      led.org_id = v_org_id and led.id = p_circle_id and led.facilitator_id = app.my_id()
      and led.deleted_at is null
  ) then
    perform app.raise_error(
      'permission_denied',
      'Administrators, care managers, wellness officers and the facilitator add members to a circle.'
    );
  end if;
  -- Whoever sets circles up could otherwise read what is said in every one of them.
  if p_user_id = app.my_id() then
    perform app.raise_error('permission_denied', 'Nobody adds themselves to a circle.');
  end if;
  v_practitioner_id := app.find_provider(v_org_id, p_user_id);
  if v_practitioner_id is null then
    perform app.raise_error('not_found', 'There is no such practitioner in your organization.');
  end if;

  -- Two who add at once wait for each other here: the last seat is given once.
  select circles.max_members into v_max_members
  from public.provider_support_circles as circles
  where circles.org_id = v_org_id and circles.id = p_circle_id and circles.deleted_at is null
  for no key update;
  if v_max_members is null then
    perform app.raise_error('not_found', 'There is no such circle in your organization.');
  end if;
  perform app.require_open_circle(p_circle_id);
  if exists (
    select from public.provider_support_circle_members as seats
    where seats.org_id = v_org_id and seats.circle_id = p_circle_id and seats.user_id = p_user_id and seats.is_active
  ) then
    return;
  end if;
  if app.count_circle_seats(v_org_id, p_circle_id) >= v_max_members then
    perform app.raise_error(
      'conflict', 'This circle is full.', jsonb_build_object('max_members', v_max_members)
    );
  end if;
  insert into public.provider_support_circle_members as seats (org_id, circle_id, practitioner_id, user_id, joined_at)
  values (v_org_id, p_circle_id, v_practitioner_id, p_user_id, app.clock())
  on conflict (org_id, circle_id, user_id) do update set
    practitioner_id = excluded.practitioner_id, joined_at = excluded.joined_at, is_active = true, deleted_at = null;
end
$function$;

CREATE OR REPLACE FUNCTION app.team_checkin_days(p_from date, p_to date)
 RETURNS TABLE(checkin_date date, is_open boolean, is_suppressed boolean, people_count integer, average_stress_level numeric, average_energy_level numeric, average_patients_contacted numeric, average_overtime_hours numeric, missed_break_percent numeric, checkins_per_provider_week numeric)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_minimum_people constant integer := 5;
  v_org_id constant uuid := app.current_org();
  v_today constant date := app.today();
  v_provider_count constant integer := app.count_providers(v_org_id);
begin
  perform app.require_role('org_owner', 'admin', 'manager', 'care_manager', 'wellness_officer');

  return query
  with days as (
    -- Six days before the first one asked for complete its week.
    select generate_series(p_from - 6, p_to, interval '1 day')::date as day
  ),
  figures as (
    select
      days.day,
      days.day >= v_today as is_open,
      count(checkins.id)::integer as people,
      avg(checkins.stress_level) as stress,
      avg(checkins.energy_level) as energy,
      avg(checkins.patients_contacted_today) as patients,
      avg(checkins.overtime_hours) as overtime,
      100 * avg(checkins.missed_break::integer) as missed_breaks
    from days
    left join public.provider_daily_checkins as checkins
      on checkins.org_id = v_org_id and checkins.checkin_date = days.day
    group by days.day
  ),
  published as (
    select figures.*, not figures.is_open and figures.people >= v_minimum_people as is_published
    from figures
  )
  select
    published.day,
    published.is_open,
    not published.is_open and not published.is_published,
    case when published.is_published then published.people end,
    case when published.is_published then round(published.stress, 1) end,
    case when published.is_published then round(published.energy, 1) end,
    case when published.is_published then round(published.patients, 1) end,
    case when published.is_published then round(published.overtime, 1) end,
    case when published.is_published then round(published.missed_breaks) end,
    case
      when published.is_published and v_provider_count >= v_minimum_people then round(
        (
          sum(case when published.is_published then published.people end)
            over (order by published.day rows between 6 preceding and current row)
        )::numeric / v_provider_count,
        2
      )
    end
  from published
  order by published.day
  offset 6;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_my_checkins(p_from date DEFAULT NULL::date, p_to date DEFAULT NULL::date, p_limit integer DEFAULT 90)
 RETURNS SETOF public.provider_daily_checkins
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_limit', p_limit between 1 and 1000, 'The limit is a number from 1 to 1000.');
  perform app.check_input(
    'p_to', p_from is null or p_to is null or p_from <= p_to, 'The range ends before it begins.'
  );

  return query
  select checkins.*
  from public.provider_daily_checkins as checkins
  where
    checkins.org_id = (select app.current_org())
    and checkins.user_id = (select auth.uid())
    and (p_from is null or checkins.checkin_date >= p_from)
    and (p_to is null or checkins.checkin_date <= p_to)
  order by checkins.checkin_date desc
  limit p_limit;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_resilience_modules(p_category public.resilience_category DEFAULT NULL::public.resilience_category)
 RETURNS SETOF public.resilience_training_modules
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');

  return query
  select modules.*
  from public.resilience_training_modules as modules
  where modules.is_active and (p_category is null or modules.category = p_category)
  order by modules.category, modules.title, modules.id;
end
$function$;

CREATE OR REPLACE FUNCTION public.get_resilience_resources(p_category public.resilience_category DEFAULT NULL::public.resilience_category)
 RETURNS SETOF public.resilience_resources
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('resilience_hub');

  -- Crisis lines come whatever was asked for: whoever looks for something about sleep at four in the morning may need
  -- one.
  return query
  select resources.*
  from public.resilience_resources as resources
  where resources.is_active and (p_category is null or resources.category = p_category or resources.is_crisis)
  order by resources.is_crisis desc, resources.category, resources.title, resources.id;
end
$function$;

CREATE OR REPLACE FUNCTION public.submit_daily_checkin(p_work_setting public.work_setting, p_stress_level integer, p_energy_level integer, p_patients_contacted_today integer DEFAULT 0, p_difficult_patient_calls integer DEFAULT 0, p_overtime_hours numeric DEFAULT 0, p_missed_break boolean DEFAULT false, p_is_shared boolean DEFAULT false)
 RETURNS public.provider_daily_checkins
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_checkin public.provider_daily_checkins;
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_work_setting', p_work_setting is not null, 'Say where you worked.');
  perform app.check_input('p_stress_level', p_stress_level between 1 and 10, 'Stress is a number from 1 to 10.');
  perform app.check_input('p_energy_level', p_energy_level between 1 and 10, 'Energy is a number from 1 to 10.');
  perform app.check_input(
    'p_patients_contacted_today', p_patients_contacted_today between 0 and 500,
    'Patients contacted is a number from 0 to 500.'
  );
  perform app.check_input(
    'p_difficult_patient_calls', p_difficult_patient_calls between 0 and 500,
    'Difficult calls is a number from 0 to 500.'
  );
  perform app.check_input(
    'p_overtime_hours', p_overtime_hours between 0 and 24, 'Overtime is a number of hours from 0 to 24.'
  );
  perform app.check_input('p_missed_break', p_missed_break is not null, 'Say whether you missed a break.');
  perform app.check_input('p_is_shared', p_is_shared is not null, 'Say whether you share this check-in.');

  insert into public.provider_daily_checkins as checkins (
    work_setting, stress_level, energy_level, patients_contacted_today,
    difficult_patient_calls, overtime_hours, missed_break, is_shared
  )
  values (
    p_work_setting, p_stress_level, p_energy_level, p_patients_contacted_today,
    p_difficult_patient_calls, p_overtime_hours, p_missed_break, p_is_shared
  )
  on conflict (org_id, user_id, checkin_date) do update set
    work_setting = excluded.work_setting,
    stress_level = excluded.stress_level,
    energy_level = excluded.energy_level,
    patients_contacted_today = excluded.patients_contacted_today,
    difficult_patient_calls = excluded.difficult_patient_calls,
    overtime_hours = excluded.overtime_hours,
    missed_break = excluded.missed_break,
    is_shared = excluded.is_shared
  returning * into v_checkin;
  return v_checkin;
end
$function$;

CREATE POLICY "select_own_or_shared" ON "public"."provider_daily_checkins" FOR SELECT TO "authenticated" USING (((org_id = ( SELECT app.current_org() AS current_org)) AND ((( SELECT app.is_staff() AS is_staff) AND (user_id = ( SELECT app.my_id() AS my_id))) OR ((org_id = ( SELECT app.org_as(VARIADIC ARRAY['admin'::public.app_role, 'care_manager'::public.app_role]) AS org_as)) AND is_shared))));

COMMENT ON FUNCTION "app"."guard_checkin"() IS 'Trigger _200_guard: practitioners write today''s check-in and no other, while the feature is on.';
COMMENT ON FUNCTION "app"."raise_error"(text, text, jsonb, text) IS 'Ends the request with a stable code and its HTTP status: invalid_input 400, not_authenticated and session_expired 401, permission_denied, feature_disabled and mfa_required 403, not_found 404, conflict 409, rate_limited 429.';

COMMENT ON FUNCTION "public"."get_my_checkins"(date, date, integer) IS 'The caller''s own check-ins, newest first.
p_from, p_to: first and last day, both included; open when null.
p_limit: at most so many, 1 to 1000.
Errors: feature_disabled, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."get_resilience_modules"(public.resilience_category) IS 'The training modules in use, by category and title. For everyone with a role in the organization.
p_category: only those of this category.
Errors: feature_disabled, permission_denied.';

COMMENT ON FUNCTION "public"."get_resilience_resources"(public.resilience_category) IS 'Where to turn: the resources in use, crisis lines first and always, then by category and title. For everyone with a
role in the organization.
p_category: beside the crisis lines only those of this category.
Errors: feature_disabled, permission_denied.';

COMMENT ON FUNCTION "public"."get_team_checkin_summary"(date, date) IS 'How the team is, day by day, without naming anyone. For owners, administrators, managers, care managers and
wellness officers.
p_from, p_to: first and last day, both included; by default the last fourteen days. At most 366 days.
A day has figures once it is over (is_open false) and at least five people checked in (is_suppressed false).
checkins_per_provider_week: check-ins of the seven days up to this one, per provider who can check in.
Never null: checkin_date, is_open, is_suppressed.
Errors: feature_disabled, permission_denied, invalid_input.';

COMMENT ON FUNCTION "public"."submit_daily_checkin"(public.work_setting, integer, integer, integer, integer, numeric, boolean, boolean) IS 'Checks the caller in for today (the organization''s day); again on the same day replaces the values.
p_work_setting: where they mainly worked.
p_stress_level, p_energy_level: 1 to 10.
p_patients_contacted_today, p_difficult_patient_calls: 0 to 500.
p_overtime_hours: 0 to 24.
p_missed_break: whether a break was missed.
p_is_shared: lets administrators and care managers read this check-in; off unless chosen.
Returns the check-in. Errors: feature_disabled, permission_denied, invalid_input.
Idempotent: yes.';
COMMENT ON POLICY "select_own_or_shared" ON "public"."provider_daily_checkins" IS 'anyone who works for the active organization: their own rows; admin, care_manager: rows that their owner shared.';

revoke all on function public.get_my_checkins(date,date,integer) from public, anon, authenticated, service_role;
grant all on function public.get_my_checkins(date,date,integer) to authenticated;

revoke all on function public.get_resilience_modules(public.resilience_category) from public, anon, authenticated, service_role;
grant all on function public.get_resilience_modules(public.resilience_category) to authenticated;

revoke all on function public.get_resilience_resources(public.resilience_category) from public, anon, authenticated, service_role;
grant all on function public.get_resilience_resources(public.resilience_category) to authenticated;

revoke all on function public.submit_daily_checkin(public.work_setting,integer,integer,integer,integer,numeric,boolean,boolean) from public, anon, authenticated, service_role;
grant all on function public.submit_daily_checkin(public.work_setting,integer,integer,integer,integer,numeric,boolean,boolean) to authenticated;
