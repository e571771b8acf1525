-- A member says that a reflection should not be in their circle. Whether it is hidden follows from these rows and from
-- nothing else (app.hidden_reflections), so that no change of the reflection tells who reported it. Ids are random, as
-- those of reflections are.
create table public.provider_reflection_reports (
  org_id uuid not null default app.current_org(),
  id uuid not null default gen_random_uuid(),
  reflection_id uuid not null,
  circle_id uuid not null,
  practitioner_id uuid not null,
  user_id uuid not null,
  reason public.reflection_report_reason not null,
  decided_at timestamptz,
  is_kept boolean,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint provider_reflection_reports_pkey primary key (org_id, id),
  constraint provider_reflection_reports_reflection_fkey foreign key (org_id, reflection_id)
  references public.provider_support_reflections (org_id, id) on delete cascade,
  -- Whatever code writes it: who reports has been in the circle.
  constraint provider_reflection_reports_member_fkey foreign key (org_id, circle_id, user_id)
  references public.provider_support_circle_members (org_id, circle_id, user_id) on delete cascade,
  constraint provider_reflection_reports_practitioner_id_fkey foreign key (practitioner_id)
  references public.fhir_practitioners (id),
  constraint provider_reflection_reports_practitioner_fkey foreign key (org_id, practitioner_id)
  references public.org_practitioners (org_id, practitioner_id),
  constraint provider_reflection_reports_user_id_fkey foreign key (user_id)
  references auth.users (id) on delete cascade,
  constraint provider_reflection_reports_once_key unique (org_id, reflection_id, user_id),
  constraint provider_reflection_reports_decided check ((decided_at is null) = (is_kept is null))
);

create index provider_reflection_reports_undecided_idx on public.provider_reflection_reports (org_id, circle_id)
where decided_at is null;
create index provider_reflection_reports_member_idx
on public.provider_reflection_reports (org_id, circle_id, user_id);
create index provider_reflection_reports_practitioner_id_idx
on public.provider_reflection_reports (org_id, practitioner_id);
create index provider_reflection_reports_practitioner_idx on public.provider_reflection_reports (practitioner_id);
create index provider_reflection_reports_user_id_idx on public.provider_reflection_reports (user_id, org_id);

comment on table public.provider_reflection_reports is 'Reports of reflections by members of their circle.';
comment on column public.provider_reflection_reports.org_id is 'The organization of the circle.';
comment on column public.provider_reflection_reports.id is 'Key within the organization; random, so that it tells no time.';
comment on column public.provider_reflection_reports.reflection_id is 'The reflection.';
comment on column public.provider_reflection_reports.circle_id is 'The circle it is in.';
comment on column public.provider_reflection_reports.practitioner_id is 'Who reports, as a practitioner.';
comment on column public.provider_reflection_reports.user_id is 'Who reports, as a signed-in person; only they read the row.';
comment on column public.provider_reflection_reports.reason is 'Why.';
comment on column public.provider_reflection_reports.decided_at is 'When it was decided; null: not yet.';
comment on column public.provider_reflection_reports.is_kept is 'Whether the reflection stays; null: not decided yet.';
comment on column public.provider_reflection_reports.created_at is 'When the row was made.';
comment on column public.provider_reflection_reports.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.provider_reflection_reports.updated_at is 'When it was last changed.';
comment on column public.provider_reflection_reports.updated_by is 'Who changed it last, null for the system.';
comment on column public.provider_reflection_reports.version is
'Counts the writes; send back the one you read to learn of a change by another.';
