-- What a person does with their own case. SECURITY DEFINER because nobody writes cases; bound to the caller's own id.
create function app.own_intervention(p_id uuid) returns public.provider_interventions
language plpgsql volatile
set search_path = ''
as $$
declare
  v_case public.provider_interventions;
begin
  perform app.require_feature('resilience_hub');
  select cases.* into v_case
  from public.provider_interventions as cases
  where cases.org_id = app.current_org() and cases.id = p_id and cases.user_id = app.my_id()
  for update;
  if v_case.id is null then
    perform app.raise_error('not_found', 'You have no such case.');
  end if;
  return v_case;
end
$$;

comment on function app.own_intervention(uuid) is 'One of the caller''s own cases, locked; for the definers below.';

create function app.accept_own_intervention(p_id uuid, p_share boolean) returns public.provider_interventions
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_case public.provider_interventions;
  v_invitation_id uuid;
begin
  v_case := app.own_intervention(p_id);
  if v_case.closed_at is not null then
    perform app.raise_error('conflict', 'This case is closed.');
  end if;
  update public.provider_interventions as cases
  set
    status = case cases.status when 'proposed' then 'open' else cases.status end,
    shared_at = case when p_share then coalesce(cases.shared_at, app.clock()) else cases.shared_at end,
    is_unnamed = not p_share and cases.shared_at is null
  where
    cases.org_id = v_case.org_id and cases.id = v_case.id
    and (cases.status = 'proposed' or (p_share and cases.shared_at is null));
  if v_case.kind = 'circle_invitation' then
    select invitations.id into v_invitation_id
    from public.provider_support_circle_invitations as invitations
    where
      invitations.org_id = v_case.org_id and invitations.intervention_id = v_case.id
      and invitations.user_id = v_case.user_id and invitations.status = 'pending'
    limit 1;
    if v_invitation_id is not null then
      perform app.answer_circle_invitation(v_invitation_id, true);
    end if;
  elsif p_share and v_case.shared_at is null then
    perform app.tell_helpers(v_case.org_id, v_case.id, 'intervention.shared', '/interventions/' || v_case.id);
  end if;
  return app.own_intervention(p_id);
end
$$;

comment on function app.accept_own_intervention(uuid, boolean) is
'What public.accept_intervention does; bound to the caller''s own case.';

create function app.decline_own_intervention(p_id uuid) returns public.provider_interventions
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_case public.provider_interventions;
begin
  v_case := app.own_intervention(p_id);
  if v_case.status = 'declined' then
    return v_case;
  end if;
  if v_case.closed_at is not null then
    perform app.raise_error('conflict', 'This case is closed.');
  end if;
  update public.provider_support_circle_invitations as invitations
  set status = 'declined', answered_at = app.clock()
  where
    invitations.org_id = v_case.org_id and invitations.intervention_id = v_case.id
    and invitations.user_id = v_case.user_id and invitations.status = 'pending';
  perform app.end_intervention(v_case.org_id, v_case.id, 'declined', 'declined');
  return app.own_intervention(p_id);
end
$$;

comment on function app.decline_own_intervention(uuid) is
'What public.decline_intervention does; bound to the caller''s own case.';

revoke all on function app.own_intervention(uuid) from public;
revoke all on function app.accept_own_intervention(uuid, boolean) from public;
revoke all on function app.decline_own_intervention(uuid) from public;
grant execute on function app.accept_own_intervention(uuid, boolean) to authenticated;
grant execute on function app.decline_own_intervention(uuid) to authenticated;
