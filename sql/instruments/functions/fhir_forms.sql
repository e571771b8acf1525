-- Small forms of FHIR that questionnaires are written and read with.
create function app.fhir_definition(p_name text) returns text
language sql immutable
return 'https://carebase.example.com/fhir/StructureDefinition/' || p_name;

comment on function app.fhir_definition(text) is 'The canonical URL of one of our own extensions.';

create function app.fhir_extension(p_element jsonb, p_url text) returns jsonb
language sql immutable
set search_path = ''
as $$
  select each.value
  from jsonb_array_elements(
    case when jsonb_typeof(p_element -> 'extension') = 'array' then p_element -> 'extension' else '[]' end
  ) with ordinality as each (value, place)
  where each.value ->> 'url' = p_url
  order by each.place
  limit 1
$$;

comment on function app.fhir_extension(jsonb, text) is 'The first extension of an element that has this url; else null.';

create function app.fhir_translation(p_language text, p_text text) returns jsonb
language sql immutable
return jsonb_build_object(
  'url', 'http://hl7.org/fhir/StructureDefinition/translation',
  'extension', jsonb_build_array(
    jsonb_build_object('url', 'lang', 'valueCode', p_language),
    jsonb_build_object('url', 'content', 'valueString', p_text)
  )
);

comment on function app.fhir_translation(text, text) is 'A text in another language, as the extension that FHIR has for it.';

-- In its own language a text brings its translations along, in another it is that translation.
create function app.fhir_text(p_name text, p_text text, p_translations jsonb, p_language text) returns jsonb
language sql immutable
set search_path = ''
as $$
  select case
    when p_text is null then '{}'
    when p_language is not null then jsonb_build_object(p_name, coalesce(p_translations ->> p_language, p_text))
    when p_translations is null then jsonb_build_object(p_name, p_text)
    else jsonb_build_object(
      p_name, p_text,
      '_' || p_name, jsonb_build_object('extension', (
        select jsonb_agg(app.fhir_translation(each.key, each.value) order by each.key)
        from jsonb_each_text(p_translations) as each
      ))
    )
  end
$$;

comment on function app.fhir_text(text, text, jsonb, text) is
'A text as an element of this name. p_translations: {"da": …}. p_language: the translation wanted, null for the text
itself with all of them.';

revoke all on function app.fhir_definition(text) from public;
revoke all on function app.fhir_extension(jsonb, text) from public;
revoke all on function app.fhir_translation(text, text) from public;
revoke all on function app.fhir_text(text, text, jsonb, text) from public;
grant execute on function app.fhir_definition(text) to authenticated, service_role;
grant execute on function app.fhir_extension(jsonb, text) to authenticated, service_role;
