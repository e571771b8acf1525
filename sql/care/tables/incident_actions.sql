-- What somebody is to do about an incident: one task for each of them.
create table public.incident_actions (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  incident_id uuid not null,
  site_id uuid not null,
  is_restricted boolean not null default false,
  assigned_to uuid not null,
  action_text bytea not null,
  due_at timestamptz,
  completed_at timestamptz,
  completed_by uuid,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint incident_actions_pkey primary key (org_id, id),
  constraint incident_actions_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint incident_actions_incident_fkey foreign key (org_id, incident_id, site_id, is_restricted)
  references public.incidents (org_id, id, site_id, is_restricted) on update cascade,
  constraint incident_actions_assigned_to_fkey foreign key (org_id, assigned_to)
  references public.staff_members (org_id, user_id),
  constraint incident_actions_completed check ((completed_at is null) = (completed_by is null)),
  -- 1000 characters, of up to four bytes each.
  constraint incident_actions_action_text_sealed check (app.is_sealed(action_text, 4081))
);

create index incident_actions_incident_id_idx on public.incident_actions (org_id, incident_id, site_id, is_restricted);
create index incident_actions_site_id_idx on public.incident_actions (org_id, site_id, id);
create index incident_actions_assigned_to_idx on public.incident_actions (org_id, assigned_to, id);
create unique index incident_actions_assignee_key on public.incident_actions (org_id, incident_id, assigned_to)
where deleted_at is null;

create trigger _200_guard
before insert or update on public.incident_actions
for each row execute function app.guard_incident_action();

create trigger _200_keep
before update or delete on public.incident_actions
for each row execute function app.keep_record('org_id', 'is_restricted', 'completed_at', 'completed_by', 'deleted_at');

create trigger _510_follow
after insert or update on public.incident_actions
for each row when (new.completed_at is not null) execute function app.follow_incident_action();

create policy floor_restricted on public.incident_actions
as restrictive for select to authenticated
using (
  not is_restricted
  or org_id = (select app.org_as('org_owner', 'compliance_lead'))
  or site_id = any((select app.my_sites('manager'))::uuid[])
  or assigned_to = (select app.my_id())
);
comment on policy floor_restricted on public.incident_actions is
'Whatever else is allowed: what is restricted is for the managers of the site, owners and compliance leads, and for
whoever is to act.';

comment on table public.incident_actions is
'What members of staff are to do about incidents, one task for each of them and incident.';
comment on column public.incident_actions.org_id is 'The organization of the site.';
comment on column public.incident_actions.id is 'Key within the organization.';
comment on column public.incident_actions.incident_id is 'The incident.';
comment on column public.incident_actions.site_id is 'Where it happened.';
comment on column public.incident_actions.is_restricted is 'Whether the incident is restricted; follows it.';
comment on column public.incident_actions.assigned_to is 'Who is to do it, a member of staff.';
comment on column public.incident_actions.action_text is
'What is to be done, 1 to 1000 characters. PHI, sealed with the organization''s key.';
comment on column public.incident_actions.due_at is 'By when; null: as soon as possible.';
comment on column public.incident_actions.completed_at is 'When it was done; null until then.';
comment on column public.incident_actions.completed_by is 'Who said that it is done (auth.users).';
comment on column public.incident_actions.created_at is 'When the row was made.';
comment on column public.incident_actions.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.incident_actions.updated_at is 'When it was last changed.';
comment on column public.incident_actions.updated_by is 'Who changed it last, null for the system.';
comment on column public.incident_actions.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.incident_actions.deleted_at is
'When it was removed; a removed row is invisible through the API.';
