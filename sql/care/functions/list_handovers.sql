create function public.list_handovers(
  p_site_id uuid, p_before uuid default null, p_limit integer default 20
) returns table (
  id uuid,
  starts_at timestamptz,
  ends_at timestamptz,
  closed_at timestamptz,
  created_by uuid,
  item_count bigint,
  urgent_count bigint,
  acknowledged_count bigint,
  is_acknowledged_by_me boolean
)
language plpgsql stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_before record;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('org_owner', 'compliance_lead', 'manager', 'care_manager', 'nurse', 'clinician', 'carer');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  select handovers.ends_at as at, handovers.id as id into v_before
  from public.handovers
  where
    handovers.org_id = (select app.current_org()) and handovers.id = p_before and handovers.site_id = p_site_id;
  perform app.check_cursor('p_before', p_before is null or v_before.id is not null);

  return query
  select
    page.id, page.starts_at, page.ends_at, page.closed_at, page.created_by, items.items, items.urgent, signed.people,
    signed.is_mine
  from (
    select handovers.*
    from public.handovers
    where
      handovers.org_id = (select app.current_org())
      and handovers.site_id = p_site_id
      and (p_before is null or (handovers.ends_at, handovers.id) < (v_before.at, v_before.id))
    order by handovers.ends_at desc, handovers.id desc
    limit p_limit
  ) as page
  cross join lateral (
    select count(*) as items, count(*) filter (where items.priority = 'urgent') as urgent
    from public.handover_items as items
    where items.org_id = page.org_id and items.handover_id = page.id
  ) as items
  cross join lateral (
    select count(*) as people, coalesce(bool_or(made.user_id = (select app.my_id())), false) as is_mine
    from public.handover_acknowledgements as made
    where made.org_id = page.org_id and made.handover_id = page.id
  ) as signed
  order by page.ends_at desc, page.id desc;
end
$$;

comment on function public.list_handovers(uuid, uuid, integer) is
'The handovers of a site, newest first, with how many items and acknowledgements each has.
p_before: the last one of the page before. p_limit: at most so many, 1 to 500.
item_count, urgent_count: of those the caller may read; who moved away since took theirs along.
Never null: id, starts_at, ends_at, item_count, urgent_count, acknowledged_count, is_acknowledged_by_me.
Errors: feature_disabled, permission_denied, invalid_input, not_found.';

revoke all on function public.list_handovers(uuid, uuid, integer) from public, anon, authenticated, service_role;
grant execute on function public.list_handovers(uuid, uuid, integer) to authenticated;
