-- Nadia sleeps from ten to seven in Berlin, though her organization is in Chicago; Sundays are hers.
begin;
select plan(16);

select is(
  app.quiet_until(at::timestamptz, zone, "from"::time, until::time, days::smallint[]), expected::timestamptz, says
)
from (values
  ('2026-06-10 11:00+00', 'Europe/Berlin', '22:00', '07:00', '{}', '2026-06-10 11:00+00', 'at noon: at once'),
  ('2026-06-10 20:30+00', 'Europe/Berlin', '22:00', '07:00', '{}', '2026-06-11 05:00+00', 'in the evening: in the morning'),
  ('2026-06-11 04:59+00', 'Europe/Berlin', '22:00', '07:00', '{}', '2026-06-11 05:00+00', 'in the night: in the morning'),
  ('2026-06-11 05:00+00', 'Europe/Berlin', '22:00', '07:00', '{}', '2026-06-11 05:00+00', 'at seven: at once'),
  ('2026-03-28 23:00+00', 'Europe/Berlin', '22:00', '07:00', '{}', '2026-03-29 05:00+00', 'the night that lacks an hour'),
  ('2026-10-24 22:00+00', 'Europe/Berlin', '22:00', '07:00', '{}', '2026-10-25 06:00+00', 'the night that has one twice'),
  ('2026-10-25 00:15+00', 'Europe/Berlin', '22:00', '02:30', '{}', '2026-10-25 01:30+00', 'until an hour that comes twice'),
  ('2026-10-25 01:15+00', 'Europe/Berlin', '22:00', '02:30', '{}', '2026-10-25 01:30+00', 'also the second time round'),
  ('2026-06-10 12:30+00', 'UTC', '12:00', '14:00', '{}', '2026-06-10 14:00+00', 'hours within a day'),
  ('2026-06-14 12:30+00', 'UTC', null, null, '{7}', '2026-06-15 00:00+00', 'a day off'),
  ('2026-06-13 22:30+00', 'UTC', '22:00', '07:00', '{7}', '2026-06-15 07:00+00', 'a night, a day off, a night'),
  ('2026-06-10 12:30+00', 'UTC', null, null, '{}', '2026-06-10 12:30+00', 'nothing is quiet')
) as cases (at, zone, "from", until, days, expected, says);

create temporary table story as
select lakeside, tests.make_person(lakeside, 'nurse', 'Nadia') as nadia
from (select tests.make_org('lakeside') as lakeside) as orgs;
grant select on story to public;
insert into public.notification_templates (org_id, template_key, channel, body)
select lakeside, 'hello', unnest('{email,in_app}'::public.notification_channel[]), 'Hello' from story;
select tests.act_as((select nadia from story));
insert into public.notification_preferences (quiet_from, quiet_until, time_zone) values ('22:00', '07:00', 'Europe/Berlin');
select tests.act_as_system();

select tests.freeze_clock('2026-06-10 20:30+00');
create temporary table sent as
select
  app.enqueue_notification(lakeside, 'email', nadia, 'hello') as normal,
  app.enqueue_notification(lakeside, 'email', nadia, 'hello', p_priority => 'urgent') as urgent,
  app.enqueue_notification(lakeside, 'in_app', nadia, 'hello') as in_app
from story;
select bag_eq(
  $$ select (message ->> 'id')::uuid
     from jsonb_array_elements(app.claim_notifications('w', 9, '1 minute')::jsonb -> 'messages') as message $$,
  $$ select urgent from sent union all select in_app from sent $$,
  'at half past ten in Berlin only what is urgent or makes no noise goes out'
);
select is((select due_at from app.notification_tasks), '2026-06-11 05:00+00'::timestamptz, 'the rest waits until seven');
select tests.freeze_clock('2026-06-11 05:00+00');
select is(
  app.claim_notifications('w', 9, '1 minute')::jsonb #>> '{messages,0,id}', normal::text, 'and goes out then'
) from sent;

select tests.act_as((select nadia from story));
select is(
  tests.refusal($$ update public.notification_preferences set muted_channels = '{in_app}' $$), '23514',
  'nobody mutes the application itself'
);

select * from finish();
rollback;
