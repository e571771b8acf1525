-- What staff are told of rotas, in the application: where to look, and nothing of what they will find there.
create function app.tell_staff(
  p_org_id uuid, p_user_ids uuid[], p_template text, p_dedupe_key text
) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_subject text;
  v_body text;
  v_link text;
begin
  select words.subject, words.body, words.link into v_subject, v_body, v_link
  from (values
    ('rota.published', 'Your rota', 'The rota of a week was published.', '/rota'),
    ('rota.changed', 'Your rota changed', 'One of your shifts changed.', '/rota'),
    ('shift.offered', 'A shift is open', 'There is a shift that you could take.', '/rota/offers'),
    ('shift.swap', 'About a swap', 'There is news about a swap of shifts.', '/rota/swaps'),
    ('shift.late', 'Late for a shift', 'Somebody has not come to their shift.', '/rota/attendance'),
    ('shift.missed', 'A shift is missed', 'Somebody has not come to their shift for an hour.', '/rota/attendance')
  ) as words (template, subject, body, link)
  where words.template = p_template;
  perform app.ensure_template(
    p_org_id, p_template, 'in_app', v_subject, v_body || ' {{ link }}', '{"link": "link"}'
  );
  perform app.enqueue_notification(
    p_org_id, 'in_app', people.id, p_template, jsonb_build_object('link', v_link),
    p_dedupe_key => format('%s:%s:%s', p_template, p_dedupe_key, people.id)
  )
  from (select distinct told.id from unnest(p_user_ids) as told (id)) as people;
  return cardinality(p_user_ids);
end
$$;

comment on function app.tell_staff(uuid, uuid[], text, text) is
'Tells members of staff something of their rota, each once for this key.';

-- SECURITY DEFINER because messages are scheduled by private functions only; it tells those on the shift.
create function app.tell_moved_shift() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform app.tell_staff(
    new.org_id,
    array(
      select assignments.user_id from public.shift_assignments as assignments
      where assignments.org_id = new.org_id and assignments.shift_id = new.id and assignments.deleted_at is null
    ),
    'rota.changed', format('%s:%s', new.id, new.version)
  );
  return null;
end
$$;

comment on function app.tell_moved_shift() is
'Trigger _900_tell: who is on a published shift is told that it was moved.';

revoke all on function app.tell_staff(uuid, uuid[], text, text) from public;
revoke all on function app.tell_moved_shift() from public;
