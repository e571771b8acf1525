-- Sue (super_admin) brings instruments in and publishes them; Nadia (nurse of Lakeside) and Ada (its admin) read what
-- is in use. What was published stays as it was, whoever writes, the owner of the database included.
begin;
select plan(38);

create temporary table story as
select
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(platform, 'super_admin', 'Sue') as sue
from (
  select tests.make_org('lakeside') as lakeside,
    (select id from public.organizations where kind = 'platform') as platform
) as orgs;
grant select on story to public;

create function pg_temp.language(p_to text) returns jsonb language sql as $$
  select jsonb_build_object('extension', jsonb_build_array(jsonb_build_object(
    'url', 'http://hl7.org/fhir/StructureDefinition/translation',
    'extension', jsonb_build_array(
      jsonb_build_object('url', 'lang', 'valueCode', 'da'), jsonb_build_object('url', 'content', 'valueString', p_to)
    )
  )))
$$;
create function pg_temp.parts() returns bigint[] language sql security definer as $$
  select array[
    (select count(*) from app.instrument_items), (select count(*) from app.instrument_options),
    (select count(*) from app.instrument_scales), (select count(*) from app.instrument_bands),
    (select count(*) from app.instrument_translations)
  ]
$$;

-- Nadia reads.
select tests.act_as((select nadia from story));
select results_eq(
  'select code from public.list_instruments()', array['cbi', 'falls_checklist', 'must', 'mbi', 'news2', 'olbi', 'single_item_burnout'],
  'what is in use, by title'
);
select is(
  (select count(*) from jsonb_array_elements(public.get_questionnaire('cbi') -> 'item')), 19::bigint, 'nineteen items'
);
select ok(not public.get_questionnaire('mbi') ? 'item', 'of a proprietary one none');
select is(
  (select e ->> 'valueCode' from jsonb_array_elements(public.get_questionnaire('mbi') -> 'extension') as e
   where e ->> 'url' like '%/instrument-license'), 'proprietary', 'and its licence says why'
);
select is(tests.refusal($$ select public.get_questionnaire('nothing') $$), 'not_found', 'no such instrument');
select is(tests.refusal($$ select public.get_questionnaire('cbi', '0.9') $$), 'not_found', 'no such version');
select is(tests.refusal($$ select public.get_questionnaire(null) $$), 'invalid_input', 'say which');
select is(
  tests.refusal($$ update public.instruments set is_active = false where code = 'cbi' $$), null, 'she reaches no row'
);
select is((select is_active from public.instruments where code = 'cbi'), true, 'to change it');
select is(tests.refusal($$ update public.instruments set title = 'x' $$), '42501', 'no other column at all');
select is(tests.refusal($$ delete from public.instruments $$), '42501', 'and removes none');
select is(tests.refusal($$ select * from app.instrument_items $$), '42501', 'the parts are private');
select is(
  tests.refusal($$ select public.import_questionnaire(public.get_questionnaire('cbi')) $$), 'permission_denied',
  'nor does she bring one in'
);
select tests.act_as((select ada from story));
select is(
  tests.refusal($$ select public.import_questionnaire(public.get_questionnaire('cbi')) $$), 'permission_denied',
  'nor does an administrator'
);

-- Sue brings in what was exported: as the same version it is published already, as another one it is a draft.
select tests.act_as((select sue from story));
select is(
  tests.refusal($$ select public.import_questionnaire(public.get_questionnaire('cbi')) $$), 'conflict',
  'a published version is not replaced'
);
select is(
  (select array_agg((public.import_questionnaire(public.get_questionnaire(code) || '{"version": "2.0"}')).status::text)
   from unnest(array['cbi', 'mbi', 'news2', 'olbi']) as code),
  array['draft', 'draft', 'draft', 'draft'], 'each comes in as a draft'
);
select is(
  (select array_agg(
    public.get_questionnaire(code, '2.0') = public.get_questionnaire(code) || '{"version": "2.0", "status": "draft"}'
  ) from unnest(array['cbi', 'mbi', 'news2', 'olbi']) as code),
  array[true, true, true, true], 'and goes out as it was'
);
select tests.act_as((select nadia from story));
select is(tests.refusal($$ select public.get_questionnaire('olbi', '2.0') $$), 'not_found', 'Nadia sees no draft');
select tests.act_as((select sue from story));

