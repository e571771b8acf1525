create function public.remove_reflection(p_reflection_id uuid, p_reason public.reflection_report_reason default null)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_reflection_id', p_reflection_id is not null, 'Say which reflection.');
  perform app.remove_reflection(p_reflection_id, p_reason);
end
$$;

comment on function public.remove_reflection(uuid, public.reflection_report_reason) is
'Takes a reflection out of its circle, for good. Its author may, an anonymous one without being told apart from the
facilitator, who may, too.
p_reflection_id: the caller''s own, or of a circle that they lead; any other is not_found.
p_reason: why, from the facilitator; an author needs none.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function public.remove_reflection(uuid, public.reflection_report_reason)
from public, anon, authenticated, service_role;
grant execute on function public.remove_reflection(uuid, public.reflection_report_reason) to authenticated;
