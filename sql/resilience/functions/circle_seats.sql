-- Taking and leaving a seat. SECURITY DEFINER because nobody may write the members' table, and those who add members
-- may not read it. Each stays in the active organization; what it may do there is checked first.
create function app.take_circle_seat(p_circle_id uuid, p_user_id uuid) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id uuid;
begin
  perform app.require_feature('resilience_hub');
  v_org_id := app.current_org();
  perform app.require_circle_lead(v_org_id, p_circle_id);
  -- Whoever sets circles up could otherwise read what is said in every one of them.
  if p_user_id = app.my_id() then
    perform app.raise_error('permission_denied', 'Nobody adds themselves to a circle.');
  end if;
  perform app.fill_circle_seat(v_org_id, p_circle_id, p_user_id);
end
$$;

comment on function app.take_circle_seat(uuid, uuid) is
'Gives a practitioner of the active organization a seat in a circle, as long as there is one.';

-- For the definers that have authorized: those who add, and whoever accepts an invitation.
create function app.fill_circle_seat(p_org_id uuid, p_circle_id uuid, p_user_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_practitioner_id uuid;
  v_max_members integer;
begin
  v_practitioner_id := app.find_provider(p_org_id, p_user_id);
  if v_practitioner_id is null then
    perform app.raise_error('not_found', 'There is no such practitioner in your organization.');
  end if;

  -- Two who take a seat at once wait for each other here: the last seat is given once.
  select circles.max_members into v_max_members
  from public.provider_support_circles as circles
  where circles.org_id = p_org_id and circles.id = p_circle_id and circles.deleted_at is null
  for no key update;
  if v_max_members is null then
    perform app.raise_error('not_found', 'There is no such circle in your organization.');
  end if;
  perform app.require_open_circle(p_circle_id);
  if exists (
    select from public.provider_support_circle_members as seats
    where seats.org_id = p_org_id and seats.circle_id = p_circle_id and seats.user_id = p_user_id and seats.is_active
  ) then
    return;
  end if;
  if app.count_circle_seats(p_org_id, p_circle_id) >= v_max_members then
    perform app.raise_error(
      'conflict', 'This circle is full.', jsonb_build_object('max_members', v_max_members)
    );
  end if;
  insert into public.provider_support_circle_members as seats (org_id, circle_id, practitioner_id, user_id, joined_at)
  values (p_org_id, p_circle_id, v_practitioner_id, p_user_id, app.clock())
  on conflict (org_id, circle_id, user_id) do update set
    practitioner_id = excluded.practitioner_id, joined_at = excluded.joined_at, is_active = true, deleted_at = null;
end
$$;

comment on function app.fill_circle_seat(uuid, uuid, uuid) is
'Seats a practitioner of the active organization in a circle of it, as long as there is a seat.';

create function app.leave_circle_seat(p_circle_id uuid) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  update public.provider_support_circle_members as seats
  set is_active = false
  where
    seats.org_id = app.current_org() and seats.circle_id = p_circle_id and seats.user_id = app.my_id()
    and seats.is_active;
  if not found then
    perform app.raise_error('not_found', 'You are in no such circle.');
  end if;
end
$$;

comment on function app.leave_circle_seat(uuid) is
'Ends the caller''s own seat in a circle of the active organization.';

create function app.end_circle_seat(p_circle_id uuid, p_user_id uuid) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform 1 from public.provider_support_circles as led
  where
    led.org_id = app.current_org() and led.id = p_circle_id and led.facilitator_id = app.my_id()
    and led.deleted_at is null;
  if not found then
    perform app.raise_error('not_found', 'You lead no such circle.');
  end if;
  update public.provider_support_circle_members as seats
  set is_active = false
  where
    seats.org_id = app.current_org() and seats.circle_id = p_circle_id and seats.user_id = p_user_id
    and seats.is_active;
end
$$;

comment on function app.end_circle_seat(uuid, uuid) is
'Ends a member''s seat in a circle that the caller leads; says nothing of whether there was one.';

create function app.require_open_circle(p_circle_id uuid) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if exists (
    select from public.provider_support_circles as circles
    where circles.org_id = app.current_org() and circles.id = p_circle_id and not circles.is_active
  ) then
    perform app.raise_error('conflict', 'This circle has ended.');
  end if;
end
$$;

comment on function app.require_open_circle(uuid) is
'Ends the request where a circle of the active organization no longer meets.';

-- For the definers above only: no API role may call it.
create function app.count_circle_seats(p_org_id uuid, p_circle_id uuid) returns integer
language sql stable
set search_path = ''
as $$
  select count(*)::integer
  from public.provider_support_circle_members as seats
  inner join public.org_practitioners
    on org_practitioners.org_id = seats.org_id and org_practitioners.practitioner_id = seats.practitioner_id
  where
    seats.org_id = p_org_id
    and seats.circle_id = p_circle_id
    and seats.is_active
    and seats.deleted_at is null
    and org_practitioners.is_active
    and org_practitioners.deleted_at is null
$$;

comment on function app.count_circle_seats(uuid, uuid) is
'How many seats of a circle are taken; that of somebody who has left the organization is free again.';

revoke all on function app.take_circle_seat(uuid, uuid) from public;
revoke all on function app.fill_circle_seat(uuid, uuid, uuid) from public;
revoke all on function app.leave_circle_seat(uuid) from public;
revoke all on function app.end_circle_seat(uuid, uuid) from public;
revoke all on function app.count_circle_seats(uuid, uuid) from public;
revoke all on function app.require_open_circle(uuid) from public;
grant execute on function app.require_open_circle(uuid) to authenticated;
grant execute on function app.take_circle_seat(uuid, uuid) to authenticated;
grant execute on function app.leave_circle_seat(uuid) to authenticated;
grant execute on function app.end_circle_seat(uuid, uuid) to authenticated;
