create function public.accept_bed_offer(p_offer_id uuid, p_expected_on date, p_planned_until date default null)
returns public.bed_stays
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('residency');
  perform app.check_input('p_offer_id', p_offer_id is not null, 'Say which offer.');
  perform app.check_input('p_expected_on', p_expected_on is not null, 'Say for which day.');
  perform app.check_input(
    'p_planned_until', coalesce(p_planned_until > p_expected_on, true), 'They leave after they came.'
  );
  return app.accept_bed_offer(p_offer_id, p_expected_on, p_planned_until);
end
$$;

comment on function public.accept_bed_offer(uuid, date, date) is
'Whoever was offered a bed takes it: it is kept for them as by reserve_bed(), and they no longer wait. For managers and
care managers of the site.
p_offer_id: an open offer; conflict if it has been answered (details: offer_closed) or its time is over (offer_expired).
p_expected_on, p_planned_until: from which day, and until when, as for reserve_bed().
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function public.accept_bed_offer(uuid, date, date) from public, anon, authenticated, service_role;
grant execute on function public.accept_bed_offer(uuid, date, date) to authenticated;
