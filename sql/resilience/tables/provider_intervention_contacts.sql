-- When somebody tried to reach the person of a case, and whether they did. Nothing of what was said.
create table public.provider_intervention_contacts (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  intervention_id uuid not null,
  practitioner_id uuid not null,
  user_id uuid not null,
  contacted_at timestamptz not null,
  contact_method public.contact_method not null,
  contacted_by uuid,
  is_reached boolean not null,
  constraint provider_intervention_contacts_pkey primary key (org_id, id),
  constraint provider_intervention_contacts_intervention_fkey foreign key (org_id, intervention_id, user_id)
  references public.provider_interventions (org_id, id, user_id) on delete cascade,
  constraint provider_intervention_contacts_practitioner_id_fkey foreign key (practitioner_id)
  references public.fhir_practitioners (id),
  constraint provider_intervention_contacts_practitioner_fkey foreign key (org_id, practitioner_id)
  references public.org_practitioners (org_id, practitioner_id),
  constraint provider_intervention_contacts_user_id_fkey foreign key (user_id)
  references auth.users (id) on delete cascade,
  constraint provider_intervention_contacts_contacted_by_fkey foreign key (contacted_by)
  references auth.users (id) on delete set null
);

create index provider_intervention_contacts_intervention_idx
on public.provider_intervention_contacts (org_id, intervention_id, user_id);
create index provider_intervention_contacts_practitioner_id_idx
on public.provider_intervention_contacts (org_id, practitioner_id);
create index provider_intervention_contacts_practitioner_idx
on public.provider_intervention_contacts (practitioner_id);
create index provider_intervention_contacts_user_id_idx on public.provider_intervention_contacts (user_id, org_id);
create index provider_intervention_contacts_contacted_by_idx on public.provider_intervention_contacts (contacted_by);

comment on table public.provider_intervention_contacts is 'Attempts to reach the person of a case.';
comment on column public.provider_intervention_contacts.org_id is 'The organization of the case.';
comment on column public.provider_intervention_contacts.id is 'Key within the organization.';
comment on column public.provider_intervention_contacts.intervention_id is 'The case.';
comment on column public.provider_intervention_contacts.practitioner_id is 'The person of the case as a practitioner.';
comment on column public.provider_intervention_contacts.user_id is
'The person of the case as a signed-in person; whose row it is.';
comment on column public.provider_intervention_contacts.contacted_at is 'When it was.';
comment on column public.provider_intervention_contacts.contact_method is 'How.';
comment on column public.provider_intervention_contacts.contacted_by is 'The helper (auth.users); null once they are gone.';
comment on column public.provider_intervention_contacts.is_reached is 'Whether the person was reached.';
