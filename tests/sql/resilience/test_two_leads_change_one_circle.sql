-- Ada and Cara lead Lakeside's circles and have one of them open at once; Nadia is a nurse; Hana leads at Harbor.
-- What only one of them touched is written, what both did comes back as a question. (C-011 to C-015)
begin;
select plan(21);

create temporary table story as
select
  lakeside,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(lakeside, 'care_manager', 'Cara') as cara,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(harbor, 'admin', 'Hana') as hana,
  gen_random_uuid() as circle,
  gen_random_uuid() as request
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
insert into public.provider_support_circles (org_id, id, name, meeting_frequency, max_members)
select lakeside, circle, 'Night shift', 'weekly', 8 from story;
grant select on story to public;

create function pg_temp.merge(p_changes jsonb, p_base jsonb, p_version integer default null, p_key uuid default null)
returns jsonb language sql as $$
  select to_jsonb(merged) from story
  cross join lateral public.merge_provider_support_circles(circle, p_changes, p_base, p_version, p_key) as merged
$$;

select tests.act_as((select ada from story));
select is(
  pg_temp.merge('{"name": "Nights"}', null, 1) - 'row_values', '{"is_changed": true, "conflicts": []}',
  'Ada, who read version 1, renames the circle'
);

select tests.act_as((select cara from story));
select is(
  pg_temp.merge('{"meeting_frequency": "monthly"}', '{"meeting_frequency": "weekly"}') - 'row_values',
  '{"is_changed": true, "conflicts": []}',
  'Cara, who read version 1 too, changes what Ada did not touch'
);
select results_eq(
  'select name || meeting_frequency from public.provider_support_circles where id = (select circle from story)',
  array['Nightsmonthly'], 'both changes are there'
);
select is(
  pg_temp.merge(
    '{"name": "Late shift", "is_active": false}', '{"name": "Night shift", "is_active": true}'
  ) - 'row_values',
  '{"is_changed": true, "conflicts": [
    {"field": "name", "base": "Night shift", "theirs": "Nights", "yours": "Late shift"}
  ]}',
  'what both changed comes back with all three values, and the other field is written'
);
select results_eq(
  'select is_active from public.provider_support_circles where id = (select circle from story)',
  array[false], 'it is'
);
select is(
  pg_temp.merge('{"name": "Late shift"}', '{"name": "Nights"}') -> 'row_values' ->> 'name', 'Late shift',
  'having seen it, Cara decides'
);
select is(
  pg_temp.merge('{"name": "Late shift"}', '{"name": "Whatever"}') - 'row_values',
  '{"is_changed": false, "conflicts": []}', 'who wants what is there has no conflict'
);
select is(
  pg_temp.merge('{"name": "Early shift"}', null, 1) -> 'conflicts' -> 0 ->> 'theirs', 'Late shift',
  'with an old version and no values everything that differs is a question'
);

do $$ begin perform pg_temp.merge('{"max_members": 12}', '{"max_members": 8}'); end $$;
select tests.act_as((select ada from story));
select is(
  pg_temp.merge('{"max_members": 10}', '{"max_members": 8}') - 'row_values',
  '{"is_changed": false, "conflicts": []}', 'of two who make room the greater number stays'
);

select is(
  pg_temp.merge('{"name": "Dawn"}', '{"name": "Late shift"}', null, (select request from story)) -> 'is_changed',
  'true'::jsonb, 'under a request key'
);
select tests.act_as((select cara from story));
do $$ begin perform pg_temp.merge('{"name": "Dusk"}', '{"name": "Dawn"}'); end $$;
do $$ begin perform pg_temp.merge('{"name": "Late shift"}', '{"name": "Dusk"}'); end $$;
select tests.act_as((select ada from story));
select is(
  pg_temp.merge('{"name": "Dawn"}', '{"name": "Late shift"}', null, (select request from story)) -> 'is_changed',
  'false'::jsonb, 'the same request again changes nothing, although it could'
);
select is(
  tests.refusal($$ select pg_temp.merge('{"name": "Noon"}', '{"name": "Late shift"}', null, (select request from story)) $$),
  'conflict', 'and its key is for no other'
);

select is(tests.refusal($$ select pg_temp.merge('{"naem": "x"}', '{}') $$), 'invalid_input', 'a misspelt field');
select is(tests.refusal($$ select pg_temp.merge('{"org_id": "x"}', '{}') $$), 'invalid_input', 'a field of ours');
select is(tests.refusal($$ select pg_temp.merge('{"name": "x"}', null) $$), 'invalid_input', 'no base at all');
select is(tests.refusal($$ select pg_temp.merge('[]', '{}') $$), 'invalid_input', 'no object');
select is(
  tests.refusal($$ select pg_temp.merge('{"max_members": "many"}', '{}') $$), 'invalid_input', 'no number'
);
select is(
  tests.refusal($$ select pg_temp.merge('{"max_members": 40}', '{"max_members": 12}') $$), '23514',
  'the rules of the table hold'
);

select tests.act_as((select nadia from story));
select is(tests.refusal($$ select pg_temp.merge('{"name": "x"}', '{}') $$), 'permission_denied', 'a nurse may not change it');
select tests.act_as((select hana from story));
select is(
  tests.refusal($$ select pg_temp.merge('{"name": "x"}', '{}') $$), 'not_found', 'and for another organization it is not there'
);
select tests.act_as_anonymous();
select is(tests.refusal($$ select pg_temp.merge('{"name": "x"}', '{}') $$), '42501', 'nor for anyone else');

select * from finish();
rollback;
