-- What is refused is named by its link_id, never by what was answered: errors are logged. For definers of this room.
create function app.check_answers(p_instrument_id uuid, p_answers jsonb) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  v_fault record;
begin
  perform app.require_instrument_in_use(p_instrument_id);
  perform app.check_input(
    'p_answers',
    jsonb_typeof(p_answers) = 'array' and app.check_json(p_answers, 100000, 2),
    'Answers are a list of {"link_id": …, "code": …} or, of what is measured, {"link_id": …, "value": …}.'
  );
  if not exists (
    select from app.instrument_items as items where items.instrument_id = p_instrument_id
  ) then
    perform app.raise_error(
      'invalid_input', 'This instrument has no items here: give the results of its scales.',
      jsonb_build_object('field', 'p_answers')
    );
  end if;

  select faults.link_id, faults.rule into v_fault
  from app.answer_faults(p_instrument_id, p_answers) as faults
  order by faults.place
  limit 1;
  if found then
    perform app.raise_error(
      'invalid_input', v_fault.rule,
      jsonb_build_object('field', 'p_answers', 'link_id', left(v_fault.link_id, 63))
    );
  end if;
end
$$;

comment on function app.check_answers(uuid, jsonb) is
'Ends the request with invalid_input unless every item has one answer out of its set, and nothing else is answered.';

create function app.answer_faults(p_instrument_id uuid, p_answers jsonb)
returns table (place bigint, link_id text, rule text)
language sql stable
set search_path = ''
as $$
  with given as (
    select answers.place, answers.answer, answers.answer ->> 'link_id' as link_id
    from jsonb_array_elements(p_answers) with ordinality as answers (answer, place)
  ),

  items as (
    select items.link_id, items.position, items as item
    from app.instrument_items as items
    where items.instrument_id = p_instrument_id
  )

  select given.place, given.link_id, 'There is no such item in this instrument.'
  from given
  where not exists (select from items where items.link_id = given.link_id)
  union all
  select max(given.place), given.link_id, 'This item is answered more than once.'
  from given
  group by given.link_id
  having count(*) > 1
  union all
  select given.place, given.link_id, 'This is not an answer that the item offers.'
  from given
  inner join items on items.link_id = given.link_id
  where not exists (select from app.answer_option(items.item, given.answer, p_answers))
  union all
  select 100000 + items.position, items.link_id, 'This item is not answered.'
  from items
  where not exists (select from given where given.link_id = items.link_id)
$$;

comment on function app.answer_faults(uuid, jsonb) is
'Answers that are unknown, doubled, not offered or missing, by their place.';

-- Of a measured item it is the range that the value is in, of those that hold with the other answers.
create function app.answer_option(p_item app.instrument_items, p_answer jsonb, p_answers jsonb)
returns setof app.instrument_options
language sql stable
set search_path = ''
as $$
  select options.*
  from app.instrument_options as options
  where
    options.instrument_id = p_item.instrument_id
    and options.option_set = p_item.option_set
    and case
      when p_item.minimum is null then options.code = p_answer ->> 'code'
      else options.lower_bound <= app.measured_value(p_item, p_answer) and (
        options.applies_when is null
        or p_answers @> (
          select jsonb_agg(jsonb_build_object('link_id', needed.key, 'code', needed.value))
          from jsonb_each(options.applies_when) as needed
        )
      )
    end
  order by options.lower_bound desc
  limit 1
$$;

comment on function app.answer_option(app.instrument_items, jsonb, jsonb) is
'What an answer to an item is, of what the item offers; nothing where it offers no such thing. p_answers: all of them.';

create function app.measured_value(p_item app.instrument_items, p_answer jsonb) returns numeric
language sql immutable
set search_path = ''
as $$
  select given.value
  from (
    select case
      when jsonb_typeof(p_answer -> 'value') = 'number' then (p_answer ->> 'value')::numeric
    end as value
  ) as given
  where
    given.value >= p_item.minimum and given.value <= p_item.maximum
    and scale(trim_scale(given.value)) <= p_item.decimals
$$;

