-- Compiled from sql/resilience/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.nurse_questions enable row level security;
alter table public.nurse_questions force row level security;

revoke all on public.nurse_questions from public, anon, authenticated, service_role;
grant select, insert, update, delete on public.nurse_questions to service_role;

create policy floor_organization on public.nurse_questions
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.nurse_questions is
'Whatever else is allowed: only rows of the active organization.';

create trigger _100_stamp
before insert or update on public.nurse_questions
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.nurse_questions
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '*', ''
);

-- Whatever is written to a sealed column is sealed here, before the row is anywhere; nobody can store a sealed value of
-- their own making. Its arguments say what is sealed, for whoever re-seals (app.sealed_tables()).
-- SECURITY DEFINER because keys are nobody's to read; it answers nothing.
create function app.seal_nurse_questions() returns trigger
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_key record;
begin
  if tg_op = 'UPDATE' then
    if (new.org_id) is distinct from (old.org_id) then
      perform app.raise_error('conflict', 'A row with sealed values stays with its owner: enter it anew.');
    end if;
    if (
      new.question_text
    ) is not distinct from (
      old.question_text
    ) then
      return new;
    end if;
    -- The same value under another key is no change that anybody should learn of.
    if current_setting('carebase.resealing', true) = 'on' then
      new.version := old.version;
      new.updated_at := old.updated_at;
      new.updated_by := old.updated_by;
    end if;
  end if;

  v_key := app.sealing_key('seal', new.org_id, null::uuid);
  if tg_op = 'INSERT' or new.question_text is distinct from old.question_text then
    new.question_text := app.seal_value(
      v_key.key_id, v_key.schedule,
      app.sealed_context('carebase:1:public.nurse_questions:question_text:', new.org_id, null::uuid),
      new.question_text
    );
  end if;
  return new;
end
$$;

comment on function app.seal_nurse_questions() is
'Seals question_text on their way into nurse_questions.';

revoke all on function app.seal_nurse_questions() from public, anon, authenticated, service_role;

create trigger _300_seal
before insert or update on public.nurse_questions
for each row execute function app.seal_nurse_questions(
  'id',
  'org_id',
  'null::uuid',
  'question_text'
);

-- Private: nobody selects the table, and the functions of its room that call this authorize for themselves. The active
-- organization is the bound. One event per call says who opened whose.
create function app.open_nurse_questions(
  p_ids uuid[], p_purpose public.access_purpose
) returns table (
  id uuid,
  question_text text
)
language plpgsql volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
  with found as materialized (
    select
      id as row_id,
      org_id as org_id,
      null::uuid as subject_id,
      patient_id as about_id,
      question_text as value_1
    from public.nurse_questions
    where
      id = any(p_ids)
      and deleted_at is null
      and org_id = (select app.current_org())
  ),

  needed as materialized (
    select
      array(
        select substr(value_1, 2, 16) from found
      ) as tags
  ),

  keys as materialized (
    select unwrapped.tag, unwrapped.schedule from needed cross join lateral app.unwrap_keys(needed.tags) as unwrapped
  ),

  noted as materialized (
    select app.note_access(
      p_purpose, 'public.nurse_questions', (array_agg(found.org_id))[1], array_remove(array_agg(distinct found.about_id), null),
      count(*), (select needed.tags from needed)
    )
    from found
    having count(*) > 0
  ),

  opened as materialized (
    select
      found.row_id,
      found.value_1 is null or key_1.tag is null as is_empty_1,
      app.open_value(
        key_1.schedule, app.sealed_context('carebase:1:public.nurse_questions:question_text:', found.org_id, found.subject_id),
        found.value_1
      ) as plain_1
    from found
    left join keys as key_1 on key_1.tag = substr(found.value_1, 2, 16)
  )

  select
    opened.row_id,
    (case
      when is_empty_1 then null
      when plain_1 is null then app.refuse_damaged('public.nurse_questions.question_text', row_id)
      else convert_from(plain_1, 'UTF8')
    end)
  from opened
  cross join noted;
end
$$;

comment on function app.open_nurse_questions(uuid[], public.access_purpose) is
'Opens question_text of nurse_questions, for functions that say themselves whom they serve.';

revoke all on function app.open_nurse_questions(uuid[], public.access_purpose)
from public, anon, authenticated, service_role;
