-- A version of an instrument as FHIR R4 Questionnaire. SECURITY DEFINER because the tables are private; it
-- stands behind a public RPC that first looks for the head as the caller.
create function app.questionnaire(p_instrument_id uuid, p_language text) returns jsonb
language plpgsql stable
security definer
set search_path = ''
as $$
declare
  v_head public.instruments;
  v_texts jsonb;
  v_language text;
begin
  select * into v_head from public.instruments where instruments.id = p_instrument_id;
  v_texts := app.instrument_texts(p_instrument_id);
  if p_language <> v_head.language_code and jsonb_path_exists(
    v_texts, '$.* ? (exists(@.keyvalue() ? (@.key == $language)))', jsonb_build_object('language', p_language)
  ) then
    v_language := p_language;
  end if;

  return jsonb_strip_nulls(jsonb_build_object(
    'resourceType', 'Questionnaire',
    'language', coalesce(v_language, v_head.language_code),
    'url', v_head.canonical_url,
    'version', v_head.instrument_version,
    'name', upper(left(v_head.code, 1)) || substr(v_head.code, 2),
    'status', v_head.status,
    'subjectType', case when v_head.subject_type is not null then jsonb_build_array(v_head.subject_type) end,
    'publisher', v_head.publisher,
    'copyright', v_head.license_text,
    'extension', jsonb_build_array(
      jsonb_build_object('url', app.fhir_definition('instrument-license'), 'valueCode', v_head.license_kind),
      jsonb_build_object('url', app.fhir_definition('instrument-citation'), 'valueString', v_head.citation)
    ) || app.questionnaire_scales(p_instrument_id, v_texts, v_language),
    'item', app.questionnaire_items(v_head, v_texts, v_language)
  ))
  || app.fhir_text('title', v_head.title, v_texts -> 'title', v_language)
  || app.fhir_text('description', v_head.description, v_texts -> 'description', v_language);
end
$$;

comment on function app.questionnaire(uuid, text) is
'A version of an instrument as FHIR R4 Questionnaire, in this language if it has been translated into it.';

create function app.instrument_texts(p_instrument_id uuid) returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(texts.text_key, texts.translations), '{}')
  from (
    select translations.text_key, jsonb_object_agg(translations.language_code, translations.translated_text) as translations
    from app.instrument_translations as translations
    where translations.instrument_id = p_instrument_id
    group by translations.text_key
  ) as texts
$$;

comment on function app.instrument_texts(uuid) is 'All translations of a version: {"item/1": {"da": …}, …}.';

create function app.questionnaire_scales(p_instrument_id uuid, p_texts jsonb, p_language text) returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(
    jsonb_build_object(
      'url', app.fhir_definition('instrument-scale'),
      'extension', jsonb_build_array(
        jsonb_build_object('url', 'code', 'valueCode', scales.code),
        jsonb_build_object('url', 'title')
        || app.fhir_text('valueString', scales.title, p_texts -> ('scale/' || scales.code), p_language),
        jsonb_build_object('url', 'method', 'valueCode', scales.method),
        jsonb_build_object('url', 'minimum', 'valueDecimal', trim_scale(scales.minimum)),
        jsonb_build_object('url', 'maximum', 'valueDecimal', trim_scale(scales.maximum)),
        jsonb_build_object('url', 'isHigherWorse', 'valueBoolean', scales.is_higher_worse)
      ) || coalesce(bands.extensions, '[]')
    )
    order by scales.position
  ), '[]')
  from app.instrument_scales as scales
  left join lateral (
    select jsonb_agg(
      jsonb_build_object('url', 'band', 'extension', jsonb_build_array(
        jsonb_build_object('url', 'lowerBound', 'valueDecimal', trim_scale(each.lower_bound)),
        jsonb_build_object('url', 'code', 'valueCode', each.code),
        jsonb_build_object('url', 'display') || app.fhir_text(
          'valueString', each.display, p_texts -> ('band/' || scales.code || '/' || each.code), p_language
        ),
        jsonb_build_object('url', 'severity', 'valueInteger', each.severity)
      ) || case
        when each.item_value is null then '[]'
        else jsonb_build_array(jsonb_build_object('url', 'itemValue', 'valueDecimal', trim_scale(each.item_value)))
      end)
      order by each.lower_bound
    ) as extensions
    from app.instrument_bands as each
    where each.instrument_id = scales.instrument_id and each.scale_code = scales.code
  ) as bands on true
  where scales.instrument_id = p_instrument_id
$$;

comment on function app.questionnaire_scales(uuid, jsonb, text) is
'Scales and their bands, as extensions of a Questionnaire.';

