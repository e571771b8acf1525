-- One-to-ones of a member of staff with whoever supervises them: supervision, appraisal, the review of a probation.
-- What was said is for the two of them and those who manage the site. It is never rewritten.
create table public.supervisions (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid not null,
  user_id uuid not null,
  supervisor_id uuid not null,
  kind public.supervision_kind not null,
  held_on date not null,
  next_due_on date,
  notes bytea not null,
  acknowledged_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint supervisions_pkey primary key (org_id, id),
  constraint supervisions_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint supervisions_user_id_fkey foreign key (org_id, user_id)
  references public.staff_members (org_id, user_id),
  constraint supervisions_supervisor_id_fkey foreign key (org_id, supervisor_id)
  references public.staff_members (org_id, user_id),
  constraint supervisions_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  constraint supervisions_next_after_this check (next_due_on > held_on),
  -- 10,000 characters, of up to four bytes each.
  constraint supervisions_notes_sealed check (app.is_sealed(notes, 40081))
);

create index supervisions_person_idx on public.supervisions (org_id, user_id, kind, held_on);
create index supervisions_supervisor_id_idx on public.supervisions (org_id, supervisor_id, id);
create index supervisions_site_id_idx on public.supervisions (org_id, site_id, next_due_on);

create trigger _200_guard
before insert or update on public.supervisions
for each row execute function app.guard_supervision();

create trigger _200_keep
before update or delete on public.supervisions
for each row execute function app.keep_record('org_id', 'acknowledged_at');

comment on table public.supervisions is 'Supervisions and appraisals of members of staff.';
comment on column public.supervisions.org_id is 'The organization.';
comment on column public.supervisions.id is 'Key within the organization.';
comment on column public.supervisions.site_id is 'The site at which the person works.';
comment on column public.supervisions.user_id is 'Who was supervised (staff_members.user_id).';
comment on column public.supervisions.supervisor_id is 'Who supervised them (staff_members.user_id).';
comment on column public.supervisions.kind is 'What it was.';
comment on column public.supervisions.held_on is 'The day on which it was held.';
comment on column public.supervisions.next_due_on is 'By when the next one of this kind is due; null: none is planned.';
comment on column public.supervisions.notes is
'What was said and agreed, 1 to 10,000 characters. Sealed with the organization''s key.';
comment on column public.supervisions.acknowledged_at is 'When the person said that they have read it; null: not yet.';
comment on column public.supervisions.created_at is 'When the row was made.';
comment on column public.supervisions.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.supervisions.updated_at is 'When it was last changed.';
comment on column public.supervisions.updated_by is 'Who changed it last, null for the system.';
comment on column public.supervisions.version is
'Counts the writes; send back the one you read to learn of a change by another.';
