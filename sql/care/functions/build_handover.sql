create function public.build_handover(
  p_site_id uuid, p_starts_at timestamptz default null, p_ends_at timestamptz default null
) returns public.handovers
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_carer();
  perform app.check_input(
    'p_ends_at', coalesce(p_ends_at <= app.clock() + interval '2 hours', true),
    'A handover ends now or within two hours.'
  );
  return app.build_handover(p_site_id, p_starts_at, p_ends_at);
end
$$;

comment on function public.build_handover(uuid, timestamptz, timestamptz) is
'Makes the handover of a site from what was entered in a period: notes flagged for it, assessments that found something,
what is still to be done because of one. Again for the same period it adds what is new. For those who give care there.
p_starts_at: null: where the one before ended, if that was in the last 48 hours, else 12 hours before the end.
p_ends_at: now when null. 48 hours at most.
Returns the handover; list_handover_items() gives what is in it.
Errors: feature_disabled, permission_denied, invalid_input, not_found, conflict (acknowledged before).';

revoke all on function public.build_handover(uuid, timestamptz, timestamptz)
from public, anon, authenticated, service_role;
grant execute on function public.build_handover(uuid, timestamptz, timestamptz) to authenticated;
