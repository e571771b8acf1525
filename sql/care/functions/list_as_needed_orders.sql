create function public.list_as_needed_orders(
  p_resident_id uuid, p_purpose public.access_purpose, p_limit integer default 50, p_after uuid default null
) returns table (
  order_id uuid,
  resident_id uuid,
  details jsonb,
  route public.medication_route,
  dose_quantity numeric,
  unit text,
  is_controlled boolean,
  min_interval_minutes integer,
  max_quantity_24_hours numeric,
  possible_at timestamptz,
  held_back_by text
)
language plpgsql volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform app.require_feature('care_homes');
  perform app.require_role(
    'org_owner', 'compliance_lead', 'manager', 'care_manager', 'nurse', 'clinician', 'carer'
  );
  perform app.check_input('p_resident_id', p_resident_id is not null, 'Say whose.');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what for.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');

  return query
  with page as materialized (
    select orders.*
    from public.medication_orders as orders
    where
      orders.org_id = (select app.current_org()) and orders.resident_id = p_resident_id
      and orders.is_as_needed and orders.status = 'active'
      and orders.starts_at <= app.clock() and (orders.ends_at is null or orders.ends_at > app.clock())
      and (p_after is null or orders.id > p_after)
    order by orders.id
    limit p_limit
  )
  select
    page.id, page.resident_id, opened.details, page.route, page.dose_quantity, page.unit, page.is_controlled,
    page.min_interval_minutes, page.max_quantity_24_hours, next.possible_at, next.reason
  from page
  cross join lateral app.next_as_needed_at(
    page::public.medication_orders, page.dose_quantity, app.clock()
  ) as next
  left join app.open_medication_orders(array(select page.id from page), p_purpose) as opened on opened.id = page.id
  order by page.id;
end
$$;

comment on function public.list_as_needed_orders(uuid, public.access_purpose, integer, uuid) is
'The as-needed orders of a resident that are in force, and when the next dose of each is possible. Leaves an access
event.
p_resident_id: whose; none if the caller does not see them. p_purpose: what for; must be said.
p_limit: at most so many, 1 to 500. p_after: the last order of the page before.
possible_at: from when on a whole dose may be given; now, or later. held_back_by: minimum_interval or maximum_24_hours
until then; null: nothing.
Never null: order_id, resident_id, route, dose_quantity, unit, is_controlled, min_interval_minutes,
max_quantity_24_hours, possible_at.
Protected: details, route, dose_quantity, unit, is_controlled, min_interval_minutes, max_quantity_24_hours, possible_at,
held_back_by.
Errors: feature_disabled, permission_denied, invalid_input.';

revoke all on function public.list_as_needed_orders(uuid, public.access_purpose, integer, uuid)
from public, anon, authenticated, service_role;
grant execute on function public.list_as_needed_orders(uuid, public.access_purpose, integer, uuid) to authenticated;
