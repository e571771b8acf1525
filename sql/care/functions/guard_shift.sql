-- A shift finds its day, its week and its rota by the clock of its site. A shift that is moved stays in its week; the
-- people on it are locked before the change reaches their assignments, in the order of everybody else.
--
-- SECURITY DEFINER because a rota begins with the first shift in it, and nobody writes rotas. Whether the caller may
-- write this shift is asked by the policies, of the row as it leaves here.
create function app.guard_shift() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_rota public.rota_weeks;
begin
  if tg_op = 'UPDATE' and new.site_id <> old.site_id then
    perform app.raise_error('conflict', 'A shift stays at its site.', '{"reason": "site"}');
  end if;
  -- A site that is nowhere has no clock; policies and keys refuse it in their own words.
  new.shift_on := (new.starts_at at time zone coalesce(app.site_zone(new.org_id, new.site_id), 'UTC'))::date;
  if tg_op = 'INSERT' then
    -- What is nowhere is refused by the policies, or else by the table.
    if not exists (select from public.sites where sites.org_id = new.org_id and sites.id = new.site_id) then
      return new;
    end if;
    v_rota := app.find_rota_week(new.org_id, new.site_id, new.shift_on);
    new.rota_week_id := v_rota.id;
    new.is_published := v_rota.status = 'published';
    return new;
  end if;
  -- Without a look at the rota: whoever publishes it holds it, and waits for this shift.
  if new.shift_on < old.week_on or new.shift_on > old.week_on + 6 then
    perform app.raise_error(
      'conflict', 'A shift stays in its week.', '{"reason": "week"}', 'Cancel it and add one to the other week.'
    );
  end if;
  perform app.lock_staff(new.org_id, array(
    select assignments.user_id from public.shift_assignments as assignments
    where assignments.org_id = new.org_id and assignments.shift_id = new.id and assignments.deleted_at is null
  ));
  if new.needed_count < (
    select count(*) from public.shift_assignments as assignments
    where assignments.org_id = new.org_id and assignments.shift_id = new.id and assignments.deleted_at is null
  ) then
    perform app.raise_error(
      'conflict', 'More people than that are on this shift.', '{"reason": "assigned"}', 'Take somebody off it first.'
    );
  end if;
  return new;
end
$$;

comment on function app.guard_shift() is
'Trigger _200_guard: puts a shift into the rota of its week, keeps it there, and needs as many as are on it.';

create function app.find_rota_week(p_org_id uuid, p_site_id uuid, p_on date) returns public.rota_weeks
language plpgsql volatile
set search_path = ''
as $$
declare
  v_week_on constant date := p_on - (extract(isodow from p_on)::integer - 1);
  v_rota public.rota_weeks;
begin
  insert into public.rota_weeks (org_id, site_id, week_on) values (p_org_id, p_site_id, v_week_on)
  on conflict (org_id, site_id, week_on) do nothing;
  select rotas.* into v_rota
  from public.rota_weeks as rotas
  where rotas.org_id = p_org_id and rotas.site_id = p_site_id and rotas.week_on = v_week_on
  for share;
  return v_rota;
end
$$;

comment on function app.find_rota_week(uuid, uuid, date) is
'The rota of the week of a day, made if there is none; nobody publishes it until this transaction ends.';

revoke all on function app.guard_shift() from public;
revoke all on function app.find_rota_week(uuid, uuid, date) from public;
