create function public.list_handover_items(
  p_handover_id uuid,
  p_purpose public.access_purpose,
  p_after uuid default null,
  p_limit integer default 200
) returns table (
  id uuid,
  resident_id uuid,
  source public.handover_source,
  source_id uuid,
  priority public.handover_priority,
  occurred_at timestamptz,
  note text,
  created_by uuid
)
language plpgsql volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_after record;
  v_ids uuid[];
  v_note_ids uuid[];
begin
  perform app.require_feature('care_homes');
  perform app.require_role('org_owner', 'compliance_lead', 'manager', 'care_manager', 'nurse', 'clinician', 'carer');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what for.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  select items.priority as priority, items.occurred_at as at, items.id as id into v_after
  from public.handover_items as items
  where items.org_id = (select app.current_org()) and items.id = p_after and items.handover_id = p_handover_id;
  perform app.check_cursor('p_after', p_after is null or v_after.id is not null);

  select
    coalesce(array_agg(page.id), '{}'),
    coalesce(array_agg(page.source_id) filter (where page.source = 'daily_note'), '{}')
  into v_ids, v_note_ids
  from (
    select items.id, items.source, items.source_id
    from public.handover_items as items
    where
      items.org_id = (select app.current_org())
      and items.handover_id = p_handover_id
      and (
        p_after is null
        or (items.priority, items.occurred_at, items.id) > (v_after.priority, v_after.at, v_after.id)
      )
    order by items.priority, items.occurred_at, items.id
    limit p_limit
  ) as page;
  return query
  select
    items.id, items.resident_id, items.source, items.source_id, items.priority, items.occurred_at,
    coalesce(opened.note, notes.note), items.created_by
  from public.handover_items as items
  inner join app.open_handover_items(v_ids, p_purpose) as opened on opened.id = items.id
  left join app.open_daily_notes(v_note_ids, p_purpose) as notes on notes.id = items.source_id
  where items.org_id = (select app.current_org()) and items.id = any(v_ids)
  order by items.priority, items.occurred_at, items.id;
end
$$;

comment on function public.list_handover_items(uuid, public.access_purpose, uuid, integer) is
'What is in a handover, opened: the urgent first, then by when it happened. Of a daily note note is what it says; of other records it is null, and
source and source_id say where to look. Leaves access events.
p_purpose: what for; must be said. p_after: the last item of the page before. p_limit: at most so many, 1 to 500.
Never null: id, source, priority, occurred_at.
Protected: source, priority, occurred_at, note.
Errors: feature_disabled, permission_denied, invalid_input, not_found.';

revoke all on function public.list_handover_items(uuid, public.access_purpose, uuid, integer)
from public, anon, authenticated, service_role;
grant execute on function public.list_handover_items(uuid, public.access_purpose, uuid, integer) to authenticated;
