create function public.get_resilience_resources(p_category public.resilience_category default null)
returns setof public.resilience_resources
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');

  -- Crisis lines come whatever was asked for: whoever looks for something about sleep at four in the morning may need
  -- one.
  return query
  select resources.*
  from public.resilience_resources as resources
  where resources.is_active and (p_category is null or resources.category = p_category or resources.is_crisis)
  order by resources.is_crisis desc, resources.category, resources.title, resources.id;
end
$$;

comment on function public.get_resilience_resources(public.resilience_category) is
'Where to turn: the resources in use, crisis lines first and always, then by category and title. For everyone with a
role in the organization.
p_category: beside the crisis lines only those of this category.
Errors: feature_disabled, permission_denied.';

revoke all on function public.get_resilience_resources(public.resilience_category)
from public, anon, authenticated, service_role;
grant execute on function public.get_resilience_resources(public.resilience_category) to authenticated;
