-- Olga owns Lakeside and changes its settings. What is wrong is refused and named; what she does not name stays; a
-- nurse and another organization change nothing.
begin;
select plan(70);

create temporary table story as
select
  lakeside, harbor,
  tests.make_person(lakeside, 'org_owner', 'Olga') as olga,
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia,
  tests.make_person(harbor, 'admin', 'Hugo') as hugo
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
grant select on story to public;

create function pg_temp.named(p_changes jsonb) returns text
language plpgsql as $$
begin
  perform public.update_organization_settings(p_changes);
  return null;
exception when sqlstate 'PGRST' then
  return ((sqlerrm::jsonb ->> 'details')::jsonb) ->> 'setting';
end
$$;
grant execute on function pg_temp.named(jsonb) to public;

select tests.act_as((select olga from story));
select is(
  public.update_organization_settings(
    '{"session_idle_minutes": 30, "branding": {"product_name": "Lakeside Care", "primary_color": "#12ab9f"}}'
  ),
  '{"session_idle_minutes": 30, "branding": {"product_name": "Lakeside Care", "primary_color": "#12ab9f"}}',
  'settings are set'
);
select tests.act_as((select ada from story));
select is(
  public.update_organization_settings('{"branding": {"logo_url": "https://lakeside.example/logo.svg", "primary_color": null}, "standalone": true}'),
  '{"session_idle_minutes": 30, "standalone": true, "branding": {"product_name": "Lakeside Care", "logo_url": "https://lakeside.example/logo.svg"}}',
  'what is not named stays, null removes'
);
select results_eq(
  $$ select session_idle_limit, session_limit, mfa_roles, is_standalone, product_name, primary_color, logo_url
     from public.company_settings $$,
  $$ values (
       interval '30 minutes', interval '1 day', '{super_admin,org_owner,admin,clinician}'::public.app_role[], true,
       'Lakeside Care', null::text, 'https://lakeside.example/logo.svg'
     ) $$,
  'company_settings shows them as they hold, defaults included'
);
select is(
  public.update_organization_settings('{"standalone": null, "branding": null, "session_idle_minutes": null}'), '{}',
  'and back to the defaults'
);
select is((select product_name from public.company_settings), 'Lakeside', 'a product without a name has the company''s');

-- Each setting, by name
select is(pg_temp.named(format('{"session_idle_minutes": %s}', wrong)::jsonb), 'session_idle_minutes', 'idle: ' || wrong)
from unnest(array['4', '1441', '30.5', '"30"', '-30', '1e400', 'true', '[30]', '{}']) as wrong;
select is(pg_temp.named(format('{"session_hours": %s}', wrong)::jsonb), 'session_hours', 'hours: ' || wrong)
from unnest(array['0', '721', '"8"', '0.5']) as wrong;
select is(pg_temp.named(format('{"mfa_roles": %s}', wrong)::jsonb), 'mfa_roles', 'mfa_roles: ' || wrong)
from unnest(array['"admin"', '["no_such_role"]', '[1]', '[null]', '{}', 'true']) as wrong;
select is(pg_temp.named(format('{"standalone": %s}', wrong)::jsonb), 'standalone', 'standalone: ' || wrong)
from unnest(array['"true"', '1', '[]']) as wrong;
select is(pg_temp.named(format('{"branding": %s}', wrong)::jsonb), 'branding', 'branding: ' || wrong)
from unnest(array['"blue"', '[]', '1']) as wrong;
select is(pg_temp.named(jsonb_build_object('branding', jsonb_build_object(key, wrong))), 'branding.' || key, key || ': ' || left(wrong::text, 40))
from (
  values
  ('product_name', '""'::jsonb), ('product_name', to_jsonb(repeat('x', 81))), ('product_name', '1'),
  ('product_name', to_jsonb('a' || chr(7))),
  ('logo_url', '"http://lakeside.example/logo.svg"'), ('logo_url', '"javascript:alert(1)"'),
  ('logo_url', '"https://a.example/\" onload=\"x"'), ('logo_url', to_jsonb('https://' || repeat('x', 501))),
  ('support_url', '"ftp://lakeside.example"'), ('primary_color', '"red"'), ('primary_color', '"#12AB9F"'),
  ('accent_color', '"#12ab9f;x"'), ('support_email', '"nobody"'), ('support_email', '"a@b.example\n"'), ('support_email', '1')
) as wrongs (key, wrong);
select is(pg_temp.named('{"sesion_hours": 8}'), 'sesion_hours', 'a misspelt setting');
select is(pg_temp.named('{"branding": {"font": "serif"}}'), 'branding.font', 'an unknown one of the branding');
select is(pg_temp.named('{"Maria Musterfrau, 1.2.1950": 8}'), 'One key', 'what does not look like a setting is not repeated');
select is(
  tests.refusal(format('select public.update_organization_settings(%L)', wrong)), 'invalid_input', 'not ' || left(wrong::text, 30)
)
from unnest(array['[]', '"x"', 'null', '{"branding": {"logo_url": {"deep": 1}}}', '{"mfa_roles": [["admin"]]}', '{"session_hours": 1e20000}', jsonb_build_object('branding', jsonb_build_object('product_name', repeat('x', 20000)))::text, null]::jsonb[]) as wrong;
select is((select settings from public.organizations), '{}', 'nothing of all that was kept');

-- Past the RPC the same rules hold.
select is(
  tests.refusal($$ update public.organizations set settings = '{"session_hours": 0}' $$), '23514',
  'the table refuses it, too'
);
select is(
  tests.refusal($$ update public.organizations set license_tier = 'enterprise' $$), '42501', 'and nobody buys a licence'
);

select tests.act_as((select nadia from story));
select is(
  tests.refusal($$ select public.update_organization_settings('{"session_hours": 8}') $$), 'permission_denied',
  'a nurse changes no setting'
);
select is((select count(*) from public.company_settings), 1::bigint, 'she sees those of her organization');
select tests.act_as((select hugo from story));
select is_empty(
  $$ update public.organizations set settings = '{}' where id = (select lakeside from story) returning 1 $$,
  'another organization''s administrator changes nothing here'
);

-- RFC 7396, appendix A
select tests.act_as_system();
select is(app.merge_patch(target, patch), result, format('%s with %s', target, patch))
from (
  values
  ('{"a":"b"}'::jsonb, '{"a":"c"}'::jsonb, '{"a":"c"}'::jsonb),
  ('{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'),
  ('{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'),
  ('{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'),
  ('{"a":"foo"}', 'null', 'null'),
  ('{"e":null}', '{"a":1}', '{"e":null,"a":1}'),
  ('[1,2]', '{"a":"b","c":null}', '{"a":"b"}'),
  ('{}', '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}')
) as examples (target, patch, result);

select * from finish();
rollback;
