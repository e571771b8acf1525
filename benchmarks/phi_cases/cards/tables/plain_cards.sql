create table public.plain_cards (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  family_name text,
  given_names text,
  birth_date date,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint plain_cards_pkey primary key (org_id, id),
  constraint plain_cards_org_id_fkey foreign key (org_id) references public.organizations (id)
);

comment on table public.plain_cards is 'For measuring: plain_cards.';
