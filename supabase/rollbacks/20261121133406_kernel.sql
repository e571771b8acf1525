-- Undoes kernel: written by `carebase db diff`.

set local lock_timeout = '30s';

set local check_function_bodies = off;

DROP POLICY "floor_organization" ON "app"."audit_contents";

DROP POLICY "floor_organization" ON "app"."audit_seals";

DROP POLICY "floor_organization" ON "app"."notification_lines";

DROP POLICY "floor_organization" ON "app"."notification_tasks";

DROP POLICY "floor_organization" ON "public"."audit_events";

DROP POLICY "floor_told" ON "public"."audit_events";

DROP POLICY "select_organization" ON "public"."audit_events";

DROP POLICY "floor_organization" ON "public"."integration_configs";

DROP POLICY "select_organization" ON "public"."integration_configs";

DROP POLICY "select_anyone" ON "public"."job_runs";

DROP POLICY "floor_organization" ON "public"."legal_holds";

DROP POLICY "select_organization" ON "public"."legal_holds";

DROP POLICY "floor_organization" ON "public"."notification_preferences";

DROP POLICY "insert_own" ON "public"."notification_preferences";

DROP POLICY "select_own" ON "public"."notification_preferences";

DROP POLICY "update_own" ON "public"."notification_preferences";

DROP POLICY "floor_organization" ON "public"."notification_queue";

DROP POLICY "select_own_or_organization" ON "public"."notification_queue";

DROP POLICY "floor_organization" ON "public"."notification_templates";

DROP POLICY "insert_organization" ON "public"."notification_templates";

DROP POLICY "select_organization" ON "public"."notification_templates";

DROP POLICY "update_organization" ON "public"."notification_templates";

DROP POLICY "floor_organization" ON "public"."retention_policies";

DROP POLICY "select_organization" ON "public"."retention_policies";

DROP POLICY "select_anyone" ON "public"."scheduled_jobs";

DROP POLICY "floor_organization" ON "public"."webhook_deliveries";

DROP POLICY "select_organization" ON "public"."webhook_deliveries";

DROP POLICY "floor_organization" ON "public"."webhooks";

DROP POLICY "select_organization" ON "public"."webhooks";

DROP POLICY "update_organization" ON "public"."webhooks";

DROP TRIGGER "_800_audit" ON "public"."encounters";

DROP TRIGGER "_800_audit" ON "public"."external_organizations";

DROP TRIGGER "_800_audit" ON "public"."fhir_practitioners";

DROP TRIGGER "_800_audit" ON "public"."nurseos_feature_flags";

DROP TRIGGER "_800_audit" ON "public"."org_patients";

DROP TRIGGER "_800_audit" ON "public"."org_practitioners";

DROP TRIGGER "_800_audit" ON "public"."organization_feature_flags";

DROP TRIGGER "_800_audit" ON "public"."organizations";

DROP TRIGGER "_800_audit" ON "public"."patients";

DROP TRIGGER "_800_audit" ON "public"."practitioner_roles";

DROP TRIGGER "_800_audit" ON "public"."profiles";

DROP TRIGGER "_200_hold" ON "public"."properties";

DROP TRIGGER "_800_audit" ON "public"."properties";

DROP TRIGGER "_800_audit" ON "public"."provider_daily_checkins";

DROP TRIGGER "_200_hold" ON "public"."provider_support_circle_members";

DROP TRIGGER "_800_audit" ON "public"."provider_support_circle_members";

DROP TRIGGER "_200_hold" ON "public"."provider_support_circles";

DROP TRIGGER "_800_audit" ON "public"."provider_support_circles";

DROP TRIGGER "_900_broadcast" ON "public"."provider_support_circles";

DROP TRIGGER "_200_hold" ON "public"."provider_support_reflections";

DROP TRIGGER "_800_audit" ON "public"."provider_support_reflections";

DROP TRIGGER "_800_audit" ON "public"."resilience_resources";

DROP TRIGGER "_800_audit" ON "public"."resilience_training_modules";

DROP TRIGGER "_800_audit" ON "public"."role_assignments";

DROP TRIGGER "_200_hold" ON "public"."sites";

DROP TRIGGER "_800_audit" ON "public"."sites";

DROP INDEX "public"."properties_deleted_at_idx";

DROP INDEX "public"."provider_support_circle_members_deleted_at_idx";

