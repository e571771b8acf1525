create function public.decline_bed_offer(p_offer_id uuid) returns public.bed_offers
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('residency');
  perform app.check_input('p_offer_id', p_offer_id is not null, 'Say which offer.');
  return app.decline_bed_offer(p_offer_id);
end
$$;

comment on function public.decline_bed_offer(uuid) is
'Whoever was offered a bed does not want it: they wait on at their place, and the bed is offered to the next, who is not
asked for it twice. For managers and care managers of the site. The next offer; null if nobody else waits.
p_offer_id: an open offer; conflict if it has been answered or has ended (details: offer_closed).
Nullable: yes.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function public.decline_bed_offer(uuid) from public, anon, authenticated, service_role;
grant execute on function public.decline_bed_offer(uuid) to authenticated;
