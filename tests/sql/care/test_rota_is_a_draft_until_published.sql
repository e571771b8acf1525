-- Mona manages the Elms and plans its week from templates; Carl and Cleo work there. Oda manages the Oaks, Ola owns both,
-- Cora watches compliance, Bill keeps the books. Hugo is of Harbor.
begin;
select plan(37);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (
  select tests.make_org('lakeside', p_time_zone => 'Europe/London') as lakeside, tests.make_org('harbor') as harbor
) as orgs;
insert into public.organization_feature_flags (org_id, feature_key, is_enabled)
select unnest(array[lakeside, harbor]), 'care_homes', true from story;
create temporary table people as
select
  tests.make_person(lakeside, 'manager', 'Mona', elms) as mona,
  tests.make_person(lakeside, 'manager', 'Oda', oaks) as oda,
  tests.make_person(lakeside, 'org_owner', 'Ola') as ola,
  tests.make_person(lakeside, 'compliance_lead', 'Cora') as cora,
  tests.make_person(lakeside, 'billing', 'Bill') as bill,
  tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl,
  tests.make_staff(lakeside, 'carer', 'Cleo', elms) as cleo,
  tests.make_person(harbor, 'manager', 'Hugo') as hugo
from story;
create temporary table residents as
select tests.make_resident(lakeside, case name when 'Rose' then oaks else elms end, name) as id
from story cross join unnest(array['Ruth', 'Rob', 'Rita', 'Rose']) as name;
grant select on story, people, residents to public;
create function pg_temp.sees(p_user_id uuid) returns text language plpgsql as $$
begin
  perform tests.act_as(p_user_id);
  return concat_ws(
    ' ', (select count(*) from public.rota_weeks), (select count(*) from public.shifts),
    (select count(*) from public.shift_assignments)
  );
end
$$;
create function pg_temp.told(p_user_id uuid) returns text language sql as $$
  select string_agg(template_key, ' ' order by created_at, id) from public.notification_queue where recipient_id = p_user_id
$$;
select tests.freeze_clock('2026-03-20 12:00+00');

-- The week of 23 March ends with the night in which clocks go forward.
select tests.act_as((select mona from people));
select is(
  (public.create_shift_template(elms, 'Night', 'care', '20:00', '08:00', '{6,7}', 2)).name, 'Night',
  'a manager says what her home needs'
) from story;
select is(
  tests.refusal(format($$ select public.create_shift_template(%L, 'Night', 'care', '20:00', '07:00') $$, elms)),
  'conflict', 'a name is there once per site'
) from story;
select is(
  tests.refusal(format($$ select public.create_shift_template(%L, 'Night', 'care', '20:00', '07:00') $$, oaks)),
  'invalid_input', 'at another home she says nothing'
) from story;
select is((public.plan_rota(elms, '2026-03-25')).week_on::text, '2026-03-23', 'she plans a week by any day of it') from story;
select is((public.plan_rota(elms, '2026-03-29')).status::text, 'draft', 'and once more') from story;
select results_eq(
  $$ select starts_at, ends_at, needed_count::integer from public.shifts order by starts_at $$,
  $$ values
    ('2026-03-28 20:00+00'::timestamptz, '2026-03-29 07:00+00'::timestamptz, 2),
    ('2026-03-29 19:00+00', '2026-03-30 07:00+00', 2) $$,
  'once each; a night in which clocks change has an hour less'
);
select is(
  tests.refusal(format('select public.plan_rota(%L, %L)', oaks, '2026-03-25')), 'not_found', 'not for another home'
) from story;
select is(public.assign_shift(shifts.id, carl) is null, false, 'she puts Carl on both nights')
from public.shifts cross join people;
select is(
  (public.assign_shift((select id from public.shifts order by starts_at limit 1), cleo)).is_published, false,
  'and Cleo on one'
) from people;
select is(
  (
    select string_agg(concat_ws(' ', skill, needed_count, assigned_count, staff_count, residents_per_staff), ', ')
    from public.get_skill_mix(elms, '2026-03-28', '2026-03-29')
  ), 'care 2 2 2 1.50, care 2 1 1 3.00', 'she sees what is missing, and the residents for each carer'
) from story;
select tests.act_as((select ola from people));
select is(
  (select string_agg(residents_per_staff::text, ' ') from public.get_skill_mix(elms, '2026-03-28', '2026-03-29')),
  '1.50 3.00', 'the owner, who knows all residents, is told of those of this home'
) from story;

