-- SECURITY DEFINER because nobody may write policies past the bounds; require_role is the authorization, the active
-- organization the bound. The audit trigger tells who decided what.
create function app.set_retention_policy(p_table_name text, p_keep_for interval) returns interval
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_table record;
  v_org_id uuid;
begin
  perform app.require_role('org_owner', 'admin', 'compliance_lead');
  v_org_id := app.current_org();
  select purged.* into v_table from app.purged_tables() as purged where purged.name = p_table_name;
  perform app.check_input('p_table_name', found, 'It is a table that get_retention() names.');
  perform app.check_input(
    'p_keep_for', p_keep_for is null or p_keep_for between v_table.at_least and v_table.at_most,
    format('Removed rows of this table are kept for %s to %s.', v_table.at_least, v_table.at_most)
  );
  if p_keep_for is null then
    update public.retention_policies as policies set deleted_at = app.clock()
    where
      policies.org_id = v_org_id and policies.table_name = p_table_name and policies.deleted_at is null;
  else
    insert into public.retention_policies as policies (org_id, table_name, keep_for)
    values (v_org_id, p_table_name, p_keep_for)
    on conflict (org_id, table_name) do update set keep_for = excluded.keep_for, deleted_at = null
    where policies.keep_for <> excluded.keep_for or policies.deleted_at is not null;
  end if;
  return app.retention_term(v_org_id, p_table_name);
end
$$;

comment on function app.set_retention_policy(text, interval) is
'What public.set_retention_policy does; authorizes for itself.';

create function public.set_retention_policy(p_table_name text, p_keep_for interval default null) returns interval
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_role('org_owner', 'admin', 'compliance_lead');
  return app.set_retention_policy(p_table_name, p_keep_for);
end
$$;

comment on function public.set_retention_policy(text, interval) is
'Decides how long the active organization keeps removed rows of a table before they are deleted for good; it holds for
what has been removed already, too, from the next night on. For owners, administrators and compliance leads.
p_table_name: one of get_retention().
p_keep_for: between at_least and at_most as get_retention() says; null goes back to the default.
Returns what holds now.
Errors: not_authenticated, permission_denied, invalid_input.
Idempotent: yes.';

revoke all on function app.set_retention_policy(text, interval) from public;
grant execute on function app.set_retention_policy(text, interval) to authenticated;
revoke all on function public.set_retention_policy(text, interval) from public, anon, authenticated, service_role;
grant execute on function public.set_retention_policy(text, interval) to authenticated;