create function app.questionnaire_items(p_head public.instruments, p_texts jsonb, p_language text) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_agg(
    jsonb_build_object(
      'linkId', items.link_id,
      'type', case when items.minimum is null then 'choice' else 'decimal' end,
      'required', true,
      'extension', jsonb_build_array(
        jsonb_build_object('url', app.fhir_definition('instrument-option-set'), 'valueCode', items.option_set)
      ) || case
        when items.scale_code is null then '[]'
        else jsonb_build_array(
          jsonb_build_object('url', app.fhir_definition('instrument-item-scale'), 'valueCode', items.scale_code)
        )
      end || case
        when not items.is_reversed then '[]'
        else jsonb_build_array(
          jsonb_build_object('url', app.fhir_definition('instrument-item-reversed'), 'valueBoolean', true)
        )
      end || case
        when items.minimum is null then '[]'
        else app.fhir_measure(items) || options.ranges
      end,
      'answerOption', case when items.minimum is null then options.answers end
    ) || app.fhir_text('text', items.item_text, p_texts -> ('item/' || items.link_id), p_language)
    order by items.position
  )
  from app.instrument_items as items
  left join lateral (
    select jsonb_agg(
      jsonb_build_object(
        'extension', jsonb_build_array(jsonb_build_object(
          'url', 'http://hl7.org/fhir/StructureDefinition/ordinalValue', 'valueDecimal', trim_scale(each.value)
        )),
        'valueCoding', jsonb_build_object(
          'system', p_head.canonical_url || '/' || each.option_set, 'code', each.code
        ) || app.fhir_text(
          'display', each.option_text, p_texts -> ('option/' || each.option_set || '/' || each.code), p_language
        )
      )
      order by each.position
    ) as answers,
    jsonb_agg(
      app.fhir_range(
        each, app.fhir_text(
          'valueString', each.option_text, p_texts -> ('option/' || each.option_set || '/' || each.code), p_language
        )
      )
      order by each.position
    ) as ranges
    from app.instrument_options as each
    where each.instrument_id = items.instrument_id and each.option_set = items.option_set
  ) as options on true
  where items.instrument_id = p_head.id
$$;

comment on function app.questionnaire_items(public.instruments, jsonb, text) is
'Items and their possible answers, as items of a Questionnaire; null where there are none.';

-- FHIR has extensions of its own for these.
create function app.fhir_measure(p_item app.instrument_items) returns jsonb
language sql immutable
return jsonb_build_array(
  jsonb_build_object(
    'url', 'http://hl7.org/fhir/StructureDefinition/questionnaire-unit',
    'valueCoding', jsonb_build_object('system', 'http://unitsofmeasure.org', 'code', p_item.unit_code)
  ),
  jsonb_build_object(
    'url', 'http://hl7.org/fhir/StructureDefinition/minValue', 'valueDecimal', trim_scale(p_item.minimum)
  ),
  jsonb_build_object(
    'url', 'http://hl7.org/fhir/StructureDefinition/maxValue', 'valueDecimal', trim_scale(p_item.maximum)
  ),
  jsonb_build_object('url', 'http://hl7.org/fhir/StructureDefinition/maxDecimalPlaces', 'valueInteger', p_item.decimals)
);

comment on function app.fhir_measure(app.instrument_items) is
'Unit, bounds and places of a measured item, as extensions.';

create function app.fhir_range(p_option app.instrument_options, p_display jsonb) returns jsonb
language sql immutable
set search_path = ''
as $$
  select jsonb_build_object(
    'url', app.fhir_definition('instrument-range'),
    'extension', jsonb_build_array(
      jsonb_build_object('url', 'code', 'valueCode', p_option.code),
      jsonb_build_object('url', 'lowerBound', 'valueDecimal', trim_scale(p_option.lower_bound)),
      jsonb_build_object('url', 'value', 'valueDecimal', trim_scale(p_option.value)),
      jsonb_build_object('url', 'display') || p_display
    ) || coalesce(
      (
        select jsonb_agg(
          jsonb_build_object('url', 'when', 'extension', jsonb_build_array(
            jsonb_build_object('url', 'question', 'valueString', needed.key),
            jsonb_build_object('url', 'answer', 'valueCode', needed.value)
          ))
          order by needed.key
        )
        from jsonb_each_text(p_option.applies_when) as needed
      ), '[]'
    )
  )
$$;

comment on function app.fhir_range(app.instrument_options, jsonb) is
'A range of a measured item, as an extension of our own. p_display: its text as an element.';

revoke all on function app.questionnaire(uuid, text) from public;
revoke all on function app.instrument_texts(uuid) from public;
revoke all on function app.questionnaire_scales(uuid, jsonb, text) from public;
revoke all on function app.questionnaire_items(public.instruments, jsonb, text) from public;
revoke all on function app.fhir_measure(app.instrument_items) from public;
revoke all on function app.fhir_range(app.instrument_options, jsonb) from public;
grant execute on function app.questionnaire(uuid, text) to authenticated, service_role;
