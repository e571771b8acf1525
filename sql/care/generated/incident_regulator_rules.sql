-- Compiled from sql/care/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.incident_regulator_rules enable row level security;
alter table public.incident_regulator_rules force row level security;

revoke all on public.incident_regulator_rules from public, anon, authenticated, service_role;
grant select on public.incident_regulator_rules to authenticated;
grant insert (
  regulator,
  kind,
  min_severity,
  within_hours
) on public.incident_regulator_rules to authenticated;
grant update (
  kind,
  min_severity,
  within_hours
) on public.incident_regulator_rules to authenticated;
grant select, insert, update, delete on public.incident_regulator_rules to service_role;

create policy floor_organization on public.incident_regulator_rules
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.incident_regulator_rules is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.incident_regulator_rules
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.is_staff())
);
comment on policy select_organization on public.incident_regulator_rules is
'anyone who works for the active organization: every row of the active organization.';

create policy insert_organization on public.incident_regulator_rules
for insert to authenticated
with check (
  org_id = (select app.current_org())
  and (select app.has_role('org_owner', 'compliance_lead', 'admin'))
);
comment on policy insert_organization on public.incident_regulator_rules is
'org_owner, compliance_lead, admin: every row of the active organization.';

create policy update_organization on public.incident_regulator_rules
for update to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('org_owner', 'compliance_lead', 'admin'))
)
with check (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('org_owner', 'compliance_lead', 'admin'))
);
comment on policy update_organization on public.incident_regulator_rules is
'org_owner, compliance_lead, admin: every row of the active organization.';

create trigger _100_stamp
before insert or update on public.incident_regulator_rules
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.incident_regulator_rules
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '', ''
);

-- SECURITY DEFINER because no policy lets anybody make a row invisible; require_role is the authorization, the
-- active organization the bound. The audit trigger tells who did it.
create function app.remove_incident_regulator_rules(p_id uuid, out id uuid, out version integer)
language plpgsql volatile
security definer
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('org_owner', 'admin', 'compliance_lead');
  update public.incident_regulator_rules as rows set deleted_at = app.clock()
  where rows.org_id = (select app.current_org()) and rows.id = p_id and rows.deleted_at is null
  returning rows.id, rows.version into id, version;
  -- A second time changes nothing.
  if not found then
    select rows.id, rows.version into id, version from public.incident_regulator_rules as rows
    where rows.org_id = (select app.current_org()) and rows.id = p_id;
  end if;
  if not found then
    perform app.raise_error('not_found', 'There is no such row in your organization.');
  end if;
end
$$;

comment on function app.remove_incident_regulator_rules(uuid) is
'What public.remove_incident_regulator_rules does; authorizes for itself.';

create function public.remove_incident_regulator_rules(p_id uuid, out id uuid, out version integer)
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('org_owner', 'admin', 'compliance_lead');
  perform app.check_input('p_id', p_id is not null, 'Say which row.');
  select done.id, done.version into id, version from app.remove_incident_regulator_rules(p_id) as done;
end
$$;

comment on function public.remove_incident_regulator_rules(uuid) is
'Removes a row of incident_regulator_rules: it is invisible through the API at once. What refers
to it stays as it is. For org_owner, compliance_lead, admin.
p_id: the row. One of another organization is as one that does not exist: not_found.
id, version: of the row as it is now.
Never null: id, version.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, invalid_input.
Idempotent: yes.';

revoke all on function app.remove_incident_regulator_rules(uuid) from public, anon, authenticated, service_role;
grant execute on function app.remove_incident_regulator_rules(uuid) to authenticated;
revoke all on function public.remove_incident_regulator_rules(uuid) from public, anon, authenticated, service_role;
grant execute on function public.remove_incident_regulator_rules(uuid) to authenticated;
