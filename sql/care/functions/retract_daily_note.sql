create function public.retract_daily_note(p_id uuid) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_old record;
  v_id uuid;
begin
  perform app.require_feature('care_homes');
  perform app.require_carer();
  select notes.resident_id, notes.kind, notes.occurred_at into v_old
  from public.daily_notes as notes
  where notes.org_id = (select app.current_org()) and notes.id = p_id;
  if not found then
    perform app.raise_error('not_found', 'There is no such note at your sites.');
  end if;

  insert into public.daily_notes (resident_id, site_id, kind, occurred_at, corrects_id, is_retraction)
  values (v_old.resident_id, app.care_site(v_old.resident_id), v_old.kind, v_old.occurred_at, p_id, true)
  returning daily_notes.id into v_id;
  return v_id;
exception when unique_violation then
  perform app.raise_error('conflict', 'This note was corrected before.', p_hint => 'Retract the correction.');
end
$$;

comment on function public.retract_daily_note(uuid) is
'Says that a note was entered in error: it counts no more and is listed no more, and stays on record. For those who give
care at the site of the resident.
p_id: the note.
Returns the id of the retraction.
Errors: feature_disabled, permission_denied, not_found, conflict (corrected before).';

revoke all on function public.retract_daily_note(uuid) from public, anon, authenticated, service_role;
grant execute on function public.retract_daily_note(uuid) to authenticated;
