-- Counting the figures of required training. The day's lines are counted anew where something changed and replaced;
-- nothing is added up, so nothing drifts. Two who change an organization's training at once count one after the other:
-- each takes the lock first and looks afterwards, so that the second sees what the first has written.
create function app.count_compliance(
  p_org_id uuid, p_on date, p_codes text[] default null, p_places uuid[] default null
)
returns table (
  site_id uuid, role public.app_role, code text, required_count integer, compliant_count integer,
  expiring_count integer, expired_count integer
)
language sql stable
set search_path = ''
as $$
  select
    cells.site_id, cells.role, cells.code, count(*)::integer,
    (count(*) filter (where cells.standing in ('valid', 'expiring')))::integer,
    (count(*) filter (where cells.standing = 'expiring'))::integer,
    (count(*) filter (where cells.standing = 'expired'))::integer
  from app.training_cells(p_org_id, p_on, null, p_codes, p_places) as cells
  group by cells.site_id, cells.role, cells.code
$$;

comment on function app.count_compliance(uuid, date, text[], uuid[]) is
'How many people of each site and role need what, have it, and had it.';

create function app.refresh_compliance(p_org_id uuid, p_codes text[] default null, p_places uuid[] default null)
returns void
language plpgsql volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_on constant date := app.organization_day(p_org_id);
begin
  perform pg_advisory_xact_lock(hashtextextended('carebase.compliance:' || p_org_id, 0));
  with
  counted as materialized (
    select lines.* from app.count_compliance(p_org_id, v_on, p_codes, p_places) as lines
  ),

  gone as (
    delete from public.compliance_stats as stats
    where
      stats.org_id = p_org_id
      and (p_codes is null or stats.code = any(p_codes))
      and (p_places is null or coalesce(stats.site_id, app.no_place()) = any(p_places))
      and not exists (
        select from counted
        where
          counted.code = stats.code and counted.role = stats.role
          and counted.site_id is not distinct from stats.site_id
      )
  )

  insert into public.compliance_stats as stats (
    org_id, site_id, role, code, counted_on, required_count, compliant_count, expiring_count, expired_count
  )
  select
    p_org_id, counted.site_id, counted.role, counted.code, v_on, counted.required_count, counted.compliant_count,
    counted.expiring_count, counted.expired_count
  from counted
  on conflict (org_id, site_id, role, code) do update set
    counted_on = excluded.counted_on, required_count = excluded.required_count,
    compliant_count = excluded.compliant_count, expiring_count = excluded.expiring_count,
    expired_count = excluded.expired_count
  where
    (
      stats.counted_on, stats.required_count, stats.compliant_count, stats.expiring_count, stats.expired_count
    ) is distinct from (
      excluded.counted_on, excluded.required_count, excluded.compliant_count, excluded.expiring_count,
      excluded.expired_count
    );
end
$$;

comment on function app.refresh_compliance(uuid, text[], uuid[]) is
'Counts the figures of an organization anew: all of them, or those of some codes and sites.';

create function app.refresh_compliance_of(p_org_id uuid, p_codes text[], p_user_ids uuid[]) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if exists (select from public.training_requirements as required where required.org_id = p_org_id) then
    perform app.refresh_compliance(
      p_org_id, p_codes,
      array(
        select distinct coalesce(roles.site_id, app.no_place())
        from public.role_assignments as roles
        where roles.org_id = p_org_id and roles.user_id = any(p_user_ids)
      )
    );
  end if;
end
$$;

comment on function app.refresh_compliance_of(uuid, text[], uuid[]) is
'Counts the figures anew that these people are in; of these codes, or of all.';

revoke all on function app.count_compliance(uuid, date, text[], uuid[]) from public;
revoke all on function app.refresh_compliance(uuid, text[], uuid[]) from public;
revoke all on function app.refresh_compliance_of(uuid, text[], uuid[]) from public;
