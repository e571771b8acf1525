-- What a provider has begun and finished of the library: their own notes on their own learning. What somebody reads
-- about grief or crises says how they are: nobody else reads a row, and the figures made of them are over five people.
create table public.provider_training_completions (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  practitioner_id uuid not null default app.my_practitioner(),
  user_id uuid not null default auth.uid(),
  module_id uuid not null,
  started_at timestamptz not null default app.clock(),
  completed_at timestamptz,
  found_helpful boolean,
  answered_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint provider_training_completions_pkey primary key (org_id, id),
  constraint provider_training_completions_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint provider_training_completions_practitioner_id_fkey foreign key (practitioner_id)
  references public.fhir_practitioners (id),
  constraint provider_training_completions_practitioner_fkey foreign key (org_id, practitioner_id)
  references public.org_practitioners (org_id, practitioner_id),
  constraint provider_training_completions_user_id_fkey foreign key (user_id)
  references auth.users (id) on delete cascade,
  constraint provider_training_completions_module_id_fkey foreign key (module_id)
  references public.resilience_training_modules (id),
  -- Once per person and module; also the index of "my training".
  constraint provider_training_completions_user_module_key unique (org_id, user_id, module_id),
  constraint provider_training_completions_completed_after_started check (completed_at >= started_at),
  constraint provider_training_completions_helpful_when_completed check (
    found_helpful is null or completed_at is not null
  ),
  constraint provider_training_completions_answered_means_said check ((answered_at is null) = (found_helpful is null))
);

create index provider_training_completions_practitioner_id_idx
on public.provider_training_completions (org_id, practitioner_id);
create index provider_training_completions_person_idx on public.provider_training_completions (practitioner_id);
create index provider_training_completions_user_id_idx on public.provider_training_completions (user_id);
-- Also finds the answers that have not been counted.
create index provider_training_completions_module_id_idx
on public.provider_training_completions (module_id, answered_at);

create trigger _200_guard
before insert or update on public.provider_training_completions
for each row execute function app.guard_training();

comment on table public.provider_training_completions is
'Training modules that providers have begun or finished, one row per person and module.';
comment on column public.provider_training_completions.org_id is 'The organization they learned in.';
comment on column public.provider_training_completions.id is 'Key within the organization.';
comment on column public.provider_training_completions.practitioner_id is 'The provider as a practitioner.';
comment on column public.provider_training_completions.user_id is
'The provider as a signed-in person; the owner of the row.';
comment on column public.provider_training_completions.module_id is 'The module. PHI: what one reads up on tells.';
comment on column public.provider_training_completions.started_at is 'When they began it first.';
comment on column public.provider_training_completions.completed_at is 'When they first finished it; null until then.';
comment on column public.provider_training_completions.found_helpful is
'Whether it helped; null where they did not say.';
comment on column public.provider_training_completions.answered_at is
'When they first said so: the month in which their answer is counted.';
comment on column public.provider_training_completions.created_at is 'When the row was made.';
comment on column public.provider_training_completions.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.provider_training_completions.updated_at is 'When it was last changed.';
comment on column public.provider_training_completions.updated_by is 'Who changed it last, null for the system.';
comment on column public.provider_training_completions.version is
'Counts the writes; send back the one you read to learn of a change by another.';
