-- The name as people say it: prefix, given names, family name, suffix; missing parts leave no gap.
create function public.get_practitioner_full_name(p_practitioner public.fhir_practitioners) returns text
language sql stable
set search_path = ''
as $$
  select nullif(
    concat_ws(
      ' ',
      p_practitioner.name_prefix,
      nullif(array_to_string(p_practitioner.given_names, ' '), ''),
      p_practitioner.family_name,
      p_practitioner.name_suffix
    ),
    ''
  )
$$;

comment on function public.get_practitioner_full_name(public.fhir_practitioners) is
'Full name of a practitioner for display; null when no part of it is known. A computed column for PostgREST.';

revoke all on function public.get_practitioner_full_name(public.fhir_practitioners)
from public, anon, authenticated, service_role;
grant execute on function public.get_practitioner_full_name(public.fhir_practitioners)
to authenticated, service_role;
