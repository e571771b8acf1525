-- Services that an organization sends through. What is secret is in the vault under the row's id; what is here may be
-- read by its administrators.
create table public.integration_configs (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  kind public.integration_kind not null,
  name text not null,
  settings jsonb not null default '{}',
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint integration_configs_pkey primary key (org_id, id),
  constraint integration_configs_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint integration_configs_name_key unique (org_id, kind, name),
  constraint integration_configs_name_length check (length(name) between 1 and 100),
  constraint integration_configs_settings_valid check (app.are_integration_settings_valid(kind, settings))
);

comment on table public.integration_configs is 'Services that an organization sends through: mail, SMS, chat.';
comment on column public.integration_configs.org_id is 'The organization.';
comment on column public.integration_configs.id is 'Key within the organization.';
comment on column public.integration_configs.kind is 'Which service.';
comment on column public.integration_configs.name is 'Which one of them, for people, 1 to 100 characters: a team''s channel, a mail server.';
comment on column public.integration_configs.settings is
'What is no secret: for smtp host, port, username, from, security; for resend from; for twilio account_sid, from.';
comment on column public.integration_configs.is_active is 'Mail and SMS go through the active one that was made first.';
comment on column public.integration_configs.created_at is 'When the row was made.';
comment on column public.integration_configs.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.integration_configs.updated_at is 'When it was last changed.';
comment on column public.integration_configs.updated_by is 'Who changed it last, null for the system.';
comment on column public.integration_configs.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.integration_configs.deleted_at is 'When it was removed; a removed row is invisible through the API.';
