-- A correction is shared as what it corrects: whoever read the one reads the other, and where one is taken back from
-- relatives, so is the one before it.
create function app.guard_daily_note() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_old record;
begin
  if tg_op = 'UPDATE' then
    if new.is_shared <> old.is_shared and new.corrects_id is not null then
      update public.daily_notes as notes set is_shared = new.is_shared
      where notes.org_id = new.org_id and notes.id = new.corrects_id and notes.is_shared <> new.is_shared;
    end if;
    return new;
  end if;

  perform app.check_input(
    'note', new.note is null or length(convert_from(new.note, 'UTF8')) between 1 and 4000,
    'A note has 1 to 4000 characters.'
  );
  if new.corrects_id is not null then
    select notes.kind, notes.occurred_at, notes.is_shared into v_old
    from public.daily_notes as notes
    where notes.org_id = new.org_id and notes.id = new.corrects_id and notes.resident_id = new.resident_id;
    if not found then
      perform app.raise_error('not_found', 'There is no such note about this resident.');
    end if;
    new.is_shared := v_old.is_shared;
    if new.is_retraction then
      new.kind := v_old.kind;
      new.occurred_at := v_old.occurred_at;
      new.is_for_handover := false;
    end if;
  end if;
  perform app.check_input(
    'occurred_at', coalesce(new.occurred_at <= app.clock() + interval '5 minutes', true),
    'A note is about what has happened.'
  );
  return new;
end
$$;

comment on function app.guard_daily_note() is
'Trigger _200_guard of daily_notes: length of the note, nothing of the future; corrections are shared alike.';

create function app.daily_note_fault(p_kind public.daily_note_kind, p_value numeric) returns text
language sql immutable
return case
  when p_kind in ('personal_care', 'repositioning', 'night_check', 'mood', 'visit', 'general')
    then case when p_value is not null then 'This kind has no value.' end
  when p_value is null
    then case when p_kind not in ('sleep', 'activity') then 'This kind has a value.' end
  when p_value <> trunc(p_value) and p_kind <> 'weight'
    then 'The value of this kind is a whole number.'
  when p_kind in ('fluid_intake', 'fluid_output')
    then case when p_value < 1 or p_value > 5000 then 'A fluid is 1 to 5000 mL.' end
  when p_kind = 'food'
    then case when p_value < 0 or p_value > 100 then 'Food is 0 to 100 % eaten.' end
  when p_kind = 'weight'
    then case when p_value < 10 or p_value > 500 then 'A weight is 10 to 500 kg.' end
  when p_kind = 'bowel'
    then case when p_value < 1 or p_value > 7 then 'A Bristol stool type is 1 to 7.' end
  when p_value < 1 or p_value > 1440
    then 'A duration is 1 to 1440 min.'
end;

comment on function app.daily_note_fault(public.daily_note_kind, numeric) is
'What is wrong with the value of a note; null for nothing.';

revoke all on function app.guard_daily_note() from public;
revoke all on function app.daily_note_fault(public.daily_note_kind, numeric) from public;
grant execute on function app.daily_note_fault(public.daily_note_kind, numeric) to authenticated;
