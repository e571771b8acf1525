-- Nadia and Nora are told something in the application: each reads her own and marks it; Mia, their manager, sees neither.
begin;
select plan(14);

create temporary table story as
select
  lakeside, tests.make_person(lakeside, 'nurse', 'Nadia') as nadia, tests.make_person(lakeside, 'nurse', 'Nora') as nora,
  tests.make_person(lakeside, 'manager', 'Mia') as mia, tests.make_person(lakeside, 'admin', 'Ada') as ada
from (select tests.make_org('lakeside') as lakeside) as orgs;
grant select on story to public;
insert into public.notification_templates (org_id, template_key, channel, body)
select lakeside, 'hello', unnest('{in_app,email}'::public.notification_channel[]), 'Hello' from story;
create temporary table sent as
select
  app.enqueue_notification(lakeside, 'in_app', nadia, 'hello') as one,
  app.enqueue_notification(lakeside, 'in_app', nadia, 'hello') as two,
  app.enqueue_notification(lakeside, 'in_app', nora, 'hello') as noras,
  app.enqueue_notification(lakeside, 'in_app', nadia, 'hello', p_trigger_at => now() + interval '1 day') as tomorrows,
  app.enqueue_notification(lakeside, 'email', nadia, 'hello') as mail
from story;
grant select on sent to public;
select tests.act_as((select nadia from story));
select is_empty('select * from public.get_my_notifications()', 'nothing is shown before it is sent');
select tests.act_as_system();
select app.settle_notifications(null, '{}', '{}', jsonb_agg(jsonb_build_object(
  'org_id', lakeside, 'id', id, 'attempt', 1, 'is_sent', true, 'title', 'Hi', 'body', 'Hello Nadia'
))) from story, sent, unnest(array[one, two, noras]) as ids (id);

select tests.act_as((select nadia from story));
select results_eq(
  'select id, title, body, read_at from public.get_my_notifications()',
  $$ select unnest(array[greatest(one, two), least(one, two)]), 'Hi'::text, 'Hello Nadia'::text, null::timestamptz from sent $$,
  'Nadia reads her own, newest first'
);
select results_eq(
  $$ select page.id from sent, public.get_my_notifications(p_before => greatest(one, two)) as page $$,
  'select least(one, two) from sent', 'page by page'
);
select is(public.mark_notifications_read(array[one, noras]), 1, 'she marks one, and not Nora''s') from sent;
select is(public.mark_notifications_read(array[one]), 0, 'once') from sent;
select results_eq('select id from public.get_my_notifications(true)', 'select two from sent', 'one is unread');
select is(public.mark_notifications_read(), 1, 'she marks the rest');
select is_empty('select * from public.get_my_notifications(true)', 'all is read');
select is(
  tests.refusal('select public.get_my_notifications(p_limit => 0)'), 'invalid_input', 'a limit is a limit'
);
select is((select count(*) from public.notification_queue), 4::bigint, 'her rows are hers');

select tests.act_as((select nora from story));
select results_eq(
  'select id, read_at from public.get_my_notifications()', 'select noras, null::timestamptz from sent', 'Nora''s is unread'
);
select tests.act_as((select mia from story));
select is_empty('select * from public.notification_queue', 'their manager sees nothing');
select is(public.mark_notifications_read(array[noras]), 0, 'and marks nothing') from sent;
select tests.act_as((select ada from story));
select is((select count(*) from public.notification_queue), 5::bigint, 'the administrator answers for all that is sent');

select * from finish();
rollback;
