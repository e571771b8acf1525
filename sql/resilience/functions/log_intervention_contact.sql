create function public.log_intervention_contact(
  p_id uuid,
  p_contact_method public.contact_method,
  p_is_reached boolean,
  p_contacted_at timestamptz default null
)
returns public.provider_intervention_contacts
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_role('wellness_officer', 'care_manager', 'admin');
  perform app.check_input('p_id', p_id is not null, 'Say which case.');
  perform app.check_input('p_contact_method', p_contact_method is not null, 'Say how.');
  perform app.check_input('p_is_reached', p_is_reached is not null, 'Say whether they were reached.');
  perform app.check_input(
    'p_contacted_at',
    coalesce(p_contacted_at between app.clock() - interval '30 days' and app.clock() + interval '5 minutes', true),
    'A contact was within the last thirty days.'
  );
  return app.log_intervention_contact(p_id, p_contact_method, p_is_reached, p_contacted_at);
end
$$;

comment on function public.log_intervention_contact(
  uuid, public.contact_method, boolean, timestamptz
) is
'Notes that the caller tried to reach the person of a case, and whether they did; the case is in progress from then on,
and the caller''s if it was nobody''s. For wellness officers, care managers and administrators.
p_id: the case; not_found as for get_intervention(), conflict once it is closed.
p_contact_method: call, message, in_person, video.
p_is_reached: whether the person was reached.
p_contacted_at: when, within the last thirty days; null: now.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function public.log_intervention_contact(
  uuid, public.contact_method, boolean, timestamptz
) from public, anon, authenticated, service_role;
grant execute on function public.log_intervention_contact(
  uuid, public.contact_method, boolean, timestamptz
) to authenticated;
