create function public.list_medication_stock(
  p_site_id uuid,
  p_purpose public.access_purpose,
  p_resident_id uuid default null,
  p_limit integer default 50,
  p_after uuid default null
) returns table (
  stock_id uuid,
  resident_id uuid,
  name text,
  unit text,
  is_controlled boolean,
  quantity numeric,
  awaiting_witness numeric,
  is_low boolean
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
  perform app.check_input('p_site_id', p_site_id is not null, 'Say at which site.');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what for.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');

  return query
  with page as materialized (
    select stock.*
    from public.medication_stock as stock
    where
      stock.org_id = (select app.current_org()) and stock.site_id = p_site_id
      and (p_resident_id is null or stock.resident_id = p_resident_id)
      and (p_after is null or stock.id > p_after)
    order by stock.id
    limit p_limit
  )
  select
    page.id, page.resident_id, coalesce(page.remedy_name, opened.medication_name), page.unit, page.is_controlled,
    there.confirmed, there.incoming + there.outgoing,
    coalesce(there.confirmed + there.outgoing <= page.reorder_quantity, false)
  from page
  cross join lateral app.stock_quantity(page.org_id, page.id) as there
  left join app.open_medication_stock(array(select page.id from page), p_purpose) as opened on opened.id = page.id
  order by page.id;
end
$$;

comment on function public.list_medication_stock(uuid, public.access_purpose, uuid, integer, uuid) is
'What is kept at a site and how much of it there is; none for a site that the caller cannot see. Leaves an access event.
p_site_id: the site. p_purpose: what for; must be said. p_resident_id: of one resident only.
p_limit: at most so many, 1 to 500. p_after: the last stock of the page before.
resident_id: null for a homely remedy. quantity: by the confirmed lines, in its unit. awaiting_witness: what came in or
went out (below zero) and is not signed for by a second person yet. is_low: time to order.
Never null: stock_id, unit, is_controlled, quantity, awaiting_witness, is_low.
Protected: name, is_controlled, quantity, awaiting_witness.
Errors: feature_disabled, permission_denied, invalid_input.';

revoke all on function public.list_medication_stock(uuid, public.access_purpose, uuid, integer, uuid)
from public, anon, authenticated, service_role;
grant execute on function public.list_medication_stock(uuid, public.access_purpose, uuid, integer, uuid)
to authenticated;
