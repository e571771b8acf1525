-- The rota of a site for a week, Monday to Sunday by the clock of the site: a draft that planners work on, then
-- published. Whoever changes what is in it takes a share of this row first, publishing takes it whole: nothing is
-- added unseen.
create table public.rota_weeks (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid not null,
  week_on date not null,
  status public.rota_status not null default 'draft',
  published_at timestamptz,
  published_by uuid,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint rota_weeks_pkey primary key (org_id, id),
  constraint rota_weeks_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint rota_weeks_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  constraint rota_weeks_week_key unique (org_id, site_id, week_on),
  -- What shifts point at, so that a shift is in a week of its own site.
  constraint rota_weeks_site_key unique (org_id, site_id, id),
  constraint rota_weeks_week_on_monday check (extract(isodow from week_on) = 1),
  constraint rota_weeks_published check ((status = 'published') = (published_at is not null))
);

create index rota_weeks_week_on_idx on public.rota_weeks (org_id, week_on);

-- What is a draft is the planners'; whatever the matrix allows besides.
create policy floor_published on public.rota_weeks
as restrictive for select to authenticated
using (status = 'published' or (select app.sees_draft_rotas()));
comment on policy floor_published on public.rota_weeks is
'Whatever else is allowed: a draft is seen by those who plan and by those who look across the organization.';

comment on table public.rota_weeks is 'Rotas, one for each site and week.';
comment on column public.rota_weeks.org_id is 'The organization of the site.';
comment on column public.rota_weeks.id is 'Key within the organization.';
comment on column public.rota_weeks.site_id is 'The site.';
comment on column public.rota_weeks.week_on is 'The Monday it begins on.';
comment on column public.rota_weeks.status is 'draft, or published for good: what changes later is told at once.';
comment on column public.rota_weeks.published_at is 'When it was last published; null for a draft.';
comment on column public.rota_weeks.published_by is 'Who published it last (auth.users); null for a draft.';
comment on column public.rota_weeks.created_at is 'When the row was made.';
comment on column public.rota_weeks.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.rota_weeks.updated_at is 'When it was last changed.';
comment on column public.rota_weeks.updated_by is 'Who changed it last, null for the system.';
comment on column public.rota_weeks.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.rota_weeks.deleted_at is 'When it was removed; a removed row is invisible through the API.';
