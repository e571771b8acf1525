-- Nadia is a nurse of Lakeside, Sam has just signed up and works for nobody, Petra runs the platform. All read the
-- library; only Petra writes it. What the seeds bring is beside it and not looked at. (A-056)
begin;
select plan(12);

create temporary table story as
select
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(platform, 'super_admin', 'Petra') as petra,
  gen_random_uuid() as sam
from (
  select tests.make_org('lakeside') as lakeside,
    (select id from public.organizations where kind = 'platform') as platform
) as orgs;
insert into auth.users (id, email, aud, role)
select sam, 'sam@example.com', 'authenticated', 'authenticated' from story;
insert into public.resilience_training_modules (title, category, content_type, is_active)
values ('Breathing', 'mindfulness', 'exercise', true), ('Old course', 'sleep', 'video', false);
insert into public.resilience_resources (title, kind, category, telephone, is_active)
values ('Lifeline', 'crisis_line', 'crisis', '988', true), ('Closed line', 'crisis_line', 'crisis', '000', false);
create temporary view offered_modules with (security_invoker) as
select title from public.resilience_training_modules where title in ('Breathing', 'Old course');
create temporary view offered_resources with (security_invoker) as
select title, is_active from public.resilience_resources where title in ('Lifeline', 'Closed line', 'Mine');
grant select on story, offered_modules, offered_resources to public;

select tests.act_as((select nadia from story));
select results_eq(
  'select title from offered_modules', array['Breathing'], 'Nadia reads what is offered now'
);
select results_eq('select title from offered_resources', array['Lifeline'], 'resources, too');
select is(
  tests.refusal(
    $$ insert into public.resilience_training_modules (title, category, content_type) values ('x', 'sleep', 'video') $$
  ), '42501', 'she writes none'
);
update public.resilience_resources set title = 'Mine';
select results_eq('select title from offered_resources', array['Lifeline'], 'and changes none');

select tests.act_as((select sam from story));
select results_eq(
  'select title from offered_modules', array['Breathing'], 'Sam reads it without any role'
);
select results_eq('select title from offered_resources', array['Lifeline'], 'resources, too');

select tests.act_as((select ada from story));
select is(
  tests.refusal(
    $$ insert into public.resilience_resources (title, kind, category, telephone) values ('x', 'service', 'grief', '1234') $$
  ), '42501', 'an administrator of an organization writes none'
);

select tests.act_as((select petra from story));
select is((select count(*) from offered_modules), 2::bigint, 'Petra sees what is not offered, too');
select lives_ok(
  $$ insert into public.resilience_training_modules (title, category, content_type) values ('New', 'sleep', 'video') $$,
  'adds'
);
update public.resilience_resources set is_active = true where title = 'Closed line';
select is((select count(*) from offered_resources where is_active), 2::bigint, 'and changes');
select is(
  tests.refusal(
    $$ insert into public.resilience_resources (title, kind, category) values ('x', 'crisis_line', 'crisis') $$
  ), '23514', 'a crisis line that cannot be reached is refused'
);

select tests.act_as_anonymous();
select is(
  tests.refusal('select title from public.resilience_training_modules'), '42501', 'an anonymous caller reads nothing'
);

select * from finish();
rollback;
