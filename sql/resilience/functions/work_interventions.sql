-- What helpers do with a case. SECURITY DEFINER because nobody writes cases; app.find_intervention() is the
-- authorization: a role, the active organization, and the person's consent now.
create function app.assign_intervention(p_id uuid, p_owner_id uuid) returns public.provider_interventions
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_case public.provider_interventions;
begin
  v_case := app.find_intervention(p_id, 'operations');
  if p_owner_id = v_case.user_id or not exists (
    select from public.role_assignments as roles
    where
      roles.org_id = v_case.org_id and roles.user_id = p_owner_id
      and roles.role in ('wellness_officer', 'care_manager', 'admin')
      and roles.deleted_at is null and roles.valid_during @> app.clock()
  ) then
    perform app.raise_error(
      'not_found', 'There is no such helper in your organization.', jsonb_build_object('field', 'p_owner_id')
    );
  end if;
  update public.provider_interventions as cases
  set owner_id = p_owner_id, status = case cases.status when 'proposed' then 'open' else cases.status end
  where cases.org_id = v_case.org_id and cases.id = v_case.id
  returning cases.* into v_case;
  return v_case;
end
$$;

comment on function app.assign_intervention(uuid, uuid) is
'What public.assign_intervention does; app.find_intervention() authorizes.';

create function app.log_intervention_contact(
  p_id uuid, p_contact_method public.contact_method, p_is_reached boolean, p_contacted_at timestamptz
) returns public.provider_intervention_contacts
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_case public.provider_interventions;
  v_contact public.provider_intervention_contacts;
begin
  v_case := app.find_intervention(p_id, 'operations');
  if v_case.closed_at is not null then
    perform app.raise_error('conflict', 'This case is closed.');
  end if;
  insert into public.provider_intervention_contacts (
    org_id, intervention_id, practitioner_id, user_id, contacted_at, contact_method, contacted_by, is_reached
  )
  values (
    v_case.org_id, v_case.id, v_case.practitioner_id, v_case.user_id, coalesce(p_contacted_at, app.clock()),
    p_contact_method, app.my_id(), p_is_reached
  )
  returning * into v_contact;
  if v_case.status = 'proposed' then
    update public.provider_interventions as cases set status = 'open'
    where cases.org_id = v_case.org_id and cases.id = v_case.id;
  end if;
  if v_case.status <> 'in_progress' then
    update public.provider_interventions as cases
    set status = 'in_progress', owner_id = coalesce(cases.owner_id, app.my_id())
    where cases.org_id = v_case.org_id and cases.id = v_case.id;
  end if;
  return v_contact;
end
$$;

comment on function app.log_intervention_contact(uuid, public.contact_method, boolean, timestamptz) is
'What public.log_intervention_contact does; app.find_intervention() authorizes.';

create function app.close_intervention(p_id uuid, p_outcome public.intervention_outcome, p_note text)
returns public.provider_interventions
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_case public.provider_interventions;
begin
  v_case := app.find_intervention(p_id, 'operations');
  if v_case.closed_at is not null or (v_case.status = 'proposed' and p_outcome <> 'declined') then
    perform app.raise_error('conflict', 'The case does not stand where that could be done.');
  end if;
  perform app.end_intervention(
    v_case.org_id, v_case.id,
    case p_outcome when 'declined' then 'declined' else 'completed' end::public.intervention_status,
    p_outcome, p_note
  );
  select cases.* into v_case
  from public.provider_interventions as cases
  where cases.org_id = v_case.org_id and cases.id = v_case.id;
  return v_case;
end
$$;

comment on function app.close_intervention(uuid, public.intervention_outcome, text) is
'What public.close_intervention does; app.find_intervention() authorizes.';

revoke all on function app.assign_intervention(uuid, uuid) from public;
revoke all on function app.log_intervention_contact(
  uuid, public.contact_method, boolean, timestamptz
) from public;
revoke all on function app.close_intervention(uuid, public.intervention_outcome, text) from public;
grant execute on function app.assign_intervention(uuid, uuid) to authenticated;
grant execute on function app.log_intervention_contact(
  uuid, public.contact_method, boolean, timestamptz
) to authenticated;
grant execute on function app.close_intervention(uuid, public.intervention_outcome, text) to authenticated;
