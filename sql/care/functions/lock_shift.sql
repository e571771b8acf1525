-- For the definers of rotas: who may plan, and the locks that every change of a rota begins with: a share of the rota,
-- then the shifts in the order of their ids. People come after (app.lock_staff()).
create function app.require_rota_site(p_site_id uuid) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_role('admin', 'manager', 'care_manager');
  if (p_site_id = any(app.my_sites('admin', 'manager', 'care_manager'))) is not true then
    perform app.raise_error('not_found', 'There is no such site, or it is not yours.');
  end if;
end
$$;

comment on function app.require_rota_site(uuid) is
'Ends the request unless the caller plans the rotas of this site. Errors: permission_denied, not_found.';

create function app.lock_shift(p_shift_id uuid) returns public.shifts
language plpgsql volatile
set search_path = ''
as $$
declare
  v_shift public.shifts;
begin
  select shifts.* into v_shift
  from public.shifts
  where shifts.org_id = app.current_org() and shifts.id = p_shift_id and shifts.deleted_at is null;
  perform from public.rota_weeks as rotas
  where rotas.org_id = v_shift.org_id and rotas.id = v_shift.rota_week_id
  for share;
  select shifts.* into v_shift
  from public.shifts
  where shifts.org_id = app.current_org() and shifts.id = p_shift_id and shifts.deleted_at is null
  for no key update;
  return v_shift;
end
$$;

comment on function app.lock_shift(uuid) is
'A shift of the active organization as it is, and stays until this transaction ends; all null for one that is not
there.';

create function app.lock_my_shift(p_shift_id uuid) returns public.shifts
language plpgsql volatile
set search_path = ''
as $$
declare
  v_shift public.shifts;
begin
  perform app.require_role('admin', 'manager', 'care_manager');
  if exists (
    select from public.shifts
    where
      shifts.org_id = app.current_org() and shifts.id = p_shift_id
      and shifts.site_id = any(app.my_sites('admin', 'manager', 'care_manager'))
  ) then
    v_shift := app.lock_shift(p_shift_id);
  end if;
  if v_shift.id is null then
    perform app.raise_error('not_found', 'There is no such shift at a site of yours.');
  end if;
  return v_shift;
end
$$;

comment on function app.lock_my_shift(uuid) is
'A shift at a site whose rotas the caller plans, locked. Errors: permission_denied, not_found.';

create function app.book_shift(p_shift public.shifts, p_user_id uuid) returns public.shift_assignments
language plpgsql volatile
set search_path = ''
as $$
declare
  v_made public.shift_assignments;
begin
  insert into public.shift_assignments (
    org_id, site_id, shift_id, user_id, shift_on, starts_at, ends_at, break_minutes, is_published
  )
  values (
    p_shift.org_id, p_shift.site_id, p_shift.id, p_user_id, p_shift.shift_on, p_shift.starts_at, p_shift.ends_at,
    p_shift.break_minutes, p_shift.is_published
  )
  returning * into v_made;
  return v_made;
end
$$;

comment on function app.book_shift(public.shifts, uuid) is
'Puts somebody on a shift that is locked. Errors: conflict, whose details name the reason.';

revoke all on function app.require_rota_site(uuid) from public;
revoke all on function app.lock_shift(uuid) from public;
revoke all on function app.lock_my_shift(uuid) from public;
revoke all on function app.book_shift(public.shifts, uuid) from public;
