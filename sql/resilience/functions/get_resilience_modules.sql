create function public.get_resilience_modules(
  p_category public.resilience_category default null,
  p_search text default null,
  p_for_dimension public.resilience_dimension default null,
  p_limit integer default 500,
  p_after uuid default null
) returns table (
  id uuid,
  title text,
  description text,
  category public.resilience_category,
  content_type public.training_content_type,
  content_url text,
  duration_minutes smallint,
  evidence_based boolean,
  evidence text,
  is_active boolean,
  created_at timestamptz,
  created_by uuid,
  updated_at timestamptz,
  updated_by uuid,
  version integer,
  deleted_at timestamptz,
  is_completed boolean,
  helpful_percent integer
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_search(p_search, p_limit);

  return query
  select
    modules.id, modules.title, modules.description, modules.category, modules.content_type, modules.content_url,
    modules.duration_minutes, modules.evidence_based, modules.evidence, modules.is_active, modules.created_at,
    modules.created_by, modules.updated_at, modules.updated_by, modules.version, modules.deleted_at,
    facts.is_completed, facts.helpful_percent
  from app.find_library_rows('module', p_category, p_search, p_for_dimension, p_limit, p_after)
    with ordinality as found (row_id, place)
  inner join public.resilience_training_modules as modules on modules.id = found.row_id
  inner join app.module_facts() as facts on facts.module_id = modules.id
  order by found.place;
end
$$;

comment on function public.get_resilience_modules(
  public.resilience_category, text, public.resilience_dimension, integer, uuid
) is
'The training modules in use, by category and title. For everyone with a role in the organization.
p_category: only those of this category.
p_search: only those with these words in title or description, best match first: words, "a phrase", or, -not this; where
no row has them, words that begin like them. At most 200 characters.
p_for_dimension: those first that help most with this.
p_limit: at most so many, 1 to 500.
p_after: the id of the last module of the page before, for the next one; not_found where there never was one.
is_completed: whether the caller has finished it.
helpful_percent: of those of all organizations who said whether it helped, in months that are over and in groups of five
and more; null until there is such a group.
Never null: id, title, category, content_type, evidence_based, is_active, created_at, updated_at, version, is_completed.
Errors: feature_disabled, permission_denied, invalid_input, not_found.';

revoke all on function public.get_resilience_modules(
  public.resilience_category, text, public.resilience_dimension, integer, uuid
) from public, anon, authenticated, service_role;
grant execute on function public.get_resilience_modules(
  public.resilience_category, text, public.resilience_dimension, integer, uuid
) to authenticated;
