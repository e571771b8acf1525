-- Who is asked to join a circle. That somebody looks for support is theirs to tell: the invited person sees the
-- invitation, who sent it sees it while it is not answered, and nobody sees how it was answered. Somebody who sits in
-- the circle already can be invited like anyone else, for a refusal would tell that they do.
create table public.provider_support_circle_invitations (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  circle_id uuid not null,
  practitioner_id uuid not null,
  user_id uuid not null,
  invited_by uuid,
  intervention_id uuid,
  status public.circle_invitation_status not null default 'pending',
  expires_at timestamptz not null,
  answered_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint provider_support_circle_invitations_pkey primary key (org_id, id),
  constraint provider_support_circle_invitations_circle_fkey foreign key (org_id, circle_id)
  references public.provider_support_circles (org_id, id) on delete cascade,
  constraint provider_support_circle_invitations_practitioner_id_fkey foreign key (practitioner_id)
  references public.fhir_practitioners (id),
  constraint provider_support_circle_invitations_practitioner_fkey foreign key (org_id, practitioner_id)
  references public.org_practitioners (org_id, practitioner_id),
  constraint provider_support_circle_invitations_user_id_fkey foreign key (user_id)
  references auth.users (id) on delete cascade,
  constraint provider_support_circle_invitations_invited_by_fkey foreign key (invited_by)
  references auth.users (id) on delete set null,
  constraint provider_support_circle_invitations_intervention_fkey foreign key (org_id, intervention_id, user_id)
  references public.provider_interventions (org_id, id, user_id) on delete cascade,
  constraint provider_support_circle_invitations_answered check (
    (answered_at is not null) = (status in ('accepted', 'declined'))
  )
);

-- The same person is asked once by the same person, or by a rule.
create unique index provider_support_circle_invitations_pending_key on public.provider_support_circle_invitations (
  org_id, user_id, circle_id, coalesce(invited_by, '00000000-0000-0000-0000-000000000000')
)
where status = 'pending';
create index provider_support_circle_invitations_circle_id_idx
on public.provider_support_circle_invitations (org_id, circle_id);
create index provider_support_circle_invitations_practitioner_id_idx
on public.provider_support_circle_invitations (org_id, practitioner_id);
create index provider_support_circle_invitations_practitioner_idx
on public.provider_support_circle_invitations (practitioner_id);
create index provider_support_circle_invitations_user_id_idx
on public.provider_support_circle_invitations (user_id, org_id, id);
create index provider_support_circle_invitations_invited_by_idx
on public.provider_support_circle_invitations (invited_by, org_id, id);
create index provider_support_circle_invitations_intervention_idx
on public.provider_support_circle_invitations (org_id, intervention_id, user_id);
create index provider_support_circle_invitations_expires_at_idx
on public.provider_support_circle_invitations (org_id, expires_at) where status = 'pending';

comment on table public.provider_support_circle_invitations is 'Invitations to support circles.';
comment on column public.provider_support_circle_invitations.org_id is 'The organization of the circle.';
comment on column public.provider_support_circle_invitations.id is 'Key within the organization.';
comment on column public.provider_support_circle_invitations.circle_id is 'The circle.';
comment on column public.provider_support_circle_invitations.practitioner_id is 'Who is invited, as a practitioner.';
comment on column public.provider_support_circle_invitations.user_id is
'Who is invited, as a signed-in person; whose row it is.';
comment on column public.provider_support_circle_invitations.invited_by is
'Who invited (auth.users); null for a rule, and once they are gone.';
comment on column public.provider_support_circle_invitations.intervention_id is
'The case that it is part of; null for one by a person.';
comment on column public.provider_support_circle_invitations.status is 'What became of it.';
comment on column public.provider_support_circle_invitations.expires_at is 'Until when it can be answered.';
comment on column public.provider_support_circle_invitations.answered_at is 'When it was answered; null: it was not.';
comment on column public.provider_support_circle_invitations.created_at is 'When the row was made.';
comment on column public.provider_support_circle_invitations.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.provider_support_circle_invitations.updated_at is 'When it was last changed.';
comment on column public.provider_support_circle_invitations.updated_by is 'Who changed it last, null for the system.';
comment on column public.provider_support_circle_invitations.version is
'Counts the writes; send back the one you read to learn of a change by another.';