-- With a translation: of some items it stays a draft, of all it is published.
create temporary table sent as
select jsonb_set(
  jsonb_set(public.get_questionnaire('single_item_burnout') || '{"version": "2.0"}', '{item,0,_text}', pg_temp.language('Et spørgsmål')),
  '{item,0,answerOption}', (
    select jsonb_agg(jsonb_set(o, '{valueCoding,_display}', pg_temp.language('Svar ' || n)) order by n)
    from jsonb_array_elements(public.get_questionnaire('single_item_burnout') #> '{item,0,answerOption}') with ordinality as t (o, n)
  )
) as whole;
select is(
  (public.import_questionnaire((select whole from sent) #- '{item,0,answerOption,2,valueCoding,_display}')).status::text,
  'draft', 'a draft is replaced'
);
select is(
  tests.refusal($$ update public.instruments set is_active = true where code = 'single_item_burnout' and instrument_version = '2.0' $$),
  'invalid_input', 'half a translation is not published'
);
select lives_ok($$ select public.import_questionnaire(whole) from sent $$, 'a whole one');
select lives_ok(
  $$ update public.instruments set is_active = true where code = 'single_item_burnout' and instrument_version = '2.0' $$,
  'is'
);
select results_eq(
  $$ select instrument_version, status::text from public.instruments where code = 'single_item_burnout' order by 1 $$,
  $$ values ('1.0', 'retired'), ('2.0', 'active') $$, 'the version before is retired'
);
select tests.act_as((select nadia from story));
select is(
  public.get_questionnaire('single_item_burnout', p_language => 'da') #>> '{item,0,answerOption,4,valueCoding,display}',
  'Svar 5', 'in Danish'
);
select is(public.get_questionnaire('single_item_burnout', p_language => 'da') ->> 'language', 'da', 'and says so');
select is(
  public.get_questionnaire('single_item_burnout', p_language => 'de') - 'status',
  (select whole - 'status' from sent), 'in no other language: its own, with all translations, as it was sent'
);
select is(tests.refusal($$ select public.get_questionnaire('single_item_burnout', '1.0') $$), 'not_found', 'the retired one is gone');

-- What would be lost is refused, and what is not well formed.
select tests.act_as((select sue from story));
create function pg_temp.refused(p_changed jsonb) returns text language plpgsql as $$
declare
  v_message jsonb;
begin
  perform public.import_questionnaire(p_changed);
  return null;
exception when sqlstate 'PGRST' then
  get stacked diagnostics v_message = message_text;
  return concat_ws(
    ' ', v_message ->> 'code', (v_message ->> 'details')::jsonb ->> 'elements', (v_message ->> 'details')::jsonb ->> 'rule'
  );
end
$$;
create temporary table good as select public.get_questionnaire('olbi') || '{"version": "3.0"}' as questionnaire;
select is(
  (select pg_temp.refused(questionnaire || '{"purpose": "x", "effectivePeriod": {}}') from good),
  'invalid_input ["effectivePeriod", "purpose"]', 'elements that are not kept are named'
);
select is(
  (select pg_temp.refused(jsonb_set(questionnaire, '{item,0,type}', '"string"')) from good), 'invalid_input ["item"]',
  'an item of another type'
);
select is(
  (select pg_temp.refused(jsonb_set(questionnaire, '{item,1,linkId}', '"1"')) from good),
  'invalid_input instrument_items_pkey', 'two items of one name'
);
select is(
  (select pg_temp.refused(jsonb_set(questionnaire, '{item,0,extension,1,valueCode}', '"luck"')) from good),
  'invalid_input instrument_items_scale_fkey', 'an item of no scale that is there'
);
select is(
  (select pg_temp.refused(questionnaire - 'copyright') from good), 'invalid_input license_text', 'without its terms'
);
select is(pg_temp.refused('{"resourceType": "Patient"}'), 'invalid_input', 'something else');
select is(
  (select pg_temp.refused(jsonb_set(questionnaire, '{extension,2,extension,3,valueDecimal}', '0')) from good), null,
  'a range that its items do not give is a draft'
);
select is(
  tests.refusal($$ update public.instruments set is_active = true where code = 'olbi' and instrument_version = '3.0' $$),
  'invalid_input', 'and is not published'
);

-- Whoever writes.
select tests.act_as_system();
create temporary table before as select pg_temp.parts() as parts;
create temporary table tried (statement text);
insert into tried values
('update public.instruments set title = $x$x$x$ where published_at is not null'),
('update public.instruments set canonical_url = $x$https://x$x$ where published_at is not null'),
('delete from public.instruments where published_at is not null'),
('update public.instruments set published_at = null where published_at is not null'),
('insert into app.instrument_options select id, $x$agreement$x$, 9, $x$maybe$x$, 9, $x$x$x$ from public.instruments where code = $x$olbi$x$ and is_active'),
('update app.instrument_options set value = 1 from public.instruments where instruments.id = instrument_id and is_active'),
('update app.instrument_items set is_reversed = not is_reversed from public.instruments where instruments.id = instrument_id and is_active'),
('update app.instrument_bands set severity = 9 from public.instruments where instruments.id = instrument_id and is_active'),
('update app.instrument_scales set method = $x$sum$x$ from public.instruments where instruments.id = instrument_id and is_active'),
('delete from app.instrument_items using public.instruments where instruments.id = instrument_id and is_active'),
('update app.instrument_translations set translated_text = $x$x$x$');
select is_empty(
  $$ select statement from tried where tests.refusal(statement) is distinct from 'conflict' $$, 'nothing of a published version changes'
);
select is(
  tests.refusal($$ update app.instrument_items set instrument_id = (select id from public.instruments where code = 'mbi' and is_active)
    where instrument_id = (select id from public.instruments where code = 'olbi' and instrument_version = '3.0') $$),
  'conflict', 'and nothing moves there from a draft'
);
select is(pg_temp.parts(), (select parts from before), 'nothing was added or removed');

select * from finish();
rollback;
