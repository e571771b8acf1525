-- Which patient a proposal hands to whom. Never changed: a plan that no longer fits is refused as a whole, and made
-- anew.
create table public.provider_rebalance_moves (
  org_id uuid not null default app.current_org(),
  proposal_id uuid not null,
  patient_id uuid not null,
  to_practitioner_id uuid not null,
  acuity numeric(4, 1) not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  constraint provider_rebalance_moves_pkey primary key (org_id, proposal_id, patient_id),
  constraint provider_rebalance_moves_proposal_fkey foreign key (org_id, proposal_id)
  references public.provider_rebalance_proposals (org_id, id) on delete cascade,
  constraint provider_rebalance_moves_patient_fkey foreign key (org_id, patient_id)
  references public.org_patients (org_id, patient_id),
  constraint provider_rebalance_moves_to_practitioner_id_fkey foreign key (to_practitioner_id)
  references public.fhir_practitioners (id),
  constraint provider_rebalance_moves_to_practitioner_fkey foreign key (org_id, to_practitioner_id)
  references public.org_practitioners (org_id, practitioner_id),
  constraint provider_rebalance_moves_acuity_range check (acuity between 1 and 5)
);

create index provider_rebalance_moves_patient_id_idx on public.provider_rebalance_moves (org_id, patient_id);
create index provider_rebalance_moves_to_practitioner_id_idx
on public.provider_rebalance_moves (org_id, to_practitioner_id);
create index provider_rebalance_moves_person_idx on public.provider_rebalance_moves (to_practitioner_id);

comment on table public.provider_rebalance_moves is 'What each proposal would hand over: patient by patient.';
comment on column public.provider_rebalance_moves.org_id is 'The organization.';
comment on column public.provider_rebalance_moves.proposal_id is 'The proposal.';
comment on column public.provider_rebalance_moves.patient_id is 'The patient. PHI.';
comment on column public.provider_rebalance_moves.to_practitioner_id is 'Who would look after them.';
comment on column public.provider_rebalance_moves.acuity is
'The patient''s acuity when it was proposed, 1 to 5; where it has changed, the proposal is stale. PHI.';
comment on column public.provider_rebalance_moves.created_at is 'When the row was made.';
comment on column public.provider_rebalance_moves.created_by is 'Who made it (auth.users), null for the system.';
