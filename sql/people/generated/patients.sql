-- Compiled from sql/people/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.patients enable row level security;
alter table public.patients force row level security;

revoke all on public.patients from public, anon, authenticated, service_role;
grant select (
  id,
  user_id,
  family_name,
  given_names,
  birth_date,
  birth_date_precision,
  is_active,
  created_at,
  created_by,
  updated_at,
  updated_by,
  version,
  deleted_at
) on public.patients to authenticated;
grant select, insert, update, delete on public.patients to service_role;

create policy floor_person on public.patients
as restrictive for all to anon, authenticated
using (
  user_id = (select app.my_id())
  or id = any(array(
    select link.patient_id
    from public.org_patients as link
    where link.org_id = (select app.current_org()) and link.deleted_at is null
  ))
)
with check (
  user_id = (select app.my_id())
  or id = any(array(
    select link.patient_id
    from public.org_patients as link
    where link.org_id = (select app.current_org()) and link.deleted_at is null
  ))
);
comment on policy floor_person on public.patients is
'Whatever else is allowed: only rows of the person, or of people whom the active organization knows.';

create policy select_own_or_related_or_looked_after on public.patients
for select to authenticated
using (
  deleted_at is null
  and (
    (
      (select app.my_id()) is not null
      and user_id = (select app.my_id())
    )
    or (
      (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'scheduler', 'billing'))
      and id = any(array(
        select link.patient_id
        from public.org_patients as link
        where link.org_id = (select app.current_org()) and link.deleted_at is null
      ))
    )
    or (
      (select app.has_role('manager', 'carer'))
      and id = any(array(
        select link.patient_id
        from public.org_patients as link
        where
          link.org_id = (select app.current_org())
          and link.site_id = any((select app.my_sites('manager', 'carer'))::uuid[])
          and link.deleted_at is null
      ))
    )
  )
);
comment on policy select_own_or_related_or_looked_after on public.patients is
'anyone who is signed in: their own rows; care_manager, case_manager, nurse, clinician, scheduler, billing: people whom the active organization knows; manager, carer: people who are looked after at sites they are assigned to.';

create trigger _100_stamp
before insert or update on public.patients
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.patients
for each row execute function app.audit_row(
  '', 'id', 'family_name,given_names,birth_date,gender,is_deceased,deceased_at,family_name_index,birth_date_index', ''
);

