-- retracted_administrations: written by `carebase db diff`. Never edited once it is applied anywhere.

set local lock_timeout = '30s';

set local check_function_bodies = off;

CREATE TYPE "public"."medication_retraction_reason" AS ENUM ('not_given', 'wrong_resident', 'wrong_medicine', 'wrong_time', 'recorded_twice');

DROP TRIGGER "_200_keep" ON "public"."medication_administrations";

DROP TRIGGER "_210_keep_signed" ON "public"."medication_administrations";

DROP TRIGGER "_800_audit" ON "public"."medication_administrations";

ALTER TABLE "public"."medication_stock_movements" DROP CONSTRAINT "medication_stock_movements_of_discrepancy";

DROP FUNCTION "app"."move_stock"(uuid, uuid, public.stock_movement_kind, numeric, timestamp with time zone, text, uuid, uuid, uuid);

ALTER TABLE "public"."medication_administrations" ADD COLUMN "retracted_by" uuid;

ALTER TABLE "public"."medication_administrations" ADD COLUMN "retraction_reason" public.medication_retraction_reason;

ALTER TABLE "public"."medication_stock_movements" ADD COLUMN "retracted_administration_id" uuid;

CREATE OR REPLACE FUNCTION app.check_retractable(p_row public.medication_administrations)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
 SET search_path TO ''
AS $function$
begin
  if not coalesce(
    p_row.site_id = any(app.my_sites('nurse', 'clinician', 'manager'))
    or (p_row.administered_by = app.my_id() and p_row.occurred_at > app.clock() - interval '24 hours'),
    false
  ) then
    perform app.raise_error(
      'permission_denied', 'You take back what you have signed yourself, for 24 hours.',
      p_hint => 'Ask a nurse or the manager.'
    );
  end if;
  if p_row.superseded_at is not null then
    perform app.raise_error('conflict', 'This account no longer holds.', '{"reason": "superseded"}');
  end if;
  if p_row.status not in ('given', 'refused', 'withheld') then
    perform app.raise_error(
      'conflict', 'Only what was given, refused or withheld is taken back.',
      jsonb_build_object('status', p_row.status),
      case p_row.status
        when 'awaiting_witness' then 'Whoever is asked to witness it says that they did not see it.'
        else 'Record how it really was.'
      end
    );
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION app.lock_account(p_id uuid)
 RETURNS public.medication_administrations
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform
  from public.medication_doses as doses
  inner join public.medication_administrations as administrations
    on administrations.org_id = doses.org_id and administrations.dose_id = doses.id
  where administrations.org_id = app.current_org() and administrations.id = p_id
  for no key update of doses;
  return app.lock_administration(p_id);
end
$function$;

CREATE OR REPLACE FUNCTION app.move_stock(p_org_id uuid, p_stock_id uuid, p_kind public.stock_movement_kind, p_quantity numeric, p_occurred_at timestamp with time zone, p_note text DEFAULT NULL::text, p_administration_id uuid DEFAULT NULL::uuid, p_discrepancy_id uuid DEFAULT NULL::uuid, p_request_key uuid DEFAULT NULL::uuid, p_retracted_id uuid DEFAULT NULL::uuid)
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
    note, occurred_at, recorded_by, request_key, retracted_administration_id
  )
  values (
    p_org_id, v_stock.site_id, v_stock.resident_id, v_stock.id, v_stock.is_controlled, p_kind, p_quantity,
    case when v_stock.is_controlled then 'awaiting_witness' else 'confirmed' end::public.signature_status,
    p_administration_id, p_discrepancy_id, app.plain(p_note), p_occurred_at, app.my_id(), p_request_key, p_retracted_id
  )
  returning * into v_movement;
  return v_movement;
end
$function$;

CREATE OR REPLACE FUNCTION app.put_back(p_row public.medication_administrations)
 RETURNS void
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  select app.move_stock(
    movements.org_id, movements.stock_id, 'adjusted', -movements.quantity, app.clock(), p_retracted_id => p_row.id
  )
  from public.medication_stock_movements as movements
  where
    movements.org_id = p_row.org_id and movements.administration_id = p_row.id and movements.status = 'confirmed'
$function$;

