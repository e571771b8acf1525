-- Two members of staff who want to swap, or one who hands a shift to another: asked for, agreed on by the colleague,
-- carried out by a manager. The rules are those of any other assignment and are checked when it is carried out.
create table public.shift_swaps (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid not null,
  user_id uuid not null,
  assignment_id uuid not null,
  with_user_id uuid not null,
  with_assignment_id uuid,
  status public.shift_swap_status not null default 'requested',
  answered_at timestamptz,
  decided_at timestamptz,
  decided_by uuid,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint shift_swaps_pkey primary key (org_id, id),
  constraint shift_swaps_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint shift_swaps_user_fkey foreign key (org_id, user_id) references public.staff_members (org_id, user_id),
  constraint shift_swaps_assignment_fkey foreign key (org_id, site_id, assignment_id)
  references public.shift_assignments (org_id, site_id, id),
  constraint shift_swaps_with_user_fkey foreign key (org_id, with_user_id)
  references public.staff_members (org_id, user_id),
  constraint shift_swaps_with_assignment_fkey foreign key (org_id, site_id, with_assignment_id)
  references public.shift_assignments (org_id, site_id, id),
  constraint shift_swaps_between_two check (user_id <> with_user_id)
);

create index shift_swaps_user_idx on public.shift_swaps (org_id, user_id, id);
create index shift_swaps_with_user_idx on public.shift_swaps (org_id, with_user_id, id);
create index shift_swaps_assignment_idx on public.shift_swaps (org_id, site_id, assignment_id);
create index shift_swaps_with_assignment_idx on public.shift_swaps (org_id, site_id, with_assignment_id);
create unique index shift_swaps_open_key on public.shift_swaps (org_id, assignment_id)
where status in ('requested', 'accepted') and deleted_at is null;

comment on table public.shift_swaps is 'Swaps of shifts between members of staff.';
comment on column public.shift_swaps.org_id is 'The organization of the site.';
comment on column public.shift_swaps.id is 'Key within the organization.';
comment on column public.shift_swaps.site_id is 'The site of both shifts.';
comment on column public.shift_swaps.user_id is 'Who asks (a member of staff).';
comment on column public.shift_swaps.assignment_id is 'What they want to give.';
comment on column public.shift_swaps.with_user_id is 'The colleague (a member of staff).';
comment on column public.shift_swaps.with_assignment_id is
'What they would take for it; null: the colleague only takes theirs.';
comment on column public.shift_swaps.status is 'Where it stands; approved, declined and cancelled are final.';
comment on column public.shift_swaps.answered_at is 'When the colleague answered.';
comment on column public.shift_swaps.decided_at is 'When a manager decided.';
comment on column public.shift_swaps.decided_by is 'Which manager (auth.users).';
comment on column public.shift_swaps.created_at is 'When the row was made.';
comment on column public.shift_swaps.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.shift_swaps.updated_at is 'When it was last changed.';
comment on column public.shift_swaps.updated_by is 'Who changed it last, null for the system.';
comment on column public.shift_swaps.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.shift_swaps.deleted_at is 'When it was removed; a removed row is invisible through the API.';
