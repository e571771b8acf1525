-- Who has which bed, and when: past, present and planned. Two rules hold whoever writes, at any time: a bed is had by
-- one person, and a person has one bed. A bed stays at its own site (bed_site_id) when the resident moves on (site_id).
create table public.bed_stays (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  resident_id uuid not null,
  site_id uuid not null,
  admission_id uuid not null,
  bed_id uuid not null,
  bed_site_id uuid not null,
  stays_during tstzrange not null,
  is_reserved boolean not null default false,
  starts_at timestamptz generated always as (lower(stays_during)) stored,
  ends_at timestamptz generated always as (coalesce(upper(stays_during), 'infinity')) stored,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  told_at timestamptz,
  constraint bed_stays_pkey primary key (org_id, id),
  constraint bed_stays_org_id_fkey foreign key (org_id) references public.organizations (id),
  -- By way of the stay to the resident, whose site it follows.
  constraint bed_stays_admission_fkey foreign key (org_id, admission_id, resident_id, site_id)
  references public.admissions (org_id, id, resident_id, site_id) on update cascade,
  constraint bed_stays_bed_fkey foreign key (org_id, bed_site_id, bed_id)
  references public.beds (org_id, site_id, id),
  constraint bed_stays_during_form check (
    not isempty(stays_during) and not lower_inf(stays_during) and lower_inc(stays_during)
    and not upper_inc(stays_during)
  ),
  constraint bed_stays_bed_once exclude using gist (
    org_id with =, bed_id with =, stays_during with &&
  ) where (deleted_at is null),
  constraint bed_stays_resident_once exclude using gist (
    org_id with =, resident_id with =, stays_during with &&
  ) where (deleted_at is null)
);

create index bed_stays_resident_id_idx on public.bed_stays (org_id, resident_id, site_id);
create index bed_stays_admission_id_idx on public.bed_stays (org_id, admission_id, resident_id, site_id);
create index bed_stays_bed_id_idx on public.bed_stays (org_id, bed_site_id, bed_id);
create index bed_stays_site_id_idx on public.bed_stays (org_id, site_id);
-- Occupancy is counted from here, at any moment: what has ended by then is not even read.
create index bed_stays_occupancy_idx on public.bed_stays (org_id, bed_site_id, ends_at)
include (starts_at, is_reserved, resident_id, bed_id) where deleted_at is null;

create trigger _200_guard
before update on public.bed_stays
for each row execute function app.guard_bed_stay();

create trigger _200_taken
before update of is_active, deleted_at on public.beds
for each row when (
  (old.is_active and old.deleted_at is null) and not (new.is_active and new.deleted_at is null)
) execute function app.guard_place();

create trigger _200_taken
before update of is_active, deleted_at on public.rooms
for each row when (
  (old.is_active and old.deleted_at is null) and not (new.is_active and new.deleted_at is null)
) execute function app.guard_place();

comment on table public.bed_stays is 'Who has which bed, and when: past, present and planned.';
comment on column public.bed_stays.org_id is 'The organization.';
comment on column public.bed_stays.id is 'Key within the organization.';
comment on column public.bed_stays.resident_id is 'Who has the bed.';
comment on column public.bed_stays.site_id is 'Where the resident lives now; follows them.';
comment on column public.bed_stays.admission_id is 'The stay during which they have it.';
comment on column public.bed_stays.bed_id is 'The bed.';
comment on column public.bed_stays.bed_site_id is 'The site of the bed; stays when the resident moves on.';
comment on column public.bed_stays.stays_during is 'From when to when; without an end where none is planned. PHI.';
comment on column public.bed_stays.is_reserved is 'The bed is kept for them; they have not come yet.';
comment on column public.bed_stays.told_at is
'When it was told that its end has passed and nobody said that they left; an end after that is told again.';
comment on column public.bed_stays.starts_at is 'When it begins. PHI.';
comment on column public.bed_stays.ends_at is 'When it ends; infinity without an end. PHI.';
comment on column public.bed_stays.created_at is 'When the row was made.';
comment on column public.bed_stays.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.bed_stays.updated_at is 'When it was last changed.';
comment on column public.bed_stays.updated_by is 'Who changed it last, null for the system.';
comment on column public.bed_stays.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.bed_stays.deleted_at is 'When it was removed; a removed row is invisible through the API.';
