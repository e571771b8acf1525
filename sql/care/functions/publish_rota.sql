-- SECURITY DEFINER because nobody writes rotas and assignments; it asks for a role and whether the site is the
-- caller's. Shifts before assignments, as everywhere: whoever moves a shift at that moment is waited for.
create function app.publish_rota(p_site_id uuid, p_week date) returns public.rota_weeks
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_week_on constant date := p_week - (extract(isodow from p_week)::integer - 1);
  v_rota public.rota_weeks;
  v_told uuid[];
begin
  perform app.require_rota_site(p_site_id);
  select rotas.* into v_rota
  from public.rota_weeks as rotas
  where rotas.org_id = app.current_org() and rotas.site_id = p_site_id and rotas.week_on = v_week_on
  for no key update;
  if v_rota.id is null then
    perform app.raise_error('not_found', 'There is no rota for this week.', p_hint => 'Plan it first: plan_rota().');
  end if;
  update public.shifts set is_published = true
  where
    shifts.org_id = v_rota.org_id and shifts.site_id = p_site_id and shifts.rota_week_id = v_rota.id
    and not shifts.is_published;
  perform app.refuse_unavailable(v_rota.org_id, p_site_id, v_week_on);
  with published as (
    update public.shift_assignments as assignments set is_published = true
    where
      assignments.org_id = v_rota.org_id and assignments.site_id = p_site_id and assignments.week_on = v_week_on
      and assignments.deleted_at is null and not assignments.is_published
    returning assignments.user_id
  )
  select array_agg(distinct published.user_id) into v_told from published;
  if v_rota.status = 'draft' or v_told is not null then
    update public.rota_weeks as rotas
    set status = 'published', published_at = app.clock(), published_by = app.my_id()
    where rotas.org_id = v_rota.org_id and rotas.id = v_rota.id
    returning * into v_rota;
  end if;
  perform app.tell_staff(v_rota.org_id, v_told, 'rota.published', format('%s:%s', v_rota.id, v_rota.version))
  where v_told is not null;
  return v_rota;
end
$$;

comment on function app.publish_rota(uuid, date) is
'What public.publish_rota does; authorizes for itself.';

create function public.publish_rota(p_site_id uuid, p_week date) returns public.rota_weeks
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_site_id', p_site_id is not null, 'Say which site.');
  perform app.check_input('p_week', p_week is not null, 'Say which week.');
  return app.publish_rota(p_site_id, p_week);
end
$$;

comment on function public.publish_rota(uuid, date) is
'Publishes the rota of a week, all of it or nothing: those who work see it from then on, and each is told once,
however many shifts they have. What is changed later is told at once. For administrators, care managers, and managers
of the site.
p_site_id: the site; one that is not the caller''s is not_found, as is a week without a rota. p_week: any day of the
week. conflict (reason unavailable; assignments: ids, 20 at most): somebody said since that they cannot work then.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function app.publish_rota(uuid, date) from public;
grant execute on function app.publish_rota(uuid, date) to authenticated;
revoke all on function public.publish_rota(uuid, date) from public, anon, authenticated, service_role;
grant execute on function public.publish_rota(uuid, date) to authenticated;

-- What somebody says about when they can work does not touch a draft, of which they know nothing. So it is asked here.
create function app.refuse_unavailable(p_org_id uuid, p_site_id uuid, p_week_on date) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  v_ids uuid[];
begin
  v_ids := array(
    select assignments.id
    from public.staff_availability as availability
    inner join public.shift_assignments as assignments
      on
        assignments.org_id = availability.org_id and assignments.user_id = availability.user_id
        and assignments.starts_at < availability.ends_at and assignments.ends_at > availability.starts_at
    where
      assignments.org_id = p_org_id and assignments.site_id = p_site_id and assignments.week_on = p_week_on
      and assignments.deleted_at is null and not assignments.is_published
      and availability.kind = 'unavailable' and availability.deleted_at is null
    order by assignments.starts_at, assignments.id
    limit 20
  );
  if cardinality(v_ids) > 0 then
    perform app.raise_error(
      'conflict', 'Somebody on this rota is not available any more.',
      jsonb_build_object('reason', 'unavailable', 'assignments', v_ids)
    );
  end if;
end
$$;

comment on function app.refuse_unavailable(uuid, uuid, date) is
'Ends the request with conflict if a draft has somebody on it who said that they cannot work then.';

revoke all on function app.refuse_unavailable(uuid, uuid, date) from public;
