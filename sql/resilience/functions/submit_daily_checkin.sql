-- A nurse at four in the morning taps twice, or remembers an hour later: the second call of a day replaces the
-- values of the first. Who takes part anonymously calls the same function with the same values, and another row
-- is written (app.keep_anonymous_checkin).
create function public.submit_daily_checkin(
  p_work_setting public.work_setting,
  p_stress_level integer,
  p_energy_level integer,
  p_patients_contacted_today integer default 0,
  p_difficult_patient_calls integer default 0,
  p_overtime_hours numeric default 0,
  p_missed_break boolean default false,
  p_is_shared boolean default false
) returns public.own_checkin
language plpgsql volatile
set search_path = ''
as $$
declare
  v_level public.participation_level;
  v_checkin public.provider_daily_checkins;
begin
  perform app.require_feature('resilience_hub');
  v_level := app.require_participation();
  perform app.check_input('p_work_setting', p_work_setting is not null, 'Say where you worked.');
  perform app.check_input('p_stress_level', p_stress_level between 1 and 10, 'Stress is a number from 1 to 10.');
  perform app.check_input('p_energy_level', p_energy_level between 1 and 10, 'Energy is a number from 1 to 10.');
  perform app.check_input(
    'p_patients_contacted_today', p_patients_contacted_today between 0 and 500,
    'Patients contacted is a number from 0 to 500.'
  );
  perform app.check_input(
    'p_difficult_patient_calls', p_difficult_patient_calls between 0 and 500,
    'Difficult calls is a number from 0 to 500.'
  );
  perform app.check_input(
    'p_overtime_hours', p_overtime_hours between 0 and 24, 'Overtime is a number of hours from 0 to 24.'
  );
  perform app.check_input('p_missed_break', p_missed_break is not null, 'Say whether you missed a break.');
  perform app.check_input('p_is_shared', p_is_shared is not null, 'Say whether you share this check-in.');
  perform app.check_input(
    'p_is_shared', not p_is_shared or v_level = 'may_be_contacted',
    'Only who may be contacted shares a check-in: change how far you take part first.'
  );

  if v_level = 'anonymous' then
    return app.keep_anonymous_checkin(row(
      null, null, null, null, null, p_work_setting, p_stress_level, p_energy_level, p_patients_contacted_today,
      p_difficult_patient_calls, p_overtime_hours, p_missed_break, false, true, null, null, null
    )::public.own_checkin);
  end if;

  insert into public.provider_daily_checkins as checkins (
    work_setting, stress_level, energy_level, patients_contacted_today,
    difficult_patient_calls, overtime_hours, missed_break, is_shared
  )
  values (
    p_work_setting, p_stress_level, p_energy_level, p_patients_contacted_today,
    p_difficult_patient_calls, p_overtime_hours, p_missed_break, p_is_shared
  )
  on conflict (org_id, user_id, checkin_date) do update set
    work_setting = excluded.work_setting,
    stress_level = excluded.stress_level,
    energy_level = excluded.energy_level,
    patients_contacted_today = excluded.patients_contacted_today,
    difficult_patient_calls = excluded.difficult_patient_calls,
    overtime_hours = excluded.overtime_hours,
    missed_break = excluded.missed_break,
    is_shared = excluded.is_shared
  returning * into v_checkin;
  return app.own_checkin(v_checkin);
end
$$;

comment on function public.submit_daily_checkin(
  public.work_setting, integer, integer, integer, integer, numeric, boolean, boolean
) is
'Checks the caller in for today (the organization''s day); again on the same day replaces the values.
p_work_setting: where they mainly worked.
p_stress_level, p_energy_level: 1 to 10.
p_patients_contacted_today, p_difficult_patient_calls: 0 to 500.
p_overtime_hours: 0 to 24.
p_missed_break: whether a break was missed.
p_is_shared: lets administrators, care managers and wellness officers read this check-in, as long as the caller may be
contacted; at any other level it is invalid_input. Off unless chosen.
Of whoever takes part anonymously nothing is kept that could name or time them.
Returns the check-in. Errors: feature_disabled, permission_denied, consent_required (details name the version of the
privacy statement to agree to), invalid_input.
Idempotent: yes.';

revoke all on function public.submit_daily_checkin(
  public.work_setting, integer, integer, integer, integer, numeric, boolean, boolean
) from public, anon, authenticated, service_role;
grant execute on function public.submit_daily_checkin(
  public.work_setting, integer, integer, integer, integer, numeric, boolean, boolean
) to authenticated;
