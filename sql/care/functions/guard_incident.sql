-- What is sealed is checked here, on its way in; what is ciphertext already is not looked at.
create function app.check_length(p_field text, p_value bytea, p_most integer) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.check_words(
    p_field,
    length(convert_from(p_value, 'UTF8')) <= p_most and convert_from(p_value, 'UTF8') ~ '\S',
    format('It has 1 to %s characters.', p_most)
  );
end
$$;

comment on function app.check_length(text, bytea, integer) is
'Ends the request with invalid_input unless a text on its way to be sealed is no longer than that, and not empty.';

create function app.are_body_points(p_points jsonb) returns boolean
language sql immutable
set search_path = ''
as $$
  select case jsonb_typeof(p_points)
    when 'array' then
      jsonb_array_length(p_points) <= 50
      and octet_length(p_points::text) <= 4000
      and not exists (
        select
        from jsonb_array_elements(p_points) as points (point)
        where
          jsonb_typeof(points.point) <> 'object'
          or (
            points.point - '{x,y,side,kind}'::text[] = '{}'
            and points.point ->> 'x' ~ '^([0-9]{1,3}|1000)$'
            and points.point ->> 'y' ~ '^([0-9]{1,3}|1000)$'
            and points.point ->> 'side' in ('front', 'back', 'left', 'right')
            and points.point ->> 'kind' in (
              'bruise', 'cut', 'skin_tear', 'burn', 'pressure', 'swelling', 'fracture', 'pain', 'other'
            )
          ) is not true
      )
    else false
  end
$$;

comment on function app.are_body_points(jsonb) is
'Whether these are at most 50 points {x, y, side, kind} of a body map, x and y whole numbers from 0 to 1000.';

-- Where it stands, for every way to write it. Where it happened never changes.
create function app.guard_incident() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' then
    if new.site_id <> old.site_id then
      perform app.raise_error('conflict', 'An incident stays at the site where it happened.');
    end if;
    if not app.may_incident_become(old.status, new.status) then
      perform app.raise_error('conflict', 'The incident does not stand where that could be done.');
    end if;
    new.timer_round := old.timer_round
      + case when new.severity <> old.severity or (old.status = 'closed' and new.status <> 'closed') then 1 else 0 end;
  end if;
  if new.description is distinct from old.description then
    perform app.check_length('description', new.description, 4000);
  end if;
  if new.body_map is distinct from old.body_map and new.body_map is not null then
    perform app.check_plain('body_map', 'jsonb', new.body_map);
    perform app.check_words(
      'body_map', app.are_body_points(convert_from(new.body_map, 'UTF8')::jsonb),
      'A body map has at most 50 points of x, y (0 to 1000), side and kind.'
    );
  end if;
  return new;
end
$$;

comment on function app.guard_incident() is
'Trigger _200_guard: an incident goes from reported to closed and, reopened, back; it stays at its site; its clocks are
set anew when it is reopened and when its severity changes.';

create function app.may_incident_become(p_from public.incident_status, p_to public.incident_status) returns boolean
language sql immutable
return p_from = p_to or case p_from
  when 'reported' then p_to in ('acknowledged', 'under_review')
  when 'acknowledged' then p_to = 'under_review'
  when 'under_review' then p_to = 'closed'
  else p_to = 'under_review'
end;

comment on function app.may_incident_become(public.incident_status, public.incident_status) is
'Whether an incident may go from one status to another, or stay.';

create function app.guard_incident_person() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.other_person is distinct from old.other_person and new.other_person is not null then
    perform app.check_length('other_person', new.other_person, 200);
  end if;
  return new;
end
$$;

comment on function app.guard_incident_person() is 'Trigger _200_guard: who it was has 1 to 200 characters.';

create function app.guard_incident_action() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.action_text is distinct from old.action_text then
    perform app.check_length('action_text', new.action_text, 1000);
  end if;
  if old.completed_at is not null and new.completed_at is distinct from old.completed_at then
    perform app.raise_error('conflict', 'This is done already.');
  end if;
  return new;
end
$$;

comment on function app.guard_incident_action() is
'Trigger _200_guard: an action has 1 to 1000 characters; what is done stays done.';

create function app.guard_incident_followup() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform app.check_length('note', new.note, 4000);
  return new;
end
$$;

comment on function app.guard_incident_followup() is
'Trigger _200_guard: a note has 1 to 4000 characters; it is never rewritten (_200_keep).';

revoke all on function app.check_length(text, bytea, integer) from public;
revoke all on function app.are_body_points(jsonb) from public;
revoke all on function app.guard_incident() from public;
revoke all on function app.may_incident_become(public.incident_status, public.incident_status) from public;
revoke all on function app.guard_incident_person() from public;
revoke all on function app.guard_incident_action() from public;
revoke all on function app.guard_incident_followup() from public;
grant execute on function app.check_length(text, bytea, integer) to service_role;
grant execute on function app.are_body_points(jsonb) to authenticated, service_role;
grant execute on function app.may_incident_become(public.incident_status, public.incident_status) to service_role;
