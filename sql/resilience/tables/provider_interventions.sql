-- Help for one provider, as a case: what was offered, who looks after it, by when, how it ended, and whether the score
-- went down. A case belongs to the person it is about. A rule makes an offer (proposed) that they take up or decline;
-- helpers see it only while the person may be contacted and has not asked to stay unnamed in this one case, or made
-- themselves known for it (shared_at).
create table public.provider_interventions (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  practitioner_id uuid not null default app.my_practitioner(),
  user_id uuid not null default auth.uid(),
  kind public.intervention_kind not null,
  status public.intervention_status not null default 'proposed',
  opened_by_rule text,
  occasion public.peer_support_occasion,
  owner_id uuid,
  shared_at timestamptz,
  is_unnamed boolean not null default false,
  due_on date not null,
  rescore_due_on date not null,
  opened_at timestamptz not null default now(),
  closed_at timestamptz,
  outcome public.intervention_outcome,
  note text,
  score_before numeric(5, 2),
  score_after numeric(5, 2),
  effect numeric(5, 2) generated always as (score_after - score_before) stored,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint provider_interventions_pkey primary key (org_id, id),
  constraint provider_interventions_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint provider_interventions_practitioner_id_fkey foreign key (practitioner_id)
  references public.fhir_practitioners (id),
  constraint provider_interventions_practitioner_fkey foreign key (org_id, practitioner_id)
  references public.org_practitioners (org_id, practitioner_id),
  constraint provider_interventions_user_id_fkey foreign key (user_id) references auth.users (id) on delete cascade,
  constraint provider_interventions_owner_id_fkey foreign key (owner_id) references auth.users (id) on delete set null,
  -- What contacts point at, so that each belongs to the person of its case.
  constraint provider_interventions_person_key unique (org_id, id, user_id),
  constraint provider_interventions_opened_by_rule_form check (opened_by_rule ~ '^[a-z][a-z0-9_]{0,63}$'),
  constraint provider_interventions_shared_or_unnamed check (not is_unnamed or shared_at is null),
  constraint provider_interventions_note_length check (length(note) between 1 and 500),
  constraint provider_interventions_score_before_range check (score_before between 0 and 100),
  constraint provider_interventions_score_after_range check (score_after between 0 and 100),
  constraint provider_interventions_occasion_of_peer_support check (occasion is null or kind = 'peer_support'),
  constraint provider_interventions_closed check (
    (closed_at is null) = (status in ('proposed', 'open', 'in_progress'))
  ),
  constraint provider_interventions_outcome_of_closed check ((outcome is null) = (closed_at is null)),
  constraint provider_interventions_declined_both check (
    (status = 'declined') = (outcome is not distinct from 'declined')
  ),
  constraint provider_interventions_closed_after_opened check (closed_at >= opened_at)
);

-- Rules may run as often as they like: a person has one open case of a kind.
create unique index provider_interventions_open_key on public.provider_interventions (org_id, user_id, kind)
where closed_at is null;
-- The helpers' list: those who ask themselves (no score) first, then the highest score.
create index provider_interventions_urgency_idx
on public.provider_interventions (org_id, status, coalesce(score_before, 101) desc, id desc);
-- "My cases", newest first.
create index provider_interventions_person_idx on public.provider_interventions (org_id, user_id, id);
create index provider_interventions_due_idx on public.provider_interventions (org_id, due_on) where status = 'proposed';
create index provider_interventions_practitioner_id_idx
on public.provider_interventions (org_id, practitioner_id);
create index provider_interventions_practitioner_idx on public.provider_interventions (practitioner_id);
create index provider_interventions_user_id_idx on public.provider_interventions (user_id);
create index provider_interventions_owner_id_idx on public.provider_interventions (owner_id);

create trigger _200_guard
before insert or update on public.provider_interventions
for each row execute function app.guard_intervention();

comment on table public.provider_interventions is 'Cases of help for a provider, from the offer to the effect.';
comment on column public.provider_interventions.org_id is 'The organization that helps.';
comment on column public.provider_interventions.id is 'Key within the organization.';
comment on column public.provider_interventions.practitioner_id is 'The provider as a practitioner.';
comment on column public.provider_interventions.user_id is 'The provider as a signed-in person; whose case it is.';
comment on column public.provider_interventions.kind is 'What kind of help.';
comment on column public.provider_interventions.status is
'Where it stands: proposed, open, in_progress; completed, declined, cancelled are final.';
comment on column public.provider_interventions.opened_by_rule is 'The rule that opened it; null for a person.';
comment on column public.provider_interventions.occasion is 'After what the person asked for peer support; null otherwise.';
comment on column public.provider_interventions.owner_id is 'The helper who looks after it (auth.users); null for nobody yet.';
comment on column public.provider_interventions.shared_at is
'When the person made themselves known to helpers for this case; null: they did not.';
comment on column public.provider_interventions.is_unnamed is
'The person asked not to be named in this case: helpers do not see it, however far the person takes part.';
comment on column public.provider_interventions.due_on is 'By which day somebody should have acted.';
comment on column public.provider_interventions.rescore_due_on is 'By which day a new assessment should show the effect.';
comment on column public.provider_interventions.opened_at is 'When it was opened.';
comment on column public.provider_interventions.closed_at is 'When it was closed; null while it is open.';
comment on column public.provider_interventions.outcome is 'How it ended; null while it is open.';
comment on column public.provider_interventions.note is
'What was agreed, 1 to 500 characters; the person reads it. Nothing about a patient. PHI.';
comment on column public.provider_interventions.score_before is
'The burnout score that opened it, 0 to 100; null where none did.';
comment on column public.provider_interventions.score_after is
'The newest score after it was opened, until rescore_due_on; then the first one. Null: none yet.';
comment on column public.provider_interventions.effect is 'score_after less score_before; below zero is better.';
comment on column public.provider_interventions.created_at is 'When the row was made.';
comment on column public.provider_interventions.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.provider_interventions.updated_at is 'When it was last changed.';
comment on column public.provider_interventions.updated_by is 'Who changed it last, null for the system.';
comment on column public.provider_interventions.version is
'Counts the writes; send back the one you read to learn of a change by another.';
