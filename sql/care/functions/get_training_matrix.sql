-- SECURITY DEFINER because roles, records and checks are their people's own. It asks for a role, and answers about the
-- people of one site that the caller answers for.
create function app.training_matrix(p_site_id uuid, p_limit integer, p_after uuid)
returns table (user_id uuid, gaps text[], cells jsonb)
language plpgsql stable
security definer
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_org_id uuid;
  v_on date;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('org_owner', 'compliance_lead', 'manager');
  v_org_id := app.current_org();
  v_on := app.today();
  if not p_site_id = any(
    case when app.has_role('org_owner', 'compliance_lead') then app.organization_sites() else app.my_sites('manager') end
  ) then
    perform app.raise_error('not_found', 'There is no such site among yours.');
  end if;
  return query
  with people as materialized (
    select distinct posts.user_id
    from app.staff_posts(v_org_id, v_on, null, array[p_site_id, app.no_place()]) as posts
    where
      (
        posts.site_id = p_site_id
        or (posts.site_id is null and posts.role in ('case_manager', 'nurse', 'clinician', 'carer', 'scheduler'))
      )
      and (p_after is null or posts.user_id > p_after)
    order by posts.user_id
    limit p_limit
  ),

  lines as (
    select
      people.user_id, demanded.code, demanded.standing, nullif(demanded.valid_until, 'infinity') as expires_on,
      bool_or(demanded.blocks_rostering) as blocks_rostering
    from people
    cross join lateral app.training_cells(v_org_id, v_on, people.user_id) as demanded
    group by people.user_id, demanded.code, demanded.standing, demanded.valid_until
  )

  select
    people.user_id,
    coalesce(
      array_agg(lines.code order by lines.code)
      filter (where lines.blocks_rostering and lines.standing in ('missing', 'expired')), '{}'
    ),
    coalesce(
      jsonb_agg(jsonb_build_object(
        'code', lines.code, 'standing', lines.standing, 'expires_on', lines.expires_on,
        'blocks_rostering', lines.blocks_rostering
      ) order by lines.code) filter (where lines.code is not null), '[]'
    )
  from people
  left join lines on lines.user_id = people.user_id
  group by people.user_id
  order by people.user_id;
end
$$;

comment on function app.training_matrix(uuid, integer, uuid) is
'What is required of the people of a site and how they stand; behind public.get_training_matrix.';

create function public.get_training_matrix(p_site_id uuid, p_limit integer default 50, p_after uuid default null)
returns table (user_id uuid, gaps text[], cells jsonb)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_site_id', p_site_id is not null, 'Say which site.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  return query select matrix.* from app.training_matrix(p_site_id, p_limit, p_after) as matrix;
end
$$;

comment on function public.get_training_matrix(uuid, integer, uuid) is
'The training matrix of a site: one row for each person who works there, with what is required of them.
gaps: codes that keep them off the rota today. cells: a list of {code, standing, expires_on, blocks_rostering}, where
standing is valid, expiring (in 30 days at most), expired or missing.
p_site_id: a site that the caller manages; owners and compliance leads any of the organization.
p_limit: at most so many people, 1 to 500. p_after: the last person (user_id) of the page before.
Never null: user_id, gaps, cells.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function app.training_matrix(uuid, integer, uuid) from public;
grant execute on function app.training_matrix(uuid, integer, uuid) to authenticated;
revoke all on function public.get_training_matrix(uuid, integer, uuid) from public, anon, authenticated, service_role;
grant execute on function public.get_training_matrix(uuid, integer, uuid) to authenticated;
