create function public.record_daily_note(
  p_resident_id uuid,
  p_kind public.daily_note_kind,
  p_note text default null,
  p_measured_value numeric default null,
  p_occurred_at timestamptz default null,
  p_is_shared boolean default false,
  p_is_for_handover boolean default false,
  p_corrects_id uuid default null
) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_fault text;
  v_site_id uuid;
  v_id uuid;
begin
  perform app.require_feature('care_homes');
  perform app.require_carer();
  perform app.check_input('p_kind', p_kind is not null, 'Say what kind of note it is.');
  v_fault := app.daily_note_fault(p_kind, p_measured_value);
  perform app.check_input('p_measured_value', v_fault is null, v_fault);
  perform app.check_input(
    'p_note', coalesce(length(p_note) between 1 and 4000, true), 'A note has 1 to 4000 characters.'
  );
  perform app.check_input(
    'p_note',
    num_nonnulls(p_note, p_measured_value) > 0 or p_kind in ('personal_care', 'repositioning', 'night_check'),
    'Say something, or how much.'
  );
  perform app.check_input(
    'p_occurred_at', coalesce(p_occurred_at <= app.clock() + interval '5 minutes', true),
    'A note is about what has happened.'
  );
  v_site_id := app.care_site(p_resident_id);

  insert into public.daily_notes (
    resident_id, site_id, kind, occurred_at, measured_value, note, is_shared, is_for_handover, corrects_id
  )
  values (
    p_resident_id, v_site_id, p_kind, coalesce(p_occurred_at, app.clock()), p_measured_value, app.plain(p_note),
    coalesce(p_is_shared, false), coalesce(p_is_for_handover, false), p_corrects_id
  )
  returning daily_notes.id into v_id;
  return v_id;
exception when unique_violation then
  perform app.raise_error('conflict', 'This note was corrected before.', p_hint => 'Correct the correction.');
end
$$;

comment on function public.record_daily_note(
  uuid, public.daily_note_kind, text, numeric, timestamptz, boolean, boolean, uuid
) is
'Enters what was done with or seen of a resident. For those who give care at their site.
p_kind: what it is about. p_note: in words, 1 to 4000 characters; stored sealed.
p_measured_value: fluid_intake and fluid_output 1 to 5000 mL, food 0 to 100 % eaten, weight 10 to 500 kg, bowel Bristol
type 1 to 7; sleep and activity 1 to 1440 min, or nothing. No other kind has one.
p_occurred_at: when; now when null. p_is_shared: the resident, and relatives whom they let know, may read it.
p_is_for_handover: it goes into the next handover of the site.
p_corrects_id: the note that this one replaces. A correction is shared as what it corrects.
Returns the id of the note.
Errors: feature_disabled, permission_denied, invalid_input, not_found, conflict (corrected before).';

revoke all on function public.record_daily_note(
  uuid, public.daily_note_kind, text, numeric, timestamptz, boolean, boolean, uuid
) from public, anon, authenticated, service_role;
grant execute on function public.record_daily_note(
  uuid, public.daily_note_kind, text, numeric, timestamptz, boolean, boolean, uuid
) to authenticated;
