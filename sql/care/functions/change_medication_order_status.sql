create function public.change_medication_order_status(
  p_id uuid, p_status public.medication_order_status, p_reason text
) returns public.medication_orders
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('nurse', 'clinician', 'manager');
  perform app.check_input('p_status', p_status is not null, 'Say where the order is to stand.');
  perform app.check_input('p_reason', length(p_reason) between 1 and 1000, 'A reason has 1 to 1000 characters.');
  return app.change_medication_order_status(p_id, p_status, p_reason);
end
$$;

comment on function public.change_medication_order_status(uuid, public.medication_order_status, text) is
'Pauses, resumes or stops an order; its doses from now on are cancelled, or planned again. For nurses, clinicians and
managers, at their sites.
p_id: the order. p_status: paused, active, stopped; what was stopped is not resumed (conflict).
p_reason: why, 1 to 1,000 characters; sealed.
Errors: feature_disabled, permission_denied (also: not employed here), not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function public.change_medication_order_status(uuid, public.medication_order_status, text)
from public, anon, authenticated, service_role;
grant execute on function public.change_medication_order_status(uuid, public.medication_order_status, text)
to authenticated;