DROP INDEX "public"."provider_support_circles_deleted_at_idx";

DROP INDEX "public"."provider_support_reflections_deleted_at_idx";

DROP INDEX "public"."sites_deleted_at_idx";

DROP VIEW "public"."audit_logs";

ALTER TABLE "app"."data_keys" DROP CONSTRAINT "data_keys_kek_version_fkey";

ALTER TABLE "app"."data_keys" DROP CONSTRAINT "data_keys_org_id_fkey";

ALTER TABLE "app"."job_slots" DROP CONSTRAINT "job_slots_job_name_fkey";

ALTER TABLE "app"."notification_lines" DROP CONSTRAINT "notification_lines_notification_fkey";

ALTER TABLE "app"."notification_tasks" DROP CONSTRAINT "notification_tasks_org_id_fkey";

ALTER TABLE "public"."integration_configs" DROP CONSTRAINT "integration_configs_org_id_fkey";

ALTER TABLE "public"."job_runs" DROP CONSTRAINT "job_runs_job_name_fkey";

ALTER TABLE "public"."job_runs" DROP CONSTRAINT "job_runs_slot_fkey";

ALTER TABLE "public"."legal_holds" DROP CONSTRAINT "legal_holds_org_id_fkey";

ALTER TABLE "public"."notification_preferences" DROP CONSTRAINT "notification_preferences_org_id_fkey";

ALTER TABLE "public"."notification_preferences" DROP CONSTRAINT "notification_preferences_user_id_fkey";

ALTER TABLE "public"."notification_queue" DROP CONSTRAINT "notification_queue_integration_fkey";

ALTER TABLE "public"."notification_queue" DROP CONSTRAINT "notification_queue_org_id_fkey";

ALTER TABLE "public"."notification_queue" DROP CONSTRAINT "notification_queue_recipient_id_fkey";

ALTER TABLE "public"."notification_queue" DROP CONSTRAINT "notification_queue_webhook_fkey";

ALTER TABLE "public"."notification_templates" DROP CONSTRAINT "notification_templates_org_id_fkey";

ALTER TABLE "public"."retention_policies" DROP CONSTRAINT "retention_policies_org_id_fkey";

ALTER TABLE "public"."webhook_deliveries" DROP CONSTRAINT "webhook_deliveries_notification_fkey";

ALTER TABLE "public"."webhook_deliveries" DROP CONSTRAINT "webhook_deliveries_webhook_fkey";

ALTER TABLE "public"."webhooks" DROP CONSTRAINT "webhooks_org_id_fkey";

DROP FUNCTION "app"."acting_org"(boolean);

DROP FUNCTION "app"."active_kek"();

DROP FUNCTION "app"."add_kek"(text, text, text, bytea);

DROP FUNCTION "app"."add_task"(uuid, uuid, public.notification_priority, timestamp with time zone, text);

DROP FUNCTION "app"."aead_open"(bytea, bytea, bytea);

DROP FUNCTION "app"."aead_schedule"(bytea);

DROP FUNCTION "app"."aead_seal"(bytea, bytea, bytea, bytea);

DROP FUNCTION "app"."alert_job_failure"(uuid);

DROP FUNCTION "app"."attempt_of"(integer, timestamp with time zone);

DROP FUNCTION "app"."audit"(public.audit_action, uuid, text, jsonb, jsonb, text, text, uuid[], uuid, public.audit_outcome);

DROP FUNCTION "app"."audit_checkpoint"();

DROP FUNCTION "app"."audit_concealed"(public.audit_action, uuid, text, jsonb);

DROP FUNCTION "app"."audit_contents_digest"(uuid[], bytea);

DROP FUNCTION "app"."audit_digest"(public.audit_events);

DROP FUNCTION "app"."audit_drop_code"(app.audit_dropped_months, bytea);

DROP FUNCTION "app"."audit_hold"(public.legal_holds, text);

DROP FUNCTION "app"."audit_key"(uuid, smallint);

DROP FUNCTION "app"."audit_key_version"();

DROP FUNCTION "app"."audit_month"(timestamp with time zone);

DROP FUNCTION "app"."audit_partitions"();

DROP FUNCTION "app"."audit_run_code"(app.audit_runs, bytea);

DROP FUNCTION "app"."audit_seal_code"(app.audit_seals, bytea);

