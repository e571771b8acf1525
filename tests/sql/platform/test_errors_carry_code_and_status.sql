-- A frontend gets an error: a stable code, an HTTP status, a sentence, details for machines.
begin;
select plan(5);

create function pg_temp.raised(p_code text, p_details jsonb default '{}') returns jsonb
language plpgsql as $$
declare
  v_message text;
  v_detail text;
begin
  perform app.raise_error(p_code, 'A sentence.', p_details, 'What to do.');
  return null;
exception when sqlstate 'PGRST' then
  get stacked diagnostics v_message = message_text, v_detail = pg_exception_detail;
  return jsonb_build_object('body', v_message::jsonb, 'answer', v_detail::jsonb);
end
$$;

select is(
  pg_temp.raised('invalid_input', '{"field": "p_stress_level"}') -> 'body',
  '{"code": "invalid_input", "message": "A sentence.", "details": "{\"field\": \"p_stress_level\"}",
    "hint": "What to do."}'::jsonb,
  'the body is what PostgREST sends'
);
select results_eq(
  $$
    select code, (pg_temp.raised(code) -> 'answer' ->> 'status')::integer
    from unnest(array[
      'invalid_input', 'not_authenticated', 'session_expired', 'permission_denied', 'feature_disabled',
      'consent_required', 'mfa_required', 'not_found', 'conflict', 'rate_limited'
    ]) as code
  $$,
  $$ values ('invalid_input', 400), ('not_authenticated', 401), ('session_expired', 401),
    ('permission_denied', 403), ('feature_disabled', 403), ('consent_required', 403),
    ('mfa_required', 403), ('not_found', 404), ('conflict', 409),
    ('rate_limited', 429) $$,
  'every code has its status'
);
select is(
  pg_temp.raised('rate_limited', '{"retry_after": 30}') -> 'answer' -> 'headers',
  '{"Retry-After": "30"}'::jsonb,
  'a limit says when to come back'
);
select throws_ok(
  $$ select app.raise_error('no_such_code', 'x') $$, 'P0001', null, 'an unknown code is a programming error'
);
select throws_ok(
  $$ select app.check_input('p_x', null, 'Say x.') $$, 'PGRST', null, 'an unknown answer to a rule is a broken rule'
);

select * from finish();
rollback;
