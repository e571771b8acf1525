-- A place that is run as one: a recovery house, a care home, a clinic, a studio. Roles can be limited to sites.
create table public.sites (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  property_id uuid,
  kind public.site_kind not null,
  name text not null,
  time_zone public.time_zone,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  telephone text,
  website text,
  constraint sites_pkey primary key (org_id, id),
  constraint sites_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint sites_property_fkey foreign key (org_id, property_id) references public.properties (org_id, id),
  constraint sites_name_length check (length(name) between 1 and 200),
  constraint sites_telephone_length check (length(telephone) between 3 and 40),
  constraint sites_website_form check (website ~ '^https?://[^[:space:]]+$' and length(website) <= 510)
);

create index sites_property_id_idx on public.sites (org_id, property_id);

comment on table public.sites is 'Places that are run as one; houses and care_homes are views of it.';
comment on column public.sites.org_id is 'The organization it belongs to.';
comment on column public.sites.id is 'Key within the organization.';
comment on column public.sites.property_id is 'The building it is in, if that is kept.';
comment on column public.sites.kind is 'What the site is.';
comment on column public.sites.name is 'Name for people, 1 to 200 characters.';
comment on column public.sites.time_zone is 'Its own zone where it differs from the organization''s.';
comment on column public.sites.is_active is 'False once the site is closed.';
comment on column public.sites.created_at is 'When the row was made.';
comment on column public.sites.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.sites.updated_at is 'When it was last changed.';
comment on column public.sites.updated_by is 'Who changed it last, null for the system.';
comment on column public.sites.version is 'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.sites.deleted_at is 'When it was removed; a removed row is invisible through the API.';
comment on column public.sites.telephone is 'Where it is called, 3 to 40 characters.';
comment on column public.sites.website is 'Its own pages, http or https.';