DROP FUNCTION "app"."audit_seals_digest"(bigint);

DROP FUNCTION "app"."audit_status"();

DROP FUNCTION "app"."begin_run"(integer, text, boolean);

DROP FUNCTION "app"."blind_index"(bytea, bytea, text);

DROP FUNCTION "app"."blind_indexes"(uuid, bytea, text);

DROP FUNCTION "app"."broadcast"(text, text, jsonb);

DROP FUNCTION "app"."broadcast_change"();

DROP FUNCTION "app"."cancel_notification"(uuid);

DROP FUNCTION "app"."channel_secret"(uuid);

DROP FUNCTION "app"."check_merge"(jsonb, jsonb, jsonb, integer);

DROP FUNCTION "app"."check_plain"(text, text, bytea);

DROP FUNCTION "app"."claim_job"(text, text, uuid);

DROP FUNCTION "app"."claim_notifications"(text, integer, interval, jsonb);

DROP FUNCTION "app"."claim_request"(uuid, text);

DROP FUNCTION "app"."close_lost_runs"(integer);

DROP FUNCTION "app"."count_failure"(timestamp with time zone, uuid, uuid, integer, text, boolean, numeric);

DROP FUNCTION "app"."count_outcome"(uuid);

DROP FUNCTION "app"."create_webhook"(text, text[], text);

DROP FUNCTION "app"."cron_field"(text, integer, integer, text[]);

DROP FUNCTION "app"."cron_fields"(text);

DROP FUNCTION "app"."describe_failure"(text, text);

DROP FUNCTION "app"."destroy_data_keys"(uuid, uuid);

DROP FUNCTION "app"."destroy_kek"(integer);

DROP FUNCTION "app"."destroy_retired_index_keys"();

DROP FUNCTION "app"."drop_audit_months"(date);

DROP FUNCTION "app"."drop_audit_partition"(text, date, date);

DROP FUNCTION "app"."due_slots"(text, uuid);

DROP FUNCTION "app"."emit_event"(uuid, text, jsonb, text, text);

DROP FUNCTION "app"."empty_audit_default"();

DROP FUNCTION "app"."enqueue_notification"(uuid, public.notification_channel, uuid, text, jsonb, timestamp with time zone, public.notification_priority, text, timestamp with time zone, text, integer);

DROP FUNCTION "app"."ensure_job_failed_templates"(uuid);

DROP FUNCTION "app"."ensure_secret"(text);

DROP FUNCTION "app"."ensure_template"(uuid, text, public.notification_channel, text, text, jsonb);

DROP FUNCTION "app"."explain_audit_seal"(app.audit_seals, bytea);

DROP FUNCTION "app"."finish_job"(uuid, public.job_outcome, text);

DROP FUNCTION "app"."first_due"(xid8[], xid8);

DROP FUNCTION "app"."first_of_day"(bigint, bigint, bigint, bigint, bigint[], boolean, bigint);

DROP FUNCTION "app"."first_uuid_v7"(timestamp with time zone);

DROP FUNCTION "app"."found_notifications"(timestamp with time zone, uuid[], uuid[]);

DROP FUNCTION "app"."greater_value"(jsonb, jsonb);

DROP FUNCTION "app"."held_clause"(text, text, text, text[]);

DROP FUNCTION "app"."hold_lock"(uuid);

DROP FUNCTION "app"."index_form"(text);

DROP FUNCTION "app"."is_audit_month_dropped"(date);

DROP FUNCTION "app"."is_audit_sealed"(uuid, uuid, timestamp with time zone);

DROP FUNCTION "app"."is_first_in_line"(uuid, text, integer, uuid);

DROP FUNCTION "app"."is_held"(uuid, text, uuid, uuid[]);

DROP FUNCTION "app"."is_job_slot_held"(integer);

DROP FUNCTION "app"."is_near"(text, timestamp with time zone);

DROP FUNCTION "app"."is_own_doing"(text);

DROP FUNCTION "app"."is_payload_value"(jsonb, text, timestamp with time zone);

DROP FUNCTION "app"."is_recipient"(uuid, public.notification_channel, uuid);

DROP FUNCTION "app"."is_sealed"(bytea, integer);

DROP FUNCTION "app"."job_lock_class"();

DROP FUNCTION "app"."job_make_audit_partitions"();

DROP FUNCTION "app"."job_purge_invitations"(integer);

