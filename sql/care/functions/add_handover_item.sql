create function public.add_handover_item(
  p_handover_id uuid,
  p_note text,
  p_resident_id uuid default null,
  p_priority public.handover_priority default 'important'
) returns public.handover_items
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_carer();
  perform app.check_input('p_note', length(p_note) between 1 and 2000, 'A note has 1 to 2000 characters.');
  perform app.check_input('p_priority', p_priority is not null, 'Say how much it matters.');
  return app.add_handover_item(p_handover_id, p_note, p_resident_id, p_priority);
end
$$;

comment on function public.add_handover_item(uuid, text, uuid, public.handover_priority) is
'Adds to a handover what no record says. For those who give care at its site, until the first acknowledgement.
p_note: 1 to 2000 characters; stored sealed. p_resident_id: whom it is about; null: the site as a whole.
p_priority: urgent, important or routine.
Returns the item.
Errors: feature_disabled, permission_denied, invalid_input, not_found, conflict (acknowledged before).';

revoke all on function public.add_handover_item(uuid, text, uuid, public.handover_priority)
from public, anon, authenticated, service_role;
grant execute on function public.add_handover_item(uuid, text, uuid, public.handover_priority) to authenticated;
