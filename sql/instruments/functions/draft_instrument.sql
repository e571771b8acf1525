-- Reading a questionnaire into the tables. SECURITY DEFINER because nobody may write them; it asks for a super_admin
-- and writes drafts only. The constraints of the tables say what is well formed, and comparing what was written with
-- what was sent, that nothing was lost.
create function app.import_questionnaire(p_questionnaire jsonb) returns uuid
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_id uuid;
  v_made jsonb;
  v_constraint text;
  v_column text;
begin
  perform app.require_role('super_admin');
  begin
    v_id := app.draft_head(p_questionnaire);
    perform app.draft_scales(v_id, p_questionnaire);
    perform app.draft_items(v_id, p_questionnaire);
    perform app.draft_texts(v_id, p_questionnaire);
  exception
    when
      check_violation or not_null_violation or unique_violation or foreign_key_violation or cardinality_violation
      or null_value_not_allowed or invalid_text_representation or numeric_value_out_of_range or invalid_parameter_value
    then
      get stacked diagnostics v_constraint = constraint_name, v_column = column_name;
      perform app.raise_error(
        'invalid_input', 'The questionnaire is not of the form that get_questionnaire gives.',
        jsonb_build_object('field', 'p_questionnaire', 'rule', coalesce(nullif(v_constraint, ''), v_column))
      );
  end;

  v_made := app.questionnaire(v_id, p_questionnaire ->> 'language') - 'status';
  if v_made is distinct from p_questionnaire - 'status' then
    perform app.raise_error(
      'invalid_input', 'The questionnaire has elements that would be lost.',
      jsonb_build_object('field', 'p_questionnaire', 'elements', (
        select jsonb_agg(keys.key order by keys.key)
        from jsonb_object_keys(v_made || (p_questionnaire - 'status')) as keys (key)
        where v_made -> keys.key is distinct from p_questionnaire -> keys.key
      ))
    );
  end if;
  return v_id;
end
$$;

comment on function app.import_questionnaire(jsonb) is 'What public.import_questionnaire does; authorizes for itself.';

create function app.draft_head(p_questionnaire jsonb) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_code constant text := lower(p_questionnaire ->> 'name');
  v_version constant text := p_questionnaire ->> 'version';
  v_id uuid;
begin
  delete from public.instruments
  where
    instruments.code = v_code and instruments.instrument_version = v_version
    and instruments.published_at is null
  returning instruments.id into v_id;
  if exists (
    select from public.instruments
    where instruments.code = v_code and instruments.instrument_version = v_version
  ) then
    perform app.refuse_published();
  end if;

  insert into public.instruments (
    id, code, instrument_version, title, description, language_code, subject_type, citation, publisher, license_kind,
    license_text, canonical_url
  )
  values (
    coalesce(v_id, app.uuid_v7()), v_code, v_version, p_questionnaire ->> 'title', p_questionnaire ->> 'description',
    p_questionnaire ->> 'language', p_questionnaire #>> '{subjectType,0}',
    app.fhir_extension(p_questionnaire, app.fhir_definition('instrument-citation')) ->> 'valueString',
    p_questionnaire ->> 'publisher',
    (app.fhir_extension(p_questionnaire, app.fhir_definition('instrument-license')) ->> 'valueCode')
    ::public.instrument_license_kind,
    p_questionnaire ->> 'copyright', p_questionnaire ->> 'url'
  )
  returning instruments.id into v_id;
  return v_id;
end
$$;

comment on function app.draft_head(jsonb) is
'Begins a draft, in the place of one of the same code and version, whose id it keeps.';

