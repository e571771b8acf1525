-- Answers and scores as FHIR R4 QuestionnaireResponse, both ways, for the rooms that keep them.
create function app.find_questionnaire(p_response jsonb) returns uuid
language plpgsql stable
set search_path = ''
as $$
declare
  v_canonical text[];
  v_id uuid;
begin
  perform app.check_input(
    'p_response',
    jsonb_typeof(p_response) = 'object' and app.check_json(p_response, 200000, 12)
    and p_response ->> 'resourceType' = 'QuestionnaireResponse'
    and coalesce(jsonb_typeof(p_response -> 'item'), 'array') = 'array',
    'A response is a FHIR R4 QuestionnaireResponse of at most 200,000 bytes.'
  );
  perform app.check_input(
    'p_response', p_response ->> 'status' in ('completed', 'amended'), 'Only a completed response is kept.'
  );
  v_canonical := string_to_array(p_response ->> 'questionnaire', '|');
  select instruments.id into v_id
  from public.instruments
  where
    instruments.canonical_url = v_canonical[1]
    and instruments.is_active
    and (v_canonical[2] is null or instruments.instrument_version = v_canonical[2]);
  if v_id is null then
    perform app.raise_error('not_found', 'There is no such questionnaire in use.', p_hint => 'Load it again.');
  end if;
  return v_id;
end
$$;

comment on function app.find_questionnaire(jsonb) is
'The version in use that a response answers, by the canonical URL in its element questionnaire, with or without version;
ends the request if there is none, or if the response is not a completed one.';

-- One entry per answer, so that what is answered twice is seen; what no option can be, is a code of none.
create function app.response_answers(p_response jsonb) returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(
    jsonb_build_object(
      'link_id', items.value ->> 'linkId',
      'code', case
        when
          not items.value ? 'item'
          and jsonb_typeof(answers.value -> 'valueCoding') = 'object'
          and starts_with(
            coalesce(answers.value -> 'valueCoding' ->> 'system', split_part(p_response ->> 'questionnaire', '|', 1) || '/'),
            split_part(p_response ->> 'questionnaire', '|', 1) || '/'
          )
          then answers.value -> 'valueCoding' ->> 'code'
      end
    ) || case
      when items.value ? 'item' then '{}'
      else jsonb_strip_nulls(jsonb_build_object(
        'value', coalesce(answers.value -> 'valueDecimal', answers.value -> 'valueInteger')
      ))
    end
    order by items.place, answers.place
  ), '[]')
  from jsonb_array_elements(p_response -> 'item') with ordinality as items (value, place)
  cross join lateral jsonb_array_elements(
    case when jsonb_typeof(items.value -> 'answer') = 'array' then items.value -> 'answer' else '[]' end
  ) with ordinality as answers (value, place)
$$;

comment on function app.response_answers(jsonb) is
'The answers of a response as app.score_instrument() takes them.';

create function app.response_scores(p_response jsonb) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_given record;
  v_scores jsonb := '{}';
begin
  for v_given in
    select
      app.fhir_extension(extensions.value, 'scale') ->> 'valueCode' as scale,
      app.fhir_extension(extensions.value, 'score') -> 'valueDecimal' as score
    from jsonb_array_elements(
      case when jsonb_typeof(p_response -> 'extension') = 'array' then p_response -> 'extension' else '[]' end
    ) as extensions (value)
    where extensions.value ->> 'url' = app.fhir_definition('instrument-score')
  loop
    perform app.check_input(
      'p_response', v_given.scale is not null and not v_scores ? v_given.scale, 'Each scale has one score.'
    );
    v_scores := v_scores || jsonb_build_object(v_given.scale, v_given.score);
  end loop;
  return v_scores;
end
$$;

comment on function app.response_scores(jsonb) is
'The scores that a response without items brings in extensions, as app.grade_scores() takes them.';

-- SECURITY DEFINER because the texts are in private tables; what was answered is the caller's to bring.
create function app.questionnaire_response(p_instrument_id uuid, p_answers jsonb, p_scores jsonb) returns jsonb
language sql stable
security definer
set search_path = ''
as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'resourceType', 'QuestionnaireResponse',
    'status', 'completed',
    'questionnaire', instruments.canonical_url || '|' || instruments.instrument_version,
    'extension', (
      select jsonb_agg(
        jsonb_build_object(
          'url', app.fhir_definition('instrument-score'),
          'extension', jsonb_build_array(
            jsonb_build_object('url', 'scale', 'valueCode', scales.code),
            jsonb_build_object('url', 'score', 'valueDecimal', given.value -> 'score')
          ) || case
            when given.value ->> 'band' is null then '[]'
            else jsonb_build_array(jsonb_build_object('url', 'band', 'valueCode', given.value -> 'band'))
          end
        )
        order by scales.position
      )
      from app.instrument_scales as scales
      inner join jsonb_array_elements(p_scores) as given (value) on given.value ->> 'scale' = scales.code
      where scales.instrument_id = instruments.id
    ),
    'item', (
      select jsonb_agg(
        jsonb_build_object(
          'linkId', items.link_id,
          'text', items.item_text,
          'answer', jsonb_build_array(case
            when items.minimum is not null then jsonb_build_object('valueDecimal', answers.value -> 'value')
            else jsonb_build_object('valueCoding', jsonb_build_object(
              'system', instruments.canonical_url || '/' || options.option_set,
              'code', options.code,
              'display', options.option_text
            ))
          end)
        )
        order by items.position
      )
      from jsonb_array_elements(p_answers) as answers (value)
      inner join app.instrument_items as items
        on items.instrument_id = instruments.id and items.link_id = answers.value ->> 'link_id'
      cross join lateral app.answer_option(items, answers.value, p_answers) as options
    )
  ))
  from public.instruments
  where instruments.id = p_instrument_id
$$;

comment on function app.questionnaire_response(uuid, jsonb, jsonb) is
'Answers as a FHIR R4 QuestionnaireResponse. p_answers: as app.score_instrument() takes them, null where there are none.
p_scores: [{"scale": …, "score": …, "band": …}], in extensions of our own.';

revoke all on function app.find_questionnaire(jsonb) from public;
revoke all on function app.response_answers(jsonb) from public;
revoke all on function app.response_scores(jsonb) from public;
revoke all on function app.questionnaire_response(uuid, jsonb, jsonb) from public;
grant execute on function app.find_questionnaire(jsonb) to authenticated, service_role;
grant execute on function app.response_answers(jsonb) to authenticated, service_role;
grant execute on function app.response_scores(jsonb) to authenticated, service_role;
grant execute on function app.questionnaire_response(uuid, jsonb, jsonb) to authenticated, service_role;
