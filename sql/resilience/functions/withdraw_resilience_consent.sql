-- SECURITY DEFINER because nobody may write the table; it is bound to the caller's own consent in the active
-- organization, and lets go whoever gave one, practitioner still or not.
create function app.withdraw_consent() returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_person();
  perform pg_advisory_xact_lock(app.participation_lock(app.current_org(), app.my_id()));
  perform app.end_consent(app.current_org(), app.my_id(), false);
end
$$;

comment on function app.withdraw_consent() is
'What public.withdraw_resilience_consent does; bound to the caller.';

create function public.withdraw_resilience_consent() returns public.my_participation
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.withdraw_consent();
  return public.get_my_participation();
end
$$;

comment on function public.withdraw_resilience_consent() is
'The caller takes part no longer. From the next request on nothing more about them is collected, and nobody reads
anything that is theirs alone: all that they shared is un-shared, of past days too. What they wrote stays theirs to read,
export and delete; figures of past days stay. Nothing happens to whoever took no part.
Returns what get_my_participation() answers.
Errors: feature_disabled, permission_denied, not_authenticated.
Idempotent: yes.';

revoke all on function app.withdraw_consent() from public;
grant execute on function app.withdraw_consent() to authenticated;
revoke all on function public.withdraw_resilience_consent() from public, anon, authenticated, service_role;
grant execute on function public.withdraw_resilience_consent() to authenticated;
