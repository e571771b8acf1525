-- The privacy statement that providers agree to, in its versions. A version that somebody agreed to never changes: a
-- new text is a new version, and those who agreed to the former one are asked again.
create table public.resilience_policies (
  version integer not null,
  title text not null,
  body text not null,
  effective_on date not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  constraint resilience_policies_pkey primary key (version),
  constraint resilience_policies_version_range check (version between 1 and 10000),
  constraint resilience_policies_texts_length check (
    length(title) between 1 and 200 and length(body) between 1 and 20000
  )
);

comment on table public.resilience_policies is 'The versions of the privacy statement of the resilience hub.';
comment on column public.resilience_policies.version is 'Counts up from 1.';
comment on column public.resilience_policies.title is 'Heading, 1 to 200 characters.';
comment on column public.resilience_policies.body is 'The text as Markdown, 1 to 20000 characters.';
comment on column public.resilience_policies.effective_on is 'The first day it is offered for agreement.';
comment on column public.resilience_policies.created_at is 'When the row was made.';
comment on column public.resilience_policies.created_by is 'Who made it (auth.users), null for the system.';
