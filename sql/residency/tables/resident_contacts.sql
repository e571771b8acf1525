-- Who is to be called about a resident: relatives, and those who look after them elsewhere. What is in clear says whom
-- to call first; who it is, and the number, are sealed with the resident's key.
create table public.resident_contacts (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  resident_id uuid not null,
  site_id uuid not null,
  kind public.contact_kind not null,
  is_next_of_kin boolean not null default false,
  is_emergency_contact boolean not null default false,
  is_active boolean not null default true,
  details bytea not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint resident_contacts_pkey primary key (org_id, id),
  constraint resident_contacts_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint resident_contacts_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  constraint resident_contacts_details_sealed check (app.is_sealed(details, 10000))
);

create index resident_contacts_resident_id_idx on public.resident_contacts (org_id, resident_id, site_id);
create index resident_contacts_site_id_idx on public.resident_contacts (org_id, site_id);

create trigger _200_guard
before insert or update on public.resident_contacts
for each row execute function app.guard_resident_contact();

comment on table public.resident_contacts is 'Relatives and professionals to be called about a resident.';
comment on column public.resident_contacts.org_id is 'The organization that houses the resident.';
comment on column public.resident_contacts.id is 'Key within the organization.';
comment on column public.resident_contacts.resident_id is 'Whose contact it is.';
comment on column public.resident_contacts.site_id is 'Where the resident lives; follows them.';
comment on column public.resident_contacts.kind is 'Who they are to the resident. PHI.';
comment on column public.resident_contacts.is_next_of_kin is 'Whether they are the next of kin.';
comment on column public.resident_contacts.is_emergency_contact is 'Whether they are called in an emergency.';
comment on column public.resident_contacts.is_active is 'False once they are no longer to be called.';
comment on column public.resident_contacts.details is
'A document: name, relationship, phone, email, address, note, of which only the name must be there. PHI, sealed with the
person''s own key.';
comment on column public.resident_contacts.created_at is 'When the row was made.';
comment on column public.resident_contacts.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.resident_contacts.updated_at is 'When it was last changed.';
comment on column public.resident_contacts.updated_by is 'Who changed it last, null for the system.';
comment on column public.resident_contacts.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.resident_contacts.deleted_at is 'When it was removed; a removed row is invisible through the API.';
