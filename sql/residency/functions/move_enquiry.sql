create function public.move_enquiry(
  p_enquiry_id uuid, p_status public.enquiry_status, p_lost_reason public.enquiry_lost_reason default null
) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('residency');
  perform app.require_role('manager', 'care_manager');
  perform app.check_input(
    'p_status', p_status in ('enquiry', 'assessment', 'offered', 'lost'),
    'Move it to enquiry, assessment, offered or lost; who moves in is admitted by admit_resident().'
  );
  perform app.check_input(
    'p_lost_reason', (p_lost_reason is not null) = (p_status = 'lost'), 'Say why it was lost, and only then.'
  );

  update public.residency_enquiries as enquiries set status = p_status, lost_reason = p_lost_reason
  where
    enquiries.org_id = (select app.current_org()) and enquiries.id = p_enquiry_id
    and enquiries.site_id = any((select app.my_sites('manager', 'care_manager'))::uuid[]);
  if not found then
    perform app.raise_error('not_found', 'There is no such enquiry at your sites.');
  end if;
end
$$;

comment on function public.move_enquiry(uuid, public.enquiry_status, public.enquiry_lost_reason) is
'Takes an enquiry one step on: enquiry, assessment, offered; from each of them to lost, from lost back to enquiry, from
offered back to assessment. It is admitted by admit_resident(). For managers and care managers of the site.
p_enquiry_id: the enquiry; conflict for any other step, and while a bed is kept for or offered to whom it is about.
p_status: where it stands from now on.
p_lost_reason: why, with lost and only then.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function public.move_enquiry(uuid, public.enquiry_status, public.enquiry_lost_reason)
from public, anon, authenticated, service_role;
grant execute on function public.move_enquiry(uuid, public.enquiry_status, public.enquiry_lost_reason) to authenticated;
