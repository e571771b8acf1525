create function public.list_resident_notes(
  p_resident_id uuid,
  p_purpose public.access_purpose,
  p_kinds public.daily_note_kind[] default null,
  p_from timestamptz default null,
  p_to timestamptz default null,
  p_with_corrected boolean default false,
  p_before uuid default null,
  p_limit integer default 50
) returns table (
  id uuid,
  kind public.daily_note_kind,
  occurred_at timestamptz,
  recorded_at timestamptz,
  measured_value numeric,
  unit text,
  note text,
  is_shared boolean,
  is_for_handover boolean,
  corrects_id uuid,
  is_retraction boolean,
  recorded_by uuid
)
language plpgsql volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_before record;
  v_ids uuid[];
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what for.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  select notes.occurred_at as at, notes.id as id into v_before
  from public.daily_notes as notes
  where notes.org_id = (select app.current_org()) and notes.id = p_before and notes.resident_id = p_resident_id;
  perform app.check_cursor('p_before', p_before is null or v_before.id is not null);

  v_ids := array(
    select notes.id
    from public.daily_notes as notes
    where
      notes.org_id = (select app.current_org())
      and notes.resident_id = p_resident_id
      and (p_kinds is null or notes.kind = any(p_kinds))
      and (p_from is null or notes.occurred_at >= p_from)
      and (p_to is null or notes.occurred_at < p_to)
      and (p_before is null or (notes.occurred_at, notes.id) < (v_before.at, v_before.id))
      and (p_with_corrected or (
        not notes.is_retraction and not exists (
          select from public.daily_notes as later
          where
            later.org_id = notes.org_id and later.corrects_id = notes.id and later.resident_id = notes.resident_id
        )
      ))
    order by notes.occurred_at desc, notes.id desc
    limit p_limit
  );
  return query
  select
    notes.id, notes.kind, notes.occurred_at, notes.recorded_at, notes.measured_value, notes.unit, opened.note,
    notes.is_shared, notes.is_for_handover, notes.corrects_id, notes.is_retraction, writers.recorded_by
  from public.daily_notes as notes
  inner join app.open_daily_notes(v_ids, p_purpose) as opened on opened.id = notes.id
  left join app.read_daily_notes_restricted(v_ids) as writers on writers.id = notes.id
  where notes.org_id = (select app.current_org()) and notes.id = any(v_ids)
  order by notes.occurred_at desc, notes.id desc;
end
$$;

comment on function public.list_resident_notes(
  uuid, public.access_purpose, public.daily_note_kind[], timestamptz, timestamptz, boolean, uuid, integer
) is
'The daily notes about a resident, newest first, opened. A resident and relatives whom they let know of daily notes get
those that are shared, and not who wrote them (recorded_by is null). Leaves an access event.
p_purpose: what for; must be said. p_kinds: of these kinds; null: of all.
p_from: from then on. p_to: before then. p_with_corrected: also those that were corrected or retracted, and retractions.
p_before: the last note of the page before. p_limit: at most so many, 1 to 500.
Never null: id, kind, occurred_at, recorded_at, is_shared, is_for_handover, is_retraction.
Protected: kind, occurred_at, measured_value, unit, note.
Errors: feature_disabled, permission_denied, invalid_input, not_found.';

revoke all on function public.list_resident_notes(
  uuid, public.access_purpose, public.daily_note_kind[], timestamptz, timestamptz, boolean, uuid, integer
) from public, anon, authenticated, service_role;
grant execute on function public.list_resident_notes(
  uuid, public.access_purpose, public.daily_note_kind[], timestamptz, timestamptz, boolean, uuid, integer
) to authenticated;