CREATE OR REPLACE FUNCTION app.retract_administration(p_id uuid, p_reason public.medication_retraction_reason, p_is_back boolean)
 RETURNS public.medication_administrations
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  v_row public.medication_administrations;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.signing_staff();
  v_row := app.lock_account(p_id);
  if v_row.retraction_reason = p_reason then
    return v_row;
  end if;
  perform app.check_retractable(v_row);

  update public.medication_administrations as administrations
  set
    superseded_at = app.clock(), retracted_by = app.my_id(), retraction_reason = p_reason,
    -- Nobody is asked whether it helped.
    reminded_at = case
      when administrations.effect_due_at is not null then coalesce(administrations.reminded_at, app.clock())
    end
  where administrations.org_id = v_row.org_id and administrations.id = p_id
  returning administrations.* into v_row;
  -- Where its time is over, the job finds that it was missed, unless somebody says before how it was. What its order no
  -- longer asks for is not due again.
  update public.medication_doses as doses
  set
    status = case
      when orders.status = 'active' or doses.due_at <= app.clock() then 'planned'::public.medication_dose_status
      else 'cancelled'
    end
  from public.medication_orders as orders
  where
    doses.org_id = v_row.org_id and doses.id = v_row.dose_id
    and orders.org_id = doses.org_id and orders.id = doses.order_id;
  if p_is_back then
    perform app.put_back(v_row);
  end if;
  perform app.tell_care_site(
    v_row.org_id, v_row.site_id, '{manager,nurse}', 'medication.retracted', 'An entry was taken back',
    'Something that was recorded in a round was wrong and was taken back: {{ link }}',
    '/care/medication/administrations/' || p_id, p_id::text
  );
  return v_row;
end
$function$;

CREATE OR REPLACE FUNCTION public.retract_administration(p_id uuid, p_reason public.medication_retraction_reason, p_is_back boolean DEFAULT true)
 RETURNS public.medication_administrations
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.check_input('p_id', p_id is not null, 'Say which entry was wrong.');
  perform app.check_input('p_reason', p_reason is not null, 'Say what was wrong about it.');
  perform app.check_input('p_is_back', p_is_back is not null, 'Say whether it is in the stock.');
  return app.retract_administration(p_id, p_reason, p_is_back);
end
$function$;

ALTER TABLE "public"."medication_administrations" ADD CONSTRAINT "medication_administrations_retracted_by_fkey" FOREIGN KEY (org_id, retracted_by) REFERENCES public.staff_members(org_id, user_id);

ALTER TABLE "public"."medication_administrations" ADD CONSTRAINT "medication_administrations_retracted_with_reason" CHECK ((((retracted_by IS NULL) = (retraction_reason IS NULL)) AND ((retracted_by IS NULL) OR ((superseded_at IS NOT NULL) AND (status = ANY (ARRAY['given'::public.medication_administration_status, 'refused'::public.medication_administration_status, 'withheld'::public.medication_administration_status]))))));

ALTER TABLE "public"."medication_stock_movements" ADD CONSTRAINT "medication_stock_movements_adjusted_for_one_reason" CHECK ((num_nonnulls(discrepancy_id, retracted_administration_id) =
CASE kind
    WHEN 'adjusted'::public.stock_movement_kind THEN 1
    ELSE 0
END));

ALTER TABLE "public"."medication_stock_movements" ADD CONSTRAINT "medication_stock_movements_retracted_fkey" FOREIGN KEY (org_id, retracted_administration_id) REFERENCES public.medication_administrations(org_id, id);

CREATE INDEX medication_administrations_retracted_by_idx ON public.medication_administrations USING btree (org_id, retracted_by);

CREATE UNIQUE INDEX medication_stock_movements_retracted_key ON public.medication_stock_movements USING btree (org_id, retracted_administration_id);

CREATE TRIGGER _200_keep BEFORE DELETE OR UPDATE ON public.medication_administrations FOR EACH ROW EXECUTE FUNCTION app.keep_record('org_id', 'status', 'witnessed_by', 'witnessed_at', 'superseded_at', 'reminded_at', 'witness_reminded_at', 'retracted_by', 'retraction_reason');

CREATE TRIGGER _210_keep_signed BEFORE UPDATE ON public.medication_administrations FOR EACH ROW WHEN ((old.status <> 'awaiting_witness'::public.medication_administration_status)) EXECUTE FUNCTION app.keep_record('org_id', 'superseded_at', 'reminded_at', 'witness_reminded_at', 'retracted_by', 'retraction_reason');

CREATE TRIGGER _220_keep_retracted BEFORE UPDATE ON public.medication_administrations FOR EACH ROW WHEN ((old.retracted_by IS NOT NULL)) EXECUTE FUNCTION app.keep_record('org_id');

