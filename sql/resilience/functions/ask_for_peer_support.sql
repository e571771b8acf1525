-- A colleague to talk to, within a day. SECURITY DEFINER because nobody writes cases, and who holds a role is not for
-- everybody to read; bound to the caller's own id. The consent that it needs is the one given with it (p_share): a
-- nurse whose patient has just died is not asked to agree to a policy first.
create function app.ask_for_peer_support(
  p_occasion public.peer_support_occasion, p_share boolean,
  out intervention_id uuid, out due_on date, out is_shared boolean, out told_count integer
)
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id uuid;
  v_case public.provider_interventions;
begin
  perform app.require_feature('resilience_hub');
  v_org_id := app.current_org();
  intervention_id := app.open_intervention(v_org_id, app.my_id(), 'peer_support', null);
  if intervention_id is null then
    perform app.raise_error(
      'permission_denied', 'Only practitioners of the organization ask for peer support.',
      p_hint => 'Ask an administrator to link your sign-in with your practitioner record.'
    );
  end if;
  perform app.limit_rate('request_peer_support', app.my_id()::text, 20, interval '1 hour');
  update public.provider_interventions as cases
  set
    status = case cases.status when 'proposed' then 'open' else cases.status end,
    occasion = p_occasion,
    due_on = least(cases.due_on, app.organization_day(v_org_id, app.clock() + interval '24 hours')),
    shared_at = case when p_share then coalesce(cases.shared_at, app.clock()) else cases.shared_at end,
    is_unnamed = not p_share and cases.shared_at is null
  where cases.org_id = v_org_id and cases.id = intervention_id
  returning cases.* into v_case;
  due_on := v_case.due_on;
  is_shared := v_case.shared_at is not null;
  told_count := case
    when is_shared then app.tell_helpers(
      v_org_id, v_case.id, 'peer_support.requested', '/interventions/' || v_case.id
    )
    else app.tell_helpers(v_org_id, v_case.id, 'peer_support.wanted', '/peer-support')
  end;
end
$$;

comment on function app.ask_for_peer_support(public.peer_support_occasion, boolean) is
'What public.request_peer_support does; bound to the caller''s own id.';

-- Wellness officers first: they stand outside the line of command. The message says neither who nor why; what is behind
-- the link asks who is there. Administrators read the queue and the trail, so both are written as the system's, and do
-- not keep who caused them.
create function app.tell_helpers(p_org_id uuid, p_id uuid, p_template text, p_link text) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_claims constant text := coalesce(current_setting('request.jwt.claims', true), '');
  v_officers uuid[];
  v_managers uuid[];
begin
  select
    array_agg(distinct roles.user_id) filter (where roles.role = 'wellness_officer'),
    array_agg(distinct roles.user_id) filter (where roles.role = 'care_manager')
  into v_officers, v_managers
  from public.role_assignments as roles
  where
    roles.org_id = p_org_id and roles.role in ('wellness_officer', 'care_manager')
    and roles.deleted_at is null and roles.valid_during @> app.clock()
    and roles.user_id is distinct from app.my_id();
  v_officers := coalesce(v_officers, v_managers, '{}');

  perform set_config('request.jwt.claims', '', true);
  perform app.ensure_helper_templates(p_org_id);
  -- Once per case, without its id.
  perform app.tell_people(
    p_org_id, v_officers, p_template, jsonb_build_object('link', p_link),
    encode(sha256(p_id::text::bytea), 'hex'), 'urgent'
  );
  perform set_config('request.jwt.claims', v_claims, true);
  return cardinality(v_officers);
end
$$;

comment on function app.tell_helpers(uuid, uuid, text, text) is
'Tells the wellness officers of an organization, or else its care managers, once per case and template; how many.
For private functions that have authorized.';

create function app.ensure_helper_templates(p_org_id uuid) returns void
language sql volatile
set search_path = ''
as $$
  select app.ensure_words(p_org_id, words.template, words.subject, words.body || ' {{ link }}')
  from (
    values
      (
        'peer_support.requested', 'A colleague asks for peer support',
        'A colleague asks for somebody to talk to, within a day. Who it is stands here:'
      ),
      (
        'peer_support.wanted', 'Somebody asks for peer support',
        'A colleague asks for somebody to talk to, within a day, and does not wish to be named yet. What you can do:'
      ),
      (
        'intervention.shared', 'A colleague takes up an offer of help',
        'A colleague takes up an offer of help. Who it is stands here:'
      )
  ) as words (template, subject, body)
$$;

comment on function app.ensure_helper_templates(uuid) is 'The words for app.tell_helpers(), unless they are there.';

revoke all on function app.ask_for_peer_support(public.peer_support_occasion, boolean) from public;
revoke all on function app.tell_helpers(uuid, uuid, text, text) from public;
revoke all on function app.ensure_helper_templates(uuid) from public;
grant execute on function app.ask_for_peer_support(public.peer_support_occasion, boolean) to authenticated;
