-- The words of a message, apart from its values. A template lists the values by name and kind, and the kinds leave no
-- room for free text: a number, a date near today, a moment, a code, an id, a path in the application. So no diagnosis
-- and no name gets into a mail; the recipient follows the link and reads it where access is checked.
create table public.notification_templates (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  template_key text not null,
  channel public.notification_channel not null,
  subject text,
  body text not null default '',
  payload_keys jsonb not null default '{}',
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint notification_templates_pkey primary key (org_id, id),
  constraint notification_templates_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint notification_templates_channel_key unique (org_id, template_key, channel),
  constraint notification_templates_template_key_form check (template_key ~ '^[a-z][a-z0-9_.]{0,99}$'),
  -- A line break in a subject would begin another header.
  constraint notification_templates_subject_line check (length(subject) between 1 and 200 and subject !~ '[[:cntrl:]]'),
  constraint notification_templates_body_length check (length(body) <= 10000),
  constraint notification_templates_payload_keys_valid check (app.are_payload_keys_valid(payload_keys))
);

comment on table public.notification_templates is
'The words of an organization''s messages, in Jinja, with the values that each may carry.';
comment on column public.notification_templates.org_id is 'The organization that sends.';
comment on column public.notification_templates.id is 'Key within the organization.';
comment on column public.notification_templates.template_key is 'What it is about, such as task.overdue; for webhooks the event''s type.';
comment on column public.notification_templates.channel is 'The channel that it is written for.';
comment on column public.notification_templates.subject is 'Subject or title, up to 200 characters; null where the channel has none.';
comment on column public.notification_templates.body is
'The text, up to 10,000 characters. Besides its values a template knows recipient_name, organization_name and, for a
link, its full address.';
comment on column public.notification_templates.payload_keys is
'Names of the values and their kinds: number, date, moment, code, id, link. At most 20.';
comment on column public.notification_templates.created_at is 'When the row was made.';
comment on column public.notification_templates.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.notification_templates.updated_at is 'When it was last changed.';
comment on column public.notification_templates.updated_by is 'Who changed it last, null for the system.';
comment on column public.notification_templates.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.notification_templates.deleted_at is 'When it was removed; a removed row is invisible through the API.';