CREATE TRIGGER _800_audit AFTER INSERT OR DELETE OR UPDATE ON public.medication_administrations FOR EACH ROW EXECUTE FUNCTION app.audit_row('org_id', 'org_id,id', 'is_controlled,status,reason_code,note,quantity,occurred_at,effect_due_at,retraction_reason', '');

COMMENT ON COLUMN "public"."medication_administrations"."administered_by" IS 'Who gave or offered it; null where nobody did.';
COMMENT ON COLUMN "public"."medication_administrations"."request_key" IS 'Its request: sent again, it records nothing.';
COMMENT ON COLUMN "public"."medication_administrations"."retracted_by" IS 'Who took it back (FHIR: entered-in-error).';
COMMENT ON COLUMN "public"."medication_administrations"."retraction_reason" IS 'What was wrong. PHI.';
COMMENT ON COLUMN "public"."medication_administrations"."superseded_at" IS 'When it ceased to hold; null while it does.';
COMMENT ON COLUMN "public"."medication_administrations"."witness_reminded_at" IS 'When others were told that it waits.';
COMMENT ON COLUMN "public"."medication_stock_movements"."retracted_administration_id" IS 'The administration that was recorded in error, for which it puts back what was never taken.';
COMMENT ON FUNCTION "app"."check_retractable"(public.medication_administrations) IS 'Ends the request unless the caller may take this account of a dose back now.';
COMMENT ON FUNCTION "app"."lock_account"(uuid) IS 'What became of a dose at a site of the caller, and its dose, locked; not_found otherwise.';

COMMENT ON FUNCTION "app"."move_stock"(uuid, uuid, public.stock_movement_kind, numeric, timestamp with time zone, text, uuid, uuid, uuid, uuid) IS 'Writes a line of a stock, signed by the caller: confirmed at once, or waiting for a witness if it is a controlled drug.
p_quantity: below zero takes out; conflict if that is not there.';
COMMENT ON FUNCTION "app"."put_back"(public.medication_administrations) IS 'Puts back into its stock what an account had taken from it that was recorded in error.';
COMMENT ON FUNCTION "app"."retract_administration"(uuid, public.medication_retraction_reason, boolean) IS 'What public.retract_administration does; authorizes for itself.';

COMMENT ON FUNCTION "public"."retract_administration"(uuid, public.medication_retraction_reason, boolean) IS 'Takes back what was recorded in error (FHIR: entered-in-error). It stays, superseded, with who took it back and why; the
dose is open again and can be recorded as it really was. Nurses and managers of the site are told. For whoever signed
it, for 24 hours, and for nurses, clinicians and managers, at their sites.
p_id: an administration that holds and was given, refused or withheld.
p_reason: not_given, wrong_resident, wrong_medicine, wrong_time, recorded_twice.
p_is_back: whether what was recorded as given lies in its stock; then a line of the stock puts it back, which for a
controlled drug is awaiting_witness until witness_stock_movement(). False if it is gone, such as given to another.
Errors: conflict with details: reason superseded, or status (such as awaiting_witness: its witness declines);
feature_disabled, permission_denied (also: not employed here), not_found, invalid_input.
Idempotent: yes.';
COMMENT ON TABLE "public"."medication_administrations" IS 'What became of doses (FHIR MedicationAdministration).';
COMMENT ON TYPE "public"."medication_retraction_reason" IS 'What was wrong about an account of a dose that was taken back.';

revoke all on function app.check_retractable(public.medication_administrations) from public, anon, authenticated, service_role;

revoke all on function app.lock_account(uuid) from public, anon, authenticated, service_role;

revoke all on function app.move_stock(uuid,uuid,public.stock_movement_kind,numeric,timestamp with time zone,text,uuid,uuid,uuid,uuid) from public, anon, authenticated, service_role;

revoke all on function app.put_back(public.medication_administrations) from public, anon, authenticated, service_role;

revoke all on function app.retract_administration(uuid,public.medication_retraction_reason,boolean) from public, anon, authenticated, service_role;
grant all on function app.retract_administration(uuid,public.medication_retraction_reason,boolean) to authenticated;

revoke all on function public.retract_administration(uuid,public.medication_retraction_reason,boolean) from public, anon, authenticated, service_role;
grant all on function public.retract_administration(uuid,public.medication_retraction_reason,boolean) to authenticated;
