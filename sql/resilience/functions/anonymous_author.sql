-- Whose an anonymous check-in is, only a tag says, and only these functions make one (docs/resilience/anonymity.md).
-- Nothing here is granted to anybody: the functions that check people in and show them their own call it as its owner.

-- As the compiled triggers of sealed columns do it; this table has nobody to open it for, so nothing is compiled.
-- SECURITY DEFINER because keys are nobody's to read; it answers nothing.
create function app.seal_anonymity_key() returns trigger
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_key record;
begin
  if tg_op = 'UPDATE' and new.secret is not distinct from old.secret then
    return new;
  end if;
  v_key := app.sealing_key('seal', new.org_id, null);
  new.secret := app.seal_value(
    v_key.key_id, v_key.schedule,
    app.sealed_context('carebase:1:app.anonymity_keys:secret:', new.org_id, null), new.secret
  );
  return new;
end
$$;

comment on function app.seal_anonymity_key() is 'Trigger _300_seal: seals the secret on its way into the table.';

-- Null where there is none, or where the organization's keys were destroyed: then nobody's anonymous check-ins are
-- found any more, by nobody.
create function app.anonymity_secret(p_org_id uuid) returns bytea
language plpgsql stable
set search_path = ''
as $$
declare
  v_key app.anonymity_keys;
  v_schedule bytea;
  v_secret bytea;
begin
  select keys.* into v_key from app.anonymity_keys as keys where keys.org_id = p_org_id;
  if v_key.id is not null then
    select unwrapped.schedule into v_schedule
    from app.unwrap_keys(array[substr(v_key.secret, 2, 16)]) as unwrapped;
  end if;
  if v_schedule is null then
    return null;
  end if;
  v_secret := app.open_value(
    v_schedule, app.sealed_context('carebase:1:app.anonymity_keys:secret:', p_org_id, null), v_key.secret
  );
  if v_secret is null then
    perform app.refuse_damaged('app.anonymity_keys:secret', v_key.id);
  end if;
  return v_secret;
end
$$;

comment on function app.anonymity_secret(uuid) is 'What makes the tags of an organization; null if there is nothing.';

-- Two at once: the second waits for the first and finds what it made.
create function app.ensure_anonymity_secret(p_org_id uuid) returns bytea
language plpgsql volatile
set search_path = ''
as $$
declare
  v_secret bytea := app.anonymity_secret(p_org_id);
begin
  if v_secret is null then
    insert into app.anonymity_keys (org_id, secret)
    values (p_org_id, convert_to(encode(extensions.gen_random_bytes(32), 'hex'), 'UTF8'))
    on conflict (org_id) do nothing;
    v_secret := app.anonymity_secret(p_org_id);
  end if;
  return v_secret;
end
$$;

comment on function app.ensure_anonymity_secret(uuid) is 'As app.anonymity_secret(), made if there never was one.';

-- Another one each day, so that not even two rows of one person belong together for whoever sees them.
create function app.author_tag(p_secret bytea, p_org_id uuid, p_user_id uuid, p_date date) returns bytea
language sql immutable
set search_path = ''
as $$
  select extensions.hmac(
    'carebase:1:checkin:'::bytea || uuid_send(p_org_id) || uuid_send(p_user_id)
    || int4send(p_date - date '2000-01-01'),
    p_secret, 'sha256'
  )
$$;

comment on function app.author_tag(bytea, uuid, uuid, date) is
'The tag of what a person wrote anonymously on a day; null without a secret.';

-- Tags of the days on which there can be one, by what the person agreed to. Two days more at either end: consents know
-- moments, and check-ins the days of a time zone.
create function app.author_tags(
  p_org_id uuid, p_user_id uuid, p_from date default null, p_to date default null
) returns table (checkin_date date, author_tag bytea)
language plpgsql stable
set search_path = ''
as $$
declare
  v_from date;
  v_to date;
  v_secret bytea;
begin
  select
    greatest(p_from, min(consents.given_at)::date - 2),
    least(p_to, max(coalesce(consents.withdrawn_at, app.clock()))::date + 2)
  into v_from, v_to
  from public.provider_consents as consents
  where consents.user_id = p_user_id and consents.org_id = p_org_id and consents.level = 'anonymous'
  having count(*) > 0;
  if v_from is not null then
    v_secret := app.anonymity_secret(p_org_id);
  end if;
  return query
  select days.day, app.author_tag(v_secret, p_org_id, p_user_id, days.day)
  from (
    select v_to - back as day from generate_series(0, v_to - v_from) as back where v_secret is not null
  ) as days
  order by days.day desc;
end
$$;

comment on function app.author_tags(uuid, uuid, date, date) is
'The tags under which a person may have checked in anonymously, newest day first.';

create function app.anonymous_checkins_of(
  p_org_id uuid, p_user_id uuid, p_from date default null, p_to date default null
) returns setof public.own_checkin
language sql stable
set search_path = ''
as $$
  select
    checkins.org_id, checkins.id, null::uuid, null::uuid, checkins.checkin_date, checkins.work_setting,
    checkins.stress_level, checkins.energy_level, checkins.patients_contacted_today,
    checkins.difficult_patient_calls, checkins.overtime_hours, checkins.missed_break,
    false, true, null::timestamptz, null::timestamptz, null::integer
  from app.author_tags(p_org_id, p_user_id, p_from, p_to) as tags
  inner join app.provider_anonymous_checkins as checkins
    on checkins.checkin_date = tags.checkin_date and checkins.author_tag = tags.author_tag
  where checkins.org_id = p_org_id
$$;

comment on function app.anonymous_checkins_of(uuid, uuid, date, date) is
'What a person wrote anonymously, as they see it.';

create function app.forget_anonymous_checkins(
  p_org_id uuid, p_user_id uuid, p_from date default null
) returns void
language sql volatile
set search_path = ''
as $$
  delete from app.provider_anonymous_checkins as checkins
  using app.author_tags(p_org_id, p_user_id, p_from) as tags
  where
    checkins.org_id = p_org_id
    and checkins.checkin_date = tags.checkin_date
    and checkins.author_tag = tags.author_tag
$$;

comment on function app.forget_anonymous_checkins(uuid, uuid, date) is
'Deletes what a person wrote anonymously, from this day on.';

revoke all on function app.seal_anonymity_key() from public;
revoke all on function app.anonymity_secret(uuid) from public;
revoke all on function app.ensure_anonymity_secret(uuid) from public;
revoke all on function app.author_tag(bytea, uuid, uuid, date) from public;
revoke all on function app.author_tags(uuid, uuid, date, date) from public;
revoke all on function app.anonymous_checkins_of(uuid, uuid, date, date) from public;
revoke all on function app.forget_anonymous_checkins(uuid, uuid, date) from public;
