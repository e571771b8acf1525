-- SECURITY DEFINER because availability is its owner's and has no site; it asks for a role and whether the site is the
-- caller's, and answers with those who work there.
create function app.list_staff_availability(
  p_site_id uuid, p_from timestamptz, p_to timestamptz, p_limit integer, p_after uuid
) returns setof public.staff_availability
language plpgsql stable
security definer
set search_path = ''
as $$
begin
  perform app.require_rota_site(p_site_id);
  return query
  select said.*
  from public.staff_availability as said
  where
    said.org_id = app.current_org() and said.deleted_at is null
    and said.user_id = any(array(
      select people.user_id from app.rota_people(app.current_org(), p_site_id, p_from::date) as people
    ))
    and said.starts_at < p_to and said.ends_at > p_from
    and (p_after is null or said.id > p_after)
  order by said.id
  limit p_limit;
end
$$;

comment on function app.list_staff_availability(uuid, timestamptz, timestamptz, integer, uuid) is
'What public.list_staff_availability answers; authorizes for itself.';

create function public.list_staff_availability(
  p_site_id uuid, p_from timestamptz, p_to timestamptz, p_limit integer default 200, p_after uuid default null
) returns setof public.staff_availability
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_site_id', p_site_id is not null, 'Say which site.');
  perform app.check_input(
    'p_to', p_to > p_from and p_to - p_from <= interval '62 days', 'Ask for at most 62 days.'
  );
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  return query
  select said.* from app.list_staff_availability(p_site_id, p_from, p_to, p_limit, p_after) as said;
end
$$;

comment on function public.list_staff_availability(uuid, timestamptz, timestamptz, integer, uuid) is
'What those who work at a site said about when they can. For administrators, care managers, and managers of the site.
p_site_id: one that is not the caller''s is not_found. p_from, p_to: at most 62 days.
p_limit: at most so many, 1 to 500, in the order of ids. p_after: only those after this id.
Errors: feature_disabled, not_authenticated, permission_denied, not_found, invalid_input.';

revoke all on function app.list_staff_availability(uuid, timestamptz, timestamptz, integer, uuid) from public;
grant execute on function app.list_staff_availability(uuid, timestamptz, timestamptz, integer, uuid) to authenticated;
revoke all on function public.list_staff_availability(uuid, timestamptz, timestamptz, integer, uuid)
from public, anon, authenticated, service_role;
grant execute on function public.list_staff_availability(uuid, timestamptz, timestamptz, integer, uuid)
to authenticated;
