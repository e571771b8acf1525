-- Which rows of the library a search finds, in which order; the RPCs read the rows themselves as their caller.
--
-- SECURITY DEFINER because under row-level security Postgres looks into no text index before it has asked the policy of
-- each row. Nothing in the library is about anybody; what is not offered stays out, as the policies keep it.
--
-- A page begins after the row that the page before ended with: every row found gets its place, and so does that one,
-- whether or not it would still be found. Crisis lines are all on the first page, before and beside what was asked for.
create function app.find_library_rows(
  p_kind text,
  p_category public.resilience_category,
  p_search text,
  p_for_dimension public.resilience_dimension,
  p_limit integer,
  p_after uuid
) returns table (row_id uuid)
language plpgsql stable
security definer
set search_path = ''
as $$
declare
  v_query tsquery := app.search_query(p_search);
begin
  perform app.require_feature('resilience_hub');
  perform app.check_cursor(
    'p_after',
    p_after is null
    or exists (select from app.library_rows as rows where rows.kind = p_kind and rows.id = p_after)
  );
  if p_search is not null and not exists (
    select from app.library_rows as rows
    where rows.kind = p_kind and rows.is_offered and rows.search_document @@ v_query
  ) then
    v_query := app.prefix_query(p_search);
  end if;

  return query
  with listed as (
    select rows.id, rows.category, rows.title, rows.search_document, true as is_found
    from app.library_rows as rows
    where
      rows.kind = p_kind
      and rows.is_offered
      and not rows.is_crisis
      and (p_category is null or rows.category = p_category)
      and (p_search is null or rows.search_document @@ v_query)
    union all
    select rows.id, rows.category, rows.title, rows.search_document, false
    from app.library_rows as rows
    where rows.kind = p_kind and rows.id = p_after and not rows.is_crisis
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
    from app.library_rows as lines
    where lines.kind = p_kind and p_after is null and lines.is_crisis and lines.is_offered
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

comment on function app.find_library_rows(
  text, public.resilience_category, text, public.resilience_dimension, integer, uuid
) is
'The rows in use that a search of the library finds, a page of them; the first begins with all crisis lines.
p_kind: module or resource.';

revoke all on function app.find_library_rows(
  text, public.resilience_category, text, public.resilience_dimension, integer, uuid
) from public;
grant execute on function app.find_library_rows(
  text, public.resilience_category, text, public.resilience_dimension, integer, uuid
) to authenticated;