DROP FUNCTION "app"."job_purge_job_runs"(integer);

DROP FUNCTION "app"."job_purge_notifications"(uuid, integer);

DROP FUNCTION "app"."job_purge_rate_limits"(integer);

DROP FUNCTION "app"."job_purge_removed"(uuid, integer);

DROP FUNCTION "app"."job_purge_sessions"(integer);

DROP FUNCTION "app"."job_rotate_data_keys"(integer, timestamp with time zone);

DROP FUNCTION "app"."job_seal_audit"(integer);

DROP FUNCTION "app"."keep_channel_secret"(uuid, text);

DROP FUNCTION "app"."kek_schedule"(integer);

DROP FUNCTION "app"."key_context"(uuid, public.key_purpose, uuid, uuid);

DROP FUNCTION "app"."last_audit_seal"(uuid);

DROP FUNCTION "app"."lease_notifications"(text, interval, timestamp with time zone, uuid[], uuid[]);

DROP FUNCTION "app"."leave_lines"(uuid[], uuid[]);

DROP FUNCTION "app"."make_audit_contents_partition"(date);

DROP FUNCTION "app"."make_audit_partition"(date, date, text);

DROP FUNCTION "app"."make_audit_partitions"(integer);

DROP FUNCTION "app"."make_data_key"(public.key_purpose, uuid, uuid, boolean);

DROP FUNCTION "app"."make_webhook_secret"();

DROP FUNCTION "app"."mark_notifications_read"(uuid[]);

DROP FUNCTION "app"."merge_fields"(jsonb, jsonb, jsonb, jsonb);

DROP FUNCTION "app"."next_audit_run"(app.audit_runs, integer);

DROP FUNCTION "app"."next_run"(text, text, timestamp with time zone);

DROP FUNCTION "app"."note_access"(public.access_purpose, text, uuid, uuid[], bigint, bytea[]);

DROP FUNCTION "app"."notification_documents"(timestamp with time zone, uuid[], uuid[]);

DROP FUNCTION "app"."only_fields"(jsonb, jsonb);

DROP FUNCTION "app"."open_value"(bytea, bytea, bytea);

DROP FUNCTION "app"."aead_tag"(bytea, bytea, bytea);

DROP FUNCTION "app"."outcome_of_cancel"(public.job_runs);

DROP FUNCTION "app"."payload_fault"(jsonb, jsonb);

DROP FUNCTION "app"."pick_late_tasks"(xid8[], xid8, jsonb, integer);

DROP FUNCTION "app"."pick_tasks"(timestamp with time zone, public.notification_priority, timestamp with time zone, uuid, integer);

DROP FUNCTION "app"."place_legal_hold"(public.legal_hold_reason, text, uuid, uuid, text);

DROP FUNCTION "app"."plain"(date);

DROP FUNCTION "app"."plain"(jsonb);

DROP FUNCTION "app"."plain"(text);

DROP FUNCTION "app"."plan_jobs"();

DROP FUNCTION "app"."prolong_leases"(uuid[], interval);

DROP FUNCTION "app"."purge_removed"(text, uuid, integer);

DROP FUNCTION "app"."purged_at"(uuid, text, timestamp with time zone);

DROP FUNCTION "app"."purged_tables"();

DROP FUNCTION "app"."queue_depth"();

DROP FUNCTION "app"."quiet_until"(timestamp with time zone, text, time without time zone, time without time zone, smallint[]);

DROP FUNCTION "app"."recover_leases"();

DROP FUNCTION "app"."refuse_damaged"(text, uuid);

DROP FUNCTION "app"."refuse_held"();

DROP FUNCTION "app"."refuse_key"(uuid);

DROP FUNCTION "app"."release_lease"(uuid);

DROP FUNCTION "app"."release_legal_hold"(uuid);

DROP FUNCTION "app"."remove_properties"(uuid);

DROP FUNCTION "app"."remove_provider_support_circles"(uuid);

DROP FUNCTION "app"."remove_sites"(uuid);

DROP FUNCTION "app"."remove_webhook"(uuid);

DROP FUNCTION "app"."removed_properties"(integer);

DROP FUNCTION "app"."removed_provider_support_circles"(integer);

DROP FUNCTION "app"."removed_sites"(integer);

DROP FUNCTION "app"."reopen"(uuid, bytea, text, uuid, uuid, boolean, app.unwrapped_key[]);

