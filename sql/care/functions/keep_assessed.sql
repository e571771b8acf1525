-- The one way in. SECURITY DEFINER because nobody writes the tables: what is stored is scored here. It asks for a role
-- at the site of the resident.
create function app.keep_assessed(
  p_resident_id uuid, p_instrument_code text, p_answers jsonb, p_scores jsonb, p_assessed_at timestamptz, p_note text,
  p_corrects_id uuid
) returns public.assessments
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_kept public.assessments;
  v_answers jsonb := p_answers;
  v_grades jsonb;
begin
  perform app.require_carer();
  v_kept.org_id := app.current_org();
  v_kept.resident_id := p_resident_id;
  v_kept.site_id := app.care_site(p_resident_id);
  v_kept.instrument_id := app.find_resident_instrument(p_instrument_code);
  v_kept.assessed_at := coalesce(
    p_assessed_at, app.corrected_at(p_resident_id, p_instrument_code, p_corrects_id), app.clock()
  );
  if p_instrument_code = 'news2' then
    v_answers := app.with_spo2_scale(p_resident_id, v_kept.site_id, p_answers);
  end if;
  v_grades := app.assessed_grades(v_kept.instrument_id, v_answers, p_scores);
  select (each.grade ->> 'score')::numeric, each.grade ->> 'band', (each.grade ->> 'severity')::smallint
  into v_kept.total, v_kept.band, v_kept.severity
  from jsonb_array_elements(v_grades) with ordinality as each (grade, place)
  order by (each.grade ->> 'percent')::numeric desc, (each.grade ->> 'severity')::smallint desc nulls last, each.place
  limit 1;

  insert into public.assessments (
    org_id, resident_id, site_id, instrument_id, instrument_code, assessed_at, total, band, severity, spo2_scale,
    answers, note, corrects_id
  )
  values (
    v_kept.org_id, p_resident_id, v_kept.site_id, v_kept.instrument_id, p_instrument_code, v_kept.assessed_at,
    v_kept.total, v_kept.band, v_kept.severity,
    case when p_instrument_code = 'news2' then app.spo2_scale(v_answers) end,
    app.plain(app.bare_answers(v_answers)), app.plain(p_note), p_corrects_id
  )
  returning * into v_kept;
  insert into public.assessment_scores (
    org_id, assessment_id, scale_code, resident_id, site_id, score, band, severity
  )
  select
    v_kept.org_id, v_kept.id, each.grade ->> 'scale', v_kept.resident_id, v_kept.site_id,
    (each.grade ->> 'score')::numeric, each.grade ->> 'band', (each.grade ->> 'severity')::smallint
  from jsonb_array_elements(v_grades) as each (grade);
  perform app.follow_up_assessment(v_kept);
  return v_kept;
exception when unique_violation then
  perform app.raise_error('conflict', 'This assessment was corrected before.', p_hint => 'Correct the correction.');
end
$$;

comment on function app.keep_assessed(uuid, text, jsonb, jsonb, timestamptz, text, uuid) is
'What public.record_assessment does; authorizes for itself.';

create function app.find_resident_instrument(p_code text) returns uuid
language plpgsql stable
set search_path = ''
as $$
declare
  v_id uuid;
begin
  select instruments.id into v_id
  from public.instruments
  where instruments.code = p_code and instruments.is_active and instruments.subject_type = 'Patient';
  if v_id is null then
    perform app.raise_error('not_found', 'There is no such instrument in use for residents.');
  end if;
  return v_id;
end
$$;

comment on function app.find_resident_instrument(text) is
'The version in use of an instrument that is about patients; ends the request with not_found if there is none.';

