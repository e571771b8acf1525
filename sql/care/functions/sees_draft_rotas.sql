-- For the policies that keep drafts to those who plan, and to those who look across the organization.
create function app.sees_draft_rotas() returns boolean
language sql stable
return app.has_role('org_owner', 'admin', 'manager', 'care_manager', 'compliance_lead');

comment on function app.sees_draft_rotas() is 'Whether the caller may know of rotas that are not published.';

revoke all on function app.sees_draft_rotas() from public;
grant execute on function app.sees_draft_rotas() to authenticated, service_role;