DROP FUNCTION "app"."requeue_dead"(uuid, uuid);

DROP FUNCTION "app"."requeue_notification"(uuid);

DROP FUNCTION "app"."require_holdable"(uuid, text, uuid, uuid);

DROP FUNCTION "app"."reseal_rows"(text, uuid, uuid, integer);

DROP FUNCTION "app"."reseal_statement"(text);

DROP FUNCTION "app"."restore_properties"(uuid);

DROP FUNCTION "app"."restore_provider_support_circles"(uuid);

DROP FUNCTION "app"."restore_sites"(uuid);

DROP FUNCTION "app"."retention"();

DROP FUNCTION "app"."retention_term"(uuid, text);

DROP FUNCTION "app"."rewrap_data_keys"(integer);

DROP FUNCTION "app"."rotate_audit_key"();

DROP FUNCTION "app"."rotate_data_keys"(uuid, timestamp with time zone, integer);

DROP FUNCTION "app"."rotate_webhook_secret"(uuid);

DROP FUNCTION "app"."run_job_batch"(uuid);

DROP FUNCTION "app"."schedule_notification"(uuid, jsonb, timestamp with time zone, text, public.notification_channel, public.notification_priority, text, timestamp with time zone, text);

DROP FUNCTION "app"."seal_audit"(integer);

DROP FUNCTION "app"."seal_value"(uuid, bytea, bytea, bytea);

DROP FUNCTION "app"."sealed_context"(bytea, uuid, uuid);

DROP FUNCTION "app"."sealed_tables"();

DROP FUNCTION "app"."sealing_key"(public.key_purpose, uuid, uuid);

DROP FUNCTION "app"."secret"(text);

DROP FUNCTION "app"."set_aside"(timestamp with time zone, jsonb);

DROP FUNCTION "app"."set_integration"(public.integration_kind, text, jsonb, text, boolean);

DROP FUNCTION "app"."set_retention_policy"(text, interval);

DROP FUNCTION "app"."settle_notifications"(uuid, uuid[], uuid[], jsonb, boolean);

DROP FUNCTION "app"."settle_one"(timestamp with time zone, jsonb);

DROP FUNCTION "app"."settle_retired_keys"();

DROP FUNCTION "app"."sync_cron"(integer);

DROP FUNCTION "app"."united_values"(jsonb, jsonb);

DROP FUNCTION "app"."unreferenced"(text);

DROP FUNCTION "app"."unsealed_audit_events"(app.audit_runs, app.audit_runs);

DROP FUNCTION "app"."unsealed_though_passed"(uuid, timestamp with time zone);

DROP FUNCTION "app"."unwrap_keys"(bytea[]);

DROP FUNCTION "app"."verify_audit"(uuid, timestamp with time zone);

DROP FUNCTION "app"."verify_audit_chain"(uuid, timestamp with time zone);

DROP FUNCTION "app"."verify_audit_checkpoint"(jsonb, uuid);

DROP FUNCTION "app"."verify_audit_runs"(timestamp with time zone);

DROP FUNCTION "app"."verify_audit_seal"(app.audit_seals);

DROP FUNCTION "app"."wall_clock"();

DROP FUNCTION "app"."wanted_job_slots"();

DROP FUNCTION "app"."watch_jobs"();

DROP FUNCTION "app"."write_audit_seals"(app.audit_runs, app.audit_runs);

DROP FUNCTION "app"."write_run"(app.job_slots, timestamp with time zone, integer, text, boolean);

DROP FUNCTION "app"."zone_day"(text, date);

DROP FUNCTION "app"."zone_offset"(text, bigint);

DROP FUNCTION "public"."cancel_notification"(uuid);

DROP FUNCTION "public"."create_webhook"(text, text[], text);

DROP FUNCTION "public"."get_dead_letters"(integer, timestamp with time zone);

DROP FUNCTION "public"."get_my_notifications"(boolean, integer, uuid);

DROP FUNCTION "public"."get_removed_properties"(integer);

DROP FUNCTION "public"."get_removed_provider_support_circles"(integer);

DROP FUNCTION "public"."get_removed_sites"(integer);

DROP FUNCTION "public"."get_retention"();

DROP FUNCTION "public"."mark_notifications_read"(uuid[]);

