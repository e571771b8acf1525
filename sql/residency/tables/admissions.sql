-- One stay of a resident, from arrival to discharge; expected before they come, kept after they went. Which bed they
-- had and when is in bed_stays. Written by RPC only: it goes together with beds, status and site.
create table public.admissions (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  resident_id uuid not null,
  site_id uuid not null,
  enquiry_id uuid,
  kind public.admission_kind not null,
  expected_on date,
  admitted_at timestamptz,
  planned_until date,
  discharged_at timestamptz,
  discharge_reason public.discharge_reason,
  discharge_destination public.discharge_destination,
  cancelled_at timestamptz,
  discharge_note bytea,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint admissions_pkey primary key (org_id, id),
  constraint admissions_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint admissions_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  constraint admissions_enquiry_fkey foreign key (org_id, enquiry_id)
  references public.residency_enquiries (org_id, id),
  -- What beds and leaves point at: they are had during a stay of the same resident, and move with it.
  constraint admissions_resident_key unique (org_id, id, resident_id, site_id),
  constraint admissions_begun_or_expected check (admitted_at is not null or expected_on is not null),
  constraint admissions_discharged_after_admitted check (
    discharged_at is null or (admitted_at is not null and discharged_at > admitted_at)
  ),
  constraint admissions_discharged_with_reason check ((discharge_reason is null) = (discharged_at is null)),
  constraint admissions_destination_of_discharge check (discharge_destination is null or discharged_at is not null),
  constraint admissions_cancelled_before_begun check (cancelled_at is null or admitted_at is null),
  -- 2,000 characters, of up to four bytes each.
  constraint admissions_discharge_note_sealed check (app.is_sealed(discharge_note, 8081))
);

create index admissions_resident_id_idx on public.admissions (org_id, resident_id, site_id);
create index admissions_site_id_idx on public.admissions (org_id, site_id, admitted_at);
create index admissions_discharged_at_idx on public.admissions (org_id, discharged_at);
create index admissions_enquiry_id_idx on public.admissions (org_id, enquiry_id);
-- Nobody is admitted who has not left.
create unique index admissions_current_key on public.admissions (org_id, resident_id)
where admitted_at is not null and discharged_at is null and deleted_at is null;

create trigger _200_guard
before insert or update on public.admissions
for each row execute function app.guard_admission();

comment on table public.admissions is 'Stays of residents, from arrival to discharge (FHIR R4 EpisodeOfCare).';
comment on column public.admissions.org_id is 'The organization that houses the resident.';
comment on column public.admissions.id is 'Key within the organization.';
comment on column public.admissions.resident_id is 'Who stays.';
comment on column public.admissions.site_id is 'Where the resident lives; follows them.';
comment on column public.admissions.enquiry_id is 'The enquiry it came from, if any.';
comment on column public.admissions.kind is 'What they came for.';
comment on column public.admissions.expected_on is 'The day they were expected; null where nobody planned it. PHI.';
comment on column public.admissions.admitted_at is 'When they arrived; null before. PHI.';
comment on column public.admissions.planned_until is 'The day they are to leave, at noon; null without an end. PHI.';
comment on column public.admissions.discharged_at is 'When the stay ended; null before. PHI.';
comment on column public.admissions.discharge_reason is 'Why it ended. PHI.';
comment on column public.admissions.discharge_destination is 'Where they went. PHI.';
comment on column public.admissions.cancelled_at is 'When it was called off; only before they arrived.';
comment on column public.admissions.discharge_note is
'What matters about the discharge, 1 to 2,000 characters. PHI, sealed with the person''s own key.';
comment on column public.admissions.created_at is 'When the row was made.';
comment on column public.admissions.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.admissions.updated_at is 'When it was last changed.';
comment on column public.admissions.updated_by is 'Who changed it last, null for the system.';
comment on column public.admissions.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.admissions.deleted_at is 'When it was removed; a removed row is invisible through the API.';
