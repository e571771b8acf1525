-- When a care plan is to be looked at again, and what came of it. A plan that is followed has one review ahead; doing
-- it schedules the next.
create table public.care_plan_reviews (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  care_plan_id uuid not null,
  resident_id uuid not null,
  site_id uuid not null,
  status public.care_plan_review_status not null default 'scheduled',
  risk_level public.care_plan_risk_level not null,
  due_on date not null,
  reviewed_at timestamptz,
  reviewed_by uuid,
  outcome public.care_plan_review_outcome,
  note bytea,
  told_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint care_plan_reviews_pkey primary key (org_id, id),
  constraint care_plan_reviews_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint care_plan_reviews_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  constraint care_plan_reviews_plan_fkey foreign key (org_id, care_plan_id)
  references public.care_plans (org_id, id),
  constraint care_plan_reviews_reviewed_by_fkey foreign key (org_id, reviewed_by)
  references public.staff_members (org_id, user_id),
  -- 4,000 characters, of up to four bytes each.
  constraint care_plan_reviews_note_sealed check (app.is_sealed(note, 16081)),
  constraint care_plan_reviews_reviewed check (
    (status = 'completed') = (reviewed_at is not null)
    and (reviewed_at is null) = (reviewed_by is null)
    and (reviewed_at is null) = (outcome is null)
  )
);

create index care_plan_reviews_plan_id_idx on public.care_plan_reviews (org_id, care_plan_id);
create index care_plan_reviews_resident_id_idx on public.care_plan_reviews (org_id, resident_id, site_id);
create index care_plan_reviews_site_id_idx on public.care_plan_reviews (org_id, site_id, due_on)
where status = 'scheduled';
create index care_plan_reviews_due_idx on public.care_plan_reviews (org_id, due_on)
where status = 'scheduled' and told_at is null;
create index care_plan_reviews_reviewed_by_idx on public.care_plan_reviews (org_id, reviewed_by);
create unique index care_plan_reviews_open_key on public.care_plan_reviews (org_id, care_plan_id)
where status = 'scheduled';

create trigger _200_guard
before insert or update or delete on public.care_plan_reviews
for each row execute function app.guard_care_plan_review();

comment on table public.care_plan_reviews is 'Reviews of care plans: when they are due, and what came of them.';
comment on column public.care_plan_reviews.org_id is 'The organization that cares.';
comment on column public.care_plan_reviews.id is 'Key within the organization.';
comment on column public.care_plan_reviews.care_plan_id is 'The plan to look at.';
comment on column public.care_plan_reviews.resident_id is 'The resident it is about.';
comment on column public.care_plan_reviews.site_id is 'Where the resident lives; follows them.';
comment on column public.care_plan_reviews.status is 'Where it stands: scheduled, completed, cancelled.';
comment on column public.care_plan_reviews.risk_level is 'The risk that said when it is due.';
comment on column public.care_plan_reviews.due_on is 'By which day, where the site is.';
comment on column public.care_plan_reviews.reviewed_at is 'When it was done.';
comment on column public.care_plan_reviews.reviewed_by is 'The member of staff who did it.';
comment on column public.care_plan_reviews.outcome is 'What came of it.';
comment on column public.care_plan_reviews.note is
'What was found, 1 to 4000 characters. PHI, sealed with the resident''s own key.';
comment on column public.care_plan_reviews.told_at is 'When somebody was told that it is due.';
comment on column public.care_plan_reviews.created_at is 'When the row was made.';
comment on column public.care_plan_reviews.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.care_plan_reviews.updated_at is 'When it was last changed.';
comment on column public.care_plan_reviews.updated_by is 'Who changed it last, null for the system.';
comment on column public.care_plan_reviews.version is
'Counts the writes; send back the one you read to learn of a change by another.';