DROP FUNCTION "public"."merge_provider_support_circles"(uuid, jsonb, jsonb, integer, uuid);

DROP FUNCTION "public"."place_legal_hold"(public.legal_hold_reason, text, uuid, uuid, text);

DROP FUNCTION "public"."release_legal_hold"(uuid);

DROP FUNCTION "public"."remove_properties"(uuid);

DROP FUNCTION "public"."remove_provider_support_circles"(uuid);

DROP FUNCTION "public"."remove_sites"(uuid);

DROP FUNCTION "public"."remove_webhook"(uuid);

DROP FUNCTION "public"."requeue_notification"(uuid);

DROP FUNCTION "public"."restore_properties"(uuid);

DROP FUNCTION "public"."restore_provider_support_circles"(uuid);

DROP FUNCTION "public"."restore_sites"(uuid);

DROP FUNCTION "public"."rotate_webhook_secret"(uuid);

DROP FUNCTION "public"."schedule_notification"(uuid, jsonb, timestamp with time zone, text, public.notification_channel, public.notification_priority, text, timestamp with time zone, text);

DROP FUNCTION "public"."set_integration"(public.integration_kind, text, jsonb, text, boolean);

DROP FUNCTION "public"."set_retention_policy"(text, interval);

DROP PROCEDURE "app"."work_jobs"(text);

DROP TYPE "app"."unwrapped_key";

DROP TYPE "public"."access_purpose";

DROP TABLE "app"."audit_contents_default";

DROP TABLE "app"."audit_contents";

DROP TABLE "app"."audit_dropped_months";

DROP TABLE "app"."audit_events_default";

DROP TABLE "app"."audit_runs";

DROP TABLE "app"."audit_seals";

DROP TABLE "app"."claimed_requests";

DROP TABLE "app"."data_keys";

DROP TYPE "public"."key_purpose";

DROP TABLE "app"."job_slots";

DROP TABLE "app"."key_encryption_keys";

DROP TABLE "app"."notification_leases";

DROP TABLE "app"."notification_lines";

DROP TABLE "app"."notification_tasks";

DROP TABLE "public"."audit_events";

DROP FUNCTION "app"."refuse_change"();

DROP TYPE "public"."audit_action";

DROP TYPE "public"."audit_outcome";

DROP TABLE "public"."integration_configs";

DROP FUNCTION "app"."are_integration_settings_valid"(public.integration_kind, jsonb);

DROP TYPE "public"."integration_kind";

DROP TABLE "public"."job_runs";

DROP TYPE "public"."job_outcome";

DROP TABLE "public"."legal_holds";

DROP FUNCTION "app"."guard_legal_hold"();

DROP TYPE "public"."legal_hold_reason";

DROP TABLE "public"."notification_preferences";

DROP TABLE "public"."notification_queue";

DROP TYPE "public"."notification_priority";

DROP TYPE "public"."notification_status";

DROP TABLE "public"."notification_templates";

DROP FUNCTION "app"."are_payload_keys_valid"(jsonb);

DROP TYPE "public"."notification_channel";

DROP TABLE "public"."retention_policies";

DROP TABLE "public"."scheduled_jobs";

DROP FUNCTION "app"."is_cron"(text);

DROP TYPE "public"."job_catch_up";

DROP TYPE "public"."job_scope";

DROP TABLE "public"."webhook_deliveries";

DROP TABLE "public"."webhooks";

DROP FUNCTION "app"."are_event_types"(text[]);

DROP FUNCTION "app"."audit_row"();

CREATE OR REPLACE FUNCTION app.my_circles()
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  return array(
    select members.circle_id
    from public.provider_support_circle_members as members
    where
      members.user_id = app.my_id()
      and members.org_id = app.current_org()
      and members.is_active
      and members.deleted_at is null
  );
end
$function$;

CREATE OR REPLACE FUNCTION app.uuid_v7()
 RETURNS uuid
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  -- A random (version 4) uuid with the time laid over its first six bytes; bits 52 and 53 turn 4 into 7.
  select encode(
    set_bit(
      set_bit(
        overlay(
          uuid_send(gen_random_uuid())
          placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
          from 1 for 6
        ),
        52, 1
      ),
      53, 1
    ),
    'hex'
  )::uuid
$function$;

COMMENT ON FUNCTION "app"."my_circles"() IS 'The support circles of the active organization that the caller is an active member of.';
