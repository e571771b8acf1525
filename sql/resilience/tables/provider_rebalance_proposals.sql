-- A plan to lighten one panel, for somebody to decide on; nothing moves before they have. It gives capacity as its
-- reason and knows no other: how the provider is doing is in no column of it.
create table public.provider_rebalance_proposals (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  from_practitioner_id uuid not null,
  status public.rebalance_status not null default 'proposed',
  reason_kind public.rebalance_reason not null default 'capacity',
  target_percent smallint not null,
  proposed_at timestamptz not null default app.clock(),
  expires_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint provider_rebalance_proposals_pkey primary key (org_id, id),
  constraint provider_rebalance_proposals_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint provider_rebalance_proposals_from_practitioner_id_fkey foreign key (from_practitioner_id)
  references public.fhir_practitioners (id),
  constraint provider_rebalance_proposals_from_practitioner_fkey foreign key (org_id, from_practitioner_id)
  references public.org_practitioners (org_id, practitioner_id),
  constraint provider_rebalance_proposals_decided_by_fkey foreign key (decided_by)
  references auth.users (id) on delete set null,
  constraint provider_rebalance_proposals_target_percent_range check (target_percent between 0 and 99),
  constraint provider_rebalance_proposals_expires_later check (expires_at > proposed_at),
  constraint provider_rebalance_proposals_decided_after check (decided_at >= proposed_at),
  constraint provider_rebalance_proposals_decided_means_decided check (
    (decided_at is not null) = (status in ('approved', 'rejected', 'applied'))
  )
);

-- Two open plans for one panel would hand the same patients over twice.
create unique index provider_rebalance_proposals_open_key
on public.provider_rebalance_proposals (org_id, from_practitioner_id) where status = 'proposed';
-- What nobody has decided in time, for the job that ends it.
create index provider_rebalance_proposals_expires_at_idx
on public.provider_rebalance_proposals (org_id, expires_at) where status = 'proposed';
create index provider_rebalance_proposals_status_idx on public.provider_rebalance_proposals (org_id, status, id);
create index provider_rebalance_proposals_from_practitioner_id_idx
on public.provider_rebalance_proposals (org_id, from_practitioner_id);
create index provider_rebalance_proposals_person_idx on public.provider_rebalance_proposals (from_practitioner_id);
create index provider_rebalance_proposals_decided_by_idx on public.provider_rebalance_proposals (decided_by);

comment on table public.provider_rebalance_proposals is 'Proposals to hand some of a provider''s patients to others.';
comment on column public.provider_rebalance_proposals.org_id is 'The organization.';
comment on column public.provider_rebalance_proposals.id is 'Key within the organization.';
comment on column public.provider_rebalance_proposals.from_practitioner_id is 'The provider whose panel it lightens.';
comment on column public.provider_rebalance_proposals.status is 'Where it stands.';
comment on column public.provider_rebalance_proposals.reason_kind is 'Why: capacity, always.';
comment on column public.provider_rebalance_proposals.target_percent is
'How much of the panel''s points of acuity are to stay, 0 to 99 percent; more stays where nobody has room.';
comment on column public.provider_rebalance_proposals.proposed_at is 'When it was made.';
comment on column public.provider_rebalance_proposals.expires_at is 'Until when it can be decided.';
comment on column public.provider_rebalance_proposals.decided_by is 'Who decided (auth.users).';
comment on column public.provider_rebalance_proposals.decided_at is 'When they did.';
comment on column public.provider_rebalance_proposals.created_at is 'When the row was made.';
comment on column public.provider_rebalance_proposals.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.provider_rebalance_proposals.updated_at is 'When it was last changed.';
comment on column public.provider_rebalance_proposals.updated_by is 'Who changed it last, null for the system.';
comment on column public.provider_rebalance_proposals.version is
'Counts the writes; send back the one you read to learn of a change by another.';
