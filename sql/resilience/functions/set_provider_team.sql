-- SECURITY DEFINER because the members' table is not the API's to write; require_role is the authorization, the active
-- organization the bound.
create function app.set_team_of_provider(p_practitioner_id uuid, p_team_id uuid) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id constant uuid := app.current_org();
begin
  perform app.require_role('admin', 'care_manager');
  if not exists (
    select 1 from public.org_practitioners as links
    where links.org_id = v_org_id and links.practitioner_id = p_practitioner_id and links.deleted_at is null
  ) then
    perform app.raise_error('not_found', 'There is no such practitioner in your organization.');
  end if;
  if p_team_id is null then
    update public.provider_team_members as members set deleted_at = app.clock()
    where
      members.org_id = v_org_id and members.practitioner_id = p_practitioner_id and members.deleted_at is null;
    return;
  end if;
  if not exists (
    select 1 from public.provider_teams as teams
    where teams.org_id = v_org_id and teams.id = p_team_id and teams.deleted_at is null
  ) then
    perform app.raise_error('not_found', 'There is no such team.');
  end if;
  insert into public.provider_team_members as members (org_id, practitioner_id, team_id)
  values (v_org_id, p_practitioner_id, p_team_id)
  on conflict (org_id, practitioner_id) do update set team_id = excluded.team_id, deleted_at = null
  where members.team_id <> excluded.team_id or members.deleted_at is not null;
end
$$;

comment on function app.set_team_of_provider(uuid, uuid) is 'What public.set_provider_team does; authorizes for itself.';

create function public.set_provider_team(p_practitioner_id uuid, p_team_id uuid default null) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_practitioner_id', p_practitioner_id is not null, 'Say which provider.');
  perform app.set_team_of_provider(p_practitioner_id, p_team_id);
end
$$;

comment on function public.set_provider_team(uuid, uuid) is
'Puts a provider into a team, out of the one they were in; figures of months that are over stay as they are. For
administrators and care managers.
p_practitioner_id: a practitioner of the active organization.
p_team_id: the team; null: none.
Errors: feature_disabled, permission_denied, not_found, invalid_input.
Idempotent: yes.';

revoke all on function app.set_team_of_provider(uuid, uuid) from public;
grant execute on function app.set_team_of_provider(uuid, uuid) to authenticated;
revoke all on function public.set_provider_team(uuid, uuid) from public, anon, authenticated, service_role;
grant execute on function public.set_provider_team(uuid, uuid) to authenticated;
