-- A look at how a site works: what was looked at, when, what was found. What is to be done about it is in
-- quality_audit_actions.
create table public.quality_audits (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid not null,
  title text not null,
  key_questions public.key_question[] not null default '{}',
  audited_on date not null,
  score_percent numeric(5, 2),
  findings bytea not null,
  next_due_on date,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint quality_audits_pkey primary key (org_id, id),
  constraint quality_audits_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint quality_audits_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  -- What actions and evidence point at, so that they are at the site of their audit.
  constraint quality_audits_site_key unique (org_id, id, site_id),
  constraint quality_audits_title_length check (length(title) between 1 and 200),
  constraint quality_audits_key_questions_some check (cardinality(key_questions) <= 5),
  constraint quality_audits_score_percent_range check (score_percent between 0 and 100),
  constraint quality_audits_next_after_this check (next_due_on > audited_on),
  -- 8000 characters, of up to four bytes each.
  constraint quality_audits_findings_sealed check (app.is_sealed(findings, 32081))
);

create index quality_audits_site_id_idx on public.quality_audits (org_id, site_id, id);
create index quality_audits_next_due_idx on public.quality_audits (org_id, next_due_on) where next_due_on is not null;

create trigger _200_guard
before insert or update on public.quality_audits
for each row execute function app.guard_quality_audit();

create trigger _200_keep
before update or delete on public.quality_audits
for each row execute function app.keep_record('org_id', 'next_due_on', 'deleted_at');

comment on table public.quality_audits is
'Quality audits of sites.';
comment on column public.quality_audits.org_id is 'The organization of the site.';
comment on column public.quality_audits.id is 'Key within the organization.';
comment on column public.quality_audits.site_id is 'The site that was looked at.';
comment on column public.quality_audits.title is 'What was looked at, 1 to 200 characters. Nothing about a person.';
comment on column public.quality_audits.key_questions is 'The key questions that it answers.';
comment on column public.quality_audits.audited_on is 'The day of the audit.';
comment on column public.quality_audits.score_percent is 'Its result, 0 to 100; null where it has no score.';
comment on column public.quality_audits.findings is
'What was found, 1 to 8000 characters. PHI, sealed with the organization''s key: it may name residents.';
comment on column public.quality_audits.next_due_on is 'When it is to be done again; null: no day is set.';
comment on column public.quality_audits.created_at is 'When the row was made.';
comment on column public.quality_audits.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.quality_audits.updated_at is 'When it was last changed.';
comment on column public.quality_audits.updated_by is 'Who changed it last, null for the system.';
comment on column public.quality_audits.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.quality_audits.deleted_at is
'When it was removed; a removed row is invisible through the API.';
