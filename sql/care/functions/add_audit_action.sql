-- SECURITY DEFINER because nobody writes action plans; the sites of the caller's roles are the authorization.
create function app.add_audit_action(
  p_audit_id uuid, p_action_text text, p_due_on date, p_assigned_to uuid
) returns uuid
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_site_id uuid;
  v_id uuid;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'org_owner', 'compliance_lead');
  select audits.site_id into v_site_id
  from public.quality_audits as audits
  where
    audits.org_id = app.current_org() and audits.id = p_audit_id and audits.deleted_at is null
    and audits.site_id = any(app.my_sites('manager', 'org_owner', 'compliance_lead'));
  if v_site_id is null then
    perform app.raise_error('not_found', 'There is no such audit that you may see.');
  end if;
  if p_assigned_to is not null and not app.can_be_given_incident_work(app.current_org(), v_site_id, p_assigned_to) then
    perform app.raise_error('not_found', 'Nobody of that id works at this site.', '{"field": "p_assigned_to"}');
  end if;
  insert into public.quality_audit_actions (org_id, audit_id, site_id, action_text, due_on, assigned_to)
  values (app.current_org(), p_audit_id, v_site_id, p_action_text, p_due_on, p_assigned_to)
  returning quality_audit_actions.id into v_id;
  return v_id;
end
$$;

comment on function app.add_audit_action(uuid, text, date, uuid) is
'What public.add_audit_action does; authorizes for itself.';

create function public.add_audit_action(
  p_audit_id uuid, p_action_text text, p_due_on date, p_assigned_to uuid default null
) returns uuid
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_audit_id', p_audit_id is not null, 'Say which audit.');
  perform app.check_input(
    'p_action_text', length(p_action_text) <= 1000 and p_action_text ~ '\S', 'Say what to do in 1 to 1000 characters.'
  );
  perform app.check_input('p_due_on', p_due_on is not null, 'Say by which day.');
  return app.add_audit_action(p_audit_id, p_action_text, p_due_on, p_assigned_to);
end
$$;

comment on function public.add_audit_action(uuid, text, date, uuid) is
'Adds something to the action plan of an audit; its id. For managers of the site, owners and compliance leads.
p_audit_id: the audit. p_action_text: what is to be done, 1 to 1000 characters; nothing about a person.
p_due_on: by which day. p_assigned_to: who is to do it, who works at the site; null: nobody yet.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function app.add_audit_action(uuid, text, date, uuid) from public;
grant execute on function app.add_audit_action(uuid, text, date, uuid) to authenticated;
revoke all on function public.add_audit_action(uuid, text, date, uuid)
from public, anon, authenticated, service_role;
grant execute on function public.add_audit_action(uuid, text, date, uuid) to authenticated;
