-- Telling people that there is something to look at, by mail and in the application. Not definers and granted to
-- nobody: those who call them have authorized for themselves.
create function app.ensure_words(
  p_org_id uuid, p_template text, p_subject text, p_body text, p_keys jsonb default '{"link": "link"}'
) returns void
language sql volatile
set search_path = ''
as $$
  select app.ensure_template(p_org_id, p_template, channels.name, p_subject, p_body, p_keys)
  from unnest(array['email', 'in_app']::public.notification_channel[]) as channels (name)
$$;

comment on function app.ensure_words(uuid, text, text, text, jsonb) is
'Gives an organization the words for app.tell_people(), on both channels, unless it has them.';

create function app.tell_people(
  p_org_id uuid, p_people uuid[], p_template text, p_payload jsonb, p_occasion text,
  p_priority public.notification_priority default 'normal'
) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_person_id uuid;
  v_count integer := 0;
begin
  -- In one order, so that two transactions that tell the same people never wait for each other.
  for v_person_id in select distinct people.id from unnest(p_people) as people (id) order by people.id loop
    perform app.enqueue_notification(
      p_org_id, channels.name, v_person_id, p_template, p_payload, p_priority => p_priority,
      p_dedupe_key => concat_ws(':', p_template, channels.name, v_person_id, p_occasion)
    )
    from unnest(array['email', 'in_app']::public.notification_channel[]) as channels (name);
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

comment on function app.tell_people(uuid, uuid[], text, jsonb, text, public.notification_priority) is
'Tells people of an organization something by mail and in the application, each once for each p_occasion; how many.
p_template: one that app.ensure_words() has made. p_payload: its values.';

revoke all on function app.ensure_words(uuid, text, text, text, jsonb) from public;
revoke all on function app.tell_people(
  uuid, uuid[], text, jsonb, text, public.notification_priority
) from public;
