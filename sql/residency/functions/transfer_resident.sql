create function public.transfer_resident(
  p_resident_id uuid, p_bed_id uuid, p_transferred_at timestamptz default null
) returns public.bed_stays
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('residency');
  perform app.check_input('p_resident_id', p_resident_id is not null, 'Say who.');
  perform app.check_input('p_bed_id', p_bed_id is not null, 'Say which bed.');
  return app.transfer_resident(p_resident_id, p_bed_id, p_transferred_at);
end
$$;

comment on function public.transfer_resident(uuid, uuid, timestamptz) is
'A resident moves to another bed: of the room, of another room, of another site. They leave the one and have the other at
the same moment; at another site, their records are there from then on. For managers and care managers of both sites.
p_resident_id: who lives there; conflict for who does not (details: not_admitted).
p_bed_id: the bed, as for reserve_bed().
p_transferred_at: when, in the last seven days and after they came to the bed they had; null: now.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function public.transfer_resident(uuid, uuid, timestamptz) from public, anon, authenticated, service_role;
grant execute on function public.transfer_resident(uuid, uuid, timestamptz) to authenticated;
