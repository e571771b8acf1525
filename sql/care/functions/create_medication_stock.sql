create function public.create_medication_stock(
  p_resident_id uuid,
  p_name text,
  p_unit text,
  p_is_controlled boolean default false,
  p_reorder_quantity numeric default null,
  p_site_id uuid default null,
  p_request_key uuid default null
) returns public.medication_stock
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('nurse', 'clinician', 'manager');
  perform app.check_input(
    'p_resident_id', (p_resident_id is null) <> (p_site_id is null), 'Say whose it is, or the site of a homely remedy.'
  );
  perform app.check_input('p_name', length(p_name) between 1 and 200, 'A name has 1 to 200 characters.');
  perform app.check_input('p_unit', length(p_unit) between 1 and 30, 'A unit has 1 to 30 characters.');
  perform app.check_input(
    'p_is_controlled', p_is_controlled is not null and not (p_is_controlled and p_resident_id is null),
    'A controlled drug is always kept for one resident.'
  );
  perform app.check_input(
    'p_reorder_quantity', coalesce(p_reorder_quantity > 0 and p_reorder_quantity < 1000000, true),
    'More is ordered at a quantity above zero.'
  );
  return app.create_medication_stock(
    p_resident_id, p_site_id, p_name, p_unit, p_is_controlled, p_reorder_quantity, p_request_key
  );
end
$$;

comment on function public.create_medication_stock(uuid, text, text, boolean, numeric, uuid, uuid) is
'Begins to count a medicine: of one resident, or as a homely remedy of a site. There is nothing in it until
record_stock_movement() says what was delivered. For nurses, clinicians and managers, at their sites.
p_resident_id: whose it is; null for a homely remedy.
p_name: name, strength and form, 1 to 200 characters. p_unit: what is counted: tablet, ml, patch.
p_is_controlled: whether it is a controlled drug, of which nothing moves without two signatures.
p_reorder_quantity: list_medication_stock() says so when no more than this is left.
p_site_id: the site of a homely remedy; null for a resident''s own.
p_request_key: made by the caller for this request; sent again, it answers with what it began.
Errors: feature_disabled, permission_denied (also: not employed here), not_found, invalid_input, conflict (the key was
for another request).';

revoke all on function public.create_medication_stock(uuid, text, text, boolean, numeric, uuid, uuid)
from public, anon, authenticated, service_role;
grant execute on function public.create_medication_stock(uuid, text, text, boolean, numeric, uuid, uuid)
to authenticated;
