create function public.report_reflection(p_reflection_id uuid, p_reason public.reflection_report_reason)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_reflection_id', p_reflection_id is not null, 'Say which reflection.');
  perform app.check_input('p_reason', p_reason is not null, 'Say why.');
  perform app.report_reflection(p_reflection_id, p_reason);
end
$$;

comment on function public.report_reflection(uuid, public.reflection_report_reason) is
'Says that a reflection should not be in the circle. Two members, or one who calls it harmful, hide it until the
facilitator or a wellness officer has decided. Nobody is told who it was. A member reports a reflection once.
p_reflection_id: of one of the caller''s circles; any other, and one''s own, is not_found.
p_reason: harmful, personal_information, harassment, other.
Errors: feature_disabled, permission_denied, not_found, invalid_input.
Idempotent: yes.';

revoke all on function public.report_reflection(uuid, public.reflection_report_reason)
from public, anon, authenticated, service_role;
grant execute on function public.report_reflection(uuid, public.reflection_report_reason) to authenticated;
