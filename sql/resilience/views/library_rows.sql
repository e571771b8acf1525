-- What is searched and ranked alike, whichever of the two tables it is in; private to app.find_library_rows().
create view app.library_rows
with (security_invoker = true) as
select
  'module' as kind,
  id,
  category,
  title,
  search_document,
  false as is_crisis,
  is_active and deleted_at is null as is_offered
from public.resilience_training_modules
union all
select
  'resource' as kind,
  id,
  category,
  title,
  search_document,
  is_crisis,
  is_active and deleted_at is null as is_offered
from public.resilience_resources;

comment on view app.library_rows is 'Modules and resources of the library as a search sees them.';

revoke all on app.library_rows from public, anon, authenticated, service_role;
