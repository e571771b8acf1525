-- Nadia looks for something in the library: by words, by how a word begins, by what goes badly, page by page. (beyond 4)
begin;
select plan(26);

create temporary table story as
select tests.make_person(tests.make_org('lakeside'), 'nurse', 'Nadia') as nadia;
grant select on story to public;
delete from public.resilience_training_modules;
delete from public.resilience_resources;
delete from public.resilience_dimension_categories;
insert into public.resilience_dimension_categories (dimension, category, weight)
values ('sleep', 'sleep', 1), ('sleep', 'grief', 0.5);
insert into public.resilience_training_modules (title, description, category, content_type, is_active, deleted_at)
values
('Night shifts', 'Sleeping by day when others are awake.', 'sleep', 'article', true, null),
('Breathing', 'Between two visits. Good for nights without sleep.', 'mindfulness', 'exercise', true, null),
('After a loss', 'Someone has died on your shift.', 'grief', 'article', true, null),
('Mindful minute', 'One minute of attention.', 'mindfulness', 'exercise', true, null),
('Sleep, withdrawn', 'Sleep.', 'sleep', 'video', false, null),
('Sleep, removed', 'Sleep.', 'sleep', 'video', true, now());
insert into public.resilience_resources (title, description, kind, category, url, telephone)
values
('Lifeline', 'At any hour.', 'crisis_line', 'crisis', null, '988'),
('Another line', 'At any hour.', 'crisis_line', 'crisis', null, '111'),
('Sleep well', 'A plan.', 'article', 'sleep', 'https://example.com/sleep', null),
('Grief group', 'People who lost somebody.', 'service', 'grief', 'https://example.com/grief', null),
('Breathing app', 'Helps to sleep.', 'app', 'mindfulness', 'https://example.com/app', null);
create function pg_temp.modules(p_search text) returns text[] language sql as $$
  select array_agg(title) from public.get_resilience_modules(p_search => p_search)
$$;
create function pg_temp.resources(p_search text) returns text[] language sql as $$
  select array_agg(title) from public.get_resilience_resources(p_search => p_search)
$$;

select tests.act_as((select nadia from story));
select is(pg_temp.modules('sleep'), array['Breathing', 'Night shifts'], 'a word is found in its forms');
select is(pg_temp.modules('breathing'), array['Breathing'], 'in titles');
select is(pg_temp.modules('sleep -breathing'), array['Night shifts'], 'not with a word left out');
select is(pg_temp.modules('loss or attention'), array['After a loss', 'Mindful minute'], 'either of two, the one in a title first');
select is(pg_temp.modules('"two visits"'), array['Breathing'], 'a phrase');
select is(pg_temp.modules('"visits two"'), null, 'in its order');
select is(pg_temp.modules('mindfu'), array['Mindful minute'], 'what nobody finished typing is found by its beginning');
select is(pg_temp.modules('atten min'), array['Mindful minute'], 'all of it');
select is(pg_temp.modules('zebra'), null, 'or nothing');
select is(pg_temp.modules('sleep & | ! :* ( '''), array['Breathing', 'Night shifts'], 'operators are only text');
select is(pg_temp.modules('wi'), array['Breathing'], 'neither what is withdrawn nor what is removed is found');
select is(
  tests.refusal($$ select public.get_resilience_modules(p_search => ' ?! ') $$), 'invalid_input', 'a search has words'
);
select is(
  tests.refusal(format('select public.get_resilience_resources(p_search => %L)', repeat('x', 201))), 'invalid_input',
  'not too many'
);

select results_eq(
  $$ select title from public.get_resilience_modules(p_for_dimension => 'sleep') $$,
  array['Night shifts', 'After a loss', 'Breathing', 'Mindful minute'],
  'what helps with the dimension comes first, most helpful first, and the rest after it'
);
select is(
  (select array_agg(title) from public.get_resilience_modules(p_search => 'sleep', p_for_dimension => 'sleep')),
  array['Night shifts', 'Breathing'], 'among what was searched for, too'
);
select is(
  (select count(*) from public.get_resilience_modules(p_category => 'grief', p_search => 'sleep')), 0::bigint,
  'a search within a category stays in it'
);

-- Page by page: each begins after the last row of the one before.
create function pg_temp.pages(p_size integer) returns text[] language plpgsql as $$
declare
  v_after uuid;
  v_titles text[] := '{}';
  v_page text[];
begin
  loop
    select array_agg(title), (array_agg(id))[count(*)] into v_page, v_after
    from public.get_resilience_modules(p_for_dimension => 'sleep', p_limit => p_size, p_after => v_after);
    exit when v_page is null;
    v_titles := v_titles || v_page;
  end loop;
  return v_titles;
end
$$;
select is(
  (select array_agg(distinct pg_temp.pages(size)) from unnest('{1,2,3,4,500}'::integer[]) as sizes (size)),
  array[array['Night shifts', 'After a loss', 'Breathing', 'Mindful minute']], 'pages of every size, put together'
);
select is(
  tests.refusal($$ select public.get_resilience_modules(p_after => gen_random_uuid()) $$), 'not_found',
  'not after something that never was'
);
select is(tests.refusal('select public.get_resilience_modules(p_limit => 0)'), 'invalid_input', 'a page has a row');
select is(tests.refusal('select public.get_resilience_modules(p_limit => 501)'), 'invalid_input', 'and 500 at most');

select is(
  pg_temp.resources('sleep'), array['Another line', 'Lifeline', 'Sleep well', 'Breathing app'],
  'crisis lines come with every search, and first'
);
select is(pg_temp.resources('zebra'), array['Another line', 'Lifeline'], 'where nothing is found, too');
select results_eq(
  $$ select title from public.get_resilience_resources(p_for_dimension => 'sleep', p_limit => 1) $$,
  array['Another line', 'Lifeline', 'Sleep well'], 'the limit is for the others'
);
select results_eq(
  $$ select title from public.get_resilience_resources(p_for_dimension => 'sleep', p_limit => 1, p_after =>
    (select id from public.resilience_resources where title = 'Sleep well')) $$,
  array['Grief group'], 'the next page goes on after it'
);
select results_eq(
  $$ select title from public.get_resilience_resources(p_after =>
    (select id from public.resilience_resources where title = 'Lifeline'), p_limit => 1) $$,
  array['Breathing app'], 'or begins after the crisis lines'
);

select tests.act_as_system();
-- As in a library that is large enough for it to matter.
set local enable_seqscan = off;
create temporary table plan_lines (line text);
do $$
declare
  v_line text;
begin
  for v_line in explain select id from public.resilience_training_modules
    where is_active and deleted_at is null and search_document @@ app.search_query('sleep')
  loop
    insert into plan_lines values (v_line);
  end loop;
end
$$;
select ok(
  exists (select from plan_lines where line like '%resilience_training_modules_search_idx%'), 'by the index on the words'
);

select * from finish();
rollback;
