-- Complaints and compliments about a site. What is in words, and who said it, is sealed with the key of the
-- organization. By when it is acknowledged and answered is fixed when it is written down, from complaint_policies.
create table public.complaints (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid not null,
  kind public.complaint_kind not null,
  source public.complaint_source not null,
  resident_id uuid,
  received_on date not null,
  details bytea not null,
  complainant bytea,
  acknowledge_due_on date,
  acknowledged_at timestamptz,
  respond_due_on date,
  responded_at timestamptz,
  outcome public.complaint_outcome,
  response bytea,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint complaints_pkey primary key (org_id, id),
  constraint complaints_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint complaints_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  constraint complaints_resident_fkey foreign key (org_id, resident_id) references public.residents (org_id, id),
  -- What evidence points at.
  constraint complaints_site_key unique (org_id, id, site_id),
  -- 4000, 500 and 4000 characters, of up to four bytes each.
  constraint complaints_details_sealed check (app.is_sealed(details, 16081)),
  constraint complaints_complainant_sealed check (app.is_sealed(complainant, 2081)),
  constraint complaints_response_sealed check (app.is_sealed(response, 16081)),
  constraint complaints_due_of_complaint check (
    (kind = 'complaint') = (acknowledge_due_on is not null) and (kind = 'complaint') = (respond_due_on is not null)
  ),
  constraint complaints_responded check (
    (responded_at is null) = (response is null)
    and (responded_at is null or kind = 'compliment' or outcome is not null)
    and (outcome is null or (responded_at is not null and kind = 'complaint'))
  )
);

create index complaints_site_id_idx on public.complaints (org_id, site_id, id);
-- What waits for an answer, the most urgent first.
create index complaints_due_idx on public.complaints (org_id, respond_due_on) where responded_at is null;
create index complaints_resident_id_idx on public.complaints (org_id, resident_id);

create trigger _200_guard
before insert or update on public.complaints
for each row execute function app.guard_complaint();

create trigger _200_keep
before update or delete on public.complaints
for each row execute function app.keep_record('org_id', 'acknowledged_at', 'responded_at', 'outcome', 'response');

comment on table public.complaints is
'Complaints and compliments about sites, and how they were answered.';
comment on column public.complaints.org_id is 'The organization of the site.';
comment on column public.complaints.id is 'Key within the organization.';
comment on column public.complaints.site_id is 'The site that it is about. It stays there, whoever moves.';
comment on column public.complaints.kind is 'Complaint or compliment.';
comment on column public.complaints.source is 'Who said it.';
comment on column public.complaints.resident_id is 'The resident whom it is about, if it is about one.';
comment on column public.complaints.received_on is 'The day it was received, where the site is.';
comment on column public.complaints.details is
'What was said, 1 to 4000 characters. PHI, sealed with the organization''s key.';
comment on column public.complaints.complainant is
'Who said it and how to answer them, 1 to 500 characters. PHI, sealed with the organization''s key.';
comment on column public.complaints.acknowledge_due_on is 'By which day a complaint is to be acknowledged.';
comment on column public.complaints.acknowledged_at is 'When it was; null until then.';
comment on column public.complaints.respond_due_on is 'By which day a complaint is to be answered.';
comment on column public.complaints.responded_at is 'When it was; null until then.';
comment on column public.complaints.outcome is 'What was found about a complaint; null until it is answered.';
comment on column public.complaints.response is
'What was answered, 1 to 4000 characters. PHI, sealed with the organization''s key.';
comment on column public.complaints.created_at is 'When the row was made.';
comment on column public.complaints.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.complaints.updated_at is 'When it was last changed.';
comment on column public.complaints.updated_by is 'Who changed it last, null for the system.';
comment on column public.complaints.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.complaints.deleted_at is 'When it was removed; a removed row is invisible through the API.';
