-- The score of each scale of an assessment: most instruments have one.
create table public.assessment_scores (
  org_id uuid not null default app.current_org(),
  assessment_id uuid not null,
  scale_code text not null,
  resident_id uuid not null,
  site_id uuid not null,
  score numeric(8, 2) not null,
  band text,
  severity smallint,
  constraint assessment_scores_pkey primary key (org_id, assessment_id, scale_code),
  constraint assessment_scores_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint assessment_scores_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  constraint assessment_scores_result_fkey foreign key (org_id, assessment_id, resident_id)
  references public.assessments (org_id, id, resident_id),
  constraint assessment_scores_scale_code_form check (scale_code ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint assessment_scores_score_range check (score > -10000 and score < 10000),
  constraint assessment_scores_band_form check (band ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint assessment_scores_severity_range check (severity between 0 and 9)
);

create index assessment_scores_assessment_id_idx on public.assessment_scores (org_id, assessment_id, resident_id);
create index assessment_scores_resident_id_idx on public.assessment_scores (org_id, resident_id, site_id);

comment on table public.assessment_scores is 'Scores of assessments of residents, scale by scale.';
comment on column public.assessment_scores.org_id is 'The organization that houses the resident.';
comment on column public.assessment_scores.assessment_id is 'The assessment.';
comment on column public.assessment_scores.scale_code is 'The scale of the instrument.';
comment on column public.assessment_scores.resident_id is 'The resident it is about.';
comment on column public.assessment_scores.site_id is 'Where the resident lives; follows them.';
comment on column public.assessment_scores.score is 'The score. PHI.';
comment on column public.assessment_scores.band is 'What the authors call it; null where the scale has no bands. PHI.';
comment on column public.assessment_scores.severity is 'How bad that is: 0 nothing to note, up to 9. PHI.';
