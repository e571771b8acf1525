-- Invitations that a rule makes. For private functions only: no API role may call them.
create function app.has_circle(p_org_id uuid, p_user_id uuid) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
    select from public.provider_support_circle_members as seats
    inner join public.provider_support_circles as circles
      on circles.org_id = seats.org_id and circles.id = seats.circle_id
    where
      seats.user_id = p_user_id and seats.org_id = p_org_id and seats.is_active and seats.deleted_at is null
      and circles.is_active and circles.deleted_at is null
  )
$$;

comment on function app.has_circle(uuid, uuid) is 'Whether a person sits in a circle of an organization that still meets.';

-- Invitations that wait for an answer count as seats, so that not everybody is sent to the same circle. Nobody is sent
-- to one that they lead.
create function app.invite_by_rule(p_org_id uuid, p_user_id uuid, p_intervention_id uuid) returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_circle_id uuid;
begin
  if p_intervention_id is null or exists (
    select from public.provider_support_circle_invitations as invitations
    where
      invitations.org_id = p_org_id and invitations.intervention_id = p_intervention_id
      and invitations.user_id = p_user_id
  ) then
    return false;
  end if;
  select circles.id into v_circle_id
  from public.provider_support_circles as circles
  left join (
    select taken.circle_id, count(*) as seat_count
    from (
      select seats.circle_id
      from public.provider_support_circle_members as seats
      where seats.org_id = p_org_id and seats.is_active and seats.deleted_at is null
      union all
      select waiting.circle_id
      from public.provider_support_circle_invitations as waiting
      where
        waiting.org_id = p_org_id and waiting.status = 'pending' and waiting.expires_at > app.clock()
    ) as taken
    group by taken.circle_id
  ) as counts on counts.circle_id = circles.id
  where
    circles.org_id = p_org_id
    and circles.is_active
    and circles.deleted_at is null
    and circles.facilitator_id is distinct from p_user_id
    and coalesce(counts.seat_count, 0) < circles.max_members
  order by coalesce(counts.seat_count, 0), circles.id
  limit 1;
  if v_circle_id is null then
    return false;
  end if;
  insert into public.provider_support_circle_invitations (
    org_id, circle_id, practitioner_id, user_id, intervention_id, expires_at
  )
  select
    cases.org_id, v_circle_id, cases.practitioner_id, cases.user_id, cases.id, app.clock() + interval '14 days'
  from public.provider_interventions as cases
  where
    cases.org_id = p_org_id and cases.id = p_intervention_id and cases.user_id = p_user_id
    and cases.closed_at is null
  on conflict do nothing;
  return found;
end
$$;

comment on function app.invite_by_rule(uuid, uuid, uuid) is
'Invites the person of a case to the active circle with room and the fewest members; false if there is none, or they were
invited for this case before.';

revoke all on function app.has_circle(uuid, uuid) from public;
revoke all on function app.invite_by_rule(uuid, uuid, uuid) from public;
