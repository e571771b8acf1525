-- What an assessment asks somebody to do, and who did it. Made by app.follow_up_assessment(), ticked off by RPC.
create table public.assessment_follow_ups (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  resident_id uuid not null,
  site_id uuid not null,
  assessment_id uuid not null,
  kind public.assessment_follow_up_kind not null,
  severity smallint,
  due_at timestamptz not null,
  done_at timestamptz,
  done_by uuid,
  cancelled_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint assessment_follow_ups_pkey primary key (org_id, id),
  constraint assessment_follow_ups_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint assessment_follow_ups_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  constraint assessment_follow_ups_result_fkey foreign key (org_id, assessment_id, resident_id)
  references public.assessments (org_id, id, resident_id),
  constraint assessment_follow_ups_done_by_fkey foreign key (org_id, done_by)
  references public.staff_members (org_id, user_id),
  constraint assessment_follow_ups_done_whole check ((done_at is null) = (done_by is null)),
  constraint assessment_follow_ups_one_end check (done_at is null or cancelled_at is null),
  constraint assessment_follow_ups_severity_range check (severity between 0 and 9)
);

create index assessment_follow_ups_resident_id_idx on public.assessment_follow_ups (org_id, resident_id, site_id);
create index assessment_follow_ups_assessment_id_idx
on public.assessment_follow_ups (org_id, assessment_id, resident_id);
create index assessment_follow_ups_done_by_idx on public.assessment_follow_ups (org_id, done_by);
-- What is open at a home, the most overdue first.
create index assessment_follow_ups_open_idx on public.assessment_follow_ups (org_id, site_id, due_at)
where done_at is null and cancelled_at is null;

create trigger _200_keep
before update or delete on public.assessment_follow_ups
for each row execute function app.keep_record('done_at', 'done_by', 'cancelled_at');

comment on table public.assessment_follow_ups is 'What is to be done because of an assessment.';
comment on column public.assessment_follow_ups.org_id is 'The organization that houses the resident.';
comment on column public.assessment_follow_ups.id is 'Key within the organization.';
comment on column public.assessment_follow_ups.resident_id is 'The resident it is about.';
comment on column public.assessment_follow_ups.site_id is 'Where the resident lives; follows them.';
comment on column public.assessment_follow_ups.assessment_id is 'The assessment that asks for it.';
comment on column public.assessment_follow_ups.kind is 'What is to be done. PHI.';
comment on column public.assessment_follow_ups.severity is 'How bad the assessment was. PHI.';
comment on column public.assessment_follow_ups.due_at is 'By when.';
comment on column public.assessment_follow_ups.done_at is 'When it was done; null while it is open.';
comment on column public.assessment_follow_ups.done_by is 'Who said so, a member of staff; null while it is open.';
comment on column public.assessment_follow_ups.cancelled_at is
'When it was no longer wanted, because the assessment was corrected; null otherwise.';
comment on column public.assessment_follow_ups.created_at is 'When the row was made.';
comment on column public.assessment_follow_ups.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.assessment_follow_ups.updated_at is 'When it was last changed.';
comment on column public.assessment_follow_ups.updated_by is 'Who changed it last, null for the system.';
comment on column public.assessment_follow_ups.version is
'Counts the writes; send back the one you read to learn of a change by another.';
