create function public.get_my_participation() returns public.my_participation
language plpgsql stable
set search_path = ''
as $$
declare
  v_answer public.my_participation;
begin
  perform app.require_feature('resilience_hub');

  select consents.level, consents.policy_version, null, null, consents.given_at into v_answer
  from public.provider_consents as consents
  where
    consents.org_id = (select app.current_org())
    and consents.user_id = (select app.my_id())
    and consents.withdrawn_at is null;
  v_answer.newest_policy_version := app.newest_policy_version();
  v_answer.is_current := coalesce(v_answer.policy_version = v_answer.newest_policy_version, false);
  return v_answer;
end
$$;

comment on function public.get_my_participation() is
'How far the caller takes part in the resilience hub of the active organization.
level: null for whoever does not take part; then nothing about them is collected.
policy_version: the version of the privacy statement they agreed to. newest_policy_version: the one that is offered
today, in resilience_policies. is_current: whether these are the same; if not, show the new text and ask again. What was
agreed to holds until then.
given_at: since when.
Errors: feature_disabled, permission_denied.';

revoke all on function public.get_my_participation() from public, anon, authenticated, service_role;
grant execute on function public.get_my_participation() to authenticated;
