-- How much at risk a patient is, as an assessment found. The latest one counts. Brought in by imports: which method
-- found it is the organization's own.
create table public.patient_risk_scores (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  patient_id uuid not null,
  risk_level public.patient_risk_level not null,
  score numeric(8, 3),
  assessed_on date not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint patient_risk_scores_pkey primary key (org_id, id),
  constraint patient_risk_scores_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint patient_risk_scores_patient_fkey foreign key (org_id, patient_id)
  references public.org_patients (org_id, patient_id)
);

-- The latest of a patient.
create index patient_risk_scores_patient_id_idx on public.patient_risk_scores (org_id, patient_id, assessed_on, id);

comment on table public.patient_risk_scores is 'How much at risk patients are, one row per assessment.';
comment on column public.patient_risk_scores.org_id is 'The organization that cares for the patient.';
comment on column public.patient_risk_scores.id is 'Key within the organization.';
comment on column public.patient_risk_scores.patient_id is 'The patient.';
comment on column public.patient_risk_scores.risk_level is 'What was found. PHI.';
comment on column public.patient_risk_scores.score is 'The number behind it, on the scale of whatever found it. PHI.';
comment on column public.patient_risk_scores.assessed_on is 'The day of the assessment.';
comment on column public.patient_risk_scores.created_at is 'When the row was made.';
comment on column public.patient_risk_scores.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.patient_risk_scores.updated_at is 'When it was last changed.';
comment on column public.patient_risk_scores.updated_by is 'Who changed it last, null for the system.';
comment on column public.patient_risk_scores.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.patient_risk_scores.deleted_at is
'When it was removed; a removed row is invisible through the API.';
