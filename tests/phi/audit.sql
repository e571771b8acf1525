-- The audit room's one way in, as it is agreed, for as long as the room is not there.
do $do$
begin
  if to_regtype('public.audit_action') is null then
    create type public.audit_action as enum (
      'insert', 'update', 'delete', 'restore', 'purge', 'read', 'export', 'sign_in', 'refuse', 'break_glass', 'configure'
    );
    create type public.audit_outcome as enum ('success', 'failure');
    create table public.audit_events (
      id bigint generated always as identity, org_id uuid, action public.audit_action, table_name text, operation text,
      purpose text, subject_ids uuid[], changes jsonb
    );
    create function app.audit(
      p_action public.audit_action, p_org_id uuid, p_table_name text default null, p_row_key jsonb default null,
      p_changes jsonb default null, p_operation text default null, p_purpose text default null,
      p_subject_ids uuid[] default null, p_consent_id uuid default null,
      p_outcome public.audit_outcome default 'success'
    ) returns void language sql security definer set search_path = '' as $$
      insert into public.audit_events (org_id, action, table_name, operation, purpose, subject_ids, changes)
      values (p_org_id, p_action, p_table_name, p_operation, p_purpose, p_subject_ids, p_changes)
    $$;
  end if;
end
$do$;
