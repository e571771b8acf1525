-- Ada connects other systems: secrets are told once and lie in the vault; Mia, manager, may not; nobody reads them back.
begin;
select plan(39);

create temporary table story as
select
  lakeside, tests.make_person(lakeside, 'admin', 'Ada') as ada, tests.make_person(lakeside, 'manager', 'Mia') as mia,
  tests.make_person(harbor, 'admin', 'Hal') as hal
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
grant select on story to public;
insert into public.notification_templates (org_id, template_key, channel, payload_keys)
select lakeside, unnest('{incident.created,visit.planned}'::text[]), 'webhook', '{"incident": "id"}' from story;
create temporary table made (webhook_id uuid, secret text);
grant all on made to public;

select tests.act_as((select ada from story));
select lives_ok($$
  insert into made select * from public.create_webhook('https://example.com/hook', '{incident.created}')
$$, 'Ada makes a webhook');
select matches((select secret from made), '^whsec_[A-Za-z0-9+/]{43}=$', 'and is told its secret');
select results_eq(
  'select url, is_active from public.webhooks', $$ values ('https://example.com/hook', true) $$, 'it is listed'
);
select is(tests.refusal(format('select public.create_webhook(%L, %L)', url, types)), 'invalid_input', says)
from (values
  ('http://example.com/', '{a}', 'not in clear'), ('https://user:pass@example.com/', '{a}', 'no password in it'),
  ('https://example.com/#x', '{a}', 'no fragment'), ('ftp://example.com/', '{a}', 'only the web'),
  ('https://example.com/', '{}', 'some event'), ('https://example.com/', '{Not An Event}', 'that has a name'),
  (null, '{a}', 'some address')
) as cases (url, types, says);
select is(
  tests.refusal($$ update public.webhooks set url = 'https://example.org/' $$), '42501', 'an address is not changed'
);
select lives_ok($$ update public.webhooks set description = 'The regulator' $$, 'its description is');
select is(tests.refusal('select app.channel_secret(webhook_id) from made'), '42501', 'nobody reads a secret back');
select isnt(
  public.rotate_webhook_secret((select webhook_id from made)), (select secret from made), 'a new secret is another'
);
select ok(
  public.set_integration('smtp', 'Mail', '{"host": "mail.example.com", "port": 587, "security": "starttls", "from": "care@example.com", "username": "care"}', 'pw') is not null,
  'and sets up mail'
);
select is(
  public.set_integration('slack', 'Ward', '{}', 'https://hooks.slack.com/services/T/B/x'),
  public.set_integration('slack', 'Ward'), 'again is the same one, with its secret'
);
select is(tests.refusal(format('select public.set_integration(%L, %L, %L, %L)', kind, 'X', settings, secret)), 'invalid_input', says)
from (values
  ('smtp', '{"host": "a", "port": 25, "security": "none", "from": "x@example.com", "password": "p"}', 'p', 'no secret among the settings'),
  ('smtp', '{"host": "a/b", "port": 25, "security": "none", "from": "x@example.com"}', 'p', 'a host is a host'),
  ('smtp', '{}', 'p', 'mail has a server'), ('resend', '{"from": "nobody"}', 'p', 'and a sender'),
  ('twilio', '{"account_sid": "x", "from": "+15550100"}', 'p', 'SMS has an account'),
  ('slack', '{}', 'not an address', 'the secret of a chat is its address'), ('teams', '{"url": "x"}', null, 'and not a setting')
) as cases (kind, settings, secret, says);
select is((select count(*) from public.integration_configs), 2::bigint, 'two are there');

select tests.act_as((select mia from story));
select is(tests.refusal(statement), 'permission_denied', 'a manager does not: ' || statement)
from (values
  ($$ select public.create_webhook('https://example.com/', '{a}') $$),
  ($$ select public.set_integration('slack', 'X') $$),
  ($$ select public.rotate_webhook_secret((select webhook_id from made)) $$),
  ($$ select public.remove_webhook((select webhook_id from made)) $$)
) as cases (statement);
select is_empty('select id from public.webhooks', 'nor sees any');
select tests.act_as((select hal from story));
select is(tests.refusal('select public.rotate_webhook_secret((select webhook_id from made))'), 'not_found', 'another organization finds nothing');
select is(tests.refusal('select public.remove_webhook((select webhook_id from made))'), 'not_found', 'whatever it asks');

select tests.act_as_system();
select matches(
  app.channel_secret(webhook_id), '^whsec_[^ ]+ ' || replace(secret, '+', '[+]') || ' [0-9]+$', 'for a day both keys sign'
) from made;
select is(app.emit_event(lakeside, 'visit.planned'), 0, 'what nobody asked for is told to nobody') from story;
select is(
  app.emit_event(lakeside, 'incident.created', '{"incident": "01935f3e-0000-7000-8000-000000000000"}', 'i1'), 1,
  'what was asked for is'
) from story;
select is(app.emit_event(lakeside, 'incident.created', '{}', 'i1'), 1, 'again') from story;
select is((select count(*) from app.notification_tasks), 1::bigint, 'is the same event');
select is(
  app.claim_notifications('w', 5, '1 minute')::jsonb #>> '{messages,0,address}', 'https://example.com/hook', 'and goes there'
);
select tests.act_as((select ada from story));
select lives_ok('select public.remove_webhook((select webhook_id from made))', 'Ada removes the webhook');
select tests.act_as_system();
select is_empty($$ select from vault.secrets, made where name = 'carebase_channel_' || webhook_id $$, 'its secret is gone');

select * from finish();
rollback;
