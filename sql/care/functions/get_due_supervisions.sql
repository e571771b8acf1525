create function public.get_due_supervisions(
  p_site_id uuid default null, p_days integer default 14, p_limit integer default 100
)
returns table (id uuid, user_id uuid, site_id uuid, kind public.supervision_kind, held_on date, next_due_on date)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('org_owner', 'compliance_lead', 'manager');
  perform app.check_input('p_days', p_days between 0 and 366, 'Look 0 to 366 days ahead.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  return query
  select held.id, held.user_id, held.site_id, held.kind, held.held_on, held.next_due_on
  from public.supervisions as held
  inner join public.staff_members as staff on staff.org_id = held.org_id and staff.user_id = held.user_id
  where
    held.org_id = (select app.current_org())
    and (p_site_id is null or held.site_id = p_site_id)
    and held.next_due_on <= app.today() + p_days
    and staff.employed_during @> app.today()
    and not exists (
      select from public.supervisions as later
      where
        later.org_id = held.org_id and later.user_id = held.user_id and later.kind = held.kind
        and (later.held_on, later.id) > (held.held_on, held.id)
    )
  order by held.next_due_on, held.id
  limit p_limit;
end
$$;

comment on function public.get_due_supervisions(uuid, integer, integer) is
'Whose next supervision or appraisal is due in so many days, or overdue, the longest overdue first: at the sites that the
caller manages, for owners and compliance leads at all.
p_site_id: only this site; null: all that the caller sees. p_days: how far ahead, 0 to 366.
p_limit: at most so many, 1 to 500.
Never null: id, user_id, site_id, kind, held_on, next_due_on.
Errors: feature_disabled, permission_denied, invalid_input.';

revoke all on function public.get_due_supervisions(uuid, integer, integer)
from public, anon, authenticated, service_role;
grant execute on function public.get_due_supervisions(uuid, integer, integer) to authenticated;
