-- Those who plan the work learn at once that a shift was not safe: no name, no site and no reason is in the message.
-- SECURITY DEFINER because who holds which role is not everybody's to read; it tells of a row of the caller's own.
create function app.tell_of_unsafe_shift(p_id uuid) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_report public.shift_reports;
begin
  select reports.* into v_report
  from public.shift_reports as reports
  where
    reports.org_id = app.current_org() and reports.id = p_id and reports.user_id = app.my_id() and reports.is_unsafe;
  if v_report.id is null then
    return;
  end if;
  perform app.ensure_words(
    v_report.org_id, 'staffing.unsafe', 'A shift was reported as not staffed safely',
    'A shift was reported as not staffed safely. What was reported, and by whom, stands here: {{ link }}'
  );
  perform app.tell_people(
    v_report.org_id,
    array_remove(
      app.role_holders(v_report.org_id, '{admin,manager,care_manager}', v_report.site_id), v_report.user_id
    ),
    'staffing.unsafe', jsonb_build_object('link', '/staffing/' || p_id), p_id::text, 'urgent'
  );
end
$$;

comment on function app.tell_of_unsafe_shift(uuid) is
'Tells administrators, managers and care managers, once per report of the caller''s own.';

-- Somebody remembers on the way home: the second call about a shift replaces what the first said, until it is answered.
create function public.submit_shift_report(
  p_shift public.work_shift,
  p_patient_count integer,
  p_acuity integer,
  p_unsafe_reasons public.unsafe_staffing_reason[] default '{}',
  p_unit_patient_count integer default null,
  p_unit_nurse_count integer default null,
  p_shift_date date default null,
  p_site_id uuid default null
) returns public.shift_reports
language plpgsql volatile
set search_path = ''
as $$
declare
  v_report public.shift_reports;
begin
  perform app.require_feature('resilience_hub');
  perform app.require_provider();
  perform app.check_input('p_shift', p_shift is not null, 'Say which shift it was.');
  perform app.check_input('p_patient_count', p_patient_count between 0 and 200, 'Patients is a number from 0 to 200.');
  perform app.check_input('p_acuity', p_acuity between 1 and 5, 'Acuity is a number from 1 to 5.');
  perform app.check_input(
    'p_unit_patient_count', coalesce(p_unit_patient_count, 0) between 0 and 1000,
    'Patients on the unit is a number from 0 to 1000.'
  );
  perform app.check_input(
    'p_unit_nurse_count', coalesce(p_unit_nurse_count, 1) between 1 and 500,
    'Nurses on the unit is a number from 1 to 500, you among them.'
  );
  perform app.check_input(
    'p_unsafe_reasons', coalesce(cardinality(p_unsafe_reasons), 0) <= 100, 'Name each reason once.'
  );
  perform app.check_input(
    'p_shift_date', coalesce(p_shift_date, app.today()) in (app.today(), app.today() - 1),
    'A shift is reported on the day on which it began, or on the next.'
  );
  perform app.check_input(
    'p_site_id',
    p_site_id is null or exists (
      select from public.sites where sites.org_id = app.current_org() and sites.id = p_site_id
    ),
    'There is no site of that id.'
  );

  insert into public.shift_reports as reports (
    shift_date, shift, patient_count, acuity, unsafe_reasons, unit_patient_count, unit_nurse_count, site_id
  )
  values (
    coalesce(p_shift_date, app.today()), p_shift, p_patient_count, p_acuity,
    array(select distinct reasons.reason from unnest(p_unsafe_reasons) as reasons (reason) order by reasons.reason),
    p_unit_patient_count, p_unit_nurse_count, p_site_id
  )
  on conflict (org_id, user_id, shift_date, shift) do update set
    patient_count = excluded.patient_count,
    acuity = excluded.acuity,
    unsafe_reasons = excluded.unsafe_reasons,
    unit_patient_count = excluded.unit_patient_count,
    unit_nurse_count = excluded.unit_nurse_count,
    site_id = excluded.site_id
  returning reports.* into v_report;
  if v_report.is_unsafe then
    perform app.tell_of_unsafe_shift(v_report.id);
  end if;
  return v_report;
end
$$;

comment on function public.submit_shift_report(
  public.work_shift, integer, integer, public.unsafe_staffing_reason[], integer, integer, date, uuid
) is
'Reports how a shift was staffed. Read, by name, by owners, administrators, managers, care managers and wellness
officers; needs no consent to take part, and is no part of the caller''s risk. Where a reason says that it was not safe,
administrators, managers and care managers are told at once. Again for the same shift replaces it until it is answered.
p_shift: day, evening, night. p_patient_count: patients in the caller''s care at once, 0 to 200.
p_acuity: how heavy their care was on the whole, 1 (light) to 5 (extreme).
p_unsafe_reasons: why it was not staffed safely; none: it was.
p_unit_patient_count, p_unit_nurse_count: patients (0 to 1000) and nurses (1 to 500) on the unit, if known.
p_shift_date: when the shift began, today or yesterday; null: today. p_site_id: where, if at a site.
Errors: feature_disabled, permission_denied, invalid_input, conflict (it was answered).
Idempotent: yes.';

revoke all on function app.tell_of_unsafe_shift(uuid) from public;
grant execute on function app.tell_of_unsafe_shift(uuid) to authenticated;
revoke all on function public.submit_shift_report(
  public.work_shift, integer, integer, public.unsafe_staffing_reason[], integer, integer, date, uuid
) from public, anon, authenticated, service_role;
grant execute on function public.submit_shift_report(
  public.work_shift, integer, integer, public.unsafe_staffing_reason[], integer, integer, date, uuid
) to authenticated;
