-- Who has read which version of a policy. Said once, by the person, and never taken back.
create table public.policy_acknowledgements (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  policy_id uuid not null,
  user_id uuid not null default auth.uid(),
  acknowledged_at timestamptz not null default now(),
  constraint policy_acknowledgements_pkey primary key (org_id, id),
  constraint policy_acknowledgements_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint policy_acknowledgements_policy_fkey foreign key (org_id, policy_id)
  references public.policy_documents (org_id, id),
  constraint policy_acknowledgements_user_id_fkey foreign key (user_id) references auth.users (id) on delete cascade,
  constraint policy_acknowledgements_once_key unique (org_id, policy_id, user_id)
);

create index policy_acknowledgements_person_idx on public.policy_acknowledgements (org_id, user_id);
create index policy_acknowledgements_user_id_idx on public.policy_acknowledgements (user_id);

comment on table public.policy_acknowledgements is 'Who has read which version of a policy.';
comment on column public.policy_acknowledgements.org_id is 'The organization.';
comment on column public.policy_acknowledgements.id is 'Key within the organization.';
comment on column public.policy_acknowledgements.policy_id is 'The version of the policy (policy_documents.id).';
comment on column public.policy_acknowledgements.user_id is 'Who has read it (auth.users).';
comment on column public.policy_acknowledgements.acknowledged_at is 'When they said so.';
