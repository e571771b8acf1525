create function public.offer_bed(p_bed_id uuid, p_entry_id uuid default null, p_claim_hours integer default 48)
returns public.bed_offers
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('residency');
  perform app.check_input('p_bed_id', p_bed_id is not null, 'Say which bed.');
  perform app.check_input(
    'p_claim_hours', p_claim_hours between 1 and 336, 'They have from one hour to fourteen days to claim it.'
  );
  return app.offer_bed(p_bed_id, p_entry_id, p_claim_hours);
end
$$;

comment on function public.offer_bed(uuid, uuid, integer) is
'Offers a free bed to somebody who waits; until it is answered or expires nobody else is given it. A bed that somebody
leaves is offered to the next by itself. For managers and care managers of the site.
p_bed_id: a bed that nobody has now or later; else conflict (details: bed_taken, bed_closed).
p_entry_id: who waits for this site; null: the next, by priority and time. Conflict if there is none (nobody_waits).
p_claim_hours: how long they have, 1 to 336 hours.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function public.offer_bed(uuid, uuid, integer) from public, anon, authenticated, service_role;
grant execute on function public.offer_bed(uuid, uuid, integer) to authenticated;
