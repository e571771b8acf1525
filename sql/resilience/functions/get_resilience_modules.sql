create function public.get_resilience_modules(p_category public.resilience_category default null)
returns setof public.resilience_training_modules
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');

  return query
  select modules.*
  from public.resilience_training_modules as modules
  where modules.is_active and (p_category is null or modules.category = p_category)
  order by modules.category, modules.title, modules.id;
end
$$;

comment on function public.get_resilience_modules(public.resilience_category) is
'The training modules in use, by category and title. For everyone with a role in the organization.
p_category: only those of this category.
Errors: feature_disabled, permission_denied.';

revoke all on function public.get_resilience_modules(public.resilience_category)
from public, anon, authenticated, service_role;
grant execute on function public.get_resilience_modules(public.resilience_category) to authenticated;
