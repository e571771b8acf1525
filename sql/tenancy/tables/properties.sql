-- A building or campus; its sites are what is run there.
create table public.properties (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  name text not null,
  address_lines text[] not null default '{}',
  city text,
  region text,
  postal_code text,
  country_code text not null default 'US',
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  latitude numeric(8, 6),
  longitude numeric(9, 6),
  constraint properties_pkey primary key (org_id, id),
  constraint properties_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint properties_name_length check (length(name) between 1 and 200),
  constraint properties_address_short check (
    cardinality(address_lines) <= 5 and length(array_to_string(address_lines, '')) <= 500
  ),
  constraint properties_place_short check (
    length(city) <= 100 and length(region) <= 100 and length(postal_code) <= 20
  ),
  constraint properties_country_code_form check (country_code ~ '^[A-Z]{2}$'),
  constraint properties_position_whole check (
    (latitude is null) = (longitude is null) and abs(latitude) <= 90 and abs(longitude) <= 180
  )
);

comment on table public.properties is 'Buildings and campuses of an organization.';
comment on column public.properties.org_id is 'The organization it belongs to.';
comment on column public.properties.id is 'Key within the organization.';
comment on column public.properties.name is 'Name for people, 1 to 200 characters.';
comment on column public.properties.address_lines is 'Street address, at most five lines.';
comment on column public.properties.city is 'Town or city.';
comment on column public.properties.region is 'State, province or county.';
comment on column public.properties.postal_code is 'Postal code as written locally.';
comment on column public.properties.country_code is 'ISO 3166-1 alpha-2 code.';
comment on column public.properties.created_at is 'When the row was made.';
comment on column public.properties.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.properties.updated_at is 'When it was last changed.';
comment on column public.properties.updated_by is 'Who changed it last, null for the system.';
comment on column public.properties.version is 'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.properties.deleted_at is 'When it was removed; a removed row is invisible through the API.';
comment on column public.properties.latitude is 'Where it is, degrees north (WGS 84).';
comment on column public.properties.longitude is 'Where it is, degrees east (WGS 84).';
