create table public.sealed_columns (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  family_name bytea,
  family_name_index bytea,
  given_names bytea,
  birth_date bytea,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint sealed_columns_pkey primary key (org_id, id),
  constraint sealed_columns_org_id_fkey foreign key (org_id) references public.organizations (id)
);

create index sealed_columns_family_name_idx on public.sealed_columns (org_id, family_name_index);

comment on table public.sealed_columns is 'For measuring: sealed_columns.';
