create function public.get_resilience_resources(
  p_category public.resilience_category default null,
  p_search text default null,
  p_for_dimension public.resilience_dimension default null,
  p_limit integer default 500,
  p_after uuid default null
) returns table (
  id uuid,
  title text,
  description text,
  kind public.resilience_resource_kind,
  category public.resilience_category,
  url text,
  telephone text,
  country_code text,
  is_crisis boolean,
  is_active boolean,
  created_at timestamptz,
  created_by uuid,
  updated_at timestamptz,
  updated_by uuid,
  version integer,
  deleted_at timestamptz
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_search(p_search, p_limit);

  -- Crisis lines come whatever was asked for: whoever looks for something about sleep at four in the morning may need
  -- one.
  return query
  select
    resources.id, resources.title, resources.description, resources.kind, resources.category, resources.url,
    resources.telephone, resources.country_code, resources.is_crisis, resources.is_active, resources.created_at,
    resources.created_by, resources.updated_at, resources.updated_by, resources.version, resources.deleted_at
  from app.find_library_rows('resource', p_category, p_search, p_for_dimension, p_limit, p_after)
    with ordinality as found (row_id, place)
  inner join public.resilience_resources as resources on resources.id = found.row_id
  order by found.place;
end
$$;

comment on function public.get_resilience_resources(
  public.resilience_category, text, public.resilience_dimension, integer, uuid
) is
'Where to turn: the resources in use, crisis lines first and always, then by category and title. For everyone with a
role in the organization.
p_category: beside the crisis lines only those of this category.
p_search: beside the crisis lines only those with these words in title or description, best match first: words,
"a phrase", or, -not this; where no row has them, words that begin like them. At most 200 characters.
p_for_dimension: after the crisis lines those first that help most with this.
p_limit: at most so many beside the crisis lines, 1 to 500.
p_after: the id of the last resource of the page before, for the next one, which has no crisis lines any more;
not_found where there never was one.
Never null: id, title, kind, category, is_crisis, is_active, created_at, updated_at, version.
Errors: feature_disabled, permission_denied, invalid_input, not_found.';

revoke all on function public.get_resilience_resources(
  public.resilience_category, text, public.resilience_dimension, integer, uuid
) from public, anon, authenticated, service_role;
grant execute on function public.get_resilience_resources(
  public.resilience_category, text, public.resilience_dimension, integer, uuid
) to authenticated;
