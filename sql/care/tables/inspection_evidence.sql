-- What shows inspectors how a site answers a key question: an incident and what was learned of it, a complaint, an
-- audit, an action that was done. It points at the thing itself, of the same site.
create table public.inspection_evidence (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid not null,
  key_question public.key_question not null,
  kind public.evidence_kind not null,
  incident_id uuid,
  complaint_id uuid,
  audit_id uuid,
  action_id uuid,
  title text not null,
  expires_on date,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint inspection_evidence_pkey primary key (org_id, id),
  constraint inspection_evidence_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint inspection_evidence_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  constraint inspection_evidence_incident_fkey foreign key (org_id, incident_id, site_id)
  references public.incidents (org_id, id, site_id),
  constraint inspection_evidence_complaint_fkey foreign key (org_id, complaint_id, site_id)
  references public.complaints (org_id, id, site_id),
  constraint inspection_evidence_audit_fkey foreign key (org_id, audit_id, site_id)
  references public.quality_audits (org_id, id, site_id),
  constraint inspection_evidence_action_fkey foreign key (org_id, action_id, site_id)
  references public.quality_audit_actions (org_id, id, site_id),
  constraint inspection_evidence_of_its_kind check (
    num_nonnulls(incident_id, complaint_id, audit_id, action_id) = 1
    and case kind
      when 'incident' then incident_id is not null
      when 'complaint' then complaint_id is not null
      when 'quality_audit' then audit_id is not null
      when 'audit_action' then action_id is not null
    end
  ),
  constraint inspection_evidence_title_length check (length(title) between 1 and 200)
);

create index inspection_evidence_site_id_idx on public.inspection_evidence (org_id, site_id, key_question, id);
create index inspection_evidence_incident_id_idx on public.inspection_evidence (org_id, incident_id, site_id);
create index inspection_evidence_complaint_id_idx on public.inspection_evidence (org_id, complaint_id, site_id);
create index inspection_evidence_audit_id_idx on public.inspection_evidence (org_id, audit_id, site_id);
create index inspection_evidence_action_id_idx on public.inspection_evidence (org_id, action_id, site_id);
-- What is to be renewed next.
create index inspection_evidence_expires_on_idx on public.inspection_evidence (org_id, expires_on)
where expires_on is not null;
-- One thing answers a question once.
create unique index inspection_evidence_once_key on public.inspection_evidence (
  org_id, key_question, coalesce(incident_id, complaint_id, audit_id, action_id)
) where deleted_at is null;

comment on table public.inspection_evidence is
'Evidence for inspections, by key question.';
comment on column public.inspection_evidence.org_id is 'The organization of the site.';
comment on column public.inspection_evidence.id is 'Key within the organization.';
comment on column public.inspection_evidence.site_id is 'The site that it speaks of.';
comment on column public.inspection_evidence.key_question is 'The question that it answers.';
comment on column public.inspection_evidence.kind is 'What it is.';
comment on column public.inspection_evidence.incident_id is 'The incident, if it is one.';
comment on column public.inspection_evidence.complaint_id is 'The complaint or compliment, if it is one.';
comment on column public.inspection_evidence.audit_id is 'The audit, if it is one.';
comment on column public.inspection_evidence.action_id is 'The action of an audit, if it is one.';
comment on column public.inspection_evidence.title is 'What it shows, 1 to 200 characters. Nothing about a person.';
comment on column public.inspection_evidence.expires_on is
'It shows nothing any more from then on; null without an end.';
comment on column public.inspection_evidence.created_at is 'When the row was made.';
comment on column public.inspection_evidence.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.inspection_evidence.updated_at is 'When it was last changed.';
comment on column public.inspection_evidence.updated_by is 'Who changed it last, null for the system.';
comment on column public.inspection_evidence.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.inspection_evidence.deleted_at is
'When it was removed; a removed row is invisible through the API.';