create function app.assessed_grades(p_instrument_id uuid, p_answers jsonb, p_scores jsonb) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_grades jsonb;
begin
  if exists (select from app.instrument_items as items where items.instrument_id = p_instrument_id) then
    perform app.check_input('p_scores', p_scores is null, 'This instrument is scored from its answers.');
    perform app.check_input('p_answers', p_answers is not null, 'Say what was answered and measured.');
    select jsonb_agg(to_jsonb(scored)) into v_grades from app.score_instrument(p_instrument_id, p_answers) as scored;
  else
    perform app.check_input(
      'p_answers', p_answers is null, 'This instrument has no items here: give the results of its scales.'
    );
    perform app.check_input('p_scores', p_scores is not null, 'Give the results of its scales.');
    select jsonb_agg(to_jsonb(graded)) into v_grades from app.grade_scores(p_instrument_id, p_scores) as graded;
  end if;
  return v_grades;
end
$$;

comment on function app.assessed_grades(uuid, jsonb, jsonb) is
'The scores by an instrument: from the answers where it has items, from what is known where it has none.';

create function app.corrected_at(p_resident_id uuid, p_instrument_code text, p_corrects_id uuid) returns timestamptz
language plpgsql stable
set search_path = ''
as $$
declare
  v_assessed_at timestamptz;
begin
  if p_corrects_id is null then
    return null;
  end if;
  select assessments.assessed_at into v_assessed_at
  from public.assessments
  where
    assessments.org_id = app.current_org()
    and assessments.id = p_corrects_id
    and assessments.resident_id = p_resident_id
    and assessments.instrument_code = p_instrument_code;
  if v_assessed_at is null then
    perform app.raise_error('not_found', 'There is no such assessment of this resident by this instrument.');
  end if;
  return v_assessed_at;
end
$$;

comment on function app.corrected_at(uuid, text, uuid) is
'When the resident was looked at for the assessment that is corrected; null for none, not_found for another one.';

-- By which scale a saturation counts is a decision of a clinician for one person, and a wrong one hides an illness:
-- whoever only measures goes by the scale of the last time.
create function app.with_spo2_scale(p_resident_id uuid, p_site_id uuid, p_answers jsonb) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_last constant smallint := coalesce((
    select newest.spo2_scale from app.newest_assessment(app.current_org(), p_resident_id, 'news2') as newest
  ), 1);
  v_given smallint;
begin
  if jsonb_typeof(p_answers) is distinct from 'array' then
    return p_answers;
  end if;
  if not p_answers @> '[{"link_id": "spo2_scale"}]' then
    return p_answers || jsonb_build_array(
      jsonb_build_object('link_id', 'spo2_scale', 'code', 'scale_' || v_last)
    );
  end if;
  v_given := app.spo2_scale(p_answers);
  if v_given <> v_last and p_site_id <> all(app.my_sites('nurse', 'clinician')) then
    perform app.raise_error(
      'permission_denied', 'A nurse or clinician decides by which scale the oxygen saturation counts.',
      jsonb_build_object('field', 'p_answers', 'link_id', 'spo2_scale')
    );
  end if;
  return p_answers;
end
$$;

comment on function app.with_spo2_scale(uuid, uuid, jsonb) is
'Answers to NEWS2 with the scale of saturation of the last time, 1 at first, unless a nurse or clinician changes it.';

create function app.spo2_scale(p_answers jsonb) returns smallint
language sql immutable
return case
  when p_answers @> '[{"link_id": "spo2_scale", "code": "scale_1"}]' then 1::smallint
  when p_answers @> '[{"link_id": "spo2_scale", "code": "scale_2"}]' then 2::smallint
end;

comment on function app.spo2_scale(jsonb) is 'The scale of saturation in answers to NEWS2.';

revoke all on function app.keep_assessed(uuid, text, jsonb, jsonb, timestamptz, text, uuid) from public;
revoke all on function app.find_resident_instrument(text) from public;
revoke all on function app.assessed_grades(uuid, jsonb, jsonb) from public;
revoke all on function app.corrected_at(uuid, text, uuid) from public;
revoke all on function app.with_spo2_scale(uuid, uuid, jsonb) from public;
revoke all on function app.spo2_scale(jsonb) from public;
grant execute on function app.keep_assessed(uuid, text, jsonb, jsonb, timestamptz, text, uuid) to authenticated;
