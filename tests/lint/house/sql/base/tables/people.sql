create table public.people (
  id uuid not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint people_pkey primary key (id)
);

alter table public.people enable row level security;
alter table public.people force row level security;
revoke all on public.people from public, anon, authenticated, service_role;
grant select on public.people to authenticated;

create policy floor_person on public.people
as restrictive for all to anon, authenticated
using (id = (select app.my_id()));
comment on policy floor_person on public.people is 'Only the person.';

create policy select_own on public.people
for select to authenticated
using (deleted_at is null and id = (select app.my_id()));
comment on policy select_own on public.people is 'People see themselves.';

create trigger _100_stamp
before insert or update on public.people
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.people
for each row execute function app.audit_row();

comment on table public.people is 'People.';
comment on column public.people.id is 'Key.';
comment on column public.people.created_at is 'When it was made.';
comment on column public.people.created_by is 'Who made it.';
comment on column public.people.updated_at is 'When it was changed.';
comment on column public.people.updated_by is 'Who changed it.';
comment on column public.people.version is 'Counts the writes.';
comment on column public.people.deleted_at is 'When it was removed.';
