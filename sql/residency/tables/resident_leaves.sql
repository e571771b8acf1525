-- A resident is away and keeps the bed: in hospital, with family. The bed is occupied, the person is not there.
create table public.resident_leaves (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  resident_id uuid not null,
  site_id uuid not null,
  admission_id uuid not null,
  kind public.leave_kind not null,
  away_during tstzrange not null,
  due_back_at timestamptz,
  starts_at timestamptz generated always as (lower(away_during)) stored,
  ends_at timestamptz generated always as (coalesce(upper(away_during), 'infinity')) stored,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint resident_leaves_pkey primary key (org_id, id),
  constraint resident_leaves_org_id_fkey foreign key (org_id) references public.organizations (id),
  -- By way of the stay to the resident, whose site it follows.
  constraint resident_leaves_admission_fkey foreign key (org_id, admission_id, resident_id, site_id)
  references public.admissions (org_id, id, resident_id, site_id) on update cascade,
  constraint resident_leaves_during_form check (
    not isempty(away_during) and not lower_inf(away_during) and lower_inc(away_during) and not upper_inc(away_during)
  ),
  constraint resident_leaves_back_after_left check (due_back_at > lower(away_during)),
  constraint resident_leaves_once exclude using gist (
    org_id with =, resident_id with =, away_during with &&
  ) where (deleted_at is null)
);

create index resident_leaves_resident_id_idx on public.resident_leaves (org_id, resident_id, site_id);
create index resident_leaves_admission_id_idx on public.resident_leaves (org_id, admission_id, resident_id, site_id);
-- Who is away at a moment: what has ended by then is not even read.
create index resident_leaves_ends_at_idx on public.resident_leaves (org_id, site_id, ends_at)
include (starts_at, resident_id);

comment on table public.resident_leaves is 'When residents were away and kept their bed.';
comment on column public.resident_leaves.org_id is 'The organization.';
comment on column public.resident_leaves.id is 'Key within the organization.';
comment on column public.resident_leaves.resident_id is 'Who is away.';
comment on column public.resident_leaves.site_id is 'Where the resident lives; follows them.';
comment on column public.resident_leaves.admission_id is 'The stay that it interrupts.';
comment on column public.resident_leaves.kind is 'Why they are away. PHI.';
comment on column public.resident_leaves.away_during is 'From when to when; without an end until they are back. PHI.';
comment on column public.resident_leaves.due_back_at is 'When they are expected back, if that is known. PHI.';
comment on column public.resident_leaves.starts_at is 'When they left. PHI.';
comment on column public.resident_leaves.ends_at is 'When they came back; infinity while they are away. PHI.';
comment on column public.resident_leaves.created_at is 'When the row was made.';
comment on column public.resident_leaves.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.resident_leaves.updated_at is 'When it was last changed.';
comment on column public.resident_leaves.updated_by is 'Who changed it last, null for the system.';
comment on column public.resident_leaves.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.resident_leaves.deleted_at is 'When it was removed; a removed row is invisible through the API.';
