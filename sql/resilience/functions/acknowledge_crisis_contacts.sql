-- Without the feature's guard, as get_crisis_contacts(): whoever was shown the numbers can say that they saw them.
create function public.acknowledge_crisis_contacts() returns timestamptz
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_person();
  perform app.require_member();
  return app.acknowledge_crisis_contacts();
end
$$;

comment on function public.acknowledge_crisis_contacts() is
'Notes that the caller saw the crisis contacts; the moment. Nothing of why, and nobody else reads it.
Errors: not_authenticated, session_expired, permission_denied.
Idempotent: yes.';

revoke all on function public.acknowledge_crisis_contacts() from public, anon, authenticated, service_role;
grant execute on function public.acknowledge_crisis_contacts() to authenticated;
