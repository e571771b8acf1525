-- How somebody wants to be told, in one organization. Without a row: on every channel, at any hour.
create table public.notification_preferences (
  org_id uuid not null default app.current_org(),
  user_id uuid not null default auth.uid(),
  muted_channels public.notification_channel[] not null default '{}',
  quiet_from time,
  quiet_until time,
  quiet_days smallint[] not null default '{}',
  time_zone public.time_zone,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  prompt_hour smallint,
  constraint notification_preferences_pkey primary key (org_id, user_id),
  constraint notification_preferences_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint notification_preferences_user_id_fkey foreign key (user_id) references auth.users (id) on delete cascade,
  -- What must reach somebody is in the application, whatever else they mute.
  constraint notification_preferences_muted_channels_known check (
    muted_channels <@ '{email,sms}'::public.notification_channel[] and cardinality(muted_channels) <= 10
  ),
  constraint notification_preferences_quiet_hours_whole check (
    (quiet_from is null) = (quiet_until is null) and quiet_from <> quiet_until
  ),
  constraint notification_preferences_quiet_days_known check (
    quiet_days <@ '{1,2,3,4,5,6,7}'::smallint[] and cardinality(quiet_days) <= 6 and not quiet_days @> '{1,2,3,4,5,6,7}'
  ),
  constraint notification_preferences_prompt_hour_range check (prompt_hour between 0 and 23)
);

create index notification_preferences_user_id_idx on public.notification_preferences (user_id);
-- Whose hour it is.
create index notification_preferences_prompt_hour_idx on public.notification_preferences (org_id, prompt_hour)
where prompt_hour is not null;

comment on table public.notification_preferences is 'How people want to be told: muted channels, quiet hours, days off.';
comment on column public.notification_preferences.org_id is 'The organization that sends.';
comment on column public.notification_preferences.user_id is 'The person.';
comment on column public.notification_preferences.muted_channels is 'Channels that nothing is sent on: email, sms.';
comment on column public.notification_preferences.quiet_from is 'Quiet hours begin, on the clock of time_zone; null: none.';
comment on column public.notification_preferences.quiet_until is 'Quiet hours end; earlier than quiet_from: on the next day.';
comment on column public.notification_preferences.quiet_days is 'Days that are quiet as a whole: 1 is Monday, 7 Sunday; at most six.';
comment on column public.notification_preferences.time_zone is 'The person''s own zone; null: the organization''s.';
comment on column public.notification_preferences.created_at is 'When the row was made.';
comment on column public.notification_preferences.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.notification_preferences.updated_at is 'When it was last changed.';
comment on column public.notification_preferences.updated_by is 'Who changed it last, null for the system.';
comment on column public.notification_preferences.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.notification_preferences.prompt_hour is
'The hour, 0 to 23 on the organization''s clock, in which to be asked how they are; null: in the evening, at 19. Before
noon: about the day before, for whoever works nights.';
