create function public.list_resident_assessments(
  p_resident_id uuid,
  p_purpose public.access_purpose,
  p_instrument_code text default null,
  p_with_corrected boolean default false,
  p_before uuid default null,
  p_limit integer default 50
) returns table (
  id uuid,
  instrument_code text,
  assessed_at timestamptz,
  recorded_at timestamptz,
  total numeric,
  band text,
  severity smallint,
  spo2_scale smallint,
  answers jsonb,
  note text,
  corrects_id uuid,
  created_by uuid
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
  perform app.require_role('org_owner', 'compliance_lead', 'manager', 'care_manager', 'nurse', 'clinician', 'carer');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what for.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  select assessments.assessed_at as at, assessments.id as id into v_before
  from public.assessments
  where
    assessments.org_id = (select app.current_org()) and assessments.id = p_before
    and assessments.resident_id = p_resident_id;
  perform app.check_cursor('p_before', p_before is null or v_before.id is not null);

  v_ids := array(
    select assessments.id
    from public.assessments
    where
      assessments.org_id = (select app.current_org())
      and assessments.resident_id = p_resident_id
      and (p_instrument_code is null or assessments.instrument_code = p_instrument_code)
      and (p_before is null or (assessments.assessed_at, assessments.id) < (v_before.at, v_before.id))
      and (p_with_corrected or not exists (
        select from public.assessments as later
        where
          later.org_id = assessments.org_id and later.corrects_id = assessments.id
          and later.resident_id = assessments.resident_id and later.instrument_code = assessments.instrument_code
      ))
    order by assessments.assessed_at desc, assessments.id desc
    limit p_limit
  );
  return query
  select
    assessments.id, assessments.instrument_code, assessments.assessed_at, assessments.recorded_at, assessments.total,
    assessments.band, assessments.severity, assessments.spo2_scale, opened.answers, opened.note,
    assessments.corrects_id, assessments.created_by
  from public.assessments
  inner join app.open_assessments(v_ids, p_purpose) as opened on opened.id = assessments.id
  where assessments.org_id = (select app.current_org()) and assessments.id = any(v_ids)
  order by assessments.assessed_at desc, assessments.id desc;
end
$$;

comment on function public.list_resident_assessments(uuid, public.access_purpose, text, boolean, uuid, integer) is
'The assessments of a resident, newest first, opened. Leaves an access event.
p_purpose: what for; must be said. p_instrument_code: by this instrument; null: by all.
p_with_corrected: also those that were corrected.
p_before: the last one of the page before. p_limit: at most so many, 1 to 500.
Never null: id, instrument_code, assessed_at, recorded_at, total.
Protected: assessed_at, total, band, severity, spo2_scale, answers, note.
Errors: feature_disabled, permission_denied, invalid_input, not_found.';

revoke all on function public.list_resident_assessments(
  uuid, public.access_purpose, text, boolean, uuid, integer
) from public, anon, authenticated, service_role;
grant execute on function public.list_resident_assessments(
  uuid, public.access_purpose, text, boolean, uuid, integer
) to authenticated;
