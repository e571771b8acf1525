-- SECURITY DEFINER because nobody writes offers, and who could take it is found by rules that read more than who plans
-- may. It asks for a role and whether the site is the caller's.
create function app.offer_shift(p_shift_id uuid, p_closes_at timestamptz) returns public.shift_offers
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_shift public.shifts;
  v_free integer;
  v_offer public.shift_offers;
begin
  v_shift := app.lock_my_shift(p_shift_id);
  v_free := v_shift.needed_count - (
    select count(*) from public.shift_assignments as assignments
    where assignments.org_id = v_shift.org_id and assignments.shift_id = v_shift.id and assignments.deleted_at is null
  ) - (
    select count(*) from public.shift_offers as offers
    where
      offers.org_id = v_shift.org_id and offers.site_id = v_shift.site_id and offers.shift_id = v_shift.id
      and offers.status = 'open' and offers.closes_at > app.clock() and offers.deleted_at is null
  );
  if not v_shift.is_published or v_shift.starts_at <= app.clock() or v_free <= 0 then
    perform app.raise_error(
      'conflict', 'This shift cannot be offered.',
      jsonb_build_object('reason', case
        when not v_shift.is_published then 'draft' when v_free <= 0 then 'full' else 'over' end)
    );
  end if;
  insert into public.shift_offers (org_id, site_id, shift_id, closes_at)
  values (v_shift.org_id, v_shift.site_id, v_shift.id, least(p_closes_at, v_shift.starts_at))
  returning * into v_offer;
  perform app.tell_staff(
    v_shift.org_id,
    array(
      select people.user_id from app.rota_people(v_shift.org_id, v_shift.site_id, v_shift.shift_on) as people
      where not exists (select from app.assignment_faults(v_shift.org_id, v_shift.id, people.user_id))
    ),
    'shift.offered', v_offer.id::text
  );
  return v_offer;
end
$$;

comment on function app.offer_shift(uuid, timestamptz) is
'What public.offer_shift does; authorizes for itself.';

create function public.offer_shift(p_shift_id uuid, p_closes_at timestamptz default null) returns public.shift_offers
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_shift_id', p_shift_id is not null, 'Say which shift.');
  perform app.check_input(
    'p_closes_at', coalesce(p_closes_at > app.clock(), true), 'An offer closes at a moment to come.'
  );
  return app.offer_shift(p_shift_id, p_closes_at);
end
$$;

comment on function public.offer_shift(uuid, timestamptz) is
'Offers one open place of a shift to whoever may work it; those who could are told. For administrators, care managers,
and managers of the site.
p_shift_id: one that is not at a site of the caller''s is not_found. conflict: the rota is not published (reason
draft), the shift has begun (over), or no place is left that is not offered (full).
p_closes_at: until when it can be claimed; null, or later: until the shift begins.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, conflict, invalid_input.';

revoke all on function app.offer_shift(uuid, timestamptz) from public;
grant execute on function app.offer_shift(uuid, timestamptz) to authenticated;
revoke all on function public.offer_shift(uuid, timestamptz) from public, anon, authenticated, service_role;
grant execute on function public.offer_shift(uuid, timestamptz) to authenticated;

create function app.rota_people(p_org_id uuid, p_site_id uuid, p_on date) returns table (user_id uuid)
language sql stable
set search_path = ''
as $$
  select staff.user_id
  from public.staff_members as staff
  where
    staff.org_id = p_org_id and staff.deleted_at is null and staff.employed_during && daterange(p_on, p_on + 7)
    and staff.user_id = any(array(
      select roles.user_id
      from public.role_assignments as roles
      where
        roles.org_id = p_org_id and (roles.site_id = p_site_id or roles.site_id is null)
        and roles.role in ('manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer')
        and roles.deleted_at is null
    ))
$$;

comment on function app.rota_people(uuid, uuid, date) is
'Who comes into question for shifts at a site in the seven days from a day on: employed, with a role that works
shifts.';

revoke all on function app.rota_people(uuid, uuid, date) from public;
