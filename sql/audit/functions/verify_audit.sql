-- The chains read from their beginning, against the events that are there. Of each organization the first fault only:
-- once a place does not fit, nothing behind it says anything.
create function app.verify_audit(p_org_id uuid default null, p_since timestamptz default null) returns table (
  org_id uuid,
  seal_number bigint,
  event_id uuid,
  fault text,
  seal_count bigint,
  event_count bigint
)
language plpgsql stable
set search_path = ''
as $$
begin
  return query select * from app.verify_audit_runs(p_since);
  return query
  select found.*
  from (
    select seals.org_id from app.audit_seals as seals group by seals.org_id
    union
    select events.org_id from public.audit_events as events group by events.org_id
  ) as chains
  cross join lateral app.verify_audit_chain(chains.org_id, p_since) as found
  where p_org_id is null or chains.org_id = p_org_id
  order by chains.org_id;
end
$$;

comment on function app.verify_audit(uuid, timestamptz) is
'One row per chain: how much of it was verified, and the first fault in it, null where all is well. The first rows,
without an organization, are about the runs of sealing, which tell where a chain was cut off.
p_org_id: this organization''s only, and the runs.
p_since: only what was sealed since; what is before is trusted.';

create function app.verify_audit_chain(p_org_id uuid, p_since timestamptz) returns table (
  org_id uuid,
  seal_number bigint,
  event_id uuid,
  fault text,
  seal_count bigint,
  event_count bigint
)
language plpgsql stable
set search_path = ''
as $$
declare
  v_seal app.audit_seals;
  v_key bytea;
  v_version smallint;
  v_number bigint := 0;
  v_code bytea := decode(repeat('00', 32), 'hex');
begin
  org_id := p_org_id;
  seal_count := 0;
  event_count := 0;
  if p_since is not null then
    select seals.number, seals.code into v_number, v_code
    from app.audit_seals as seals
    where seals.org_id = p_org_id and seals.sealed_at < p_since
    order by seals.number desc
    limit 1;
    v_number := coalesce(v_number, 0);
    v_code := coalesce(v_code, decode(repeat('00', 32), 'hex'));
  end if;

  for v_seal in
    select seals.* from app.audit_seals as seals
    where seals.org_id = p_org_id and seals.number > v_number
    order by seals.number
  loop
    v_number := v_number + 1;
    if v_version is distinct from v_seal.key_version then
      v_version := v_seal.key_version;
      v_key := app.audit_key(p_org_id, v_version);
    end if;
    seal_number := v_number;
    if v_seal.number <> v_number then
      fault := 'missing seal';
    elsif v_seal.previous_code <> v_code or v_seal.code <> app.audit_seal_code(v_seal, v_key) then
      fault := app.explain_audit_seal(v_seal, v_key);
    else
      select found.event_id, found.fault into event_id, fault from app.verify_audit_seal(v_seal) as found;
    end if;
    exit when fault is not null;
    v_code := v_seal.code;
    seal_count := seal_count + 1;
    event_count := event_count + v_seal.event_count;
  end loop;

  if fault is null then
    select found.id, 'inserted' into event_id, fault
    from app.unsealed_though_passed(p_org_id, p_since) as found (id);
    seal_number := null;
  end if;
  return next;
end
$$;

comment on function app.verify_audit_chain(uuid, timestamptz) is
'One row: how much of an organization''s chain was verified, and the first fault: missing seal, altered seal,
reordered, altered contents, missing contents, missing, altered, or inserted.';

create function app.explain_audit_seal(p_seal app.audit_seals, p_key bytea) returns text
language plpgsql stable
set search_path = ''
as $$
declare
  v_moved app.audit_seals := p_seal;
  v_number bigint;
begin
  if p_seal.code = app.audit_seal_code(p_seal, p_key) then
    return 'seal before it altered';
  end if;
  -- Whole, but at another place than it was made for?
  for v_number in
    select seals.number from app.audit_seals as seals where seals.org_id = p_seal.org_id
  loop
    v_moved.number := v_number;
    if p_seal.code = app.audit_seal_code(v_moved, p_key) then
      return 'reordered';
    end if;
  end loop;
  return 'altered seal';
end
$$;

comment on function app.explain_audit_seal(app.audit_seals, bytea) is 'Why a seal does not fit its place.';

create function app.verify_audit_seal(p_seal app.audit_seals) returns table (event_id uuid, fault text)
language plpgsql stable
set search_path = ''
set timezone = 'UTC'
set datestyle = 'ISO, YMD'
as $$
declare
  v_contents app.audit_contents;
  v_end date;
begin
  if app.is_audit_month_dropped(p_seal.month_date) then
    return;
  end if;
  select contents.* into v_contents
  from app.audit_contents as contents
  where
    contents.org_id = p_seal.org_id and contents.number = p_seal.number and contents.month_date = p_seal.month_date;
  if not found then
    return query select null::uuid, 'missing contents';
    return;
  end if;
  if app.audit_contents_digest(v_contents.event_ids, v_contents.event_digests) <> p_seal.contents_digest then
    return query select null::uuid, 'altered contents';
    return;
  end if;
  v_end := p_seal.month_date + interval '1 month';
  return query
  select
    sealed.id,
    case when events.id is null then 'missing' else 'altered' end
  from unnest(v_contents.event_ids) with ordinality as sealed (id, place)
  left join public.audit_events as events
    on
      events.org_id = p_seal.org_id
      and events.id = sealed.id
      and events.occurred_at >= (p_seal.month_date::timestamp at time zone 'UTC')
      and events.occurred_at < (v_end::timestamp at time zone 'UTC')
  where
    events.id is null
    or app.audit_digest(events) <> substring(v_contents.event_digests from (sealed.place::integer - 1) * 32 + 1 for 32)
  order by sealed.place
  limit 1;
end
$$;

comment on function app.verify_audit_seal(app.audit_seals) is
'The first event under a seal that is missing or altered; no row where all are as they were.';

-- An event that sealing has passed by was put there afterwards.
create function app.unsealed_though_passed(p_org_id uuid, p_since timestamptz) returns setof uuid
language sql stable
set search_path = ''
as $$
  with last as (
    select runs.snapshot, runs.era_began_at from app.audit_runs as runs order by runs.number desc limit 1
  )

  select events.id
  from public.audit_events as events
  cross join last
  where
    events.org_id = p_org_id
    and (p_since is null or events.occurred_at >= p_since)
    and (pg_visible_in_snapshot(events.transaction_id, last.snapshot) or events.occurred_at < last.era_began_at)
    and not exists (
      select from (
        select unnest(contents.event_ids) as id
        from app.audit_contents as contents
        where
          contents.org_id = p_org_id
          and (p_since is null or contents.month_date >= app.audit_month(p_since))
      ) as sealed
      where sealed.id = events.id
    )
  order by events.transaction_id, events.id
  limit 1
$$;

comment on function app.unsealed_though_passed(uuid, timestamptz) is
'The first event that is not under a seal although sealing has passed it; null if there is none.';

revoke all on function app.verify_audit(uuid, timestamptz) from public;
revoke all on function app.verify_audit_chain(uuid, timestamptz) from public;
revoke all on function app.explain_audit_seal(app.audit_seals, bytea) from public;
revoke all on function app.verify_audit_seal(app.audit_seals) from public;
revoke all on function app.unsealed_though_passed(uuid, timestamptz) from public;
