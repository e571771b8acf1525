-- A hold on a row or person that is mistyped would keep nothing, and nobody would notice before it is too late. What is
-- of another organization is as what does not exist. Somebody who has or had a role is always known, so that the answer
-- tells of no member whether they have written anything.
create function app.require_holdable(p_org_id uuid, p_table_name text, p_row_id uuid, p_subject_id uuid) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  v_table record;
  v_has_row boolean := p_row_id is null;
  v_has_person boolean := p_subject_id is null or exists (
    select from public.role_assignments as assignments
    where assignments.org_id = p_org_id and assignments.user_id = p_subject_id
  );
begin
  for v_table in select purged.* from app.purged_tables() as purged loop
    if not v_has_row and v_table.name = p_table_name then
      execute format(
        'select exists (select from public.%I as rows where rows.%I = $1 and rows.%I = $2)',
        v_table.name, v_table.tenant_column, v_table.key_column
      ) into v_has_row using p_org_id, p_row_id;
    end if;
    if not v_has_person and v_table.people_columns <> '{}' then
      execute format(
        'select exists (select from public.%I as rows where rows.%I = $1 and $2 in (%s))',
        v_table.name, v_table.tenant_column,
        (select string_agg(format('rows.%I', people.name), ', ') from unnest(v_table.people_columns) as people (name))
      ) into v_has_person using p_org_id, p_subject_id;
    end if;
  end loop;
  if not v_has_row then
    perform app.raise_error('not_found', 'There is no such row in your organization.');
  end if;
  if not v_has_person then
    perform app.raise_error('not_found', 'Your organization knows no such person.');
  end if;
end
$$;

comment on function app.require_holdable(uuid, text, uuid, uuid) is
'Ends the request where an organization has no such row, removed or not, or knows no such person.';

revoke all on function app.require_holdable(uuid, text, uuid, uuid) from public;
