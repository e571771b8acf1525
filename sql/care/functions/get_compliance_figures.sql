create function public.get_compliance_figures(p_site_id uuid default null, p_limit integer default 500)
returns table (
  site_id uuid, code text, counted_on date, required_count bigint, compliant_count bigint, expiring_count bigint,
  expired_count bigint, missing_count bigint, compliant_percent numeric
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('org_owner', 'compliance_lead', 'manager');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  return query
  select
    stats.site_id, stats.code, min(stats.counted_on), sum(stats.required_count), sum(stats.compliant_count),
    sum(stats.expiring_count), sum(stats.expired_count),
    sum(stats.required_count - stats.compliant_count - stats.expired_count),
    round(100.0 * sum(stats.compliant_count) / sum(stats.required_count), 1)
  from public.compliance_stats as stats
  where stats.org_id = (select app.current_org()) and (p_site_id is null or stats.site_id = p_site_id)
  group by stats.site_id, stats.code
  order by round(100.0 * sum(stats.compliant_count) / sum(stats.required_count), 1), stats.site_id, stats.code
  limit p_limit;
end
$$;

comment on function public.get_compliance_figures(uuid, integer) is
'How many people need each course or check and have it, site by site, the worst line first. Managers see their sites;
owners and compliance leads all, and those without a site: roles held for the whole organization. Somebody with two
roles at a site is counted in each. The lines by role are the table compliance_stats.
p_site_id: only this site; null: all that the caller sees. p_limit: at most so many lines, 1 to 500.
compliant_count: who has it, those in expiring_count (30 days at most) included; missing_count: who never had it.
Never null: code, counted_on, required_count, compliant_count, expiring_count, expired_count, missing_count,
compliant_percent.
Errors: feature_disabled, permission_denied, invalid_input.';

revoke all on function public.get_compliance_figures(uuid, integer) from public, anon, authenticated, service_role;
grant execute on function public.get_compliance_figures(uuid, integer) to authenticated;
