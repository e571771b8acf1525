create function public.create_shift_template(
  p_site_id uuid, p_name text, p_skill public.staff_skill, p_starts_local time, p_ends_local time,
  p_weekdays smallint[] default '{1,2,3,4,5,6,7}', p_needed_count integer default 1, p_break_minutes integer default 0
) returns public.shift_templates
language plpgsql volatile
set search_path = ''
as $$
declare
  v_template public.shift_templates;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('admin', 'manager', 'care_manager');
  perform app.check_input(
    'p_site_id',
    (p_site_id = any(app.my_sites('admin', 'manager', 'care_manager'))) is true, 'Say which of your sites.'
  );
  perform app.check_input(
    'p_name', length(p_name) between 1 and 100 and p_name ~ '\S', 'A name has 1 to 100 characters.'
  );
  perform app.check_input('p_skill', p_skill is not null, 'Say what it takes.');
  perform app.check_input('p_starts_local', p_starts_local is not null, 'Say when it begins.');
  perform app.check_input('p_ends_local', p_ends_local is not null, 'Say when it ends.');
  perform app.check_input(
    'p_weekdays',
    cardinality(p_weekdays) between 1 and 7 and p_weekdays <@ array[1, 2, 3, 4, 5, 6, 7]::smallint[],
    'Days of the week are 1, Monday, to 7, Sunday.'
  );
  perform app.check_input('p_needed_count', p_needed_count between 1 and 500, 'A shift needs 1 to 500 people.');
  perform app.check_input('p_break_minutes', p_break_minutes between 0 and 240, 'A break has 0 to 240 minutes.');

  insert into public.shift_templates (
    site_id, name, skill, starts_local, ends_local, weekdays, needed_count, break_minutes
  )
  values (
    p_site_id, p_name, p_skill, p_starts_local, p_ends_local,
    array(select distinct days.iso from unnest(p_weekdays) as days (iso) order by days.iso),
    p_needed_count, p_break_minutes
  )
  on conflict (org_id, site_id, name) where deleted_at is null do nothing
  returning * into v_template;
  if v_template.id is null then
    perform app.raise_error('conflict', 'The site has a shift of that name.', '{"reason": "name"}');
  end if;
  return v_template;
end
$$;

comment on function public.create_shift_template(
  uuid, text, public.staff_skill, time, time, smallint[], integer, integer
) is
'Says what a site needs on which days of the week. For administrators, care managers, and managers of the site.
Changed by merge_shift_templates(); is_active false ends it.
p_site_id: one of the caller''s sites. p_name: once per site, else conflict. p_skill: what it takes.
p_starts_local, p_ends_local: by the clock of the site; an end that is not after the start is on the next day.
p_weekdays: 1 is Monday. p_needed_count: how many people, 1 to 500. p_break_minutes: what does not count as work.
Errors: feature_disabled, not_authenticated, permission_denied, conflict, invalid_input.';

revoke all on function public.create_shift_template(
  uuid, text, public.staff_skill, time, time, smallint[], integer, integer
) from public, anon, authenticated, service_role;
grant execute on function public.create_shift_template(
  uuid, text, public.staff_skill, time, time, smallint[], integer, integer
) to authenticated;
