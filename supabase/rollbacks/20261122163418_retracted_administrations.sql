-- Undoes retracted_administrations: written by `carebase db diff`.
-- Loses data: ALTER TABLE "public"."medication_administrations" DROP COLUMN "retracted_by"
-- Loses data: ALTER TABLE "public"."medication_administrations" DROP COLUMN "retraction_reason"
-- Loses data: ALTER TABLE "public"."medication_stock_movements" DROP COLUMN "retracted_administration_id"
-- Take a backup first; what was written since the migration is in nothing else.

set local lock_timeout = '30s';

set local check_function_bodies = off;

DROP TRIGGER "_200_keep" ON "public"."medication_administrations";

DROP TRIGGER "_210_keep_signed" ON "public"."medication_administrations";

DROP TRIGGER "_220_keep_retracted" ON "public"."medication_administrations";

DROP TRIGGER "_800_audit" ON "public"."medication_administrations";

DROP INDEX "public"."medication_administrations_retracted_by_idx";

DROP INDEX "public"."medication_stock_movements_retracted_key";

ALTER TABLE "public"."medication_administrations" DROP CONSTRAINT "medication_administrations_retracted_by_fkey";

ALTER TABLE "public"."medication_administrations" DROP CONSTRAINT "medication_administrations_retracted_with_reason";

ALTER TABLE "public"."medication_stock_movements" DROP CONSTRAINT "medication_stock_movements_adjusted_for_one_reason";

ALTER TABLE "public"."medication_stock_movements" DROP CONSTRAINT "medication_stock_movements_retracted_fkey";

DROP FUNCTION "app"."check_retractable"(public.medication_administrations);

DROP FUNCTION "app"."lock_account"(uuid);

DROP FUNCTION "app"."move_stock"(uuid, uuid, public.stock_movement_kind, numeric, timestamp with time zone, text, uuid, uuid, uuid, uuid);

DROP FUNCTION "app"."put_back"(public.medication_administrations);

DROP FUNCTION "app"."retract_administration"(uuid, public.medication_retraction_reason, boolean);

DROP FUNCTION "public"."retract_administration"(uuid, public.medication_retraction_reason, boolean);

ALTER TABLE "public"."medication_administrations" DROP COLUMN "retracted_by";

ALTER TABLE "public"."medication_administrations" DROP COLUMN "retraction_reason";

DROP TYPE "public"."medication_retraction_reason";

ALTER TABLE "public"."medication_stock_movements" DROP COLUMN "retracted_administration_id";

CREATE OR REPLACE FUNCTION app.move_stock(p_org_id uuid, p_stock_id uuid, p_kind public.stock_movement_kind, p_quantity numeric, p_occurred_at timestamp with time zone, p_note text DEFAULT NULL::text, p_administration_id uuid DEFAULT NULL::uuid, p_discrepancy_id uuid DEFAULT NULL::uuid, p_request_key uuid DEFAULT NULL::uuid)
 RETURNS public.medication_stock_movements
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_stock public.medication_stock;
  v_there record;
  v_movement public.medication_stock_movements;
begin
  v_stock := app.lock_stock(p_org_id, p_stock_id);
  select quantities.* into v_there from app.stock_quantity(p_org_id, p_stock_id) as quantities;
  if p_quantity < 0 and v_there.confirmed + v_there.outgoing + p_quantity < 0 then
    perform app.raise_error(
      'conflict', 'There is not so much in the stock.', jsonb_build_object('reason', 'not_in_stock'),
      'Count the stock, or record what was delivered.'
    );
  end if;
  insert into public.medication_stock_movements (
    org_id, site_id, resident_id, stock_id, is_controlled, kind, quantity, status, administration_id, discrepancy_id,
    note, occurred_at, recorded_by, request_key
  )
  values (
    p_org_id, v_stock.site_id, v_stock.resident_id, v_stock.id, v_stock.is_controlled, p_kind, p_quantity,
    case when v_stock.is_controlled then 'awaiting_witness' else 'confirmed' end::public.signature_status,
    p_administration_id, p_discrepancy_id, app.plain(p_note), p_occurred_at, app.my_id(), p_request_key
  )
  returning * into v_movement;
  return v_movement;
end
$function$;

ALTER TABLE "public"."medication_stock_movements" ADD CONSTRAINT "medication_stock_movements_of_discrepancy" CHECK (((kind = 'adjusted'::public.stock_movement_kind) = (discrepancy_id IS NOT NULL)));

CREATE TRIGGER _200_keep BEFORE DELETE OR UPDATE ON public.medication_administrations FOR EACH ROW EXECUTE FUNCTION app.keep_record('org_id', 'status', 'witnessed_by', 'witnessed_at', 'superseded_at', 'reminded_at', 'witness_reminded_at');

CREATE TRIGGER _210_keep_signed BEFORE UPDATE ON public.medication_administrations FOR EACH ROW WHEN ((old.status <> 'awaiting_witness'::public.medication_administration_status)) EXECUTE FUNCTION app.keep_record('org_id', 'superseded_at', 'reminded_at', 'witness_reminded_at');

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.medication_administrations FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', 'is_controlled,status,reason_code,note,quantity,occurred_at,effect_due_at', '');

COMMENT ON COLUMN "public"."medication_administrations"."administered_by" IS 'Who gave it, or offered it; null where nobody did.';
COMMENT ON COLUMN "public"."medication_administrations"."request_key" IS 'The key of the request that recorded it: sent again, it records nothing more.';
COMMENT ON COLUMN "public"."medication_administrations"."superseded_at" IS 'When a later account took its place; null while it holds.';
COMMENT ON COLUMN "public"."medication_administrations"."witness_reminded_at" IS 'When others were told that its second signature is still missing.';

COMMENT ON FUNCTION "app"."move_stock"(uuid, uuid, public.stock_movement_kind, numeric, timestamp with time zone, text, uuid, uuid, uuid) IS 'Writes a line of a stock, signed by the caller: confirmed at once, or waiting for a witness if it is a controlled drug.
p_quantity: below zero takes out; conflict if that is not there.';
COMMENT ON TABLE "public"."medication_administrations" IS 'What became of each dose, and what was given as needed (FHIR MedicationAdministration).';

revoke all on function app.move_stock(uuid,uuid,public.stock_movement_kind,numeric,timestamp with time zone,text,uuid,uuid,uuid) from public, anon, authenticated, service_role;
