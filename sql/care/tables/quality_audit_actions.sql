-- The action plan of an audit: what is to be done about a finding, by whom and by when.
create table public.quality_audit_actions (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  audit_id uuid not null,
  site_id uuid not null,
  action_text text not null,
  assigned_to uuid,
  due_on date not null,
  completed_at timestamptz,
  completed_by uuid,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint quality_audit_actions_pkey primary key (org_id, id),
  constraint quality_audit_actions_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint quality_audit_actions_audit_fkey foreign key (org_id, audit_id, site_id)
  references public.quality_audits (org_id, id, site_id),
  constraint quality_audit_actions_assigned_to_fkey foreign key (org_id, assigned_to)
  references public.staff_members (org_id, user_id),
  -- What evidence points at.
  constraint quality_audit_actions_site_key unique (org_id, id, site_id),
  constraint quality_audit_actions_action_text_length check (length(action_text) between 1 and 1000),
  constraint quality_audit_actions_completed check ((completed_at is null) = (completed_by is null))
);

create index quality_audit_actions_audit_id_idx on public.quality_audit_actions (org_id, audit_id, site_id);
create index quality_audit_actions_site_id_idx on public.quality_audit_actions (org_id, site_id, id);
create index quality_audit_actions_assigned_to_idx on public.quality_audit_actions (org_id, assigned_to);
-- What is late, of a site or of all.
create index quality_audit_actions_due_idx on public.quality_audit_actions (org_id, due_on) where completed_at is null;

create trigger _200_keep
before update or delete on public.quality_audit_actions
for each row execute function app.keep_record('org_id', 'completed_at', 'completed_by', 'deleted_at');

comment on table public.quality_audit_actions is
'Action plans of quality audits.';
comment on column public.quality_audit_actions.org_id is 'The organization of the site.';
comment on column public.quality_audit_actions.id is 'Key within the organization.';
comment on column public.quality_audit_actions.audit_id is 'The audit.';
comment on column public.quality_audit_actions.site_id is 'Its site.';
comment on column public.quality_audit_actions.action_text is
'What is to be done, 1 to 1000 characters. Nothing about a person.';
comment on column public.quality_audit_actions.assigned_to is 'Who is to do it, a member of staff; null for nobody yet.';
comment on column public.quality_audit_actions.due_on is 'By which day.';
comment on column public.quality_audit_actions.completed_at is 'When it was done; null until then.';
comment on column public.quality_audit_actions.completed_by is 'Who said that it is done (auth.users).';
comment on column public.quality_audit_actions.created_at is 'When the row was made.';
comment on column public.quality_audit_actions.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.quality_audit_actions.updated_at is 'When it was last changed.';
comment on column public.quality_audit_actions.updated_by is 'Who changed it last, null for the system.';
comment on column public.quality_audit_actions.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.quality_audit_actions.deleted_at is
'When it was removed; a removed row is invisible through the API.';
