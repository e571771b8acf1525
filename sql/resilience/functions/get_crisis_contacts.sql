-- No guard at the top, on purpose: safety comes before licences, participation and sessions. The numbers are public.
create function public.get_crisis_contacts(p_country_code text default null)
returns setof public.resilience_resources
language sql stable
set search_path = ''
as $$
  select contacts.* from app.crisis_contacts(p_country_code) as contacts
$$;

comment on function public.get_crisis_contacts(text) is
'Where to turn in a crisis, at once. For whoever has a token, also without a role, with a session that has ended, where
the resilience hub is switched off, and without taking part in it.
p_country_code: ISO 3166-1 alpha-2; one without a line of its own, or none, gives all there are.
Never refused: nothing that is asked for wrongly is a reason to show nothing.
Idempotent: yes.';

revoke all on function public.get_crisis_contacts(text) from public, anon, authenticated, service_role;
grant execute on function public.get_crisis_contacts(text) to authenticated;
