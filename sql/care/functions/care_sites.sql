-- Who does what for care plans, in one place. For private functions only.
create function app.plans_care_at(p_site_id uuid) returns boolean
language sql stable
set search_path = ''
as $$
  select p_site_id = any(app.my_sites('manager', 'care_manager', 'nurse', 'clinician'))
$$;

comment on function app.plans_care_at(uuid) is 'Whether the caller writes care plans at a site of the active organization.';

create function app.gives_care_at(p_site_id uuid) returns boolean
language sql stable
set search_path = ''
as $$
  select p_site_id = any(app.my_sites('manager', 'care_manager', 'nurse', 'clinician', 'carer'))
$$;

comment on function app.gives_care_at(uuid) is 'Whether the caller gives care at a site of the active organization.';

create function app.can_be_given_care_tasks(p_org_id uuid, p_site_id uuid, p_user_id uuid) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
    select from public.role_assignments as roles
    inner join public.staff_members as staff on staff.org_id = roles.org_id and staff.user_id = roles.user_id
    where
      roles.org_id = p_org_id and roles.user_id = p_user_id
      and roles.role in ('manager', 'care_manager', 'nurse', 'clinician', 'carer')
      and (roles.site_id is null or roles.site_id = p_site_id)
      and roles.deleted_at is null and roles.valid_during @> app.clock()
      and staff.deleted_at is null and staff.employed_during @> app.organization_day(p_org_id)
  )
$$;

comment on function app.can_be_given_care_tasks(uuid, uuid, uuid) is
'Whether somebody is employed and gives care at a site now.';

-- Nothing of a resident is in a message: it says where to look, and access is checked there.
create function app.tell_care_managers(
  p_org_id uuid, p_site_id uuid, p_template text, p_subject text, p_body text, p_occasion text
) returns integer
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.ensure_words(p_org_id, p_template, p_subject, p_body);
  return app.tell_people(
    p_org_id,
    -- Who coordinates care is told where a site has no manager.
    coalesce(
      nullif(app.role_holders(p_org_id, '{manager}', p_site_id), '{}'),
      app.role_holders(p_org_id, '{care_manager}', p_site_id)
    ),
    p_template, jsonb_build_object('link', format('/%s/%s', replace(p_template, '.', '/'), p_site_id)), p_occasion
  );
end
$$;

comment on function app.tell_care_managers(uuid, uuid, text, text, text, text) is
'Tells the managers of a site, or where it has none its care managers, where to look; once for each p_occasion; how
many.';

revoke all on function app.plans_care_at(uuid) from public;
revoke all on function app.gives_care_at(uuid) from public;
revoke all on function app.can_be_given_care_tasks(uuid, uuid, uuid) from public;
revoke all on function app.tell_care_managers(uuid, uuid, text, text, text, text) from public;