create function app.draft_scales(p_instrument_id uuid, p_questionnaire jsonb) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  insert into app.instrument_scales (
    instrument_id, code, position, title, method, minimum, maximum, is_higher_worse
  )
  select
    p_instrument_id,
    app.fhir_extension(scales.value, 'code') ->> 'valueCode',
    row_number() over (order by scales.place),
    app.fhir_extension(scales.value, 'title') ->> 'valueString',
    (app.fhir_extension(scales.value, 'method') ->> 'valueCode')::public.instrument_method,
    (app.fhir_extension(scales.value, 'minimum') ->> 'valueDecimal')::numeric,
    (app.fhir_extension(scales.value, 'maximum') ->> 'valueDecimal')::numeric,
    (app.fhir_extension(scales.value, 'isHigherWorse') ->> 'valueBoolean')::boolean
  from jsonb_array_elements(p_questionnaire -> 'extension') with ordinality as scales (value, place)
  where scales.value ->> 'url' = app.fhir_definition('instrument-scale');

  insert into app.instrument_bands (instrument_id, scale_code, lower_bound, code, display, severity, item_value)
  select
    p_instrument_id,
    app.fhir_extension(scales.value, 'code') ->> 'valueCode',
    (app.fhir_extension(bands.value, 'lowerBound') ->> 'valueDecimal')::numeric,
    app.fhir_extension(bands.value, 'code') ->> 'valueCode',
    app.fhir_extension(bands.value, 'display') ->> 'valueString',
    (app.fhir_extension(bands.value, 'severity') ->> 'valueInteger')::smallint,
    (app.fhir_extension(bands.value, 'itemValue') ->> 'valueDecimal')::numeric
  from jsonb_array_elements(p_questionnaire -> 'extension') as scales (value)
  cross join lateral jsonb_array_elements(scales.value -> 'extension') as bands (value)
  where scales.value ->> 'url' = app.fhir_definition('instrument-scale') and bands.value ->> 'url' = 'band';
end
$$;

comment on function app.draft_scales(uuid, jsonb) is 'Writes the scales and bands of a draft.';

create function app.draft_items(p_instrument_id uuid, p_questionnaire jsonb) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_set_url constant text := app.fhir_definition('instrument-option-set');
  v_fhir constant text := 'http://hl7.org/fhir/StructureDefinition/';
begin
  -- Items of one set repeat its answers. Where they do not agree, what is written differs from what was sent.
  insert into app.instrument_options (
    instrument_id, option_set, position, code, value, option_text, lower_bound, applies_when
  )
  select
    p_instrument_id, sets.option_set, options.place, options.code, options.value, options.option_text,
    options.lower_bound, options.applies_when
  from (
    select distinct on (each.option_set) each.option_set, each.value
    from (
      select app.fhir_extension(items.value, v_set_url) ->> 'valueCode' as option_set, items.value, items.place
      from jsonb_array_elements(p_questionnaire -> 'item') with ordinality as items (value, place)
    ) as each
    order by each.option_set, each.place
  ) as sets
  cross join lateral app.drafted_options(sets.value) as options;

  insert into app.instrument_items (
    instrument_id, link_id, position, scale_code, item_text, is_reversed, option_set, unit_code, minimum, maximum,
    decimals
  )
  select
    p_instrument_id,
    items.value ->> 'linkId',
    items.place,
    app.fhir_extension(items.value, app.fhir_definition('instrument-item-scale')) ->> 'valueCode',
    items.value ->> 'text',
    coalesce(
      (app.fhir_extension(items.value, app.fhir_definition('instrument-item-reversed')) ->> 'valueBoolean')::boolean,
      false
    ),
    app.fhir_extension(items.value, v_set_url) ->> 'valueCode',
    app.fhir_extension(items.value, v_fhir || 'questionnaire-unit') -> 'valueCoding' ->> 'code',
    (app.fhir_extension(items.value, v_fhir || 'minValue') ->> 'valueDecimal')::numeric,
    (app.fhir_extension(items.value, v_fhir || 'maxValue') ->> 'valueDecimal')::numeric,
    (app.fhir_extension(items.value, v_fhir || 'maxDecimalPlaces') ->> 'valueInteger')::smallint
  from jsonb_array_elements(p_questionnaire -> 'item') with ordinality as items (value, place);
end
$$;

comment on function app.draft_items(uuid, jsonb) is 'Writes the items of a draft and their possible answers.';

