create function public.join_waitlist(
  p_enquiry_id uuid, p_priority integer default 3, p_wanted_from_date date default null
) returns public.waitlist_entries
language plpgsql volatile
set search_path = ''
as $$
declare
  v_entry public.waitlist_entries;
begin
  perform app.require_feature('residency');
  perform app.require_role('manager', 'care_manager');
  perform app.check_input('p_priority', p_priority between 1 and 5, 'The priority is a number from 1 to 5.');

  insert into public.waitlist_entries (enquiry_id, site_id, priority, wanted_from_date)
  select enquiries.id, enquiries.site_id, p_priority, p_wanted_from_date
  from public.residency_enquiries as enquiries
  where
    enquiries.org_id = (select app.current_org()) and enquiries.id = p_enquiry_id
    and enquiries.site_id = any((select app.my_sites('manager', 'care_manager'))::uuid[])
  returning * into v_entry;
  if v_entry.id is null then
    perform app.raise_error('not_found', 'There is no such enquiry at your sites.');
  end if;
  return v_entry;
exception when unique_violation then
  perform app.raise_error('conflict', 'They are on the waiting list already.', '{"reason": "already_waiting"}');
  return null;
end
$$;

comment on function public.join_waitlist(uuid, integer, date) is
'Puts somebody on the waiting list of the site that their enquiry is about. For managers and care managers of the site.
p_enquiry_id: the enquiry, assessed and not admitted yet; else conflict, as for who waits already (already_waiting).
p_priority: 1, most urgent, to 5.
p_wanted_from_date: they are offered nothing before that day; null: at once.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function public.join_waitlist(uuid, integer, date) from public, anon, authenticated, service_role;
grant execute on function public.join_waitlist(uuid, integer, date) to authenticated;
