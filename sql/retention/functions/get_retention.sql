-- SECURITY DEFINER because removed rows are in nobody's policies; require_role is the authorization, the active
-- organization the bound. Of rows that nobody reads across the organization it says no number: how it changes with a
-- hold on one person would tell what that person has written.
create function app.retention() returns table (
  table_name text,
  keep_for interval,
  is_default boolean,
  at_least interval,
  at_most interval,
  removed_count bigint,
  due_count bigint,
  held_count bigint,
  referenced_count bigint
)
language plpgsql stable
security definer
set search_path = ''
as $$
declare
  v_org_id uuid;
  v_table record;
begin
  perform app.require_role('org_owner', 'admin', 'compliance_lead');
  v_org_id := app.current_org();
  for v_table in select purged.* from app.purged_tables() as purged loop
    table_name := v_table.name;
    keep_for := app.retention_term(v_org_id, table_name);
    is_default := not exists (
      select from public.retention_policies as policies
      where
        policies.org_id = v_org_id and policies.table_name = v_table.name and policies.deleted_at is null
    );
    at_least := v_table.at_least;
    at_most := v_table.at_most;
    removed_count := null;
    due_count := null;
    held_count := null;
    referenced_count := null;
    if v_table.is_counted then
      execute format(
        'select count(*), count(*) filter (where is_due), count(*) filter (where is_held),
           count(*) filter (where is_due and not is_held and is_referenced)
         from (
           select rows.deleted_at < $2 as is_due, %3$s as is_held, not (true%4$s) as is_referenced
           from public.%2$I as rows where rows.%1$I = $1 and rows.deleted_at is not null
         ) as removed',
        v_table.tenant_column, v_table.name,
        app.held_clause(v_table.name, v_table.tenant_column, v_table.key_column, v_table.people_columns),
        app.unreferenced(v_table.name)
      )
      into removed_count, due_count, held_count, referenced_count
      using v_org_id, app.clock() - keep_for;
    end if;
    return next;
  end loop;
end
$$;

comment on function app.retention() is 'What public.get_retention answers; authorizes for itself.';

create function public.get_retention() returns table (
  table_name text,
  keep_for interval,
  is_default boolean,
  at_least interval,
  at_most interval,
  removed_count bigint,
  due_count bigint,
  held_count bigint,
  referenced_count bigint
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_role('org_owner', 'admin', 'compliance_lead');
  return query select answer.* from app.retention() as answer;
end
$$;

comment on function public.get_retention() is
'The tables whose removed rows are deleted in the end, and how it stands with them in the active organization. For
owners, administrators and compliance leads.
keep_for: how long removed rows are kept; is_default: nobody here has decided so. at_least, at_most: what
set_retention_policy() allows.
removed_count: removed rows; of them due_count are past their term; held_count are under a legal hold; referenced_count
are past their term, not held, and stay as long as something refers to them. Null for tables whose rows nobody reads
across the organization.
Never null: table_name, keep_for, is_default, at_least, at_most.
Errors: not_authenticated, permission_denied.';

revoke all on function app.retention() from public;
grant execute on function app.retention() to authenticated;
revoke all on function public.get_retention() from public, anon, authenticated, service_role;
grant execute on function public.get_retention() to authenticated;
