-- Somebody asks for a place: the way from the first call to the admission, or to why there was none. The person is not
-- a patient yet, so what says who they are is sealed with the organization's key; an admission makes the patient.
create table public.residency_enquiries (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid not null,
  source public.enquiry_source not null,
  kind public.admission_kind not null default 'permanent',
  wanted_from_date date,
  status public.enquiry_status not null default 'enquiry',
  status_at timestamptz not null default now(),
  lost_reason public.enquiry_lost_reason,
  details bytea not null,
  resident_id uuid,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint residency_enquiries_pkey primary key (org_id, id),
  constraint residency_enquiries_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint residency_enquiries_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  -- Without the site: the enquiry stays with the home that was asked, wherever the resident moves.
  constraint residency_enquiries_resident_fkey foreign key (org_id, resident_id)
  references public.residents (org_id, id),
  -- What the waiting list points at.
  constraint residency_enquiries_site_key unique (org_id, id, site_id),
  constraint residency_enquiries_lost_has_reason check ((lost_reason is not null) = (status = 'lost')),
  constraint residency_enquiries_admitted_is_somebody check (status <> 'admitted' or resident_id is not null),
  constraint residency_enquiries_details_sealed check (app.is_sealed(details, 20000))
);

create index residency_enquiries_site_id_idx on public.residency_enquiries (org_id, site_id, status, id);
create index residency_enquiries_resident_id_idx on public.residency_enquiries (org_id, resident_id);

create trigger _200_guard
before insert or update on public.residency_enquiries
for each row execute function app.guard_enquiry();

create trigger _510_waiting
after update of status on public.residency_enquiries
for each row execute function app.follow_enquiry();

comment on table public.residency_enquiries is 'Enquiries for a place: leads, from the first call to the admission.';
comment on column public.residency_enquiries.org_id is 'The organization that was asked.';
comment on column public.residency_enquiries.id is 'Key within the organization.';
comment on column public.residency_enquiries.site_id is 'The site that is wanted.';
comment on column public.residency_enquiries.source is 'How they came to ask.';
comment on column public.residency_enquiries.kind is 'What they would come for.';
comment on column public.residency_enquiries.wanted_from_date is 'From which day they want a place; null: not said.';
comment on column public.residency_enquiries.status is 'Where it stands; goes step by step.';
comment on column public.residency_enquiries.status_at is 'Since when it stands there.';
comment on column public.residency_enquiries.lost_reason is 'Why it came to nothing; null unless it did.';
comment on column public.residency_enquiries.details is
'A document: person (family_name, given_names, birth_date, preferred_name), contact (name, relationship, phone, email)
and note. PHI, sealed with the organization''s key.';
comment on column public.residency_enquiries.resident_id is 'Who it became; null before a bed was taken.';
comment on column public.residency_enquiries.created_at is 'When the row was made.';
comment on column public.residency_enquiries.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.residency_enquiries.updated_at is 'When it was last changed.';
comment on column public.residency_enquiries.updated_by is 'Who changed it last, null for the system.';
comment on column public.residency_enquiries.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.residency_enquiries.deleted_at is 'When it was removed; a removed row is invisible through the API.';
