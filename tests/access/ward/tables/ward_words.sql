create table public.ward_words (
  id uuid not null default app.uuid_v7(),
  title text not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint ward_words_pkey primary key (id)
);

comment on table public.ward_words is 'Made up for tests: ward_words.';
