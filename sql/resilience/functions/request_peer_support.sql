create function public.request_peer_support(p_occasion public.peer_support_occasion, p_share boolean)
returns table (
  intervention_id uuid,
  due_on date,
  is_shared boolean,
  told_count integer
)
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_occasion', p_occasion is not null, 'Say after what.');
  perform app.check_input('p_share', p_share is not null, 'Say whether helpers may know that it is you.');
  return query
  select asked.intervention_id, asked.due_on, asked.is_shared, asked.told_count
  from app.ask_for_peer_support(p_occasion, p_share) as asked;
end
$$;

comment on function public.request_peer_support(public.peer_support_occasion, boolean) is
'Asks for a colleague to talk to, within a day. Needs no other consent than this: whoever asks decides with p_share who
knows. Wellness officers are told at once, where there are none care managers.
p_occasion: traumatic_event, patient_death, violence, error, other. Nobody needs to say more.
p_share: lets wellness officers, care managers and administrators see who asks and after what. Without it they learn that
somebody asks; accept_intervention() shares it later.
intervention_id: the caller''s case, the open one if there is one. told_count: how many were told; 0: nobody holds the
role, show get_crisis_contacts() and a colleague''s number instead.
Never null: intervention_id, due_on, is_shared, told_count.
Errors: feature_disabled, permission_denied, invalid_input, rate_limited.
Idempotent: yes.';

revoke all on function public.request_peer_support(public.peer_support_occasion, boolean)
from public, anon, authenticated, service_role;
grant execute on function public.request_peer_support(public.peer_support_occasion, boolean) to authenticated;
