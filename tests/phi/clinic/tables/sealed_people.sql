create table public.sealed_people (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  family_name bytea,
  family_name_index bytea,
  birth_date bytea,
  history bytea,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint sealed_people_pkey primary key (org_id, id),
  constraint sealed_people_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint sealed_people_family_name_sealed check (app.is_sealed(family_name)),
  constraint sealed_people_birth_date_sealed check (app.is_sealed(birth_date)),
  constraint sealed_people_history_sealed check (app.is_sealed(history)),
  constraint sealed_people_index_length check (length(family_name_index) = 4)
);

create index sealed_people_family_name_idx on public.sealed_people (org_id, family_name_index);

comment on table public.sealed_people is 'Made up for tests: sealed_people.';
