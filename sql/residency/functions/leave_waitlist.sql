create function public.leave_waitlist(p_entry_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('residency');
  perform app.check_input('p_entry_id', p_entry_id is not null, 'Say which entry.');
  perform app.leave_waitlist(p_entry_id);
end
$$;

comment on function public.leave_waitlist(uuid) is
'Somebody no longer waits; a bed that they were offered goes to the next. For managers and care managers of the site.
p_entry_id: the entry of the waiting list.
Errors: feature_disabled, permission_denied, not_found, invalid_input.
Idempotent: yes.';

revoke all on function public.leave_waitlist(uuid) from public, anon, authenticated, service_role;
grant execute on function public.leave_waitlist(uuid) to authenticated;
