-- What stands between the two kinds of check-ins and their author.
create function app.own_checkin(p_checkin public.provider_daily_checkins) returns public.own_checkin
language sql immutable
set search_path = ''
as $$
  select row(
    p_checkin.org_id, p_checkin.id, p_checkin.practitioner_id, p_checkin.user_id, p_checkin.checkin_date,
    p_checkin.work_setting, p_checkin.stress_level, p_checkin.energy_level, p_checkin.patients_contacted_today,
    p_checkin.difficult_patient_calls, p_checkin.overtime_hours, p_checkin.missed_break, p_checkin.is_shared, false,
    p_checkin.created_at, p_checkin.updated_at, p_checkin.version
  )::public.own_checkin
$$;

comment on function app.own_checkin(public.provider_daily_checkins) is 'A named check-in as its author sees it.';

-- SECURITY DEFINER because nobody may read the table; it answers with the caller's own and nothing else.
create function app.my_anonymous_checkins(p_from date, p_to date) returns setof public.own_checkin
language plpgsql stable
security definer
set search_path = ''
as $$
begin
  return query
  select own.* from app.anonymous_checkins_of(app.current_org(), app.my_id(), p_from, p_to) as own;
end
$$;

comment on function app.my_anonymous_checkins(date, date) is
'What the caller wrote anonymously in the active organization, from and to these days.';

-- SECURITY DEFINER because nobody may write the table; it is bound to the caller, who takes part anonymously. What they
-- wrote today under their name, before they changed their mind, gives way: one check-in a day, of whatever kind.
create function app.keep_anonymous_checkin(p_checkin public.own_checkin) returns public.own_checkin
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id constant uuid := app.current_org();
  v_user_id constant uuid := app.my_id();
  v_today constant date := app.today();
begin
  perform app.require_feature('resilience_hub');
  if app.require_participation() <> 'anonymous' then
    perform app.raise_error('conflict', 'You do not take part anonymously.');
  end if;
  perform app.require_provider();

  delete from public.provider_daily_checkins as named
  where named.org_id = v_org_id and named.user_id = v_user_id and named.checkin_date = v_today;
  insert into app.provider_anonymous_checkins as checkins (
    org_id, checkin_date, author_tag, work_setting, stress_level, energy_level, patients_contacted_today,
    difficult_patient_calls, overtime_hours, missed_break
  )
  values (
    v_org_id, v_today, app.author_tag(app.ensure_anonymity_secret(v_org_id), v_org_id, v_user_id, v_today),
    p_checkin.work_setting, p_checkin.stress_level, p_checkin.energy_level, p_checkin.patients_contacted_today,
    p_checkin.difficult_patient_calls, p_checkin.overtime_hours, p_checkin.missed_break
  )
  on conflict (org_id, checkin_date, author_tag) do update set
    work_setting = excluded.work_setting,
    stress_level = excluded.stress_level,
    energy_level = excluded.energy_level,
    patients_contacted_today = excluded.patients_contacted_today,
    difficult_patient_calls = excluded.difficult_patient_calls,
    overtime_hours = excluded.overtime_hours,
    missed_break = excluded.missed_break
  returning checkins.id, checkins.overtime_hours into p_checkin.id, p_checkin.overtime_hours;
  p_checkin.org_id := v_org_id;
  p_checkin.checkin_date := v_today;
  p_checkin.is_shared := false;
  p_checkin.is_anonymous := true;
  return p_checkin;
end
$$;

comment on function app.keep_anonymous_checkin(public.own_checkin) is
'Checks the caller in for today without a name; again on the same day replaces the values.';

-- SECURITY DEFINER because nobody may delete from the table; it forgets what the caller wrote today and nothing else.
-- Only who took part anonymously within the last two days can have done so, which spares all others the secret.
create function app.forget_my_anonymous_checkin() returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
begin
  if exists (
    select from public.provider_consents as consents
    where
      consents.user_id = app.my_id()
      and consents.org_id = app.current_org()
      and consents.level = 'anonymous'
      and coalesce(consents.withdrawn_at, app.clock()) > app.clock() - interval '2 days'
  ) then
    perform app.forget_anonymous_checkins(app.current_org(), app.my_id(), app.today());
  end if;
end
$$;

comment on function app.forget_my_anonymous_checkin() is
'Deletes what the caller wrote anonymously today, because they check in under their name.';

revoke all on function app.own_checkin(public.provider_daily_checkins) from public;
revoke all on function app.my_anonymous_checkins(date, date) from public;
revoke all on function app.keep_anonymous_checkin(public.own_checkin) from public;
revoke all on function app.forget_my_anonymous_checkin() from public;
grant execute on function app.own_checkin(public.provider_daily_checkins) to authenticated;
grant execute on function app.my_anonymous_checkins(date, date) to authenticated;
grant execute on function app.keep_anonymous_checkin(public.own_checkin) to authenticated;
grant execute on function app.forget_my_anonymous_checkin() to authenticated;
