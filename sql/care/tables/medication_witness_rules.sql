-- Who signs second for a controlled drug: the site's own row, else the organization's (site_id null), else nurses,
-- clinicians and managers, and carers whose course `medication` is current.
create table public.medication_witness_rules (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid,
  roles public.app_role[] not null default '{nurse,clinician,manager}',
  course_id uuid,
  is_on_duty boolean not null default false,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint medication_witness_rules_pkey primary key (org_id, id),
  constraint medication_witness_rules_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint medication_witness_rules_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  constraint medication_witness_rules_course_fkey foreign key (org_id, course_id)
  references public.training_courses (org_id, id),
  -- Whoever else there is does not sign for medicines at all.
  constraint medication_witness_rules_roles_sign check (
    roles <@ array['carer', 'nurse', 'clinician', 'manager']::public.app_role[] and cardinality(roles) <= 4
  ),
  constraint medication_witness_rules_somebody check (cardinality(roles) > 0 or course_id is not null)
);

create index medication_witness_rules_site_id_idx on public.medication_witness_rules (org_id, site_id);
create index medication_witness_rules_course_id_idx on public.medication_witness_rules (org_id, course_id);
create unique index medication_witness_rules_site_key
on public.medication_witness_rules (org_id, site_id) nulls not distinct
where deleted_at is null;

comment on table public.medication_witness_rules is 'Who may sign second for a controlled drug.';
comment on column public.medication_witness_rules.org_id is 'The organization of the site.';
comment on column public.medication_witness_rules.id is 'Key within the organization.';
comment on column public.medication_witness_rules.site_id is 'The site; null for all that have none of their own.';
comment on column public.medication_witness_rules.roles is
'Who has one of these roles at the site witnesses: carer, nurse, clinician, manager.';
comment on column public.medication_witness_rules.course_id is
'So does who signs for medicines there and holds this course today; null: nobody by training.';
comment on column public.medication_witness_rules.is_on_duty is
'Whether both who sign must be at work at the site: on a published shift, or clocked in. False: employed is enough.';
comment on column public.medication_witness_rules.created_at is 'When the row was made.';
comment on column public.medication_witness_rules.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.medication_witness_rules.updated_at is 'When it was last changed.';
comment on column public.medication_witness_rules.updated_by is 'Who changed it last, null for the system.';
comment on column public.medication_witness_rules.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.medication_witness_rules.deleted_at is
'When it was removed; a removed row is invisible through the API.';
