-- What a care plan says: written as a draft, published once, kept as it was published. Publishing closes the version
-- before in the same transaction, so that care always follows exactly one.
create table public.care_plan_versions (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  care_plan_id uuid not null,
  resident_id uuid not null,
  site_id uuid not null,
  plan_type public.care_plan_type not null,
  status public.care_plan_version_status not null default 'draft',
  version_number integer,
  risk_level public.care_plan_risk_level not null,
  content bytea not null,
  published_at timestamptz,
  published_by uuid,
  closed_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint care_plan_versions_pkey primary key (org_id, id),
  constraint care_plan_versions_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint care_plan_versions_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  constraint care_plan_versions_plan_fkey foreign key (org_id, care_plan_id)
  references public.care_plans (org_id, id),
  constraint care_plan_versions_published_by_fkey foreign key (org_id, published_by)
  references public.staff_members (org_id, user_id),
  -- A document of at most 128 KiB.
  constraint care_plan_versions_content_sealed check (app.is_sealed(content, 131153)),
  constraint care_plan_versions_version_number_positive check (version_number >= 1),
  constraint care_plan_versions_published check (
    (status in ('active', 'superseded')) = (published_at is not null)
    and (published_at is null) = (version_number is null)
    and (published_at is not null or published_by is null)
  ),
  constraint care_plan_versions_closed check ((status in ('superseded', 'discarded')) = (closed_at is not null)),
  constraint care_plan_versions_closed_after_published check (closed_at >= published_at)
);

create index care_plan_versions_resident_id_idx on public.care_plan_versions (org_id, resident_id, site_id);
create index care_plan_versions_site_id_idx on public.care_plan_versions (org_id, site_id, status, id);
create index care_plan_versions_published_by_idx on public.care_plan_versions (org_id, published_by);
create unique index care_plan_versions_number_key
on public.care_plan_versions (org_id, care_plan_id, version_number);
-- Care follows one version of a plan, and two people write at the same draft.
create unique index care_plan_versions_active_key on public.care_plan_versions (org_id, resident_id, plan_type)
where status = 'active';
create unique index care_plan_versions_draft_key on public.care_plan_versions (org_id, care_plan_id)
where status = 'draft';

create trigger _200_guard
before insert or update or delete on public.care_plan_versions
for each row execute function app.guard_care_plan_version();

-- Residents and relatives reach versions by the scope `linked`, which asks whose they are and not how far they are.
create policy floor_published on public.care_plan_versions
as restrictive for select to authenticated
using (
  status = 'active'
  or site_id = any((select app.my_sites(
    'manager', 'care_manager', 'case_manager', 'nurse', 'clinician', 'carer'
  ))::uuid[])
  or org_id = (select app.org_as('org_owner', 'compliance_lead'))
);
comment on policy floor_published on public.care_plan_versions is
'Whatever else is allowed: who does not give or watch over care there sees what is published and followed now.';

comment on table public.care_plan_versions is 'Versions of care plans: drafts, the one that is followed, and those that were.';
comment on column public.care_plan_versions.org_id is 'The organization that cares.';
comment on column public.care_plan_versions.id is 'Key within the organization.';
comment on column public.care_plan_versions.care_plan_id is 'The plan whose version it is.';
comment on column public.care_plan_versions.resident_id is 'The resident it is about.';
comment on column public.care_plan_versions.site_id is 'Where the resident lives; follows them.';
comment on column public.care_plan_versions.plan_type is 'What the plan is about.';
comment on column public.care_plan_versions.status is 'Where it stands: draft, active, superseded, discarded.';
comment on column public.care_plan_versions.version_number is
'1 for the first version that was published, and so on; null for a draft.';
comment on column public.care_plan_versions.risk_level is 'How much can go wrong; says how soon it is reviewed.';
comment on column public.care_plan_versions.content is
'An object of needs, goals and interventions, each a text of at most 10,000 characters. PHI, sealed with the resident''s own key.';
comment on column public.care_plan_versions.published_at is 'When it was published; null for a draft.';
comment on column public.care_plan_versions.published_by is 'The member of staff who published it; null for one that was brought along from elsewhere.';
comment on column public.care_plan_versions.closed_at is
'When another took its place, or the draft was given up; null until then.';
comment on column public.care_plan_versions.created_at is 'When the row was made.';
comment on column public.care_plan_versions.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.care_plan_versions.updated_at is 'When it was last changed.';
comment on column public.care_plan_versions.updated_by is 'Who changed it last, null for the system.';
comment on column public.care_plan_versions.version is
'Counts the writes; send back the one you read to learn of a change by another.';
