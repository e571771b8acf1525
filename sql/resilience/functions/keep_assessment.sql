-- The one way in. SECURITY DEFINER because nobody may write the tables: what is stored is scored here, from the answers
-- or the results of the subscales, and always the caller's own, today.
create function app.keep_assessment(p_instrument_id uuid, p_answers jsonb, p_scores jsonb)
returns public.provider_burnout_assessments
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_kept public.provider_burnout_assessments;
  v_grades app.assessment_grade[];
begin
  perform app.require_feature('resilience_hub');
  perform app.require_participation();
  perform app.require_subject(p_instrument_id, 'Practitioner');
  if p_answers is null then
    select array_agg(row(graded.*)::app.assessment_grade) into v_grades
    from app.grade_scores(p_instrument_id, p_scores) as graded;
  else
    select array_agg(row(graded.*)::app.assessment_grade) into v_grades
    from app.score_instrument(p_instrument_id, p_answers) as graded;
  end if;

  v_kept.org_id := app.current_org();
  v_kept.user_id := app.my_id();
  v_kept.practitioner_id := app.my_practitioner();
  v_kept.assessment_date := app.today();
  v_kept.instrument_id := p_instrument_id;
  if exists (select from public.instruments where instruments.id = p_instrument_id and instruments.code = 'mbi') then
    select
      max(grades.score) filter (where grades.scale = 'emotional_exhaustion'),
      max(grades.score) filter (where grades.scale = 'depersonalization'),
      max(grades.score) filter (where grades.scale = 'personal_accomplishment')
    into v_kept.emotional_exhaustion_score, v_kept.depersonalization_score, v_kept.personal_accomplishment_score
    from unnest(v_grades) as grades;
  else
    select grades.percent, grades.band into v_kept.headline_score, v_kept.headline_band
    from unnest(v_grades) with ordinality as grades
    order by grades.percent desc, grades.severity desc nulls last, grades.ordinality
    limit 1;
  end if;
  v_kept := app.write_assessment(v_kept, app.bare_answers(p_answers));

  delete from public.provider_assessment_scores as scores
  where scores.org_id = v_kept.org_id and scores.assessment_id = v_kept.id;
  insert into public.provider_assessment_scores (org_id, assessment_id, user_id, scale_code, score, band, severity)
  select v_kept.org_id, v_kept.id, v_kept.user_id, grades.scale, grades.score, grades.band, grades.severity
  from unnest(v_grades) as grades;
  return v_kept;
end
$$;

comment on function app.keep_assessment(uuid, jsonb, jsonb) is
'Scores and keeps the caller''s own assessment of today, in the place of one by the same instrument.';

-- Not one statement: what arrives at ON CONFLICT DO UPDATE has been through the insert's triggers, is sealed already,
-- and would be sealed twice. Of two at once, the second waits at the unique key and then changes the first one's row.
create function app.write_assessment(p_values public.provider_burnout_assessments, p_answers jsonb)
returns public.provider_burnout_assessments
language plpgsql volatile
set search_path = ''
as $$
declare
  v_kept public.provider_burnout_assessments;
begin
  for v_attempt in 1..2 loop
    update public.provider_burnout_assessments as kept
    set
      practitioner_id = p_values.practitioner_id,
      answers = app.plain(p_answers),
      emotional_exhaustion_score = p_values.emotional_exhaustion_score,
      depersonalization_score = p_values.depersonalization_score,
      personal_accomplishment_score = p_values.personal_accomplishment_score,
      headline_score = p_values.headline_score,
      headline_band = p_values.headline_band
    where
      kept.org_id = p_values.org_id
      and kept.user_id = p_values.user_id
      and kept.assessment_date = p_values.assessment_date
      and kept.instrument_id = p_values.instrument_id
    returning * into v_kept;
    exit when found;
    insert into public.provider_burnout_assessments (
      org_id, practitioner_id, user_id, assessment_date, instrument_id, answers, emotional_exhaustion_score,
      depersonalization_score, personal_accomplishment_score, headline_score, headline_band
    )
    values (
      p_values.org_id, p_values.practitioner_id, p_values.user_id, p_values.assessment_date, p_values.instrument_id,
      app.plain(p_answers), p_values.emotional_exhaustion_score, p_values.depersonalization_score,
      p_values.personal_accomplishment_score, p_values.headline_score, p_values.headline_band
    )
    on conflict (org_id, user_id, assessment_date, instrument_id) do nothing
    returning * into v_kept;
    exit when found;
  end loop;
  return v_kept;
end
$$;

comment on function app.write_assessment(public.provider_burnout_assessments, jsonb) is
'Writes an assessment for app.keep_assessment(), or writes over that of the same person, instrument and day.';

revoke all on function app.keep_assessment(uuid, jsonb, jsonb) from public;
revoke all on function app.write_assessment(public.provider_burnout_assessments, jsonb) from public;
grant execute on function app.keep_assessment(uuid, jsonb, jsonb) to authenticated;
