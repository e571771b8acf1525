create function public.end_leave(p_resident_id uuid, p_returned_at timestamptz default null)
returns public.resident_leaves
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('residency');
  perform app.check_input('p_resident_id', p_resident_id is not null, 'Say who.');
  return app.end_leave(p_resident_id, p_returned_at);
end
$$;

comment on function public.end_leave(uuid, timestamptz) is
'A resident is back. For managers, care managers, case managers, nurses and carers of the site.
p_resident_id: who is away; else conflict (details: not_on_leave).
p_returned_at: since when, in the last seven days and after they left; null: now.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function public.end_leave(uuid, timestamptz) from public, anon, authenticated, service_role;
grant execute on function public.end_leave(uuid, timestamptz) to authenticated;