-- An item has either; both are in the answer, and what does not fit is refused by the tables or when it is published.
create function app.drafted_options(p_item jsonb) returns table (
  place bigint,
  code text,
  value numeric,
  option_text text,
  lower_bound numeric,
  applies_when jsonb
)
language sql stable
set search_path = ''
as $$
  select
    options.place,
    options.value -> 'valueCoding' ->> 'code',
    (app.fhir_extension(options.value, 'http://hl7.org/fhir/StructureDefinition/ordinalValue') ->> 'valueDecimal')::numeric,
    options.value -> 'valueCoding' ->> 'display',
    null::numeric,
    null::jsonb
  from jsonb_array_elements(p_item -> 'answerOption') with ordinality as options (value, place)
  union all
  select
    row_number() over (order by ranges.place),
    app.fhir_extension(ranges.value, 'code') ->> 'valueCode',
    (app.fhir_extension(ranges.value, 'value') ->> 'valueDecimal')::numeric,
    app.fhir_extension(ranges.value, 'display') ->> 'valueString',
    (app.fhir_extension(ranges.value, 'lowerBound') ->> 'valueDecimal')::numeric,
    (
      select jsonb_object_agg(
        app.fhir_extension(needed.value, 'question') ->> 'valueString',
        app.fhir_extension(needed.value, 'answer') ->> 'valueCode'
      )
      from jsonb_array_elements(ranges.value -> 'extension') as needed (value)
      where needed.value ->> 'url' = 'when'
    )
  from jsonb_array_elements(p_item -> 'extension') with ordinality as ranges (value, place)
  where ranges.value ->> 'url' = app.fhir_definition('instrument-range')
$$;

comment on function app.drafted_options(jsonb) is 'What an item of a Questionnaire offers: answers to choose, or ranges.';

create function app.draft_texts(p_instrument_id uuid, p_questionnaire jsonb) returns void
language sql volatile
set search_path = ''
as $$
  with scales as (
    select each.value, app.fhir_extension(each.value, 'code') ->> 'valueCode' as code
    from jsonb_array_elements(p_questionnaire -> 'extension') as each (value)
    where each.value ->> 'url' = app.fhir_definition('instrument-scale')
  ),

  elements as (
    select 'title' as text_key, p_questionnaire -> '_title' as element
    union
    select 'description', p_questionnaire -> '_description'
    union
    select 'scale/' || scales.code, app.fhir_extension(scales.value, 'title') -> '_valueString'
    from scales
    union
    select
      'band/' || scales.code || '/' || (app.fhir_extension(bands.value, 'code') ->> 'valueCode'),
      app.fhir_extension(bands.value, 'display') -> '_valueString'
    from scales
    cross join lateral jsonb_array_elements(scales.value -> 'extension') as bands (value)
    where bands.value ->> 'url' = 'band'
    union
    select 'item/' || (items.value ->> 'linkId'), items.value -> '_text'
    from jsonb_array_elements(p_questionnaire -> 'item') as items (value)
    union
    select
      'option/' || (app.fhir_extension(items.value, app.fhir_definition('instrument-option-set')) ->> 'valueCode')
      || '/' || (options.value -> 'valueCoding' ->> 'code'),
      options.value -> 'valueCoding' -> '_display'
    from jsonb_array_elements(p_questionnaire -> 'item') as items (value)
    cross join lateral jsonb_array_elements(items.value -> 'answerOption') as options (value)
    union
    select
      'option/' || (app.fhir_extension(items.value, app.fhir_definition('instrument-option-set')) ->> 'valueCode')
      || '/' || (app.fhir_extension(ranges.value, 'code') ->> 'valueCode'),
      app.fhir_extension(ranges.value, 'display') -> '_valueString'
    from jsonb_array_elements(p_questionnaire -> 'item') as items (value)
    cross join lateral jsonb_array_elements(items.value -> 'extension') as ranges (value)
    where ranges.value ->> 'url' = app.fhir_definition('instrument-range')
  )

  insert into app.instrument_translations (instrument_id, language_code, text_key, translated_text)
  select
    p_instrument_id,
    app.fhir_extension(translations.value, 'lang') ->> 'valueCode',
    elements.text_key,
    app.fhir_extension(translations.value, 'content') ->> 'valueString'
  from elements
  cross join lateral jsonb_array_elements(elements.element -> 'extension') as translations (value)
$$;

comment on function app.draft_texts(uuid, jsonb) is 'Writes the translations of a draft.';

revoke all on function app.import_questionnaire(jsonb) from public;
revoke all on function app.draft_head(jsonb) from public;
revoke all on function app.draft_scales(uuid, jsonb) from public;
revoke all on function app.draft_items(uuid, jsonb) from public;
revoke all on function app.drafted_options(jsonb) from public;
revoke all on function app.draft_texts(uuid, jsonb) from public;
grant execute on function app.import_questionnaire(jsonb) to authenticated;
