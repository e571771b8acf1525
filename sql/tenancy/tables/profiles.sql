-- What the platform knows of a signed-in person besides credentials. A person, not a tenant, owns it: the same
-- nurse may work for two organizations.
create table public.profiles (
  id uuid not null,
  display_name text not null,
  locale text not null default 'en-US',
  default_org_id uuid,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint profiles_pkey primary key (id),
  constraint profiles_id_fkey foreign key (id) references auth.users (id) on delete cascade,
  constraint profiles_default_org_id_fkey foreign key (default_org_id) references public.organizations (id),
  constraint profiles_display_name_length check (length(display_name) between 1 and 200),
  constraint profiles_locale_form check (locale ~ '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$')
);

create index profiles_default_org_id_idx on public.profiles (default_org_id);

create trigger _500_reach
after insert or update of is_active, deleted_at on public.profiles
for each row execute function app.follow_profile();

comment on table public.profiles is 'One row per person who can sign in.';
comment on column public.profiles.id is 'The id of auth.users.';
comment on column public.profiles.display_name is 'How the person wants to be called, 1 to 200 characters.';
comment on column public.profiles.locale is 'BCP 47 language tag, such as en-US.';
comment on column public.profiles.default_org_id is
'The organization that is active after sign-in, if the person still has a role there.';
comment on column public.profiles.is_active is 'A deactivated person is refused from the next request on.';
comment on column public.profiles.created_at is 'When the row was made.';
comment on column public.profiles.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.profiles.updated_at is 'When it was last changed.';
comment on column public.profiles.updated_by is 'Who changed it last, null for the system.';
comment on column public.profiles.version is 'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.profiles.deleted_at is 'When it was removed; a removed row is invisible through the API.';
