create table public.sealed_cards (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  identity bytea,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint sealed_cards_pkey primary key (org_id, id),
  constraint sealed_cards_org_id_fkey foreign key (org_id) references public.organizations (id)
);

comment on table public.sealed_cards is 'For measuring: sealed_cards.';
