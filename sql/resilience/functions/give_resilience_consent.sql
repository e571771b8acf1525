-- A change of mind ends one row and begins another. SECURITY DEFINER because nobody may write the table; it is bound to
-- the caller's own consent in the active organization.
create function app.give_consent(p_level public.participation_level, p_policy_version integer) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id constant uuid := app.current_org();
  v_user_id constant uuid := app.my_id();
  v_former public.provider_consents;
begin
  perform app.require_feature('resilience_hub');
  perform app.require_provider();
  if p_policy_version is distinct from app.newest_policy_version() then
    perform app.raise_error(
      'conflict', 'There is another version of the privacy statement.',
      jsonb_build_object('policy_version', app.newest_policy_version()), 'Show the newest one and ask again.'
    );
  end if;
  perform pg_advisory_xact_lock(app.participation_lock(v_org_id, v_user_id));
  select consents.* into v_former
  from public.provider_consents as consents
  where consents.org_id = v_org_id and consents.user_id = v_user_id and consents.withdrawn_at is null;
  if (v_former.level, v_former.policy_version) is not distinct from (p_level, p_policy_version) then
    return;
  end if;

  perform app.end_consent(v_org_id, v_user_id, p_level = 'may_be_contacted');
  insert into public.provider_consents (org_id, practitioner_id, user_id, level, policy_version, given_at)
  values (v_org_id, app.my_practitioner(), v_user_id, p_level, p_policy_version, app.clock());
end
$$;

comment on function app.give_consent(public.participation_level, integer) is
'What public.give_resilience_consent does; authorizes for itself.';

-- Who waited for the lock may have begun before what it ends: hence the later of the two moments. Un-sharing is one
-- event without a name, however many check-ins it was.
create function app.end_consent(p_org_id uuid, p_user_id uuid, p_keeps_shared boolean) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_count integer;
begin
  update public.provider_consents as consents
  set withdrawn_at = greatest(consents.given_at, app.clock())
  where consents.org_id = p_org_id and consents.user_id = p_user_id and consents.withdrawn_at is null;
  if p_keeps_shared then
    return;
  end if;
  perform set_config('carebase.told_as_one', 'on', true);
  update public.provider_daily_checkins as checkins
  set is_shared = false
  where checkins.org_id = p_org_id and checkins.user_id = p_user_id and checkins.is_shared;
  get diagnostics v_count = row_count;
  perform set_config('carebase.told_as_one', '', true);
  if v_count > 0 then
    perform app.audit_concealed(
      'update', p_org_id, 'public.provider_daily_checkins', '{"is_shared": "changed"}'
    );
  end if;
end
$$;

comment on function app.end_consent(uuid, uuid, boolean) is
'Ends the consent of a person, if they gave one, and un-shares their check-ins unless they still may be contacted.';

create function public.give_resilience_consent(
  p_policy_version integer,
  p_level public.participation_level default 'aggregate_only'
) returns public.my_participation
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_level', p_level is not null, 'Say how far you take part.');
  perform app.check_input(
    'p_policy_version', p_policy_version is not null, 'Say which version of the privacy statement you agree to.'
  );
  perform app.give_consent(p_level, p_policy_version);
  return public.get_my_participation();
end
$$;

comment on function public.give_resilience_consent(integer, public.participation_level) is
'The caller takes part in the resilience hub from now on, this far; replaces what they said before. For practitioners.
p_policy_version: the version of the privacy statement that they read; any but the newest is conflict, whose details
name that one.
p_level: anonymous (nobody, the hub included, is told whose check-ins they are), aggregate_only (only in figures of five
people and more), may_be_contacted (also: what they share is read by those who can help). From may_be_contacted to
another level un-shares everything.
Returns what get_my_participation() answers.
Errors: feature_disabled, permission_denied, conflict, invalid_input.
Idempotent: yes.';

revoke all on function app.give_consent(public.participation_level, integer) from public;
revoke all on function app.end_consent(uuid, uuid, boolean) from public;
grant execute on function app.give_consent(public.participation_level, integer) to authenticated;
revoke all on function public.give_resilience_consent(integer, public.participation_level)
from public, anon, authenticated, service_role;
grant execute on function public.give_resilience_consent(integer, public.participation_level) to authenticated;
