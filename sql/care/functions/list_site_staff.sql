-- SECURITY DEFINER because roles and names are their people's own. It asks for a role, and names those who work at one
-- site that is the caller's: who hands a task on, plans a rota or reads who is trained needs to say whom.
create function app.list_site_staff(p_site_id uuid, p_limit integer, p_after uuid)
returns table (user_id uuid, name text, job_title text, roles public.app_role[])
language plpgsql stable
security definer
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_org_id constant uuid := app.current_org();
begin
  perform app.require_role(
    'org_owner', 'admin', 'compliance_lead', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer'
  );
  if not p_site_id = any(app.my_sites(
    'org_owner', 'admin', 'compliance_lead', 'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer'
  )) then
    perform app.raise_error('not_found', 'There is no such site among yours.');
  end if;
  return query
  select
    posts.user_id, max(profiles.display_name), max(posts.job_title),
    array_agg(distinct posts.role order by posts.role)
  from app.staff_posts(v_org_id, app.today(), null, array[p_site_id, app.no_place()]) as posts
  left join public.profiles on profiles.id = posts.user_id
  where
    (
      posts.site_id = p_site_id
      or posts.role in ('care_manager', 'case_manager', 'nurse', 'clinician', 'carer', 'scheduler')
    )
    and (p_after is null or posts.user_id > p_after)
  group by posts.user_id
  order by posts.user_id
  limit p_limit;
end
$$;

comment on function app.list_site_staff(uuid, integer, uuid) is
'What public.list_site_staff answers; authorizes for itself.';

create function public.list_site_staff(p_site_id uuid, p_limit integer default 200, p_after uuid default null)
returns table (user_id uuid, name text, job_title text, roles public.app_role[])
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_site_id', p_site_id is not null, 'Say which site.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');

  return query select staff.* from app.list_site_staff(p_site_id, p_limit, p_after) as staff;
end
$$;

comment on function public.list_site_staff(uuid, integer, uuid) is
'Who is employed and works at a site today: their name, what they are and in which roles. For whoever gives care there or
runs it, and for owners, administrators and compliance leads.
p_site_id: the site; one that is not the caller''s is not_found.
p_limit: at most so many people, 1 to 500, in the order of their ids. p_after: the last user_id of the page before.
name: null for who has none. roles: at the site, or in the whole organization.
Never null: user_id, roles.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, invalid_input.';

revoke all on function app.list_site_staff(uuid, integer, uuid) from public;
grant execute on function app.list_site_staff(uuid, integer, uuid) to authenticated;
revoke all on function public.list_site_staff(uuid, integer, uuid) from public, anon, authenticated, service_role;
grant execute on function public.list_site_staff(uuid, integer, uuid) to authenticated;
