-- What every function asks that collects something about a person, and every guard of a table that holds it. A request
-- that changes somebody's consent and one that collects take turns: after a withdrawal has been answered nothing is
-- collected by a request that began before it. Whoever collects holds the lock shared, so they do not wait for each
-- other. VOLATILE, so that the consent is read as it is once the lock is held.
create function app.participation_lock(p_org_id uuid, p_user_id uuid) returns bigint
language sql immutable
return hashtextextended('carebase.participation ' || p_org_id || ' ' || p_user_id, 0);

comment on function app.participation_lock(uuid, uuid) is
'The advisory lock between the consent of a person and what collects something about them.';

create function app.require_participation() returns public.participation_level
language plpgsql volatile
set search_path = ''
as $$
declare
  v_level public.participation_level;
begin
  if app.my_id() is not null and app.current_org() is not null then
    perform pg_advisory_xact_lock_shared(app.participation_lock(app.current_org(), app.my_id()));
    v_level := app.consent_level(app.current_org(), app.my_id());
  end if;
  if v_level is null then
    perform app.require_provider();
    perform app.raise_error(
      'consent_required', 'You do not take part in the resilience hub, so nothing about you is collected.',
      jsonb_build_object('policy_version', app.newest_policy_version()),
      'Read the privacy statement, then call give_resilience_consent with its version.'
    );
  end if;
  return v_level;
end
$$;

comment on function app.require_participation() is
'How far the caller takes part in the resilience hub; ends the request with consent_required unless they do. Comes right
after app.require_feature in whatever collects something about a person.';

create function app.newest_policy_version() returns integer
language sql stable
set search_path = ''
as $$
  select max(policies.version) from public.resilience_policies as policies where policies.effective_on <= app.today()
$$;

comment on function app.newest_policy_version() is
'The version of the privacy statement that is offered for agreement today; null if there is none.';

revoke all on function app.participation_lock(uuid, uuid) from public;
revoke all on function app.require_participation() from public;
revoke all on function app.newest_policy_version() from public;
grant execute on function app.participation_lock(uuid, uuid) to authenticated, service_role;
grant execute on function app.require_participation() to authenticated, service_role;
grant execute on function app.newest_policy_version() to authenticated, service_role;
