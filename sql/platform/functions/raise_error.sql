-- Every refusal of an RPC goes through here, so that a frontend can rely on four things: a stable code, an HTTP
-- status, a sentence for people, details for machines. PostgREST turns SQLSTATE PGRST into exactly that answer.
-- Texts and details never carry personal data: errors are logged by gateways we do not control.
create function app.raise_error(
  p_code text,
  p_message text,
  p_details jsonb default '{}',
  p_hint text default null
) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  v_status constant integer := case p_code
    when 'invalid_input' then 400
    when 'not_authenticated' then 401
    when 'session_expired' then 401
    when 'permission_denied' then 403
    when 'feature_disabled' then 403
    when 'consent_required' then 403
    when 'mfa_required' then 403
    when 'not_found' then 404
    when 'conflict' then 409
    when 'rate_limited' then 429
  end;
  v_headers jsonb := '{}';
begin
  if v_status is null then
    raise exception 'app.raise_error: unknown code %', p_code;
  end if;

  if p_details ? 'retry_after' then
    v_headers := jsonb_build_object('Retry-After', p_details ->> 'retry_after');
  end if;

  raise sqlstate 'PGRST' using
    message = jsonb_build_object(
      'code', p_code, 'message', p_message, 'details', p_details::text, 'hint', p_hint
    )::text,
    detail = jsonb_build_object('status', v_status, 'headers', v_headers)::text;
end
$$;

comment on function app.raise_error(text, text, jsonb, text) is
'Ends the request with a stable code and its HTTP status: invalid_input 400, not_authenticated and '
'session_expired 401, permission_denied, feature_disabled, consent_required and mfa_required 403, '
'not_found 404, conflict 409, rate_limited 429.';

revoke all on function app.raise_error(text, text, jsonb, text) from public;
grant execute on function app.raise_error(text, text, jsonb, text) to authenticated, service_role;
