-- Ada writes a template; Mia, manager, sends with it. Names, findings, birthdays and numbers of people do not fit.
begin;
select plan(32);

create temporary table story as
select
  lakeside, tests.make_person(lakeside, 'admin', 'Ada') as ada, tests.make_person(lakeside, 'manager', 'Mia') as mia,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia, tests.make_person(harbor, 'nurse', 'Hana') as hana
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
grant select on story to public;
select tests.freeze_clock('2026-11-21 12:00+00');

select tests.act_as((select ada from story));
select lives_ok($$
  insert into public.notification_templates (template_key, channel, subject, body, payload_keys)
  values ('visit.planned', 'email', 'A visit', '{{ on_date }} {{ link }}',
    '{"on_date": "date", "at": "moment", "count": "number", "state": "code", "visit": "id", "link": "link"}')
$$, 'Ada writes a template');
select is(tests.refusal(format(
  $$ insert into public.notification_templates (template_key, channel, payload_keys) values ('x', 'email', %L) $$, keys
)), '23514', says)
from (values
  ('{"reason": "text"}', 'there is no kind for text'), ('{"recipient_name": "code"}', 'a name that is taken'),
  ('{"A": "code"}', 'a name with a capital'), ('[]', 'no list'), ('{"a": ["code"]}', 'one kind each')
) as cases (keys, says);
select is(tests.refusal($$
  insert into public.notification_templates (template_key, channel, subject) values ('x', 'email', E'Hi\nBcc: x@example.com')
$$), '23514', 'a subject is one line');

select tests.act_as((select mia from story));
create function pg_temp.send(p_payload text, p_template text default 'visit.planned') returns text language sql as $$
  select tests.refusal(format(
    'select public.schedule_notification(%L, %L, p_template => %L, p_channel => %L)',
    (select nadia from story), p_payload, p_template, 'email'
  ))
$$;
select is(pg_temp.send(payload), null, says)
from (values
  ('{"on_date": "2026-11-23", "count": 3, "state": "visit.planned", "link": "/visits/0193"}', 'what the kinds allow'),
  ('{"at": "2026-11-23T09:00:00+01:00", "visit": "01935f3e-0000-7000-8000-000000000000"}', 'a moment and an id'),
  ('{}', 'nothing at all')
) as cases (payload, says);
select is(pg_temp.send(payload), 'invalid_input', says)
from (values
  ('{"patient": "x"}', 'a value that the template does not list'),
  ('{"state": "Smith"}', 'a name'), ('{"state": "has diabetes"}', 'a finding'), ('{"count": "three"}', 'words for a number'),
  ('{"count": 5551234567}', 'a telephone number'), ('{"on_date": "1951-04-02"}', 'a birthday'),
  ('{"on_date": "2026-13-40"}', 'no day'), ('{"on_date": "soon"}', 'no date'), ('{"link": "https://example.com/"}', 'a foreign address'),
  ('{"link": "/visits?name=Smith"}', 'a query'), ('{"link": "/visits/Smith"}', 'a name in a path'), ('{"link": "//example.com"}', 'a foreign address without a scheme'),
  ('{"visit": "1"}', 'no id'), ('{"state": {"a": 1}}', 'an object'), ('[]', 'a list'), ('null', 'null')
) as cases (payload, says);
select is(pg_temp.send('{}', 'no.such'), 'not_found', 'no such template');
select is(
  tests.refusal(format('select public.schedule_notification(%L, %L)', hana, '{}')), 'not_found',
  'nobody of another organization'
) from story;
select is(
  tests.refusal(format('select public.schedule_notification(%L, %L)', nadia, '{"link": "/home"}')), null,
  'three words are enough: there is something new'
) from story;

select tests.act_as((select nadia from story));
select is(
  tests.refusal(format('select public.schedule_notification(%L, %L)', mia, '{}')), 'permission_denied',
  'a nurse does not schedule'
) from story;
select is(
  tests.refusal($$ insert into public.notification_queue (channel, template_key, trigger_at, created_at)
    values ('in_app', 'x', now(), now()) $$), '42501', 'nobody writes the queue'
);
select is_empty('select template_key from public.notification_templates', 'nor reads the words');

select * from finish();
rollback;
