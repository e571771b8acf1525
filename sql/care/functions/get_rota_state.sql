-- What a page that shows a rota asks every few seconds where no Realtime tells it of changes: one short word, from two
-- indexes, instead of the rota.
create function public.get_rota_state(p_site_id uuid, p_week date)
returns table (rota_week_id uuid, status public.rota_status, state text)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role(
    'org_owner', 'admin', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer', 'compliance_lead'
  );
  perform app.check_input('p_site_id', p_site_id is not null, 'Say which site.');
  perform app.check_input('p_week', p_week is not null, 'Say which week.');

  return query
  select
    rotas.id, rotas.status,
    md5(concat_ws(
      ' ', rotas.version,
      (
        select string_agg(concat_ws(':', shifts.id, shifts.version), ' ' order by shifts.id)
        from public.shifts
        where shifts.org_id = rotas.org_id and shifts.site_id = rotas.site_id and shifts.rota_week_id = rotas.id
      ),
      (
        select string_agg(concat_ws(':', assignments.id, assignments.version), ' ' order by assignments.id)
        from public.shift_assignments as assignments
        inner join public.shifts on shifts.org_id = assignments.org_id and shifts.id = assignments.shift_id
        where
          assignments.org_id = rotas.org_id and shifts.site_id = rotas.site_id and shifts.rota_week_id = rotas.id
      ),
      (
        select string_agg(concat_ws(':', offers.id, offers.version), ' ' order by offers.id)
        from public.shift_offers as offers
        inner join public.shifts on shifts.org_id = offers.org_id and shifts.id = offers.shift_id
        where offers.org_id = rotas.org_id and shifts.site_id = rotas.site_id and shifts.rota_week_id = rotas.id
      )
    ))
  from public.rota_weeks as rotas
  where
    rotas.org_id = (select app.current_org()) and rotas.site_id = p_site_id
    and rotas.week_on = p_week - (extract(isodow from p_week)::integer - 1);
end
$$;

comment on function public.get_rota_state(uuid, date) is
'Whether the rota of a week has changed: a word that is another one after each change that the caller may see of its
shifts, of who is on them, of what is offered. To be asked now and then where no Realtime tells of it; what has changed
says list_roster_week(). No row where the week has no rota, or the site is not the caller''s.
p_site_id: the site. p_week: any day of the week.
rota_week_id, status: the rota, and whether it is published. state: the word, which means nothing by itself.
Never null: rota_week_id, status, state.
Errors: feature_disabled, not_authenticated, permission_denied, invalid_input.';

revoke all on function public.get_rota_state(uuid, date) from public, anon, authenticated, service_role;
grant execute on function public.get_rota_state(uuid, date) to authenticated;
