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
    'Answers are a list of {"link_id": …, "code": …}.'
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
    select answers.place, answers.answer ->> 'link_id' as link_id, answers.answer ->> 'code' as code
    from jsonb_array_elements(p_answers) with ordinality as answers (answer, place)
  ),

  items as (
    select items.link_id, items.option_set, items.position
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
  where not exists (
    select from app.instrument_options as options
    where
      options.instrument_id = p_instrument_id
      and options.option_set = items.option_set
      and options.code = given.code
  )
  union all
  select 100000 + items.position, items.link_id, 'This item is not answered.'
  from items
  where not exists (select from given where given.link_id = items.link_id)
$$;

comment on function app.answer_faults(uuid, jsonb) is
'Answers that are unknown, doubled, not offered or missing, by their place.';

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

revoke all on function app.check_answers(uuid, jsonb) from public;
revoke all on function app.answer_faults(uuid, jsonb) from public;
revoke all on function app.check_scores(uuid, jsonb) from public;
revoke all on function app.require_instrument_in_use(uuid) from public;
