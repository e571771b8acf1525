-- Inviting to a circle, and answering. SECURITY DEFINER because nobody writes invitations or seats; each stays in the
-- active organization, and what it may do there is checked first.
create function app.require_circle_lead(p_org_id uuid, p_circle_id uuid) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if not app.has_role('admin', 'care_manager', 'wellness_officer') and not exists (
    select from public.provider_support_circles as led
    where
      led.org_id = p_org_id and led.id = p_circle_id and led.facilitator_id = app.my_id()
      and led.deleted_at is null
  ) then
    perform app.raise_error(
      'permission_denied',
      'Administrators, care managers, wellness officers and the facilitator bring members to a circle.'
    );
  end if;
end
$$;

comment on function app.require_circle_lead(uuid, uuid) is
'Ends the request unless the caller looks after circles, or leads this one.';

create function app.invite_to_circle(p_circle_id uuid, p_user_id uuid) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id uuid;
  v_practitioner_id uuid;
begin
  perform app.require_feature('resilience_hub');
  v_org_id := app.current_org();
  perform app.require_circle_lead(v_org_id, p_circle_id);
  if p_user_id = app.my_id() then
    perform app.raise_error('permission_denied', 'Nobody invites themselves to a circle.');
  end if;
  v_practitioner_id := app.find_provider(v_org_id, p_user_id);
  if v_practitioner_id is null then
    perform app.raise_error('not_found', 'There is no such practitioner in your organization.');
  end if;
  perform 1 from public.provider_support_circles as circles
  where circles.org_id = v_org_id and circles.id = p_circle_id and circles.deleted_at is null;
  if not found then
    perform app.raise_error('not_found', 'There is no such circle in your organization.');
  end if;
  perform app.require_open_circle(p_circle_id);
  perform app.limit_rate('invite_to_circle', app.my_id()::text, 100, interval '1 hour');

  -- One that is over makes room for a new one, whether or not the job has come by.
  update public.provider_support_circle_invitations as invitations set status = 'expired'
  where
    invitations.org_id = v_org_id and invitations.user_id = p_user_id and invitations.circle_id = p_circle_id
    and invitations.invited_by = app.my_id() and invitations.status = 'pending'
    and invitations.expires_at <= app.clock();
  insert into public.provider_support_circle_invitations (
    org_id, circle_id, practitioner_id, user_id, invited_by, expires_at
  )
  values (v_org_id, p_circle_id, v_practitioner_id, p_user_id, app.my_id(), app.clock() + interval '14 days')
  on conflict do nothing;
end
$$;

comment on function app.invite_to_circle(uuid, uuid) is 'What public.invite_to_circle does; authorizes for itself.';

create function app.sent_circle_invitations(p_limit integer, p_before uuid) returns table (
  id uuid,
  circle_id uuid,
  user_id uuid,
  invited_at timestamptz,
  expires_at timestamptz
)
language plpgsql stable
security definer
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  return query
  select invitations.id, invitations.circle_id, invitations.user_id, invitations.created_at, invitations.expires_at
  from public.provider_support_circle_invitations as invitations
  where
    invitations.invited_by = app.my_id()
    and invitations.org_id = app.current_org()
    and invitations.status = 'pending'
    and invitations.expires_at > app.clock()
    and (p_before is null or invitations.id < p_before)
  order by invitations.id desc
  limit p_limit;
end
$$;

comment on function app.sent_circle_invitations(integer, uuid) is
'What public.get_sent_circle_invitations answers; bound to what the caller sent.';

create function app.answer_circle_invitation(p_invitation_id uuid, p_accept boolean)
returns public.provider_support_circle_invitations
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_answer constant public.circle_invitation_status := case when p_accept then 'accepted' else 'declined' end;
  v_invitation public.provider_support_circle_invitations;
  v_case_id uuid;
begin
  perform app.require_feature('resilience_hub');
  -- The case before its invitation, as everybody locks them.
  perform 1
  from public.provider_interventions as cases
  where
    cases.org_id = app.current_org() and cases.user_id = app.my_id()
    and cases.id = (
      select invitations.intervention_id
      from public.provider_support_circle_invitations as invitations
      where
        invitations.org_id = app.current_org() and invitations.id = p_invitation_id
        and invitations.user_id = app.my_id()
    )
  for update;
  select invitations.* into v_invitation
  from public.provider_support_circle_invitations as invitations
  where
    invitations.org_id = app.current_org() and invitations.id = p_invitation_id
    and invitations.user_id = app.my_id()
  for update;
  if v_invitation.id is null then
    perform app.raise_error('not_found', 'You have no such invitation.');
  end if;
  if v_invitation.status = v_answer then
    return v_invitation;
  end if;
  if v_invitation.status <> 'pending' or v_invitation.expires_at <= app.clock() then
    perform app.raise_error('conflict', 'This invitation is over.');
  end if;

  if p_accept then
    perform app.fill_circle_seat(v_invitation.org_id, v_invitation.circle_id, v_invitation.user_id);
  end if;
  -- Whoever else asked for the same circle is answered, too.
  for v_case_id in
    update public.provider_support_circle_invitations as invitations
    set status = v_answer, answered_at = app.clock()
    where
      invitations.org_id = v_invitation.org_id and invitations.user_id = v_invitation.user_id
      and invitations.circle_id = v_invitation.circle_id and invitations.status = 'pending'
    returning invitations.intervention_id
  loop
    perform app.end_intervention(
      v_invitation.org_id, v_case_id,
      case when p_accept then 'completed' else 'declined' end::public.intervention_status,
      case when p_accept then 'unknown' else 'declined' end::public.intervention_outcome
    );
  end loop;
  select invitations.* into v_invitation
  from public.provider_support_circle_invitations as invitations
  where invitations.org_id = v_invitation.org_id and invitations.id = v_invitation.id;
  return v_invitation;
end
$$;

comment on function app.answer_circle_invitation(uuid, boolean) is
'What public.answer_circle_invitation does; bound to the caller''s own invitation.';

revoke all on function app.require_circle_lead(uuid, uuid) from public;
revoke all on function app.invite_to_circle(uuid, uuid) from public;
revoke all on function app.sent_circle_invitations(integer, uuid) from public;
revoke all on function app.answer_circle_invitation(uuid, boolean) from public;
grant execute on function app.invite_to_circle(uuid, uuid) to authenticated;
grant execute on function app.sent_circle_invitations(integer, uuid) to authenticated;
grant execute on function app.answer_circle_invitation(uuid, boolean) to authenticated;
