-- What a member writes for the circle. An anonymous reflection keeps its author from the circle in the database, not on
-- the screen: author_id and the stamps that name a person are no columns that the API can read (room.toml). The
-- circle sees the author of the others in author_name.
--
-- Nor may the time give them away, for whoever sees sessions knows who was signed in at a moment: ids are random and
-- not ordered by time, and an anonymous reflection keeps the hour only.
create table public.provider_support_reflections (
  org_id uuid not null default app.current_org(),
  id uuid not null default gen_random_uuid(),
  circle_id uuid not null,
  author_id uuid not null default app.my_practitioner(),
  user_id uuid not null default app.my_id(),
  reflection_text text not null,
  is_anonymous boolean not null default false,
  author_name text,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  removal_reason public.reflection_report_reason,
  constraint provider_support_reflections_pkey primary key (org_id, id),
  constraint provider_support_reflections_circle_fkey foreign key (org_id, circle_id)
  references public.provider_support_circles (org_id, id),
  -- Whatever code writes it: nobody speaks in a circle that they have never been in.
  constraint provider_support_reflections_member_fkey foreign key (org_id, circle_id, user_id)
  references public.provider_support_circle_members (org_id, circle_id, user_id) on delete cascade,
  constraint provider_support_reflections_author_id_fkey foreign key (author_id)
  references public.fhir_practitioners (id),
  constraint provider_support_reflections_author_fkey foreign key (org_id, author_id)
  references public.org_practitioners (org_id, practitioner_id),
  constraint provider_support_reflections_user_id_fkey foreign key (user_id)
  references auth.users (id) on delete cascade,
  constraint provider_support_reflections_text_length check (length(reflection_text) between 1 and 4000),
  constraint provider_support_reflections_anonymous_unnamed check (not is_anonymous or author_name is null),
  constraint provider_support_reflections_anonymous_to_the_hour check (
    not is_anonymous or (
      created_at = date_trunc('hour', created_at, 'UTC') and updated_at = date_trunc('hour', updated_at, 'UTC')
    )
  ),
  constraint provider_support_reflections_author_name_length check (length(author_name) <= 200)
);

create index provider_support_reflections_circle_id_idx
on public.provider_support_reflections (org_id, circle_id, created_at);
create index provider_support_reflections_member_idx
on public.provider_support_reflections (org_id, circle_id, user_id);
create index provider_support_reflections_author_id_idx on public.provider_support_reflections (org_id, author_id);
create index provider_support_reflections_person_idx on public.provider_support_reflections (author_id);
create index provider_support_reflections_user_id_idx on public.provider_support_reflections (user_id);

create trigger _200_guard
before insert or update on public.provider_support_reflections
for each row execute function app.guard_reflection();

create trigger _500_blur
before insert or update on public.provider_support_reflections
for each row execute function app.blur_reflection();

-- An array that is made once per statement, of the caller's own circles, and nearly always empty.
create policy floor_reported on public.provider_support_reflections
as restrictive for select to authenticated
using (id <> all((select app.hidden_reflections())::uuid[]));
comment on policy floor_reported on public.provider_support_reflections is
'Whatever else is allowed: what was reported is hidden until somebody has decided about it.';

comment on table public.provider_support_reflections is 'Reflections that members share in their circle.';
comment on column public.provider_support_reflections.org_id is 'The organization of the circle.';
comment on column public.provider_support_reflections.id is 'Key within the organization; random, so that it tells no time.';
comment on column public.provider_support_reflections.circle_id is 'The circle it is for.';
comment on column public.provider_support_reflections.author_id is 'The author as a practitioner; no role of the API reads it.';
comment on column public.provider_support_reflections.user_id is 'The author as a signed-in person; no role of the API reads it.';
comment on column public.provider_support_reflections.reflection_text is 'The text, 1 to 4000 characters. PHI.';
comment on column public.provider_support_reflections.is_anonymous is 'Whether the circle is not told who wrote it.';
comment on column public.provider_support_reflections.author_name is
'The author''s name as it was then; null for an anonymous reflection.';
comment on column public.provider_support_reflections.removal_reason is
'Why it was taken out of the circle; null for one that is there, or that its author removed. No role of the API reads it.';
comment on column public.provider_support_reflections.created_at is
'When it was written; of an anonymous reflection the hour only.';
comment on column public.provider_support_reflections.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.provider_support_reflections.updated_at is
'When it was last changed; of an anonymous reflection the hour only.';
comment on column public.provider_support_reflections.updated_by is 'Who changed it last, null for the system.';
comment on column public.provider_support_reflections.version is 'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.provider_support_reflections.deleted_at is 'When it was removed; a removed row is invisible through the API.';