-- Columns are granted to the one role that everyone who is signed in has, so the restricted ones are granted to
-- nobody and read here. SECURITY DEFINER because of that alone: the predicate is the authorization, and says by which
-- of their roles the caller may read which column of which row.
create function app.read_patients_restricted(p_ids uuid[]) returns table (
  id uuid,
  is_deceased boolean
)
language sql stable
security definer
set search_path = ''
as $$
  select
    id,
    is_deceased
  from public.patients
  where
    id = any(p_ids)
    and deleted_at is null
    and (
      user_id = (select app.my_id())
      or id = any(array(
        select link.patient_id
        from public.org_patients as link
        where link.org_id = (select app.current_org()) and link.deleted_at is null
      ))
    )
    and (
      (
        (select app.my_id()) is not null
        and user_id = (select app.my_id())
      )
      or (
        (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician'))
        and id = any(array(
          select link.patient_id
          from public.org_patients as link
          where link.org_id = (select app.current_org()) and link.deleted_at is null
        ))
      )
      or (
        (select app.has_role('manager', 'carer'))
        and id = any(array(
          select link.patient_id
          from public.org_patients as link
          where
            link.org_id = (select app.current_org())
            and link.site_id = any((select app.my_sites('manager', 'carer'))::uuid[])
            and link.deleted_at is null
        ))
      )
    )
$$;

comment on function app.read_patients_restricted(uuid[]) is
'The restricted columns of patients, for whom the matrix opens them; behind public.get_patients_restricted.';

revoke all on function app.read_patients_restricted(uuid[]) from public, anon, authenticated, service_role;
grant execute on function app.read_patients_restricted(uuid[]) to authenticated;

-- The rows are first found as the caller: whatever else holds a row back holds its restricted columns back.
create function public.get_patients_restricted(p_ids uuid[]) returns table (
  id uuid,
  is_deceased boolean
)
language plpgsql stable
set search_path = ''
as $$
begin
  if app.current_org() is null and app.my_id() is null then
    perform app.raise_error('not_authenticated', 'Sign in first.');
  end if;
  perform app.check_input('p_ids', cardinality(p_ids) <= 1000, 'At most 1000 ids at once.');

  return query
  select opened.*
  from app.read_patients_restricted(array(
    select seen.id from public.patients as seen where seen.id = any(p_ids)
  )) as opened;
end
$$;

comment on function public.get_patients_restricted(uuid[]) is
'The columns of patients that not everyone who sees a row may read; they cannot be selected.
is_deceased: for manager, care_manager, case_manager, nurse, clinician, carer, and their owner.
A row of which the caller may read none of them is not in the answer.
p_ids: id of the rows, at most 1000.
Never null: id.
Errors: not_authenticated, invalid_input.';

revoke all on function public.get_patients_restricted(uuid[]) from public, anon, authenticated, service_role;
grant execute on function public.get_patients_restricted(uuid[]) to authenticated;

-- Whatever is written to a sealed column is sealed here, before the row is anywhere; nobody can store a sealed value of
-- their own making. Its arguments say what is sealed, for whoever re-seals (app.sealed_tables()).
-- SECURITY DEFINER because keys are nobody's to read; it answers nothing.
create function app.seal_patients() returns trigger
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_key record;
  v_index record;
begin
  if tg_op = 'UPDATE' then
    if (new.id) is distinct from (old.id) then
      perform app.raise_error('conflict', 'A row with sealed values stays with its owner: enter it anew.');
    end if;
    -- Destroying a person's key empties the indexes; nothing else writes them but what follows.
    if current_setting('carebase.resealing', true) is distinct from 'on' then
      new.family_name_index := old.family_name_index;
      new.birth_date_index := old.birth_date_index;
    end if;
    if (
      new.family_name, new.given_names, new.birth_date, new.gender, new.deceased_at
    ) is not distinct from (
      old.family_name, old.given_names, old.birth_date, old.gender, old.deceased_at
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

  v_key := app.sealing_key('seal', null::uuid, new.id);
  v_index := app.sealing_key('index', null::uuid, null);
  if tg_op = 'INSERT' or new.family_name is distinct from old.family_name then
    new.family_name_index := app.blind_index(
      v_index.schedule, 'carebase:1:public.patients:family_name:', convert_from(new.family_name, 'UTF8')
    );
    new.family_name := app.seal_value(
      v_key.key_id, v_key.schedule,
      app.sealed_context('carebase:1:public.patients:family_name:', null::uuid, new.id),
      new.family_name
    );
  end if;
  if tg_op = 'INSERT' or new.given_names is distinct from old.given_names then
    perform app.check_plain('given_names', 'jsonb', new.given_names);
    new.given_names := app.seal_value(
      v_key.key_id, v_key.schedule,
      app.sealed_context('carebase:1:public.patients:given_names:', null::uuid, new.id),
      new.given_names
    );
  end if;
  if tg_op = 'INSERT' or new.birth_date is distinct from old.birth_date then
    perform app.check_plain('birth_date', 'date', new.birth_date);
    new.birth_date_index := app.blind_index(
      v_index.schedule, 'carebase:1:public.patients:birth_date:', convert_from(new.birth_date, 'UTF8')
    );
    new.birth_date := app.seal_value(
      v_key.key_id, v_key.schedule,
      app.sealed_context('carebase:1:public.patients:birth_date:', null::uuid, new.id),
      new.birth_date
    );
  end if;
  if tg_op = 'INSERT' or new.gender is distinct from old.gender then
    new.gender := app.seal_value(
      v_key.key_id, v_key.schedule,
      app.sealed_context('carebase:1:public.patients:gender:', null::uuid, new.id),
      new.gender
    );
  end if;
  if tg_op = 'INSERT' or new.deceased_at is distinct from old.deceased_at then
    perform app.check_plain('deceased_at', 'timestamptz', new.deceased_at);
    new.deceased_at := app.seal_value(
      v_key.key_id, v_key.schedule,
      app.sealed_context('carebase:1:public.patients:deceased_at:', null::uuid, new.id),
      new.deceased_at
    );
  end if;
  return new;
end
$$;

comment on function app.seal_patients() is
'Seals family_name, given_names, birth_date, gender, deceased_at on their way into patients.';

revoke all on function app.seal_patients() from public, anon, authenticated, service_role;

create trigger _300_seal
before insert or update on public.patients
for each row execute function app.seal_patients(
  'id',
  'null::uuid',
  'id',
  'family_name+',
  'given_names',
  'birth_date+',
  'gender',
  'deceased_at'
);

-- SECURITY DEFINER because keys are nobody's to read. The predicate is the authorization: who may select a row may open
-- it, and says what for. One event per call says who opened whose, another what they asked for and do not see.
create function app.open_patients(
  p_ids uuid[], p_purpose public.access_purpose, p_asked_ids uuid[] default null
) returns table (
  id uuid,
  family_name text,
  given_names jsonb,
  birth_date date,
  gender text,
  deceased_at timestamptz
)
language plpgsql volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform app.note_refusal(
    p_purpose, 'public.patients', array(select unnest(p_asked_ids) except select unnest(p_ids))
  );

  return query
  with found as materialized (
    select
      id as row_id,
      null::uuid as org_id,
      id as subject_id,
      family_name as value_1,
      given_names as value_2,
      birth_date as value_3,
      case
        when (
          (
            (select app.my_id()) is not null
            and user_id = (select app.my_id())
          )
          or (
            (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician'))
            and id = any(array(
              select link.patient_id
              from public.org_patients as link
              where link.org_id = (select app.current_org()) and link.deleted_at is null
            ))
          )
          or (
            (select app.has_role('manager', 'carer'))
            and id = any(array(
              select link.patient_id
              from public.org_patients as link
              where
                link.org_id = (select app.current_org())
                and link.site_id = any((select app.my_sites('manager', 'carer'))::uuid[])
                and link.deleted_at is null
            ))
          )
        ) then gender
      end as value_4,
      case
        when (
          (
            (select app.my_id()) is not null
            and user_id = (select app.my_id())
          )
          or (
            (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician'))
            and id = any(array(
              select link.patient_id
              from public.org_patients as link
              where link.org_id = (select app.current_org()) and link.deleted_at is null
            ))
          )
          or (
            (select app.has_role('manager'))
            and id = any(array(
              select link.patient_id
              from public.org_patients as link
              where
                link.org_id = (select app.current_org())
                and link.site_id = any((select app.my_sites('manager'))::uuid[])
                and link.deleted_at is null
            ))
          )
        ) then deceased_at
      end as value_5
    from public.patients
    where
      id = any(p_ids)
      and deleted_at is null
      and (
        user_id = (select app.my_id())
        or id = any(array(
          select link.patient_id
          from public.org_patients as link
          where link.org_id = (select app.current_org()) and link.deleted_at is null
        ))
      )
      and (
        (
          (select app.my_id()) is not null
          and user_id = (select app.my_id())
        )
        or (
          (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'scheduler', 'billing'))
          and id = any(array(
            select link.patient_id
            from public.org_patients as link
            where link.org_id = (select app.current_org()) and link.deleted_at is null
          ))
        )
        or (
          (select app.has_role('manager', 'carer'))
          and id = any(array(
            select link.patient_id
            from public.org_patients as link
            where
              link.org_id = (select app.current_org())
              and link.site_id = any((select app.my_sites('manager', 'carer'))::uuid[])
              and link.deleted_at is null
          ))
        )
      )
  ),

  needed as materialized (
    select
      array(
        select substr(value_1, 2, 16) from found union
        select substr(value_2, 2, 16) from found union
        select substr(value_3, 2, 16) from found union
        select substr(value_4, 2, 16) from found union
        select substr(value_5, 2, 16) from found
      ) as tags
  ),

  keys as materialized (
    select unwrapped.tag, unwrapped.schedule from needed cross join lateral app.unwrap_keys(needed.tags) as unwrapped
  ),

  noted as materialized (
    select app.note_access(
      p_purpose, 'public.patients', (array_agg(found.org_id))[1], array_agg(distinct found.subject_id),
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
        key_1.schedule, app.sealed_context('carebase:1:public.patients:family_name:', found.org_id, found.subject_id),
        found.value_1
      ) as plain_1,
      found.value_2 is null or key_2.tag is null as is_empty_2,
      app.open_value(
        key_2.schedule, app.sealed_context('carebase:1:public.patients:given_names:', found.org_id, found.subject_id),
        found.value_2
      ) as plain_2,
      found.value_3 is null or key_3.tag is null as is_empty_3,
      app.open_value(
        key_3.schedule, app.sealed_context('carebase:1:public.patients:birth_date:', found.org_id, found.subject_id),
        found.value_3
      ) as plain_3,
      found.value_4 is null or key_4.tag is null as is_empty_4,
      app.open_value(
        key_4.schedule, app.sealed_context('carebase:1:public.patients:gender:', found.org_id, found.subject_id),
        found.value_4
      ) as plain_4,
      found.value_5 is null or key_5.tag is null as is_empty_5,
      app.open_value(
        key_5.schedule, app.sealed_context('carebase:1:public.patients:deceased_at:', found.org_id, found.subject_id),
        found.value_5
      ) as plain_5
    from found
    left join keys as key_1 on key_1.tag = substr(found.value_1, 2, 16)
    left join keys as key_2 on key_2.tag = substr(found.value_2, 2, 16)
    left join keys as key_3 on key_3.tag = substr(found.value_3, 2, 16)
    left join keys as key_4 on key_4.tag = substr(found.value_4, 2, 16)
    left join keys as key_5 on key_5.tag = substr(found.value_5, 2, 16)
  )

  select
    opened.row_id,
    (case
      when is_empty_1 then null
      when plain_1 is null then app.refuse_damaged('public.patients.family_name', row_id)
      else convert_from(plain_1, 'UTF8')
    end),
    (case
      when is_empty_2 then null
      when plain_2 is null then app.refuse_damaged('public.patients.given_names', row_id)
      else convert_from(plain_2, 'UTF8')
    end)::jsonb,
    (case
      when is_empty_3 then null
      when plain_3 is null then app.refuse_damaged('public.patients.birth_date', row_id)
      else convert_from(plain_3, 'UTF8')
    end)::date,
    (case
      when is_empty_4 then null
      when plain_4 is null then app.refuse_damaged('public.patients.gender', row_id)
      else convert_from(plain_4, 'UTF8')
    end),
    (case
      when is_empty_5 then null
      when plain_5 is null then app.refuse_damaged('public.patients.deceased_at', row_id)
      else convert_from(plain_5, 'UTF8')
    end)::timestamptz
  from opened
  cross join noted;
end
$$;

comment on function app.open_patients(uuid[], public.access_purpose, uuid[]) is
'Opens family_name, given_names, birth_date, gender, deceased_at of patients, for whom the matrix lets;
behind public.open_patients and lists.';

revoke all on function app.open_patients(uuid[], public.access_purpose, uuid[])
from public, anon, authenticated, service_role;
grant execute on function app.open_patients(uuid[], public.access_purpose, uuid[]) to authenticated;

-- The rows are first found as the caller: whatever else holds a row back holds back what is sealed in it.
create function public.open_patients(p_ids uuid[], p_purpose public.access_purpose) returns table (
  id uuid,
  family_name text,
  given_names jsonb,
  birth_date date,
  gender text,
  deceased_at timestamptz
)
language plpgsql volatile
set search_path = ''
as $$
begin
  if app.current_org() is null and app.my_id() is null then
    perform app.raise_error('not_authenticated', 'Sign in first.');
  end if;
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you open it for.');
  perform app.check_input('p_ids', cardinality(p_ids) <= 1000, 'At most 1000 ids at once.');

  return query
  select opened.*
  from app.open_patients(
    array(select seen.id from public.patients as seen where seen.id = any(p_ids)),
    p_purpose, p_ids
  ) as opened;
end
$$;

comment on function public.open_patients(uuid[], public.access_purpose) is
'family_name, given_names, birth_date, gender, deceased_at of patients, which are stored sealed.
Each call leaves an event: who opened whose, and what for; another, if ids were asked for that the caller does not see.
A column whose key was destroyed, or that the caller may not read, is null.
p_ids: id of the rows, at most 1000; of rows that the caller does not see nothing comes back.
p_purpose: what for.
Never null: id.
Errors: not_authenticated, invalid_input.';

revoke all on function public.open_patients(uuid[], public.access_purpose)
from public, anon, authenticated, service_role;
grant execute on function public.open_patients(uuid[], public.access_purpose) to authenticated;

-- SECURITY DEFINER because indexes and their keys are nobody's to read: whoever compared them would learn who is called
-- the same. It only finds ids; app.open_patients() decides which of them the caller may open, and what it opens is
-- compared in full, because an index is cut short.
create function app.find_patients_by_family_name(
  p_family_name text, p_purpose public.access_purpose
) returns table (
  id uuid,
  family_name text,
  given_names jsonb,
  birth_date date,
  gender text,
  deceased_at timestamptz
)
language plpgsql volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
  select opened.*
  from app.open_patients(
    array(
      select id
      from public.patients
      where
        family_name_index = any(app.blind_indexes(
          null, 'carebase:1:public.patients:family_name:', p_family_name
        ))
        and deleted_at is null
        and (
          user_id = (select app.my_id())
          or id = any(array(
            select link.patient_id
            from public.org_patients as link
            where link.org_id = (select app.current_org()) and link.deleted_at is null
          ))
        )
        and (
          (
            (select app.my_id()) is not null
            and user_id = (select app.my_id())
          )
          or (
            (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'scheduler', 'billing'))
            and id = any(array(
              select link.patient_id
              from public.org_patients as link
              where link.org_id = (select app.current_org()) and link.deleted_at is null
            ))
          )
          or (
            (select app.has_role('manager', 'carer'))
            and id = any(array(
              select link.patient_id
              from public.org_patients as link
              where
                link.org_id = (select app.current_org())
                and link.site_id = any((select app.my_sites('manager', 'carer'))::uuid[])
                and link.deleted_at is null
            ))
          )
        )
      limit 1000
    ),
    p_purpose
  ) as opened
  where app.index_form(opened.family_name::text) = app.index_form(p_family_name);
end
$$;

comment on function app.find_patients_by_family_name(text, public.access_purpose) is
'What public.find_patients_by_family_name does.';

revoke all on function app.find_patients_by_family_name(text, public.access_purpose)
from public, anon, authenticated, service_role;
grant execute on function app.find_patients_by_family_name(text, public.access_purpose)
to authenticated;

create function public.find_patients_by_family_name(
  p_family_name text, p_purpose public.access_purpose
) returns table (
  id uuid,
  family_name text,
  given_names jsonb,
  birth_date date,
  gender text,
  deceased_at timestamptz
)
language plpgsql volatile
set search_path = ''
as $$
begin
  if app.current_org() is null and app.my_id() is null then
    perform app.raise_error('not_authenticated', 'Sign in first.');
  end if;
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you open it for.');
  perform app.check_input(
    'p_family_name', length(p_family_name) between 1 and 200, 'Say 1 to 200 characters.'
  );

  return query
  select found.* from app.find_patients_by_family_name(p_family_name, p_purpose) as found;
end
$$;

comment on function public.find_patients_by_family_name(text, public.access_purpose) is
'The rows of patients whose family_name is this one, but for case, width and spaces; opened, with an event as
open_patients() leaves it.
p_family_name: 1 to 200 characters, the whole value.
p_purpose: what for.
Never null: id.
Errors: not_authenticated, invalid_input.';

revoke all on function public.find_patients_by_family_name(text, public.access_purpose)
from public, anon, authenticated, service_role;
grant execute on function public.find_patients_by_family_name(text, public.access_purpose)
to authenticated;

-- SECURITY DEFINER because indexes and their keys are nobody's to read: whoever compared them would learn who is called
-- the same. It only finds ids; app.open_patients() decides which of them the caller may open, and what it opens is
-- compared in full, because an index is cut short.
create function app.find_patients_by_birth_date(
  p_birth_date text, p_purpose public.access_purpose
) returns table (
  id uuid,
  family_name text,
  given_names jsonb,
  birth_date date,
  gender text,
  deceased_at timestamptz
)
language plpgsql volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
  select opened.*
  from app.open_patients(
    array(
      select id
      from public.patients
      where
        birth_date_index = any(app.blind_indexes(
          null, 'carebase:1:public.patients:birth_date:', p_birth_date
        ))
        and deleted_at is null
        and (
          user_id = (select app.my_id())
          or id = any(array(
            select link.patient_id
            from public.org_patients as link
            where link.org_id = (select app.current_org()) and link.deleted_at is null
          ))
        )
        and (
          (
            (select app.my_id()) is not null
            and user_id = (select app.my_id())
          )
          or (
            (select app.has_role('care_manager', 'case_manager', 'nurse', 'clinician', 'scheduler', 'billing'))
            and id = any(array(
              select link.patient_id
              from public.org_patients as link
              where link.org_id = (select app.current_org()) and link.deleted_at is null
            ))
          )
          or (
            (select app.has_role('manager', 'carer'))
            and id = any(array(
              select link.patient_id
              from public.org_patients as link
              where
                link.org_id = (select app.current_org())
                and link.site_id = any((select app.my_sites('manager', 'carer'))::uuid[])
                and link.deleted_at is null
            ))
          )
        )
      limit 1000
    ),
    p_purpose
  ) as opened
  where app.index_form(opened.birth_date::text) = app.index_form(p_birth_date);
end
$$;

comment on function app.find_patients_by_birth_date(text, public.access_purpose) is
'What public.find_patients_by_birth_date does.';

revoke all on function app.find_patients_by_birth_date(text, public.access_purpose)
from public, anon, authenticated, service_role;
grant execute on function app.find_patients_by_birth_date(text, public.access_purpose)
to authenticated;

create function public.find_patients_by_birth_date(
  p_birth_date text, p_purpose public.access_purpose
) returns table (
  id uuid,
  family_name text,
  given_names jsonb,
  birth_date date,
  gender text,
  deceased_at timestamptz
)
language plpgsql volatile
set search_path = ''
as $$
begin
  if app.current_org() is null and app.my_id() is null then
    perform app.raise_error('not_authenticated', 'Sign in first.');
  end if;
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you open it for.');
  perform app.check_input(
    'p_birth_date', length(p_birth_date) between 1 and 200, 'Say 1 to 200 characters.'
  );
  -- Written in another way it would find nobody, and look as if nobody was there.
  perform app.check_input(
    'p_birth_date', p_birth_date ~ '^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*$', 'Write the day as 1950-12-31.'
  );

  return query
  select found.* from app.find_patients_by_birth_date(p_birth_date, p_purpose) as found;
end
$$;

comment on function public.find_patients_by_birth_date(text, public.access_purpose) is
'The rows of patients whose birth_date is this one, but for case, width and spaces; opened, with an event as
open_patients() leaves it.
p_birth_date: the day, as 1950-12-31.
p_purpose: what for.
Never null: id.
Errors: not_authenticated, invalid_input.';

revoke all on function public.find_patients_by_birth_date(text, public.access_purpose)
from public, anon, authenticated, service_role;
grant execute on function public.find_patients_by_birth_date(text, public.access_purpose)
to authenticated;
