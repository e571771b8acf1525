-- Clocks of incidents: set when one is reported, stopped when a step is done, set anew when the severity changes or it
-- is opened again. In the transaction of the change, so that both happen or neither.
--
-- SECURITY DEFINER because nobody writes clocks; a trigger function, it answers nothing.
create function app.follow_incident() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_is_new constant boolean := tg_op = 'INSERT';
  v_is_anew boolean;
begin
  if v_is_new then
    v_is_anew := true;
  else
    v_is_anew := new.timer_round <> old.timer_round;
    perform app.stop_incident_timers(new.org_id, new.id, steps.step)
    from unnest(array['acknowledge', 'act', 'review', 'close']::public.incident_step[]) as steps (step)
    where app.is_step_done(new, steps.step) and not app.is_step_done(old, steps.step);
  end if;
  if v_is_anew then
    perform app.start_incident_timers(new, case when v_is_new then new.reported_at else app.clock() end);
  end if;
  if v_is_new or new.severity > old.severity then
    perform app.start_regulator_clocks(new, case when v_is_new then new.reported_at else app.clock() end);
  end if;
  if new.severity >= 'severe' and (v_is_new or old.severity < 'severe') then
    perform app.alert_of_incident(new);
  end if;
  if v_is_new then
    perform app.emit_incident_event(new, 'incident.reported');
  end if;
  return null;
end
$$;

comment on function app.follow_incident() is
'Trigger _510_follow: sets and stops the clocks of an incident, and tells at once of a severe one.';

-- SECURITY DEFINER because nobody writes clocks; trigger functions, they answer nothing.
create function app.follow_incident_action() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform app.stop_incident_timers(new.org_id, new.incident_id, 'act');
  return null;
end
$$;

comment on function app.follow_incident_action() is
'Trigger _510_follow: what was done first about an incident stops the clock of acting.';

create function app.follow_regulator_notification() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform app.stop_incident_timers(new.org_id, new.incident_id, 'notify_regulator', new.id);
  return null;
end
$$;

comment on function app.follow_regulator_notification() is
'Trigger _510_follow: stops the clock of a regulator who was told.';

revoke all on function app.follow_incident() from public;
revoke all on function app.follow_incident_action() from public;
revoke all on function app.follow_regulator_notification() from public;
