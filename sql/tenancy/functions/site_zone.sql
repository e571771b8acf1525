-- The clocks on the walls of a site: its own zone where it has one, else that of its organization.
create function app.site_zone(p_org_id uuid, p_site_id uuid) returns text
language sql stable
set search_path = ''
as $$
  select coalesce(sites.time_zone, organizations.time_zone)
  from public.sites
  inner join public.organizations on organizations.id = sites.org_id
  where sites.org_id = p_org_id and sites.id = p_site_id
$$;

comment on function app.site_zone(uuid, uuid) is
'The time zone of a site: its own, else its organization''s. As the caller; null for a site that they cannot see.';

revoke all on function app.site_zone(uuid, uuid) from public;
grant execute on function app.site_zone(uuid, uuid) to authenticated, service_role;
