create function public.create_medication_order(
  p_resident_id uuid,
  p_name text,
  p_dose text,
  p_route public.medication_route,
  p_dose_quantity numeric,
  p_unit text,
  p_prescriber text,
  p_request_key uuid,
  p_times_of_day time[] default null,
  p_weekdays smallint[] default null,
  p_every_days smallint default null,
  p_window_minutes smallint default 60,
  p_is_as_needed boolean default false,
  p_indication text default null,
  p_min_interval_minutes integer default null,
  p_max_quantity_24_hours numeric default null,
  p_effect_after_minutes smallint default 60,
  p_instructions text default null,
  p_is_controlled boolean default false,
  p_stock_id uuid default null,
  p_starts_at timestamptz default null,
  p_ends_at timestamptz default null,
  p_replaces_id uuid default null,
  p_reason text default null
) returns public.medication_orders
language plpgsql volatile
set search_path = ''
as $$
declare
  v_order public.medication_orders;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('nurse', 'clinician', 'manager');
  perform app.check_input('p_request_key', p_request_key is not null, 'Give the request a key.');
  v_order.resident_id := p_resident_id;
  v_order.stock_id := p_stock_id;
  v_order.replaces_id := p_replaces_id;
  v_order.is_controlled := p_is_controlled;
  v_order.is_as_needed := p_is_as_needed;
  v_order.route := p_route;
  v_order.details := app.plain(jsonb_strip_nulls(jsonb_build_object(
    'name', p_name, 'dose', p_dose, 'indication', p_indication, 'instructions', p_instructions,
    'prescriber', p_prescriber
  )));
  v_order.dose_quantity := p_dose_quantity;
  v_order.unit := p_unit;
  v_order.times_of_day := p_times_of_day;
  v_order.weekdays := p_weekdays;
  v_order.every_days := p_every_days;
  v_order.window_minutes := p_window_minutes;
  v_order.min_interval_minutes := p_min_interval_minutes;
  v_order.max_quantity_24_hours := p_max_quantity_24_hours;
  v_order.effect_after_minutes := case when p_is_as_needed then p_effect_after_minutes end;
  v_order.starts_at := p_starts_at;
  v_order.ends_at := p_ends_at;
  v_order.request_key := p_request_key;
  perform app.check_medication_order(v_order, p_reason);
  return app.create_medication_order(v_order, p_reason);
end
$$;

comment on function public.create_medication_order(
  uuid, text, text, public.medication_route, numeric, text, text, uuid, time[], smallint[], smallint, smallint, boolean,
  text, integer, numeric, smallint, text, boolean, uuid, timestamptz, timestamptz, uuid, text
) is
'Orders a medicine for a resident, or changes an order: then the new one names the old, which ends where the new one
starts. Its doses of the next 48 hours are planned at once. For nurses, clinicians and managers, at their sites.
p_resident_id: for whom. p_name, p_dose, p_prescriber: in words, 1 to 200 characters each. p_route: how it is taken.
p_dose_quantity, p_unit: how much at once, as it is counted: 2 tablet.
p_request_key: made by the caller for this request; sent again, it answers with the order that it made.
p_times_of_day: 1 to 24 times by the clocks of the site; null if it is as needed.
p_weekdays: 1 Monday to 7 Sunday. p_every_days: every so many days from the day it starts, 1 to 90. Null: every day.
p_window_minutes: so many minutes before and after its time a dose may be given, 15 to 720.
p_is_as_needed: with p_indication, p_min_interval_minutes (1 to 10080) and p_max_quantity_24_hours;
p_effect_after_minutes (5 to 720) later somebody looks whether it helped.
p_instructions: up to 1,000 characters.
p_is_controlled: then p_stock_id, which is a controlled stock, too. p_stock_id: what it is taken from.
p_starts_at, p_ends_at: within a year before and after now; null: from now, without an end.
p_replaces_id: the order that this one changes. p_reason: why, up to 1,000 characters; needed with p_replaces_id.
Errors: feature_disabled, permission_denied (also: not employed here), not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function public.create_medication_order(
  uuid, text, text, public.medication_route, numeric, text, text, uuid, time[], smallint[], smallint, smallint, boolean,
  text, integer, numeric, smallint, text, boolean, uuid, timestamptz, timestamptz, uuid, text
)
from public, anon, authenticated, service_role;
grant execute on function public.create_medication_order(
  uuid, text, text, public.medication_route, numeric, text, text, uuid, time[], smallint[], smallint, smallint, boolean,
  text, integer, numeric, smallint, text, boolean, uuid, timestamptz, timestamptz, uuid, text
) to authenticated;
