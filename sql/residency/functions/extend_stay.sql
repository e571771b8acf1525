create function public.extend_stay(p_resident_id uuid, p_planned_until date default null) returns public.bed_stays
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('residency');
  perform app.check_input('p_resident_id', p_resident_id is not null, 'Say who.');
  return app.extend_stay(p_resident_id, p_planned_until);
end
$$;

comment on function public.extend_stay(uuid, date) is
'Says until when a resident is to stay, sooner or later than was planned, in the bed they have or had last. For managers
and care managers of the site.
p_resident_id: who lives there; conflict for who does not (details: not_admitted).
p_planned_until: the day they leave, at noon; null: no end. Conflict if the bed is somebody else''s by then (bed_taken); an
offer of it that nobody has taken up is withdrawn.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.
Idempotent: yes.';

revoke all on function public.extend_stay(uuid, date) from public, anon, authenticated, service_role;
grant execute on function public.extend_stay(uuid, date) to authenticated;
