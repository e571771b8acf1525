-- Nadia looks for something about sleep at four in the morning: the crisis lines are there whatever she asks for. Hana's
-- organization has no hub: its people read the same tables without the hub's functions.
begin;
select plan(16);

create temporary table story as
select
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'org_owner', 'Olga') as olga,
  tests.make_person(harbor, 'nurse', 'Hana') as hana,
  gen_random_uuid() as sam
from (
  select tests.make_org('lakeside') as lakeside, tests.make_org('harbor', p_has_resilience_hub => false) as harbor
) as orgs;
grant select on story to public;
insert into auth.users (id, email, aud, role)
select sam, 'sam@example.com', 'authenticated', 'authenticated' from story;
delete from public.resilience_training_modules;
delete from public.resilience_resources;
insert into public.resilience_training_modules (title, category, content_type, is_active)
values
('Night shifts', 'sleep', 'article', true),
('Old course', 'sleep', 'video', false),
('Slow breathing', 'mindfulness', 'exercise', true);
insert into public.resilience_resources (title, kind, category, url, telephone, is_active)
values
('Sleep well', 'article', 'sleep', 'https://example.com/sleep', null, true),
('An app', 'app', 'mindfulness', 'https://example.com/app', null, true),
('Lifeline', 'crisis_line', 'crisis', null, '988', true),
('Closed line', 'crisis_line', 'crisis', null, '000', false);

select tests.act_as((select nadia from story));
select results_eq(
  'select title from public.get_resilience_modules()', array['Slow breathing', 'Night shifts'],
  'modules in use, by category'
);
select results_eq(
  $$ select title from public.get_resilience_modules('sleep') $$, array['Night shifts'], 'or of one category'
);
select is_empty($$ select title from public.get_resilience_modules('grief') $$, 'which may have none');
select is(
  tests.refusal($$ select public.get_resilience_modules('no_such') $$), '22P02', 'one that does not exist is refused'
);
select results_eq(
  'select title from public.get_resilience_resources()', array['Lifeline', 'An app', 'Sleep well'],
  'crisis lines come first'
);
select results_eq(
  $$ select title from public.get_resilience_resources('sleep') $$, array['Lifeline', 'Sleep well'],
  'and whatever was asked for'
);
select results_eq(
  $$ select title from public.get_resilience_resources('grief') $$, array['Lifeline'], 'where there is nothing else, too'
);

select tests.act_as((select olga from story));
select is((select count(*) from public.get_resilience_resources()), 3::bigint, 'everyone who works there asks');
select tests.act_as((select hana from story));
select is(tests.refusal('select public.get_resilience_modules()'), 'feature_disabled', 'without the hub: no modules');
select is(tests.refusal('select public.get_resilience_resources()'), 'feature_disabled', 'no resources');
select is((select count(*) from public.resilience_resources), 3::bigint, 'though the table is there to be read');
select tests.act_as((select sam from story));
select is(tests.refusal('select public.get_resilience_modules()'), 'permission_denied', 'without a role: nothing');
select is(tests.refusal('select public.get_resilience_resources()'), 'permission_denied', 'of either');
select tests.act_as_anonymous();
select is(tests.refusal('select public.get_resilience_resources()'), '42501', 'anonymous: refused');

select tests.act_as_system();
select is(
  tests.refusal($$ insert into public.resilience_training_modules (title, category, content_type, evidence_based)
    values ('Sure', 'sleep', 'article', true) $$),
  '23514', 'evidence that is claimed is named'
);
select is(
  tests.refusal($$ insert into public.resilience_resources (title, kind, category, url)
    values ('Click', 'article', 'sleep', 'javascript:alert(1)') $$),
  '23514', 'and a link is one that can be followed safely'
);

select * from finish();
rollback;
