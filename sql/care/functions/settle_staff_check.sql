create function public.settle_staff_check(
  p_id uuid, p_status public.staff_check_status, p_checked_on date default null, p_expires_on date default null
)
returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_id uuid;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('compliance_lead');
  perform app.check_input(
    'p_status', p_status in ('clear', 'adverse', 'withdrawn'), 'A check becomes clear, adverse or withdrawn.'
  );
  update public.staff_checks as checks
  set
    status = p_status, checked_on = coalesce(p_checked_on, checks.checked_on),
    expires_on = coalesce(p_expires_on, checks.expires_on)
  where checks.org_id = (select app.current_org()) and checks.id = p_id
  returning checks.id into v_id;
  if v_id is null then
    perform app.raise_error('not_found', 'There is no such check.');
  end if;
  return v_id;
end
$$;

comment on function public.settle_staff_check(uuid, public.staff_check_status, date, date) is
'Says how a pending check came out, or withdraws one that was entered in error; its id.
p_id: the check. p_status: clear, adverse or withdrawn.
p_checked_on: the day of the certificate; null: as it was recorded. p_expires_on: the last day on which it holds.
Errors: feature_disabled, permission_denied, not_found, invalid_input, conflict (it was settled).';

revoke all on function public.settle_staff_check(uuid, public.staff_check_status, date, date)
from public, anon, authenticated, service_role;
grant execute on function public.settle_staff_check(uuid, public.staff_check_status, date, date) to authenticated;
