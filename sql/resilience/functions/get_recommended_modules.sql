create function public.get_recommended_modules(p_limit integer default 5) returns table (
  id uuid,
  title text,
  description text,
  category public.resilience_category,
  content_type public.training_content_type,
  content_url text,
  duration_minutes smallint,
  evidence_based boolean,
  evidence text,
  is_completed boolean,
  helpful_percent integer,
  for_dimension public.resilience_dimension
)
language plpgsql stable
set search_path = ''
as $$
declare
  v_dimension public.resilience_dimension;
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  v_dimension := app.my_worst_dimension();

  return query
  with facts as (
    select
      modules.id,
      known.is_completed,
      known.helpful_percent,
      coalesce(weights.weight, 0) as weight
    from public.resilience_training_modules as modules
    inner join app.module_facts() as known on known.module_id = modules.id
    left join public.resilience_dimension_categories as weights
      on weights.dimension = v_dimension and weights.category = modules.category
    where modules.is_active
  )
  select
    modules.id, modules.title, modules.description, modules.category, modules.content_type, modules.content_url,
    modules.duration_minutes, modules.evidence_based, modules.evidence, facts.is_completed, facts.helpful_percent,
    case when facts.weight > 0 then v_dimension end
  from facts
  inner join public.resilience_training_modules as modules on modules.id = facts.id
  order by
    facts.is_completed, facts.weight desc, modules.evidence_based desc, facts.helpful_percent desc nulls last,
    modules.category, modules.title, modules.id
  limit p_limit;
end
$$;

comment on function public.get_recommended_modules(integer) is
'Training modules for the caller: what they have not finished yet before the rest, then what helps most with what goes
worst for them, then what has evidence, then what others found helpful.
p_limit: at most so many, 1 to 500.
is_completed, helpful_percent: as in get_resilience_modules().
for_dimension: what it is recommended for; null where nothing stands out, or it does not help with that.
Never null: id, title, category, content_type, evidence_based, is_completed.
Errors: feature_disabled, permission_denied, invalid_input.';

revoke all on function public.get_recommended_modules(integer) from public, anon, authenticated, service_role;
grant execute on function public.get_recommended_modules(integer) to authenticated;
