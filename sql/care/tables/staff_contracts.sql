-- The terms that a rota keeps: how much somebody works in a week, how much rest they have, what they can do. Without a
-- contract the law's terms hold (app.staff_terms()).
create table public.staff_contracts (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  user_id uuid not null,
  site_id uuid not null,
  holds_during daterange not null,
  weekly_maximum_minutes smallint not null default 2880,
  minimum_rest_minutes smallint not null default 660,
  skills public.staff_skill[] not null default '{}',
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint staff_contracts_pkey primary key (org_id, id),
  constraint staff_contracts_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint staff_contracts_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  constraint staff_contracts_user_fkey foreign key (org_id, user_id)
  references public.staff_members (org_id, user_id),
  constraint staff_contracts_holds_during_not_empty check (not isempty(holds_during)),
  constraint staff_contracts_weekly_maximum_minutes_range check (weekly_maximum_minutes between 0 and 10080),
  constraint staff_contracts_minimum_rest_minutes_range check (minimum_rest_minutes between 0 and 2880),
  constraint staff_contracts_skills_few check (cardinality(skills) <= 20),
  constraint staff_contracts_one_at_a_time exclude using gist (
    org_id with =, user_id with =, holds_during with &&
  ) where (deleted_at is null)
);

create index staff_contracts_site_id_idx on public.staff_contracts (org_id, site_id);
create index staff_contracts_user_idx on public.staff_contracts (org_id, user_id);

comment on table public.staff_contracts is
'The terms of employment that rotas keep, one at a time for each member of staff.';
comment on column public.staff_contracts.org_id is 'The organization they work for.';
comment on column public.staff_contracts.id is 'Key within the organization.';
comment on column public.staff_contracts.user_id is 'Whose terms they are (a member of staff).';
comment on column public.staff_contracts.site_id is
'The site that keeps the contract; its managers read and change it.';
comment on column public.staff_contracts.holds_during is 'From when to when it holds; open while it does.';
comment on column public.staff_contracts.weekly_maximum_minutes is
'At most so many minutes of work in a week, over all sites; 2880 are 48 hours.';
comment on column public.staff_contracts.minimum_rest_minutes is
'At least so many minutes between two shifts; 660 are 11 hours.';
comment on column public.staff_contracts.skills is 'What they can be assigned for.';
comment on column public.staff_contracts.created_at is 'When the row was made.';
comment on column public.staff_contracts.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.staff_contracts.updated_at is 'When it was last changed.';
comment on column public.staff_contracts.updated_by is 'Who changed it last, null for the system.';
comment on column public.staff_contracts.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.staff_contracts.deleted_at is
'When it was removed; a removed row is invisible through the API.';
