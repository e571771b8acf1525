-- From answers to scores. SECURITY DEFINER because the tables are private; both read instruments in use only, which
-- anyone may read.
create function app.score_instrument(p_instrument_id uuid, p_answers jsonb) returns table (
  scale text,
  score numeric,
  band text,
  severity smallint,
  percent numeric
)
language plpgsql stable
security definer
set search_path = ''
as $$
begin
  perform app.check_answers(p_instrument_id, p_answers);

  return query
  with set_ranges as (
    select options.option_set, min(options.value) as lowest, max(options.value) as highest
    from app.instrument_options as options
    where options.instrument_id = p_instrument_id
    group by options.option_set
  ),

  counted as (
    select
      items.scale_code,
      app.item_value(options.value, items.is_reversed, set_ranges.lowest, set_ranges.highest) as value
    from jsonb_array_elements(p_answers) as answers (answer)
    inner join app.instrument_items as items
      on items.instrument_id = p_instrument_id and items.link_id = answers.answer ->> 'link_id'
    cross join lateral app.answer_option(items, answers.answer, p_answers) as options
    inner join set_ranges on set_ranges.option_set = items.option_set
  ),

  scored as (
    select
      scales.code,
      case when scales.method = 'mean' then avg(counted.value) else sum(counted.value) end as score,
      max(counted.value) as highest
    from app.instrument_scales as scales
    inner join counted on counted.scale_code = scales.code
    where scales.instrument_id = p_instrument_id
    group by scales.code, scales.method
  )

  select graded.*
  from (
    select
      jsonb_object_agg(scored.code, scored.score) as scores,
      jsonb_object_agg(scored.code, scored.highest) as highest
    from scored
  ) as whole
  cross join lateral app.graded(p_instrument_id, whole.scores, whole.highest) as graded;
end
$$;

comment on function app.score_instrument(uuid, jsonb) is
'Scores the answers to a version in use: one row per scale, in their order. p_answers: [{"link_id": …, "code": …}, …], of
what is measured {"link_id": …, "value": …}, one for each item. percent: how bad the score is, from 0 to 100 of the range
of its scale. Errors: invalid_input, conflict.';

create function app.item_value(p_value numeric, p_is_reversed boolean, p_lowest numeric, p_highest numeric)
returns numeric
language sql immutable
return case when p_is_reversed then p_lowest + p_highest - p_value else p_value end;

comment on function app.item_value(numeric, boolean, numeric, numeric) is
'What an answer counts, where the lowest and the highest of its set are these; reversed, the other way round.';

create function app.grade_scores(p_instrument_id uuid, p_scores jsonb) returns table (
  scale text,
  score numeric,
  band text,
  severity smallint,
  percent numeric
)
language plpgsql stable
security definer
set search_path = ''
as $$
begin
  perform app.require_instrument_in_use(p_instrument_id);
  perform app.check_scores(p_instrument_id, p_scores);
  return query select graded.* from app.graded(p_instrument_id, p_scores, '{}') as graded;
end
$$;

comment on function app.grade_scores(uuid, jsonb) is
'As app.score_instrument(), from scores that are known: {"scale": score, …}, one for each scale, within its range. A band
that asks for what a single item counts is not reached.';

-- For the two above, which have checked.
create function app.graded(p_instrument_id uuid, p_scores jsonb, p_highest jsonb) returns table (
  scale text,
  score numeric,
  band text,
  severity smallint,
  percent numeric
)
language plpgsql stable
set search_path = ''
as $$
begin
  -- The band is that of the exact score: what is shown is rounded, and would now and then be a band too high.
  return query
  select
    scales.code,
    round(given.score, 2),
    bands.code,
    bands.severity,
    round(
      100 * case when scales.is_higher_worse then given.score - scales.minimum else scales.maximum - given.score end
      / (scales.maximum - scales.minimum),
      2
    )
  from app.instrument_scales as scales
  cross join lateral (select (p_scores ->> scales.code)::numeric as score) as given
  left join lateral (
    select reached.code, reached.severity
    from app.instrument_bands as reached
    where
      reached.instrument_id = scales.instrument_id
      and reached.scale_code = scales.code
      and reached.lower_bound <= given.score
      and (reached.item_value is null or reached.item_value <= (p_highest ->> scales.code)::numeric)
    order by reached.lower_bound desc
    limit 1
  ) as bands on true
  where scales.instrument_id = p_instrument_id
  order by scales.position;
end
$$;

comment on function app.graded(uuid, jsonb, jsonb) is
'Scores with their bands. p_highest: what the item of each scale counts that counts most.';

revoke all on function app.score_instrument(uuid, jsonb) from public;
revoke all on function app.item_value(numeric, boolean, numeric, numeric) from public;
revoke all on function app.grade_scores(uuid, jsonb) from public;
revoke all on function app.graded(uuid, jsonb, jsonb) from public;
grant execute on function app.score_instrument(uuid, jsonb) to authenticated, service_role;
grant execute on function app.grade_scores(uuid, jsonb) to authenticated, service_role;
