-- Compiled from sql/care/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.inspection_evidence enable row level security;
alter table public.inspection_evidence force row level security;

revoke all on public.inspection_evidence from public, anon, authenticated, service_role;
grant select on public.inspection_evidence to authenticated;
grant update (
  title,
  expires_on
) on public.inspection_evidence to authenticated;
grant select, insert, update, delete on public.inspection_evidence to service_role;

create policy floor_organization on public.inspection_evidence
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.inspection_evidence is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization_or_sites on public.inspection_evidence
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (
    org_id = (select app.org_as('org_owner', 'compliance_lead'))
    or (
      (org_id = (select app.org_throughout('manager')) and site_id is not null)
      or site_id = any((select app.my_named_sites('manager'))::uuid[])
    )
  )
);
comment on policy select_organization_or_sites on public.inspection_evidence is
'org_owner, compliance_lead: every row of the active organization; manager: rows of the sites they are assigned to.';

create policy update_organization_or_sites on public.inspection_evidence
for update to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (
    org_id = (select app.org_as('org_owner', 'compliance_lead'))
    or site_id = any((select app.my_sites('manager'))::uuid[])
  )
)
with check (
  org_id = (select app.current_org())
  and deleted_at is null
  and (
    org_id = (select app.org_as('org_owner', 'compliance_lead'))
    or site_id = any((select app.my_sites('manager'))::uuid[])
  )
);
comment on policy update_organization_or_sites on public.inspection_evidence is
'org_owner, compliance_lead: every row of the active organization; manager: rows of the sites they are assigned to.';

create trigger _100_stamp
before insert or update on public.inspection_evidence
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.inspection_evidence
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '', ''
);

-- SECURITY DEFINER because no policy lets anybody make a row invisible; require_role is the authorization, the
-- active organization the bound. The audit trigger tells who did it.
create function app.remove_inspection_evidence(p_id uuid, out id uuid, out version integer)
language plpgsql volatile
security definer
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('org_owner', 'compliance_lead');
  update public.inspection_evidence as rows set deleted_at = app.clock()
  where rows.org_id = (select app.current_org()) and rows.id = p_id and rows.deleted_at is null
  returning rows.id, rows.version into id, version;
  -- A second time changes nothing.
  if not found then
    select rows.id, rows.version into id, version from public.inspection_evidence as rows
    where rows.org_id = (select app.current_org()) and rows.id = p_id;
  end if;
  if not found then
    perform app.raise_error('not_found', 'There is no such row in your organization.');
  end if;
end
$$;

comment on function app.remove_inspection_evidence(uuid) is
'What public.remove_inspection_evidence does; authorizes for itself.';

create function public.remove_inspection_evidence(p_id uuid, out id uuid, out version integer)
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('org_owner', 'compliance_lead');
  perform app.check_input('p_id', p_id is not null, 'Say which row.');
  select done.id, done.version into id, version from app.remove_inspection_evidence(p_id) as done;
end
$$;

comment on function public.remove_inspection_evidence(uuid) is
'Removes a row of inspection_evidence: it is invisible through the API at once. What refers
to it stays as it is. For org_owner, compliance_lead.
p_id: the row. One of another organization is as one that does not exist: not_found.
id, version: of the row as it is now.
Never null: id, version.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, invalid_input.
Idempotent: yes.';

revoke all on function app.remove_inspection_evidence(uuid) from public, anon, authenticated, service_role;
grant execute on function app.remove_inspection_evidence(uuid) to authenticated;
revoke all on function public.remove_inspection_evidence(uuid) from public, anon, authenticated, service_role;
grant execute on function public.remove_inspection_evidence(uuid) to authenticated;
