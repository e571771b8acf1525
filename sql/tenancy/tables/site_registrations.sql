-- Under which number a registry knows a site, and what it says there of the service. What an import knows it again by.
create table public.site_registrations (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid not null,
  registry public.site_registry not null,
  registration text not null,
  holder text,
  services text[] not null default '{}',
  specialisms text[] not null default '{}',
  local_authority text,
  inspected_on date,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint site_registrations_pkey primary key (org_id, id),
  constraint site_registrations_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint site_registrations_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  constraint site_registrations_registration_length check (length(registration) between 1 and 50),
  constraint site_registrations_npi_check_digit check (registry <> 'us_npi' or app.is_npi(registration)),
  constraint site_registrations_texts_short check (length(holder) <= 200 and length(local_authority) <= 100),
  constraint site_registrations_lists_short check (
    cardinality(services) <= 50 and length(array_to_string(services, '')) <= 5000
    and cardinality(specialisms) <= 50 and length(array_to_string(specialisms, '')) <= 5000
  )
);

create index site_registrations_site_id_idx on public.site_registrations (org_id, site_id);
create unique index site_registrations_registration_key
on public.site_registrations (org_id, registry, registration) where deleted_at is null;

comment on table public.site_registrations is 'Registrations of sites with regulators and public registers.';
comment on column public.site_registrations.org_id is 'The organization of the site.';
comment on column public.site_registrations.id is 'Key within the organization.';
comment on column public.site_registrations.site_id is 'The site that is registered.';
comment on column public.site_registrations.registry is 'Which registry it is.';
comment on column public.site_registrations.registration is 'The number there, 1 to 50 characters; once per registry.';
comment on column public.site_registrations.holder is 'Who is registered as its provider, at most 200 characters.';
comment on column public.site_registrations.services is 'What it is registered for.';
comment on column public.site_registrations.specialisms is 'Whom it is registered to care for.';
comment on column public.site_registrations.local_authority is 'The authority it lies in, at most 100 characters.';
comment on column public.site_registrations.inspected_on is 'When the registry last looked at it.';
comment on column public.site_registrations.created_at is 'When the row was made.';
comment on column public.site_registrations.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.site_registrations.updated_at is 'When it was last changed.';
comment on column public.site_registrations.updated_by is 'Who changed it last, null for the system.';
comment on column public.site_registrations.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.site_registrations.deleted_at is
'When it was removed; a removed row is invisible through the API.';
