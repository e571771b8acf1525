-- The ends of the chains. Kept elsewhere, a checkpoint proves later that nothing up to there was cut off or rewritten,
-- not even by who holds the key.
create function app.audit_checkpoint() returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'format', 'carebase audit checkpoint 1',
    'made_at', clock_timestamp(),
    'run', (
      select jsonb_build_object('number', runs.number, 'code', encode(runs.code, 'hex'))
      from app.audit_runs as runs order by runs.number desc limit 1
    ),
    'chains', coalesce(
      (
        select jsonb_agg(
          jsonb_build_object('org_id', ends.org_id, 'number', ends.number, 'code', encode(ends.code, 'hex'))
          order by ends.org_id
        )
        from (
          select distinct on (seals.org_id) seals.org_id, seals.number, seals.code
          from app.audit_seals as seals
          order by seals.org_id, seals.number desc
        ) as ends
      ),
      '[]'
    )
  )
$$;

comment on function app.audit_checkpoint() is 'The ends of all chains and of the runs, to be kept elsewhere.';

create function app.verify_audit_checkpoint(p_checkpoint jsonb, p_org_id uuid default null) returns table (
  org_id uuid,
  seal_number bigint,
  event_id uuid,
  fault text
)
language sql stable
set search_path = ''
as $$
  select
    (chain.said ->> 'org_id')::uuid,
    (chain.said ->> 'number')::bigint,
    null::uuid,
    case when seals.org_id is null then 'cut off' else 'rewritten since the checkpoint' end
  from jsonb_array_elements(p_checkpoint -> 'chains') as chain (said)
  left join app.audit_seals as seals
    on seals.org_id = (chain.said ->> 'org_id')::uuid and seals.number = (chain.said ->> 'number')::bigint
  where
    (p_org_id is null or (chain.said ->> 'org_id')::uuid = p_org_id)
    and encode(seals.code, 'hex') is distinct from chain.said ->> 'code'
  union all
  select
    null::uuid,
    (p_checkpoint -> 'run' ->> 'number')::bigint,
    null::uuid,
    case when runs.number is null then 'runs cut off' else 'runs rewritten since the checkpoint' end
  from (select) as one
  left join app.audit_runs as runs on runs.number = (p_checkpoint -> 'run' ->> 'number')::bigint
  where
    p_checkpoint -> 'run' ->> 'number' is not null
    and encode(runs.code, 'hex') is distinct from p_checkpoint -> 'run' ->> 'code'
$$;

comment on function app.verify_audit_checkpoint(jsonb, uuid) is
'Where the chains are not what they were at a checkpoint; no row where they still are.';

revoke all on function app.audit_checkpoint() from public;
revoke all on function app.verify_audit_checkpoint(jsonb, uuid) from public;
