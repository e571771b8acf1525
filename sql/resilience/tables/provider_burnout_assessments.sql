-- How burnt out a provider is, by an instrument of their choice. It belongs to the provider: nobody else reads a row,
-- and nobody writes one but through the RPCs, which score the answers themselves. The answers are sealed: which item
-- was answered how is more than any figure needs.
create table public.provider_burnout_assessments (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  practitioner_id uuid not null default app.my_practitioner(),
  user_id uuid not null default auth.uid(),
  assessment_date date not null default app.today(),
  instrument_id uuid not null,
  answers bytea,
  emotional_exhaustion_score numeric(5, 2),
  depersonalization_score numeric(5, 2),
  personal_accomplishment_score numeric(5, 2),
  headline_score numeric(5, 2),
  headline_band text,
  composite_burnout_score numeric(5, 2) not null generated always as (
    coalesce(
      app.burnout_composite(
        emotional_exhaustion_score, depersonalization_score, personal_accomplishment_score
      ),
      headline_score
    )
  ) stored,
  risk_level public.burnout_risk_level not null generated always as (
    app.burnout_level(
      coalesce(
        app.burnout_composite(
          emotional_exhaustion_score, depersonalization_score, personal_accomplishment_score
        ),
        headline_score
      )
    )
  ) stored,
  intervention_triggered boolean not null default false,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint provider_burnout_assessments_pkey primary key (org_id, id),
  constraint provider_burnout_assessments_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint provider_burnout_assessments_practitioner_id_fkey foreign key (practitioner_id)
  references public.fhir_practitioners (id),
  constraint provider_burnout_assessments_practitioner_fkey foreign key (org_id, practitioner_id)
  references public.org_practitioners (org_id, practitioner_id),
  constraint provider_burnout_assessments_user_id_fkey foreign key (user_id)
  references auth.users (id) on delete cascade,
  constraint provider_burnout_assessments_instrument_id_fkey foreign key (instrument_id)
  references public.instruments (id),
  -- One a day of each; also the index of "my assessments, newest first".
  constraint provider_burnout_assessments_user_day_key unique (org_id, user_id, assessment_date, instrument_id),
  -- What the scores refer to, with their owner.
  constraint provider_burnout_assessments_owner_key unique (org_id, id, user_id),
  constraint provider_burnout_assessments_answers_sealed check (app.is_sealed(answers, 200000)),
  constraint provider_burnout_assessments_scores_range check (
    emotional_exhaustion_score between 0 and 100
    and depersonalization_score between 0 and 100
    and personal_accomplishment_score between 0 and 100
    and headline_score between 0 and 100
  ),
  -- Three subscales, or the result of another instrument, and never a part of them.
  constraint provider_burnout_assessments_one_result check (
    num_nulls(emotional_exhaustion_score, depersonalization_score, personal_accomplishment_score) in (0, 3)
    and (emotional_exhaustion_score is null) = (headline_score is not null)
  ),
  constraint provider_burnout_assessments_headline_band_form check (
    headline_band ~ '^[a-z][a-z0-9_]{0,62}$' and (headline_band is null or headline_score is not null)
  )
);

create index provider_burnout_assessments_assessment_date_idx
on public.provider_burnout_assessments (org_id, assessment_date);
-- Whoever may need help, the highest score first.
create index provider_burnout_assessments_elevated_idx
on public.provider_burnout_assessments (org_id, composite_burnout_score desc)
where risk_level in ('high', 'critical');
create index provider_burnout_assessments_practitioner_id_idx
on public.provider_burnout_assessments (org_id, practitioner_id);
create index provider_burnout_assessments_person_idx on public.provider_burnout_assessments (practitioner_id);
create index provider_burnout_assessments_user_id_idx on public.provider_burnout_assessments (user_id);
create index provider_burnout_assessments_instrument_id_idx on public.provider_burnout_assessments (instrument_id);

create trigger _200_guard
before insert or update on public.provider_burnout_assessments
for each row execute function app.guard_assessment();

comment on table public.provider_burnout_assessments is
'Burnout assessments of providers: one per provider, instrument and day.';
comment on column public.provider_burnout_assessments.org_id is 'The organization the provider worked for.';
comment on column public.provider_burnout_assessments.id is 'Key within the organization.';
comment on column public.provider_burnout_assessments.practitioner_id is 'The provider as a practitioner.';
comment on column public.provider_burnout_assessments.user_id is
'The provider as a signed-in person; the owner of the row.';
comment on column public.provider_burnout_assessments.assessment_date is 'The day, in the organization''s time zone.';
comment on column public.provider_burnout_assessments.instrument_id is
'The version of the instrument that was answered.';
comment on column public.provider_burnout_assessments.answers is
'Which answer each item got, [{"link_id": …, "code": …}]; null where only results were given. PHI, sealed.';
comment on column public.provider_burnout_assessments.emotional_exhaustion_score is
'Maslach subscale, 0 to 100; null for other instruments. PHI.';
comment on column public.provider_burnout_assessments.depersonalization_score is
'Maslach subscale, 0 to 100; null for other instruments. PHI.';
comment on column public.provider_burnout_assessments.personal_accomplishment_score is
'Maslach subscale, 0 to 100, higher is better; null for other instruments. PHI.';
comment on column public.provider_burnout_assessments.headline_score is
'The worst scale of another instrument, as percent of its range: 0 best, 100 worst. PHI.';
comment on column public.provider_burnout_assessments.headline_band is
'What the instrument calls that scale''s score. PHI.';
comment on column public.provider_burnout_assessments.composite_burnout_score is
'0 (none) to 100, by this project''s own rule (docs/resilience/risk.md): computed. PHI.';
comment on column public.provider_burnout_assessments.risk_level is
'What the composite score amounts to, by the same rule: computed. PHI.';
comment on column public.provider_burnout_assessments.intervention_triggered is
'Whether an intervention was begun because of it; the database''s to set. PHI.';
comment on column public.provider_burnout_assessments.created_at is 'When the row was made.';
comment on column public.provider_burnout_assessments.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.provider_burnout_assessments.updated_at is 'When it was last changed.';
comment on column public.provider_burnout_assessments.updated_by is 'Who changed it last, null for the system.';
comment on column public.provider_burnout_assessments.version is
'Counts the writes; send back the one you read to learn of a change by another.';
