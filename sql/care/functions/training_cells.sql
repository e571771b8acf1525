-- Who needs what, and how they stand: one place that rotas, figures and lists ask. Not definers and granted to nobody:
-- those who call them have authorized for themselves.

-- A requirement of sites of one kind is one of who works in the whole organization, too, where it has such a site.
create function app.training_demands(
  p_org_id uuid, p_on date, p_user_id uuid default null, p_codes text[] default null, p_places uuid[] default null
)
returns table (user_id uuid, role public.app_role, site_id uuid, code text, blocks_rostering boolean)
language sql stable
set search_path = ''
as $$
  select
    posts.user_id, posts.role, posts.site_id, coalesce(courses.code, required.check_kind::text),
    bool_or(required.blocks_rostering)
  from app.staff_posts(p_org_id, p_on, p_user_id, p_places) as posts
  inner join public.training_requirements as required
    on
      required.org_id = p_org_id
      and required.deleted_at is null
      and (required.role is null or required.role = posts.role)
      and (required.job_title is null or lower(required.job_title) = lower(posts.job_title))
  left join public.training_courses as courses
    on courses.org_id = required.org_id and courses.id = required.course_id
  left join public.sites on sites.org_id = p_org_id and sites.id = posts.site_id
  where
    (p_codes is null or coalesce(courses.code, required.check_kind::text) = any(p_codes))
    and (required.course_id is null or (courses.is_active and courses.deleted_at is null))
    and (
      required.site_kind is null
      or required.site_kind = sites.kind
      or (
        posts.site_id is null
        and exists (
          select from public.sites as anywhere
          where
            anywhere.org_id = p_org_id and anywhere.kind = required.site_kind and anywhere.is_active
            and anywhere.deleted_at is null
        )
      )
    )
  group by posts.user_id, posts.role, posts.site_id, coalesce(courses.code, required.check_kind::text)
$$;

comment on function app.training_demands(uuid, date, uuid, text[], uuid[]) is
'What the training matrix requires on a day, of whom: of everybody, or of one person; only these codes, only these sites
(app.no_place() for roles in the whole organization).';

-- A check that found something ends what an earlier one said.
create function app.training_held(
  p_org_id uuid, p_on date, p_user_ids uuid[] default null, p_codes text[] default null
)
returns table (user_id uuid, code text, valid_until date)
language plpgsql stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  return query
  select records.user_id, courses.code, max(coalesce(records.expires_on, 'infinity'::date))
  from public.training_records as records
  inner join public.training_courses as courses
    on courses.org_id = records.org_id and courses.id = records.course_id
  where
    records.org_id = p_org_id
    and (p_user_ids is null or records.user_id = any(p_user_ids))
    and (p_codes is null or courses.code = any(p_codes))
    and records.status = 'completed'
    and records.completed_on <= p_on
  group by records.user_id, courses.code
  union all
  select checks.user_id, checks.kind::text, max(coalesce(checks.expires_on, 'infinity'::date))
  from public.staff_checks as checks
  where
    checks.org_id = p_org_id
    and (p_user_ids is null or checks.user_id = any(p_user_ids))
    and (p_codes is null or checks.kind::text = any(p_codes))
    and checks.status = 'clear'
    and checks.checked_on <= p_on
    and not exists (
      select from public.staff_checks as later
      where
        later.org_id = checks.org_id and later.user_id = checks.user_id and later.kind = checks.kind
        and later.status = 'adverse' and later.checked_on >= checks.checked_on and later.checked_on <= p_on
    )
  group by checks.user_id, checks.kind;
end
$$;

comment on function app.training_held(uuid, date, uuid[], text[]) is
'What people have done or were checked for, and until when it holds: infinity for good.';

create function app.training_standing(p_valid_until date, p_on date) returns public.training_standing
language sql immutable
return (
  case
    when p_valid_until is null then 'missing'
    when p_valid_until < p_on then 'expired'
    when p_valid_until <= p_on + 30 then 'expiring'
    else 'valid'
  end
)::public.training_standing;

comment on function app.training_standing(date, date) is
'How somebody stands on a day whose training holds until p_valid_until, that day included; null: there is none.';

create function app.training_cells(
  p_org_id uuid, p_on date, p_user_id uuid default null, p_codes text[] default null, p_places uuid[] default null
)
returns table (
  user_id uuid, role public.app_role, site_id uuid, code text, blocks_rostering boolean, valid_until date,
  standing public.training_standing
)
language plpgsql stable
set search_path = ''
as $$
declare
  -- Of a site, only its people's records are read.
  v_user_ids constant uuid[] := case
    when p_user_id is not null then array[p_user_id]
    when p_places is not null then array(
      select distinct posts.user_id from app.staff_posts(p_org_id, p_on, null, p_places) as posts
    )
  end;
begin
  return query
  select
    demands.user_id, demands.role, demands.site_id, demands.code, demands.blocks_rostering, held.valid_until,
    app.training_standing(held.valid_until, p_on)
  from app.training_demands(p_org_id, p_on, p_user_id, p_codes, p_places) as demands
  left join app.training_held(p_org_id, p_on, v_user_ids, p_codes) as held
    on held.user_id = demands.user_id and held.code = demands.code;
end
$$;

comment on function app.training_cells(uuid, date, uuid, text[], uuid[]) is
'The training matrix on a day: what is required of whom, and how they stand.';

revoke all on function app.training_demands(uuid, date, uuid, text[], uuid[]) from public;
revoke all on function app.training_held(uuid, date, uuid[], text[]) from public;
revoke all on function app.training_standing(date, date) from public;
revoke all on function app.training_cells(uuid, date, uuid, text[], uuid[]) from public;
