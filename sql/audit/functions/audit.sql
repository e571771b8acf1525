-- The one way into the audit trail for functions of ours. Who asks and from where is taken from the request, never from
-- a parameter. It is granted to nobody: whoever calls it is a function of the owner's.
--
-- Texts are cut here and have no check constraints: each of those is read, parsed and planned anew by every statement
-- that writes one event, which together took longer than the writing.
create function app.audit(
  p_action public.audit_action,
  p_org_id uuid,
  p_table_name text default null,
  p_row_key jsonb default null,
  p_changes jsonb default null,
  p_operation text default null,
  p_purpose text default null,
  p_subject_ids uuid[] default null,
  p_consent_id uuid default null,
  p_outcome public.audit_outcome default 'success'
) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_token jsonb;
  v_headers jsonb;
begin
  if coalesce(current_setting('request.jwt.claims', true), '') <> '' then
    perform app.ensure_open();
    v_token := current_setting('request.jwt.claims');
  end if;
  if coalesce(current_setting('request.headers', true), '') <> '' then
    v_headers := current_setting('request.headers');
  end if;
  insert into public.audit_events (
    org_id, action, outcome, actor_id, actor_roles, session_id, api_key_id, database_role, ip_address, user_agent,
    request_id, table_name, row_key, operation, changes, purpose, subject_ids, consent_id
  )
  values (
    coalesce(
      p_org_id, app.acting_org(v_token is not null), '00000000-0000-0000-0000-000000000000'
    ),
    p_action,
    p_outcome,
    case when v_token ? 'api_key_id' then null else (v_token ->> 'sub')::uuid end,
    case when v_token is null then '{}' else coalesce(nullif(current_setting('carebase.roles', true), ''), '{}') end
    ::public.app_role[],
    (v_token ->> 'session_id')::uuid,
    (v_token ->> 'api_key_id')::uuid,
    coalesce(nullif(current_setting('role', true), 'none'), session_user),
    substring(split_part(v_headers ->> 'x-forwarded-for', ',', 1) from '^[0-9A-Fa-f:.]{2,45}$'),
    left(v_headers ->> 'user-agent', 300),
    left(v_headers ->> 'x-request-id', 100),
    left(p_table_name, 130), p_row_key, left(p_operation, 130), p_changes, left(p_purpose, 200), p_subject_ids,
    p_consent_id
  );
end
$$;

comment on function app.audit(
  public.audit_action, uuid, text, jsonb, jsonb, text, text, uuid[], uuid, public.audit_outcome
) is
'Writes one audit event about the current request. Without an organization it is the one that the caller acts in.';

create function app.acting_org(p_is_request boolean) returns uuid
language sql stable
return case when p_is_request then nullif(current_setting('carebase.org_id', true), '')::uuid end;

comment on function app.acting_org(boolean) is
'The active organization of a request that is open, refused or not; null for the system.';

revoke all on function app.audit(
  public.audit_action, uuid, text, jsonb, jsonb, text, text, uuid[], uuid, public.audit_outcome
) from public;
revoke all on function app.acting_org(boolean) from public;
