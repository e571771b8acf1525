-- Who works for an organization, as its rota, its training and its tasks know them. What they may do is in
-- role_assignments; this is what other tables point at, so that nobody of another organization is ever given work here.
create table public.staff_members (
  org_id uuid not null default app.current_org(),
  user_id uuid not null,
  job_title text not null,
  employed_during daterange not null default daterange(app.today(), null),
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint staff_members_pkey primary key (org_id, user_id),
  constraint staff_members_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint staff_members_user_id_fkey foreign key (user_id) references auth.users (id) on delete cascade,
  constraint staff_members_job_title_length check (length(job_title) between 1 and 100),
  constraint staff_members_employed_during_not_empty check (not isempty(employed_during))
);

create index staff_members_user_id_idx on public.staff_members (user_id);

comment on table public.staff_members is 'People who work for an organization.';
comment on column public.staff_members.org_id is 'The organization they work for.';
comment on column public.staff_members.user_id is 'Who they are (auth.users).';
comment on column public.staff_members.job_title is 'What they are employed as, 1 to 100 characters.';
comment on column public.staff_members.employed_during is 'From when to when they are employed; open while they are.';
comment on column public.staff_members.created_at is 'When the row was made.';
comment on column public.staff_members.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.staff_members.updated_at is 'When it was last changed.';
comment on column public.staff_members.updated_by is 'Who changed it last, null for the system.';
comment on column public.staff_members.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.staff_members.deleted_at is 'When it was removed; a removed row is invisible through the API.';
