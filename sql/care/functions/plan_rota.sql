-- SECURITY DEFINER because nobody writes rotas; it asks for a role and whether the site is the caller's.
create function app.plan_rota(p_site_id uuid, p_week date) returns public.rota_weeks
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_rota public.rota_weeks;
  v_zone text;
begin
  perform app.require_rota_site(p_site_id);
  v_rota := app.find_rota_week(app.current_org(), p_site_id, p_week);
  v_zone := app.site_zone(v_rota.org_id, p_site_id);
  insert into public.shifts (
    org_id, site_id, rota_week_id, template_id, shift_on, starts_at, ends_at, break_minutes, skill, needed_count
  )
  select
    v_rota.org_id, p_site_id, v_rota.id, templates.id, days.on_date,
    (days.on_date + templates.starts_local) at time zone v_zone,
    (
      days.on_date + (templates.ends_local <= templates.starts_local)::integer + templates.ends_local
    ) at time zone v_zone,
    templates.break_minutes, templates.skill, templates.needed_count
  from public.shift_templates as templates
  cross join lateral (
    select v_rota.week_on + (weekday.iso - 1) as on_date from unnest(templates.weekdays) as weekday (iso)
  ) as days
  where
    templates.org_id = v_rota.org_id and templates.site_id = p_site_id
    and templates.is_active and templates.deleted_at is null
  on conflict (org_id, site_id, template_id, shift_on) where template_id is not null do nothing;
  return v_rota;
end
$$;

comment on function app.plan_rota(uuid, date) is
'What public.plan_rota does; authorizes for itself.';

create function public.plan_rota(p_site_id uuid, p_week date) returns public.rota_weeks
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_site_id', p_site_id is not null, 'Say which site.');
  perform app.check_input(
    'p_week', p_week between app.today() - 400 and app.today() + 400, 'Say which week, at most 400 days away.'
  );
  return app.plan_rota(p_site_id, p_week);
end
$$;

comment on function public.plan_rota(uuid, date) is
'Plans the rota of a week from the templates of the site: a draft if the week has none yet. Planned again, it gets
what is new in the templates; what is there stays as it is. For administrators, care managers, and managers of the
site.
p_site_id: the site; one that is not the caller''s is not_found. p_week: any day of the week.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, invalid_input.
Idempotent: yes.';

revoke all on function app.plan_rota(uuid, date) from public;
grant execute on function app.plan_rota(uuid, date) to authenticated;
revoke all on function public.plan_rota(uuid, date) from public, anon, authenticated, service_role;
grant execute on function public.plan_rota(uuid, date) to authenticated;
