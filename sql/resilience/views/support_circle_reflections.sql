-- What a circle reads: every reflection, with the author's name where they signed. The table without the columns that
-- nobody may select, so that a frontend may ask for all of it.
create view public.support_circle_reflections
with (security_invoker = true) as
select
  org_id,
  id,
  circle_id,
  reflection_text,
  is_anonymous,
  author_name,
  created_at
from public.provider_support_reflections;

comment on view public.support_circle_reflections is
'Reflections of the caller''s support circles, with the author''s name where they signed.';

revoke all on public.support_circle_reflections from public, anon, authenticated, service_role;
grant select on public.support_circle_reflections to authenticated, service_role;
