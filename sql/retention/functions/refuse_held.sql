-- Placing a hold and deleting rows of one organization take turns: whoever deletes holds this lock shared until the
-- end of the transaction, whoever places a hold has it alone. So when place_legal_hold() has returned, every deletion
-- that did not know of the hold is over, and every later one does.
create function app.hold_lock(p_org_id uuid) returns bigint
language sql immutable
return hashtextextended('carebase.legal_holds ' || p_org_id, 0);

comment on function app.hold_lock(uuid) is 'The advisory lock between legal holds and deletions of an organization.';

create function app.is_held(p_org_id uuid, p_table_name text, p_row_id uuid, p_people uuid[]) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
    select from public.legal_holds as holds
    where
      holds.org_id = p_org_id
      and holds.released_at is null
      and coalesce(holds.table_name = p_table_name, true)
      and coalesce(holds.row_id = p_row_id, true)
      and (holds.subject_id is null or holds.subject_id = any(p_people))
  )
$$;

comment on function app.is_held(uuid, text, uuid, uuid[]) is
'Whether a legal hold covers this row, which is about these people.';

-- Whoever deletes, in whatever way: the job, a cascade, the service role. The lock is taken first and the holds are
-- read by a statement of its own, which sees all that were placed before; a transaction with one snapshot for all its
-- statements would not, and is refused.
-- SECURITY DEFINER because who may delete a row need not be let read the holds. A trigger function: it answers nothing
-- but that the row is kept.
create function app.refuse_held() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_row constant jsonb := to_jsonb(old);
  v_org_id constant uuid := v_row ->> tg_argv[0];
begin
  if current_setting('transaction_isolation') not in ('read committed', 'read uncommitted') then
    raise exception 'Rows of % are deleted in transactions that are READ COMMITTED: others do not see new legal holds.',
      tg_table_name using errcode = 'object_not_in_prerequisite_state';
  end if;
  perform pg_advisory_xact_lock_shared(app.hold_lock(v_org_id));
  if app.is_held(
    v_org_id, tg_table_name, (v_row ->> tg_argv[1])::uuid,
    array(select (v_row ->> people.name)::uuid from unnest(string_to_array(tg_argv[6], ',')) as people (name))
  ) then
    perform app.raise_error('conflict', 'A legal hold keeps this row.');
  end if;
  return old;
end
$$;

comment on function app.refuse_held() is
'Trigger _200_hold of tables that are purged: what a legal hold covers is not deleted. Its arguments are what
app.purged_tables() answers.';

revoke all on function app.hold_lock(uuid) from public;
revoke all on function app.is_held(uuid, text, uuid, uuid[]) from public;
revoke all on function app.refuse_held() from public;
