-- Nora (nurse at the Elms) reads how often residents are assessed again where Lakeside has no rules of its own: as Chart 4 of
-- NEWS2 (Royal College of Physicians, 2017) and Step 5 of MUST (BAPEN, care homes) have it.
begin;
select plan(3);

create temporary table story as
select lakeside, tests.make_site(lakeside, 'The Elms') as elms
from (select tests.make_org('lakeside') as lakeside) as orgs;
create temporary table people as
select tests.make_staff(lakeside, 'nurse', 'Nora', elms) as nora from story;
grant select on story, people to public;

select tests.act_as((select nora from people));
select results_eq(
  $$ select band, from_score::integer, repeat_after from public.get_assessment_rules('news2') order by repeat_after desc, band $$,
  $$ values
    -- 0: minimum 12 hourly. 1 to 4: minimum 4 to 6 hourly.
    ('low', 0, interval '12 hours'), ('low', 1, interval '4 hours'),
    -- 3 in one parameter; 5 or more: minimum 1 hourly. 7 or more: continuous.
    ('low_medium', 0, interval '1 hour'), ('medium', 0, interval '1 hour'), ('high', 0, interval '0') $$,
  'NEWS2, Chart 4'
);
select results_eq(
  $$ select band, repeat_after from public.get_assessment_rules('must') order by band $$,
  $$ values ('high', interval '1 month'), ('low', interval '1 month'), ('medium', interval '1 month') $$,
  'MUST, Step 5, in care homes'
);
-- The bands those intervals are for.
select is_empty(
  $$ select band from public.get_assessment_rules('news2') where not is_default $$, 'nobody has changed them'
);
select * from finish();
rollback;
