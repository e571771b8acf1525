-- What follows from a band, where an organization wants something else than app.default_assessment_rules() says: a row
-- here takes the place of the default for the same instrument, band and score, or adds one.
create table public.assessment_rules (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  instrument_code text not null,
  band text not null,
  from_score numeric(8, 2) not null default 0,
  follow_up_kind public.assessment_follow_up_kind,
  due_within interval,
  notify_roles public.app_role[] not null default '{}',
  repeat_after interval,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint assessment_rules_pkey primary key (org_id, id),
  constraint assessment_rules_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint assessment_rules_instrument_code_form check (instrument_code ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint assessment_rules_band_form check (band ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint assessment_rules_from_score_range check (from_score > -10000 and from_score < 10000),
  constraint assessment_rules_due_within_of_follow_up check ((follow_up_kind is null) = (due_within is null)),
  constraint assessment_rules_due_within_range check (
    due_within >= interval '0' and due_within <= interval '1 year'
  ),
  constraint assessment_rules_notify_roles_known check (
    notify_roles <@ array['manager', 'care_manager', 'nurse', 'clinician']::public.app_role[]
    and cardinality(notify_roles) <= 4
  ),
  constraint assessment_rules_repeat_after_range check (
    repeat_after >= interval '0' and repeat_after <= interval '1 year'
  )
);

create unique index assessment_rules_once_key on public.assessment_rules (org_id, instrument_code, band, from_score)
where deleted_at is null;

comment on table public.assessment_rules is 'What an organization wants to follow from the results of assessments.';
comment on column public.assessment_rules.org_id is 'The organization whose rule it is.';
comment on column public.assessment_rules.id is 'Key within the organization.';
comment on column public.assessment_rules.instrument_code is 'The instrument.';
comment on column public.assessment_rules.band is 'The band of its result.';
comment on column public.assessment_rules.from_score is
'From this score on, within the band: of several rules for a band that with the highest one holds.';
comment on column public.assessment_rules.follow_up_kind is 'What is to be done; null: nothing but assessing again.';
comment on column public.assessment_rules.due_within is 'By when, from the assessment on: 0 (at once) to a year.';
comment on column public.assessment_rules.notify_roles is
'Who is told at once, at the resident''s site; empty: nobody. Managers, care managers, nurses, clinicians.';
comment on column public.assessment_rules.repeat_after is
'When the next assessment is due; 0: without a pause; null: by no rule.';
comment on column public.assessment_rules.is_active is
'False: nothing follows, also where the default says otherwise.';
comment on column public.assessment_rules.created_at is 'When the row was made.';
comment on column public.assessment_rules.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.assessment_rules.updated_at is 'When it was last changed.';
comment on column public.assessment_rules.updated_by is 'Who changed it last, null for the system.';
comment on column public.assessment_rules.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.assessment_rules.deleted_at is
'When it was removed; a removed row is invisible through the API.';
