-- Asked when a version is published, because afterwards nothing can be put right. SECURITY DEFINER
-- because the tables are private; it only says whether they fit together.
create function app.check_instrument(p_instrument_id uuid, p_language_code text) returns void
language plpgsql stable
security definer
set search_path = ''
as $$
declare
  v_fault record;
begin
  select faults.place, faults.rule into v_fault
  from app.instrument_faults(p_instrument_id, p_language_code) as faults
  order by faults.place
  limit 1;
  if found then
    perform app.raise_error(
      'invalid_input', v_fault.rule, jsonb_build_object('field', 'is_active', 'place', v_fault.place)
    );
  end if;
end
$$;

comment on function app.check_instrument(uuid, text) is
'Ends the request with invalid_input, naming the place, unless a version can be answered and scored.';

create function app.instrument_faults(p_instrument_id uuid, p_language_code text) returns table (place text, rule text)
language sql stable
set search_path = ''
as $$
  -- What each item can count, however it is reversed: the lowest and highest value of its set.
  with item_ranges as (
    select items.link_id, items.scale_code, min(options.value) as lowest, max(options.value) as highest, count(*) as ways
    from app.instrument_items as items
    left join app.instrument_options as options
      on options.instrument_id = items.instrument_id and options.option_set = items.option_set
    where items.instrument_id = p_instrument_id
    group by items.link_id, items.scale_code
  ),

  scale_ranges as (
    select
      scales.code, scales.method, scales.minimum, scales.maximum, count(*) as items,
      case when scales.method = 'mean' then round(avg(ranges.lowest), 3) else sum(ranges.lowest) end as lowest,
      case when scales.method = 'mean' then round(avg(ranges.highest), 3) else sum(ranges.highest) end as highest
    from app.instrument_scales as scales
    inner join item_ranges as ranges on ranges.scale_code = scales.code
    where scales.instrument_id = p_instrument_id
    group by scales.code, scales.method, scales.minimum, scales.maximum
  )

  select 'item/' || item_ranges.link_id, 'An item needs two answers or more to choose from.'
  from item_ranges
  where item_ranges.ways < 2
  union all
  select misfits.place, misfits.rule from app.measure_faults(p_instrument_id) as misfits
  union all
  select 'scale/' || scale_ranges.code, 'The range of a scale is the one that its items give.'
  from scale_ranges
  where (scale_ranges.minimum, scale_ranges.maximum) is distinct from (scale_ranges.lowest, scale_ranges.highest)
  union all
  select 'scale/' || scale_ranges.code, 'A scale of method single has one item.'
  from scale_ranges
  where scale_ranges.method = 'single' and scale_ranges.items <> 1
  union all
  select 'scale/' || scales.code, 'Its items count for other scales, and none for this one.'
  from app.instrument_scales as scales
  where
    scales.instrument_id = p_instrument_id
    and exists (select from item_ranges)
    and not exists (select from item_ranges where item_ranges.scale_code = scales.code)
  union all
  select 'scale/' || scales.code, 'The bands of a scale begin with its lowest score and end within its range.'
  from app.instrument_scales as scales
  inner join app.instrument_bands as bands
    on bands.instrument_id = scales.instrument_id and bands.scale_code = scales.code
  where scales.instrument_id = p_instrument_id
  group by scales.code, scales.minimum, scales.maximum
  having
    min(bands.lower_bound) filter (where bands.item_value is null) is distinct from scales.minimum
    or max(bands.lower_bound) > scales.maximum
  union all
  select 'language/' || missing.language_code, 'A translation has every item and every answer, or the language is left out.'
  from app.untranslated_texts(p_instrument_id, p_language_code) as missing
$$;

comment on function app.instrument_faults(uuid, text) is
'What keeps a version from being published, by place.';

create function app.measure_faults(p_instrument_id uuid) returns table (place text, rule text)
language sql stable
set search_path = ''
as $$
  select 'item/' || items.link_id, 'What is measured has ranges from its minimum on; what is chosen has none.'
  from app.instrument_items as items
  inner join app.instrument_options as options
    on options.instrument_id = items.instrument_id and options.option_set = items.option_set
  where items.instrument_id = p_instrument_id
  group by items.link_id, items.minimum, items.maximum
  having
    (items.minimum is null and count(options.lower_bound) > 0)
    or (
      items.minimum is not null and (
        count(options.lower_bound) < count(*)
        or min(options.lower_bound) <> items.minimum
        or max(options.lower_bound) > items.maximum
      )
    )
  union all
  select 'option/' || options.option_set || '/' || options.code, 'A range depends on answers that can be chosen.'
  from app.instrument_options as options
  cross join lateral jsonb_each_text(options.applies_when) as needed
  where
    options.instrument_id = p_instrument_id
    and not exists (
      select
      from app.instrument_items as items
      inner join app.instrument_options as chosen
        on chosen.instrument_id = items.instrument_id and chosen.option_set = items.option_set
      where
        items.instrument_id = options.instrument_id
        and items.link_id = needed.key
        and items.minimum is null
        and chosen.code = needed.value
    )
$$;

comment on function app.measure_faults(uuid) is 'What is wrong with what is measured, by place.';

create function app.untranslated_texts(p_instrument_id uuid, p_language_code text)
returns table (language_code text, text_key text)
language sql stable
set search_path = ''
as $$
  with languages as (
    select distinct translations.language_code
    from app.instrument_translations as translations
    where translations.instrument_id = p_instrument_id
  ),

  needed as (
    select 'item/' || items.link_id as text_key
    from app.instrument_items as items
    where items.instrument_id = p_instrument_id
    union all
    select 'option/' || options.option_set || '/' || options.code
    from app.instrument_options as options
    where options.instrument_id = p_instrument_id
  )

  select languages.language_code, needed.text_key
  from languages
  cross join needed
  where not exists (
    select from app.instrument_translations as translations
    where
      translations.instrument_id = p_instrument_id
      and translations.language_code = languages.language_code
      and translations.text_key = needed.text_key
  )
  union all
  select p_language_code, 'title'
  where exists (select from languages where languages.language_code = p_language_code)
$$;

comment on function app.untranslated_texts(uuid, text) is
'Items and answers that a language of an instrument lacks; its own language needs no translation and is one too many.';

revoke all on function app.check_instrument(uuid, text) from public;
revoke all on function app.instrument_faults(uuid, text) from public;
revoke all on function app.measure_faults(uuid) from public;
revoke all on function app.untranslated_texts(uuid, text) from public;
grant execute on function app.check_instrument(uuid, text) to authenticated, service_role;
