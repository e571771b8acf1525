create function public.resolve_medication_discrepancy(
  p_id uuid, p_status public.discrepancy_status, p_explanation text default null
) returns public.medication_discrepancies
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager');
  perform app.check_input(
    'p_status', p_status in ('explained', 'reported'), 'A discrepancy is explained or reported.'
  );
  perform app.check_input(
    'p_explanation',
    case when p_explanation is null then p_status = 'reported' else length(p_explanation) between 1 and 2000 end,
    'An explanation has 1 to 2000 characters.'
  );
  return app.resolve_medication_discrepancy(p_id, p_status, p_explanation);
end
$$;

comment on function public.resolve_medication_discrepancy(uuid, public.discrepancy_status, text) is
'Says what explains that a count did not fit, or that it is reported. What was reported can be explained later; what was
explained stays. The stock is put right by record_stock_movement() of kind adjusted. For managers and care managers, at
their sites.
p_id: the discrepancy. p_status: explained, reported. p_explanation: 1 to 2,000 characters, needed to explain; sealed.
Errors: feature_disabled, permission_denied (also: not employed here), not_found, conflict, invalid_input.';

revoke all on function public.resolve_medication_discrepancy(uuid, public.discrepancy_status, text)
from public, anon, authenticated, service_role;
grant execute on function public.resolve_medication_discrepancy(uuid, public.discrepancy_status, text) to authenticated;
