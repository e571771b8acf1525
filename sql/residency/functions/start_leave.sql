create function public.start_leave(
  p_resident_id uuid, p_kind public.leave_kind, p_left_at timestamptz default null,
  p_due_back_at timestamptz default null
) returns public.resident_leaves
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('residency');
  perform app.check_input('p_resident_id', p_resident_id is not null, 'Say who.');
  perform app.check_input('p_kind', p_kind is not null, 'Say why they are away.');
  return app.start_leave(p_resident_id, p_kind, p_left_at, p_due_back_at);
end
$$;

comment on function public.start_leave(uuid, public.leave_kind, timestamptz, timestamptz) is
'A resident is away and keeps the bed. For managers, care managers, case managers, nurses and carers of the site.
p_resident_id: who lives there; conflict for who does not (details: not_admitted) or is away (on_leave).
p_kind: why.
p_left_at: since when, in the last seven days; null: now.
p_due_back_at: when they are expected back, if that is known.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function public.start_leave(uuid, public.leave_kind, timestamptz, timestamptz)
from public, anon, authenticated, service_role;
grant execute on function public.start_leave(uuid, public.leave_kind, timestamptz, timestamptz) to authenticated;
