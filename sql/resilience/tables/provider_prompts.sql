-- When somebody was asked how they are, and why. Kept here and not in the message: a message says that there is
-- something to read, and the person reads it here, alone. The key is what makes one occurrence one prompt.
-- No stamp columns: a prompt is written once.
create table public.provider_prompts (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  practitioner_id uuid not null,
  user_id uuid not null,
  kind public.provider_prompt_kind not null,
  occurrence_on date not null,
  prompted_on date not null,
  question_count integer,
  created_at timestamptz not null default now(),
  counted_on date,
  constraint provider_prompts_pkey primary key (org_id, id),
  constraint provider_prompts_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint provider_prompts_practitioner_id_fkey foreign key (practitioner_id)
  references public.fhir_practitioners (id),
  constraint provider_prompts_practitioner_fkey foreign key (org_id, practitioner_id)
  references public.org_practitioners (org_id, practitioner_id),
  constraint provider_prompts_user_id_fkey foreign key (user_id) references auth.users (id) on delete cascade,
  constraint provider_prompts_occurrence_key unique (org_id, user_id, kind, occurrence_on),
  constraint provider_prompts_question_count_range check (question_count between 0 and 100000)
);

create index provider_prompts_prompted_on_idx on public.provider_prompts (org_id, prompted_on);
create index provider_prompts_practitioner_id_idx on public.provider_prompts (org_id, practitioner_id);
create index provider_prompts_person_idx on public.provider_prompts (practitioner_id);
create index provider_prompts_user_id_idx on public.provider_prompts (user_id);

comment on table public.provider_prompts is 'When providers were asked how they are, and why.';
comment on column public.provider_prompts.org_id is 'The organization they work for.';
comment on column public.provider_prompts.id is 'Key within the organization.';
comment on column public.provider_prompts.practitioner_id is 'The provider as a practitioner.';
comment on column public.provider_prompts.user_id is 'The provider as a signed-in person; the owner of the row.';
comment on column public.provider_prompts.kind is 'Why they were asked. PHI.';
comment on column public.provider_prompts.occurrence_on is
'What it is about happened once: the first day of many questions, the last day of the shift, the day the assessment was due.';
comment on column public.provider_prompts.prompted_on is 'The day they were asked, in the organization''s time zone.';
comment on column public.provider_prompts.question_count is
'For question_volume: how many questions they had claimed that day. PHI.';
comment on column public.provider_prompts.created_at is 'When the row was made.';
comment on column public.provider_prompts.counted_on is
'For question_volume: the day that question_count is of; the day before for whoever is asked before noon.';
