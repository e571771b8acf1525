-- What a resident lets a relative know: the consent by which family sees anything at all. It says who agreed, to what,
-- until when; ended or withdrawn, it opens nothing from the next request on.
create table public.resident_shares (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  resident_id uuid not null,
  site_id uuid not null,
  user_id uuid not null,
  topics public.resident_topic[] not null,
  agreed_by text not null,
  agreed_at timestamptz not null default now(),
  expires_at timestamptz,
  withdrawn_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint resident_shares_pkey primary key (org_id, id),
  constraint resident_shares_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint resident_shares_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  constraint resident_shares_user_id_fkey foreign key (user_id) references auth.users (id) on delete cascade,
  constraint resident_shares_topics_some check (cardinality(topics) between 1 and 20),
  constraint resident_shares_agreed_by_known check (
    agreed_by in ('resident', 'attorney', 'guardian', 'best_interests')
  ),
  constraint resident_shares_expire_after_agreement check (expires_at > agreed_at)
);

create index resident_shares_resident_id_idx on public.resident_shares (org_id, resident_id, site_id);
create index resident_shares_user_id_idx on public.resident_shares (user_id, org_id);
-- One consent in force for each relative: withdrawing it leaves nothing behind that still opens.
create unique index resident_shares_once_key on public.resident_shares (org_id, resident_id, user_id)
where withdrawn_at is null and deleted_at is null;

comment on table public.resident_shares is 'Consents by which relatives may know about a resident.';
comment on column public.resident_shares.org_id is 'The organization that houses the resident.';
comment on column public.resident_shares.id is 'Key within the organization.';
comment on column public.resident_shares.resident_id is 'The resident it is about.';
comment on column public.resident_shares.site_id is 'Where the resident lives; follows them.';
comment on column public.resident_shares.user_id is 'The relative (auth.users) who may know.';
comment on column public.resident_shares.topics is 'What they may know, topic by topic.';
comment on column public.resident_shares.agreed_by is
'Who agreed: resident, attorney or guardian for them, or best_interests (a recorded decision on their behalf).';
comment on column public.resident_shares.agreed_at is 'When it was agreed.';
comment on column public.resident_shares.expires_at is 'It opens nothing from then on; null without an end.';
comment on column public.resident_shares.withdrawn_at is 'When it was taken back; null while it stands.';
comment on column public.resident_shares.created_at is 'When the row was made.';
comment on column public.resident_shares.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.resident_shares.updated_at is 'When it was last changed.';
comment on column public.resident_shares.updated_by is 'Who changed it last, null for the system.';
comment on column public.resident_shares.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.resident_shares.deleted_at is 'When it was removed; a removed row is invisible through the API.';
