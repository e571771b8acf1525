-- SECURITY DEFINER because nobody writes actions; whose task it is, or who runs the site, is the authorization.
create function app.complete_incident_action(p_id uuid) returns timestamptz
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_action public.incident_actions;
begin
  perform app.require_feature('care_homes');
  perform app.require_staff();
  select actions.* into v_action
  from public.incident_actions as actions
  where
    actions.org_id = app.current_org() and actions.id = p_id and actions.deleted_at is null
    and (
      actions.assigned_to = app.my_id()
      or actions.site_id = any(app.my_sites('manager'))
      or (not actions.is_restricted and actions.site_id = any(app.my_sites('care_manager')))
    )
  for update;
  if v_action.id is null then
    perform app.raise_error('not_found', 'There is no such task of yours.');
  end if;
  if v_action.completed_at is null then
    update public.incident_actions as actions set completed_at = app.clock(), completed_by = app.my_id()
    where actions.org_id = v_action.org_id and actions.id = v_action.id
    returning actions.completed_at into v_action.completed_at;
  end if;
  return v_action.completed_at;
end
$$;

comment on function app.complete_incident_action(uuid) is
'What public.complete_incident_action does; authorizes for itself.';

create function public.complete_incident_action(p_id uuid) returns timestamptz
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_id', p_id is not null, 'Say which task.');
  return app.complete_incident_action(p_id);
end
$$;

comment on function public.complete_incident_action(uuid) is
'Says that something was done about an incident; when it was. The first one stops the clock of acting. For whoever was
to do it, and for managers and care managers of the site.
p_id: the action. One of somebody else is not_found.
Errors: feature_disabled, permission_denied, not_found, invalid_input.
Idempotent: yes.';

revoke all on function app.complete_incident_action(uuid) from public;
grant execute on function app.complete_incident_action(uuid) to authenticated;
revoke all on function public.complete_incident_action(uuid)
from public, anon, authenticated, service_role;
grant execute on function public.complete_incident_action(uuid) to authenticated;