comment on function app.measured_value(app.instrument_items, jsonb) is
'The value of an answer to a measured item; null unless it is a number within the bounds of the item.';

-- Whatever else was sent beside them is not kept.
create function app.bare_answers(p_answers jsonb) returns jsonb
language sql immutable
set search_path = ''
as $$
  select jsonb_agg(
    jsonb_strip_nulls(jsonb_build_object(
      'link_id', each.value -> 'link_id', 'code', each.value -> 'code', 'value', each.value -> 'value'
    ))
    order by each.place
  )
  from jsonb_array_elements(p_answers) with ordinality as each (value, place)
$$;

comment on function app.bare_answers(jsonb) is 'Answers with nothing but what app.score_instrument() reads of them.';

create function app.check_scores(p_instrument_id uuid, p_scores jsonb) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  v_scale record;
begin
  perform app.check_input(
    'p_scores', jsonb_typeof(p_scores) = 'object' and app.check_json(p_scores, 10000, 1),
    'Scores are an object with one number for each scale.'
  );
  for v_scale in
    select scales.code, scales.minimum, scales.maximum
    from app.instrument_scales as scales
    where scales.instrument_id = p_instrument_id
    order by scales.position
  loop
    if jsonb_typeof(p_scores -> v_scale.code) is distinct from 'number' or not (
      (p_scores ->> v_scale.code)::numeric between v_scale.minimum and v_scale.maximum
    ) then
      perform app.raise_error(
        'invalid_input',
        format('The score of this scale is a number from %s to %s.', trim_scale(v_scale.minimum), trim_scale(v_scale.maximum)),
        jsonb_build_object('field', 'p_scores', 'scale', v_scale.code)
      );
    end if;
  end loop;
  if exists (
    select from jsonb_object_keys(p_scores) as given (code)
    where not exists (
      select from app.instrument_scales as scales
      where scales.instrument_id = p_instrument_id and scales.code = given.code
    )
  ) then
    perform app.raise_error(
      'invalid_input', 'This instrument has no such scale.', jsonb_build_object('field', 'p_scores')
    );
  end if;
end
$$;

comment on function app.check_scores(uuid, jsonb) is
'Ends the request with invalid_input unless there is one score for each scale, within its range.';

create function app.require_instrument_in_use(p_instrument_id uuid) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  v_is_active boolean;
begin
  select instruments.is_active into v_is_active from public.instruments where instruments.id = p_instrument_id;
  if v_is_active is null then
    perform app.raise_error('not_found', 'There is no such instrument.');
  elsif not v_is_active then
    perform app.raise_error(
      'conflict', 'This version of the instrument is not in use.', p_hint => 'Load the questionnaire again.'
    );
  end if;
end
$$;

comment on function app.require_instrument_in_use(uuid) is
'Ends the request unless a version of an instrument is in use.';

create function app.require_subject(p_instrument_id uuid, p_subject_type text) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if exists (
    select from public.instruments
    where instruments.id = p_instrument_id and instruments.subject_type <> p_subject_type
  ) then
    perform app.raise_error(
      'invalid_input', 'This instrument is about somebody else.', jsonb_build_object('subject_type', p_subject_type)
    );
  end if;
end
$$;

comment on function app.require_subject(uuid, text) is
'Ends the request with invalid_input where an instrument says that it is about somebody else: Patient, Practitioner.';

revoke all on function app.check_answers(uuid, jsonb) from public;
revoke all on function app.answer_faults(uuid, jsonb) from public;
revoke all on function app.check_scores(uuid, jsonb) from public;
revoke all on function app.require_instrument_in_use(uuid) from public;
revoke all on function app.answer_option(app.instrument_items, jsonb, jsonb) from public;
revoke all on function app.measured_value(app.instrument_items, jsonb) from public;
revoke all on function app.bare_answers(jsonb) from public;
revoke all on function app.require_subject(uuid, text) from public;
grant execute on function app.bare_answers(jsonb) to authenticated, service_role;
grant execute on function app.require_subject(uuid, text) to authenticated, service_role;
