-- Who is what, where and for how long. Every access decision starts here; nothing in a token is believed instead.
create table public.role_assignments (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  user_id uuid not null,
  role public.app_role not null,
  site_id uuid,
  valid_during tstzrange not null default tstzrange(now(), null),
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint role_assignments_pkey primary key (org_id, id),
  constraint role_assignments_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint role_assignments_user_id_fkey foreign key (user_id) references auth.users (id) on delete cascade,
  constraint role_assignments_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  constraint role_assignments_valid_during_not_empty check (not isempty(valid_during)),
  -- Roles whose power is over the whole organization cannot be given for one site: a matrix cell that says
  -- "organization" would silently mean more than the assignment.
  constraint role_assignments_site_roles check (
    site_id is null
    or role in ('manager', 'case_manager', 'nurse', 'clinician', 'carer', 'scheduler', 'resident', 'family')
  ),
  -- The same role twice at one time and place would make revoking one of them look like revoking both.
  constraint role_assignments_once exclude using gist (
    org_id with =,
    user_id with =,
    role with =,
    coalesce(site_id, '00000000-0000-0000-0000-000000000000') with =,
    valid_during with &&
  ) where (deleted_at is null)
);

create index role_assignments_user_id_idx on public.role_assignments (user_id);
create index role_assignments_site_id_idx on public.role_assignments (org_id, site_id);

create trigger _200_super_admin
before insert or update on public.role_assignments
for each row when (new.role = 'super_admin') execute function app.guard_super_admin();

create trigger _200_owners_insert
after insert on public.role_assignments
referencing new table as after_change
for each statement execute function app.guard_owners();

create trigger _200_owners_update
after update on public.role_assignments
referencing old table as before_change new table as after_change
for each statement execute function app.guard_owners();

create trigger _200_owners_delete
after delete on public.role_assignments
referencing old table as before_change
for each statement execute function app.guard_owners();

create trigger _500_reach_insert
after insert on public.role_assignments
referencing new table as after_change
for each statement execute function app.follow_roles();

create trigger _500_reach_update
after update on public.role_assignments
referencing old table as before_change new table as after_change
for each statement execute function app.follow_roles();

create trigger _500_reach_delete
after delete on public.role_assignments
referencing old table as before_change
for each statement execute function app.follow_roles();

comment on table public.role_assignments is
'Roles of people in organizations, for the whole organization or one site, with a validity period.';
comment on column public.role_assignments.org_id is 'Where the role holds.';
comment on column public.role_assignments.id is 'Key within the organization.';
comment on column public.role_assignments.user_id is 'Who holds it (auth.users).';
comment on column public.role_assignments.role is 'The persona.';
comment on column public.role_assignments.site_id is 'The one site it is limited to; null for the whole organization.';
comment on column public.role_assignments.valid_during is 'From when to when; an open end means until revoked.';
comment on column public.role_assignments.created_at is 'When the row was made.';
comment on column public.role_assignments.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.role_assignments.updated_at is 'When it was last changed.';
comment on column public.role_assignments.updated_by is 'Who changed it last, null for the system.';
comment on column public.role_assignments.version is 'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.role_assignments.deleted_at is 'When it was removed; a removed row is invisible through the API.';
