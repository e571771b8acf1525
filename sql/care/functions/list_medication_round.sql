-- A page is found by the index of the round, as the caller; only what is on it is opened.
create function public.list_medication_round(
  p_site_id uuid,
  p_from timestamptz,
  p_to timestamptz,
  p_purpose public.access_purpose,
  p_limit integer default 200,
  p_after uuid default null
) returns table (
  dose_id uuid,
  order_id uuid,
  resident_id uuid,
  preferred_name text,
  due_at timestamptz,
  window_starts_at timestamptz,
  window_ends_at timestamptz,
  status public.medication_dose_status,
  details jsonb,
  route public.medication_route,
  dose_quantity numeric,
  unit text,
  is_controlled boolean,
  administration_id uuid,
  administered_by uuid,
  occurred_at timestamptz
)
language plpgsql volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_org_id uuid;
  v_after timestamptz;
begin
  perform app.require_feature('care_homes');
  perform app.require_role(
    'org_owner', 'compliance_lead', 'manager', 'care_manager', 'nurse', 'clinician', 'carer'
  );
  perform app.check_input('p_site_id', p_site_id is not null, 'Say at which site.');
  perform app.check_input(
    'p_to', p_to > p_from and p_to <= p_from + interval '48 hours', 'A round is at most 48 hours, from p_from to p_to.'
  );
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what for.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  v_org_id := app.current_org();
  select doses.due_at into v_after
  from public.medication_doses as doses where doses.org_id = v_org_id and doses.id = p_after;
  perform app.check_cursor('p_after', p_after is null or found);

  return query
  with page as materialized (
    select doses.*
    from public.medication_doses as doses
    where
      doses.org_id = v_org_id and doses.site_id = p_site_id
      and doses.due_at >= greatest(p_from, v_after) and doses.due_at < p_to and doses.status <> 'cancelled'
      and (p_after is null or (doses.due_at, doses.id) > (v_after, p_after))
    order by doses.due_at, doses.id
    limit p_limit
  )
  select
    page.id, page.order_id, page.resident_id, people.preferred_name, page.due_at, page.window_starts_at,
    page.window_ends_at, page.status, opened.details, orders.route, orders.dose_quantity, orders.unit,
    orders.is_controlled, administrations.id, administrations.administered_by, administrations.occurred_at
  from page
  inner join public.medication_orders as orders on orders.org_id = v_org_id and orders.id = page.order_id
  left join public.medication_administrations as administrations
    on administrations.org_id = v_org_id and administrations.dose_id = page.id
    and administrations.superseded_at is null
  left join app.open_medication_orders(array(select distinct page.order_id from page), p_purpose) as opened
    on opened.id = page.order_id
  left join app.open_residents(array(select distinct page.resident_id from page), p_purpose) as people
    on people.id = page.resident_id
  order by page.due_at, page.id;
end
$$;

comment on function public.list_medication_round(
  uuid, timestamptz, timestamptz, public.access_purpose, integer, uuid
) is
'Who is to be given what at a site, in the order of its time, and what became of it; none for a site that the caller
cannot see. What was cancelled is left out; what is given as needed: list_as_needed_orders(). Leaves access events.
p_site_id: the site. p_from, p_to: from and before when it is due, at most 48 hours.
p_purpose: what for; must be said. p_limit: at most so many, 1 to 500. p_after: the last dose of the page before;
not_found if it is no longer there.
preferred_name: what the resident wants to be called. details: name, dose, indication, instructions, prescriber.
administration_id, administered_by, occurred_at: of the account that holds; null while there is none.
Never null: dose_id, order_id, resident_id, due_at, window_starts_at, window_ends_at, status, route, dose_quantity,
unit, is_controlled.
Protected: preferred_name, due_at, status, details, route, dose_quantity, unit, is_controlled, occurred_at.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function public.list_medication_round(
  uuid, timestamptz, timestamptz, public.access_purpose, integer, uuid
) from public, anon, authenticated, service_role;
grant execute on function public.list_medication_round(
  uuid, timestamptz, timestamptz, public.access_purpose, integer, uuid
) to authenticated;
