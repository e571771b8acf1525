-- How soon care plans are reviewed, by their risk. An organization says what it holds itself to; where it says nothing,
-- a plan is reviewed a month after it was published or last reviewed.
create table public.care_plan_review_intervals (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  risk_level public.care_plan_risk_level not null,
  review_days integer not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint care_plan_review_intervals_pkey primary key (org_id, id),
  constraint care_plan_review_intervals_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint care_plan_review_intervals_review_days_range check (review_days between 1 and 366)
);

create unique index care_plan_review_intervals_risk_level_key
on public.care_plan_review_intervals (org_id, risk_level) where deleted_at is null;

comment on table public.care_plan_review_intervals is 'How soon an organization reviews care plans, by their risk.';
comment on column public.care_plan_review_intervals.org_id is 'The organization that reviews.';
comment on column public.care_plan_review_intervals.id is 'Key within the organization.';
comment on column public.care_plan_review_intervals.risk_level is 'The risk; one row of each.';
comment on column public.care_plan_review_intervals.review_days is 'A review is due so many days after the last, 1 to 366.';
comment on column public.care_plan_review_intervals.created_at is 'When the row was made.';
comment on column public.care_plan_review_intervals.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.care_plan_review_intervals.updated_at is 'When it was last changed.';
comment on column public.care_plan_review_intervals.updated_by is 'Who changed it last, null for the system.';
comment on column public.care_plan_review_intervals.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.care_plan_review_intervals.deleted_at is
'When it was removed; a removed row is invisible through the API.';