select is(pg_temp.sees(mona), '1 2 3', 'who plans sees the draft') from people;
select is(pg_temp.sees(ola), '1 2 3', 'as does who looks across') from people;
select is(pg_temp.sees(cora), '1 2 3', 'and who watches') from people;
select is(pg_temp.sees(carl), '0 0 0', 'who works does not, his own shifts neither') from people;
select is_empty(format('select * from public.list_roster_week(%L, %L)', elms, '2026-03-25'), 'by no way') from story;
select is(pg_temp.sees(oda), '0 0 0', 'another home is another home') from people;
select is(pg_temp.sees(bill), '0 0 0', 'books need no rota') from people;
select is(pg_temp.sees(hugo), '0 0 0', 'another organization sees nothing') from people;
select tests.act_as((select carl from people));
select is(
  tests.refusal(format('select public.publish_rota(%L, %L)', elms, '2026-03-25')), 'permission_denied',
  'who works does not publish'
) from story;

-- Cleo has plans of her own by the time the rota is published.
select tests.act_as((select cleo from people));
select isnt_empty(
  $$ select * from public.set_my_availability('2026-03-28 12:00+00', '2026-03-29 12:00+00', 'unavailable') $$,
  'who knows of no draft may say what they like'
);
select tests.act_as((select mona from people));
select is(
  tests.refusal(format('select public.publish_rota(%L, %L)', elms, '2026-03-25')), 'conflict',
  'and is not put on the wall against it'
) from story;
select tests.act_as((select cleo from people));
select is_empty(
  $$ select * from public.set_my_availability('2026-03-28 12:00+00', '2026-03-29 12:00+00') $$, 'she takes it back'
);
select tests.act_as((select mona from people));
select is((public.publish_rota(elms, '2026-03-25')).status::text, 'published', 'it is published') from story;
select is((public.publish_rota(elms, '2026-03-25')).version, 2, 'once') from story;
select is(pg_temp.sees(carl), '1 2 3', 'those who work see it now') from people;
select is(
  (select string_agg(concat_ws(' ', assigned_count, people -> 0 ->> 'name'), ', ' order by starts_at)
   from public.list_roster_week((select elms from story), '2026-03-29')),
  '2 Carl, 1 Carl', 'with the names of their colleagues'
);
select is(
  tests.refusal($$ select * from public.set_my_availability('2026-03-28 12:00+00', '2026-03-29 12:00+00', 'unavailable') $$),
  'conflict', 'who has a shift is not unavailable'
);
select tests.act_as_system();
select is(pg_temp.told(carl), 'rota.published', 'each is told once, however many shifts they have') from people;
select tests.act_as((select mona from people));
select is(
  (public.assign_shift((select id from public.shifts order by starts_at desc limit 1), cleo)).is_published, true,
  'what is added later is seen at once'
) from people;
select is(public.unassign_shift(id)::text, '', 'and what is taken away') from public.shift_assignments
where user_id = (select carl from people) and starts_at > '2026-03-29 12:00+00';
select tests.act_as_system();
select is(pg_temp.told(cleo), 'rota.published rota.changed', 'with a word to whom it is about') from people;
select is(pg_temp.told(carl), 'rota.published rota.changed', 'and to whom it was about') from people;
create temporary table ended as
select id, deleted_at from public.shift_assignments where user_id = (select carl from people) and deleted_at is not null;
grant select on ended to public;
select tests.freeze_clock('2026-03-20 13:00+00');
select tests.act_as((select mona from people));
select lives_ok('select public.unassign_shift((select id from ended))', 'who taps twice');
select tests.act_as_system();
select results_eq(
  'select deleted_at from public.shift_assignments where id in (select id from ended)', 'select deleted_at from ended',
  'takes it away once, and then'
);

select tests.act_as((select mona from people));
select results_eq(
  format('select care_home_id from public.manager_care_homes where user_id = %L', mona),
  array[elms], 'who runs which home is what the roles say'
) from story cross join people;

select * from finish();
rollback;
