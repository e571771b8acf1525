-- What each scale of an assessment came to. Written with the assessment and replaced with it.
create table public.provider_assessment_scores (
  org_id uuid not null default app.current_org(),
  assessment_id uuid not null,
  scale_code text not null,
  user_id uuid not null default auth.uid(),
  score numeric(8, 2) not null,
  band text,
  severity smallint,
  constraint provider_assessment_scores_pkey primary key (org_id, assessment_id, scale_code),
  constraint provider_assessment_scores_org_id_fkey foreign key (org_id) references public.organizations (id),
  -- The owner is that of the assessment, whatever code writes it.
  constraint provider_assessment_scores_assessment_fkey foreign key (org_id, assessment_id, user_id)
  references public.provider_burnout_assessments (org_id, id, user_id) on delete cascade,
  constraint provider_assessment_scores_user_id_fkey foreign key (user_id)
  references auth.users (id) on delete cascade,
  constraint provider_assessment_scores_scale_code_form check (scale_code ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint provider_assessment_scores_score_range check (score > -10000 and score < 10000),
  constraint provider_assessment_scores_band_form check (band ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint provider_assessment_scores_severity_range check (severity between 0 and 9)
);

create index provider_assessment_scores_assessment_idx
on public.provider_assessment_scores (org_id, assessment_id, user_id);
create index provider_assessment_scores_user_id_idx on public.provider_assessment_scores (user_id);

comment on table public.provider_assessment_scores is 'The scores of each burnout assessment, one per scale.';
comment on column public.provider_assessment_scores.org_id is 'The organization of the assessment.';
comment on column public.provider_assessment_scores.assessment_id is 'The assessment.';
comment on column public.provider_assessment_scores.scale_code is 'The scale, as the instrument calls it.';
comment on column public.provider_assessment_scores.user_id is 'The provider; the owner of the row.';
comment on column public.provider_assessment_scores.score is 'The score, in the range of its scale. PHI.';
comment on column public.provider_assessment_scores.band is
'What the instrument calls it; null where it has no bands. PHI.';
comment on column public.provider_assessment_scores.severity is
'How bad that is: 0 nothing to note, 1 moderate, 2 high, 3 severe, up to 9. PHI.';
