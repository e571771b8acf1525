-- Which rows of the library a search finds, in which order; the RPCs read the rows themselves as their caller.
--
-- SECURITY DEFINER because under row-level security Postgres looks into no text index before it has asked the policy of
-- each row. Nothing in the library is about anybody; what is not offered stays out, as the policies keep it.
--
-- A page begins after the row that the page before ended with: every row found gets its place, and so does that one,
-- whether or not it would still be found.
create function app.find_modules(
  p_category public.resilience_category,
  p_search text,
  p_for_dimension public.resilience_dimension,
  p_limit integer,
  p_after uuid
) returns table (module_id uuid)
language plpgsql stable
security definer
set search_path = ''
as $$
declare
  v_query tsquery := app.search_query(p_search);
begin
  perform app.require_feature('resilience_hub');
  if p_after is not null and not exists (
    select from public.resilience_training_modules as modules where modules.id = p_after
  ) then
    perform app.raise_error('not_found', 'There is no such module to go on after.');
  end if;
  if p_search is not null and not exists (
    select from public.resilience_training_modules as modules
    where modules.is_active and modules.deleted_at is null and modules.search_document @@ v_query
  ) then
    v_query := app.prefix_query(p_search);
  end if;

  return query
  with listed as (
    select modules.id, modules.category, modules.title, modules.search_document, true as is_found
    from public.resilience_training_modules as modules
    where
      modules.is_active
      and modules.deleted_at is null
      and (p_category is null or modules.category = p_category)
      and (p_search is null or modules.search_document @@ v_query)
    union all
    select modules.id, modules.category, modules.title, modules.search_document, false
    from public.resilience_training_modules as modules
    where modules.id = p_after
  ),
  placed as (
    select
      listed.id,
      listed.is_found,
      row_number() over (
        order by
          coalesce(weights.weight, 0) desc, coalesce(ts_rank(listed.search_document, v_query), 0) desc,
          listed.category, listed.title, listed.id, listed.is_found
      ) as place
    from listed
    left join public.resilience_dimension_categories as weights
      on weights.dimension = p_for_dimension and weights.category = listed.category and weights.deleted_at is null
  )
  select placed.id
  from placed
  where placed.is_found and placed.place > (
    select coalesce(max(former.place), 0) from placed as former where former.id = p_after
  )
  order by placed.place
  limit p_limit;
end
$$;

comment on function app.find_modules(
  public.resilience_category, text, public.resilience_dimension, integer, uuid
) is 'The training modules in use that a search finds, a page of them.';

-- Crisis lines are all on the first page, before and beside what was asked for.
create function app.find_resources(
  p_category public.resilience_category,
  p_search text,
  p_for_dimension public.resilience_dimension,
  p_limit integer,
  p_after uuid
) returns table (resource_id uuid)
language plpgsql stable
security definer
set search_path = ''
as $$
declare
  v_query tsquery := app.search_query(p_search);
begin
  perform app.require_feature('resilience_hub');
  if p_after is not null and not exists (
    select from public.resilience_resources as resources where resources.id = p_after
  ) then
    perform app.raise_error('not_found', 'There is no such resource to go on after.');
  end if;
  if p_search is not null and not exists (
    select from public.resilience_resources as resources
    where resources.is_active and resources.deleted_at is null and resources.search_document @@ v_query
  ) then
    v_query := app.prefix_query(p_search);
  end if;

  return query
  with listed as (
    select resources.id, resources.category, resources.title, resources.search_document, true as is_found
    from public.resilience_resources as resources
    where
      resources.is_active
      and resources.deleted_at is null
      and not resources.is_crisis
      and (p_category is null or resources.category = p_category)
      and (p_search is null or resources.search_document @@ v_query)
    union all
    select resources.id, resources.category, resources.title, resources.search_document, false
    from public.resilience_resources as resources
    where resources.id = p_after and not resources.is_crisis
  ),
  placed as (
    select
      listed.id,
      listed.is_found,
      row_number() over (
        order by
          coalesce(weights.weight, 0) desc, coalesce(ts_rank(listed.search_document, v_query), 0) desc,
          listed.category, listed.title, listed.id, listed.is_found
      ) as place
    from listed
    left join public.resilience_dimension_categories as weights
      on weights.dimension = p_for_dimension and weights.category = listed.category and weights.deleted_at is null
  )
  (
    select lines.id
    from public.resilience_resources as lines
    where p_after is null and lines.is_crisis and lines.is_active and lines.deleted_at is null
    order by lines.category, lines.title, lines.id
  )
  union all
  (
    select placed.id
    from placed
    where placed.is_found and placed.place > (
      select coalesce(max(former.place), 0) from placed as former where former.id = p_after
    )
    order by placed.place
    limit p_limit
  );
end
$$;

comment on function app.find_resources(
  public.resilience_category, text, public.resilience_dimension, integer, uuid
) is 'The resources in use that a search finds, a page of them; the first begins with all crisis lines.';

revoke all on function app.find_modules(
  public.resilience_category, text, public.resilience_dimension, integer, uuid
) from public;
revoke all on function app.find_resources(
  public.resilience_category, text, public.resilience_dimension, integer, uuid
) from public;
grant execute on function app.find_modules(
  public.resilience_category, text, public.resilience_dimension, integer, uuid
) to authenticated;
grant execute on function app.find_resources(
  public.resilience_category, text, public.resilience_dimension, integer, uuid
) to authenticated;
