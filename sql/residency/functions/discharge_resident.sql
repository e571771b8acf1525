create function public.discharge_resident(
  p_resident_id uuid, p_reason public.discharge_reason,
  p_destination public.discharge_destination default null, p_discharged_at timestamptz default null,
  p_note text default null
) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('residency');
  perform app.check_input('p_resident_id', p_resident_id is not null, 'Say who.');
  perform app.check_input('p_reason', p_reason is not null, 'Say why the stay ends.');
  perform app.check_input(
    'p_destination', (p_destination is null) = (p_reason = 'died'), 'Say where they went, unless they died.'
  );
  perform app.discharge_resident(p_resident_id, p_reason, p_destination, p_discharged_at, p_note);
end
$$;

comment on function public.discharge_resident(
  uuid, public.discharge_reason, public.discharge_destination, timestamptz, text
) is
'A resident moves out, or has died: the stay and any leave end, the bed is free and offered to the next who waits. For
managers and care managers of the site.
p_resident_id: who lives there; conflict for who does not (details: not_admitted).
p_reason: why; with died nothing is planned for them any more.
p_destination: where they went; unknown if nobody knows, and null with died only.
p_discharged_at: when, in the last seven days; null: now.
p_note: what matters about it, 1 to 2,000 characters; stored sealed.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function public.discharge_resident(
  uuid, public.discharge_reason, public.discharge_destination, timestamptz, text
) from public, anon, authenticated, service_role;
grant execute on function public.discharge_resident(
  uuid, public.discharge_reason, public.discharge_destination, timestamptz, text
) to authenticated;
