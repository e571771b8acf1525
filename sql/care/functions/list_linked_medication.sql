-- What residents and the relatives whom they let know are told: the names of what is given now, and nothing else of an
-- order. SECURITY DEFINER because no row of orders is theirs to select: each names members of staff. What they may know
-- is the authorization (app.my_residents), asked for whoever calls.
create function app.linked_medication(p_resident_id uuid, p_purpose public.access_purpose)
returns table (order_id uuid, medication_name text, is_as_needed boolean)
language plpgsql volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform app.require_feature('care_homes');
  perform app.require_role('resident', 'family');
  return query
  with found as materialized (
    select orders.org_id, orders.id, orders.resident_id, orders.is_as_needed, orders.details
    from public.medication_orders as orders
    where
      orders.org_id = (select app.current_org()) and orders.resident_id = p_resident_id
      and orders.resident_id = any((select app.my_residents('medication'))::uuid[])
      and orders.status = 'active'
      and orders.starts_at <= app.clock() and (orders.ends_at is null or orders.ends_at > app.clock())
    order by orders.id
    limit 500
  ),

  needed as materialized (select array(select substr(found.details, 2, 16) from found) as tags),

  keys as materialized (
    select unwrapped.tag, unwrapped.schedule from needed cross join lateral app.unwrap_keys(needed.tags) as unwrapped
  ),

  noted as materialized (
    select app.note_access(
      p_purpose, 'public.medication_orders', (array_agg(found.org_id))[1], array_agg(distinct found.resident_id),
      count(*), (select needed.tags from needed)
    )
    from found
    having count(*) > 0
  )

  select
    found.id,
    convert_from(
      app.open_value(
        keys.schedule,
        app.sealed_context('carebase:1:public.medication_orders:details:', found.org_id, found.resident_id),
        found.details
      ), 'UTF8'
    )::jsonb ->> 'name',
    found.is_as_needed
  from found
  cross join noted
  left join keys on keys.tag = substr(found.details, 2, 16)
  order by found.id;
end
$$;

comment on function app.linked_medication(uuid, public.access_purpose) is
'What public.list_linked_medication answers; authorizes for itself, and leaves an access event.';

create function public.list_linked_medication(p_resident_id uuid, p_purpose public.access_purpose)
returns table (order_id uuid, medication_name text, is_as_needed boolean)
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('resident', 'family');
  perform app.check_input('p_resident_id', p_resident_id is not null, 'Say whose.');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what for.');
  return query select linked.* from app.linked_medication(p_resident_id, p_purpose) as linked;
end
$$;

comment on function public.list_linked_medication(uuid, public.access_purpose) is
'The names of what a resident is given now, for themselves and for relatives who may know of their medication; none for
anybody else. At most 500. Leaves an access event.
p_resident_id: whose. p_purpose: what for; must be said.
is_as_needed: whether it is given when needed only.
Never null: order_id, is_as_needed. Protected: medication_name, is_as_needed.
Errors: feature_disabled, permission_denied, invalid_input.';

revoke all on function app.linked_medication(uuid, public.access_purpose) from public;
grant execute on function app.linked_medication(uuid, public.access_purpose) to authenticated;
revoke all on function public.list_linked_medication(uuid, public.access_purpose)
from public, anon, authenticated, service_role;
grant execute on function public.list_linked_medication(uuid, public.access_purpose) to authenticated;
