-- What holds for every way to write an assessment: practitioners of the organization, today, while the feature is on.
-- Runs for signed-in people only: imports and seeds bring history. That they take part is asked by
-- app.keep_assessment(), the one way in. Noting that an intervention began is for the system, whatever the day.
create function app.guard_assessment() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  -- What is not the assessment itself: the system's note, the stamps, and what is computed after this trigger.
  v_others constant text[] := array[
    'intervention_triggered', 'updated_at', 'updated_by', 'version', 'composite_burnout_score', 'risk_level'
  ];
begin
  if auth.role() is distinct from 'authenticated' then
    return new;
  end if;
  perform app.require_feature('resilience_hub');
  -- Another's row is written by nobody who is signed in, but to note that an intervention began.
  if
    tg_op = 'UPDATE'
    and to_jsonb(new) - v_others = to_jsonb(old) - v_others
  then
    return new;
  end if;
  if new.user_id is distinct from app.my_id() or (tg_op = 'UPDATE' and old.user_id <> new.user_id) then
    perform app.raise_error('permission_denied', 'Nobody assesses another.');
  end if;
  if new.practitioner_id is null then
    perform app.raise_error(
      'permission_denied', 'Only practitioners of the organization assess themselves.',
      p_hint => 'Ask an administrator to link your sign-in with your practitioner record.'
    );
  end if;
  if new.assessment_date <> app.today() or (tg_op = 'UPDATE' and old.assessment_date <> app.today()) then
    perform app.raise_error(
      'invalid_input', 'An assessment is written on its own day and cannot be changed later.',
      jsonb_build_object('field', 'assessment_date', 'today', app.today())
    );
  end if;
  return new;
end
$$;

comment on function app.guard_assessment() is
'Trigger _200_guard: practitioners write today''s own assessment and no other, while the feature is on.';

revoke all on function app.guard_assessment() from public;
